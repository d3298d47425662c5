//! Markdown to HTML: `CommonMark` with tables, strikethrough, task lists, footnotes and alerts; raw HTML is refused.
//!
//! The addresses of links are not known while pages are read in parallel. The HTML of a [`Body`] has a hole for each
//! of them, and [`Body::fill`] closes the holes once all pages are known.

mod alerts;
mod expansion;
mod headings;
mod images;
mod tables;
mod transformation;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser, html};

use crate::content::{Messages, Settings};
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use expansion::Expanded;
pub use headings::Heading;
use transformation::Transformation;

/// Where an address is missing in the HTML of a [`Body`]. It cannot come from a text: sources hold no NUL.
const HOLE: char = '\0';

/// The text of a page.
#[derive(Debug, Clone, Default)]
pub struct Body {
    html: String,
    /// The links and pictures of the text, in the order of the holes.
    pub links: Vec<WrittenLink>,
    /// The headings of the text.
    pub headings: Vec<Heading>,
}

/// An address as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLink {
    /// The address.
    pub target: String,
    /// The link with its text, in the source file.
    pub range: Range<usize>,
    /// What the address is used for.
    pub usage: Usage,
}

/// What an address is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// A link.
    Link,
    /// A picture.
    Picture,
}

impl Body {
    /// The HTML of the text; `attributes` are the finished `href="…"` or `src="…"`, in the order of the links.
    #[must_use]
    pub fn fill(&self, attributes: &[String]) -> String {
        let mut pieces = self.html.split(HOLE);
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for (attribute, piece) in attributes.iter().zip(pieces) {
            filled.push_str(attribute);
            filled.push_str(piece);
        }
        filled
    }
}

/// Reads the text of a page, which begins at byte `start` of its file.
#[must_use]
pub fn parse(
    file: &SourceFile,
    start: usize,
    settings: &Settings,
    messages: &Messages,
) -> (Body, Vec<Diagnostic>) {
    let (expanded, mut errors) = Expanded::new(file, start, &settings.value());
    let mut dangling = Vec::new();
    let events: Vec<_> = Parser::new_with_broken_link_callback(
        expanded.text(),
        dialect(),
        Some(|link: BrokenLink<'_>| note_dangling(&link, &mut dangling)),
    )
    .into_offset_iter()
    .collect();
    errors.extend(dangling.into_iter().map(|(range, name)| {
        Diagnostic::at(
            file,
            expanded.original(range),
            format!("the text says nowhere what `[{name}]` is"),
        )
        .help(format!("add a line to the text: [{name}]: …"))
    }));
    let outcome = Transformation::new(file, &expanded, messages).run(events);
    errors.extend(outcome.errors);
    let mut rendered = String::with_capacity(expanded.text().len() * 3 / 2);
    html::push_html(&mut rendered, outcome.events.into_iter());
    let body = Body {
        html: rendered,
        links: outcome.links,
        headings: outcome.headings,
    };
    (body, errors)
}

fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// `[text][name]` without a definition is a slip; `[text]` alone may be meant as it stands.
fn note_dangling(
    link: &BrokenLink<'_>,
    dangling: &mut Vec<(Range<usize>, String)>,
) -> Option<(CowStr<'static>, CowStr<'static>)> {
    if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
        dangling.push((link.span.clone(), link.reference.to_string()));
    }
    None
}

#[cfg(test)]
mod tests;
