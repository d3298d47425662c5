//! `llms.txt`: the way for language models to the help in plain Markdown, after <https://llmstxt.org>.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Listing, Publisher};

/// The file `llms.txt`: the name, the summary, and a list of links for each section, in the order of the pages. Only
/// pages with a copy in Markdown are listed.
#[must_use]
pub fn llms(publisher: &Publisher<'_>, summary: &str, listings: &[Listing<'_>]) -> String {
    let mut text = format!(
        "# {}\n\n> {}\n",
        one_line(publisher.brand),
        one_line(summary)
    );
    for Section { name, lines } in sections(publisher.base_url, listings) {
        _ = write!(text, "\n## {}\n\n{lines}", one_line(name));
    }
    text
}

struct Section<'a> {
    name: &'a str,
    lines: String,
}

/// The sections in the order in which their first pages come.
fn sections<'a>(base_url: &str, listings: &[Listing<'a>]) -> Vec<Section<'a>> {
    let mut places = BTreeMap::new();
    let mut sections: Vec<Section<'a>> = Vec::new();
    for listing in listings.iter().filter(|listing| listing.is_indexed) {
        let Some(copy) = listing.markdown_address else {
            continue;
        };
        let place = *places
            .entry((listing.language, listing.section))
            .or_insert(sections.len());
        if place == sections.len() {
            let name = match listing.section {
                "" => listing.language.code(),
                name => name,
            };
            let lines = String::new();
            sections.push(Section { name, lines });
        }
        if let Some(section) = sections.get_mut(place) {
            _ = writeln!(
                section.lines,
                "- [{}]({base_url}{copy}): {}",
                label(listing.title),
                one_line(listing.description)
            );
        }
    }
    sections
}

/// Spaces that hold words together stay.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    words.join(" ")
}

/// A title between the brackets of a link.
fn label(title: &str) -> String {
    let mut label = String::with_capacity(title.len());
    for letter in one_line(title).chars() {
        if matches!(letter, '\\' | '[' | ']') {
            label.push('\\');
        }
        label.push(letter);
    }
    label
}
