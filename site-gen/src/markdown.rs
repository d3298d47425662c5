//! Markdown to HTML: `CommonMark` and GFM with definition lists, footnotes, alerts, typography, values, included parts
//! and a few components; raw HTML is refused.
//!
//! A text goes through these steps, each in a module of its own:
//!
//! 1. [`expansion`]: `{{ values }}` and included parts are filled in; each byte remembers where it came from.
//! 2. [`fences`]: the lines `::: name` of components are found.
//! 3. The Markdown library turns the text into events, and [`typography`] sets the words in them.
//! 4. [`transformation`] writes HTML and collects what other stages need.
//!
//! The addresses of links are not known while pages are read in parallel. The HTML of a [`Body`] has a hole for each
//! of them, and [`Body::fill`] closes the holes once all pages are known.

mod alerts;
mod body;
mod copy;
mod expansion;
mod expressions;
mod fences;
pub(crate) mod figures;
mod headings;
mod highlighting;
mod letter;
mod tables;
mod transformation;
mod typography;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};

use crate::content::{Glossary, Messages};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::source::SourceFile;
pub use body::{Body, Procedure, Question, Usage, WrittenLink};
pub use expansion::Origin;
pub use expressions::Expressions;
pub use figures::{add_filters, days, money, percent};
pub use headings::Heading;
pub use letter::{Block, LetterLink, LetterText, Words, parse_letter};
use transformation::Transformation;
pub use typography::typeset;

/// What a text can refer to. Everything here is shared by all texts of a language.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The language of the text.
    pub language: Language,
    /// The values.
    pub expressions: &'a Expressions,
    /// The words of the interface.
    pub messages: &'a Messages,
    /// The texts that can be included, by path below the folder of the language.
    pub parts: &'a BTreeMap<String, SourceFile>,
    /// The terms, if the language has a glossary.
    pub glossary: Option<&'a Glossary>,
}

/// Reads the text of a page, which begins at byte `start` of its file.
#[must_use]
pub fn parse(
    file: &SourceFile,
    start: usize,
    surroundings: &Surroundings<'_>,
) -> (Body, Vec<Diagnostic>) {
    let (mut expanded, mut errors) = expansion::expand(file, start, surroundings);
    let fences = fences::mark(&mut expanded, dialect());
    let mut dangling = Vec::new();
    let parser = Parser::new_with_broken_link_callback(
        expanded.text(),
        dialect(),
        Some(|link: BrokenLink<'_>| note_dangling(&link, &mut dangling)),
    );
    let definitions: Vec<_> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| definition.span.clone())
        .collect();
    let mut events = Vec::with_capacity(expanded.text().len() / BYTES_PER_EVENT);
    events.extend(parser.into_offset_iter());
    errors.extend(dangling.into_iter().map(|(range, name)| {
        let message = format!("the text says nowhere what `[{name}]` is");
        let help = format!("add a line to the text: [{name}]: …");
        expanded.error(range, message).help(help)
    }));
    typography::typeset_events(&mut events, expanded.text(), surroundings.language);
    let transformation = Transformation::new(surroundings, &expanded, &fences);
    let (body, faults) = transformation.run(&events, definitions);
    errors.extend(faults);
    (body, errors)
}

/// Most texts have fewer events, so that their list need not grow.
const BYTES_PER_EVENT: usize = 8;

fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
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
