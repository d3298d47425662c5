//! The lines `::: name arguments` and `:::`, between which a component stands.
//!
//! A line `:::` ends the component that was begun last, so components nest like brackets; more than three colons mean
//! the same and only please the eye. The lines may be indented like the list item they belong to.
//!
//! The Markdown library knows no such lines. Each is therefore replaced by an empty HTML comment before the text is
//! read: a comment ends any paragraph and needs no empty lines around it. No author can write one, because raw HTML is
//! refused. Lines inside code are left alone: where code is, the library itself says.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::expansion::Expanded;

/// What a line of the text is replaced by.
const MARKER: &str = "<!---->";

/// A line that begins or ends a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fence {
    /// Where its marker stands in the text.
    pub(super) range: Range<usize>,
    /// What follows the colons; empty if the line ends a component.
    pub(super) words: String,
}

/// Replaces the lines by markers and lists them in order. A text without such lines stays as it is.
pub(super) fn mark(expanded: &mut Expanded, dialect: Options) -> Vec<Fence> {
    let text = expanded.text();
    if !text.contains(":::") {
        return Vec::new();
    }
    let candidates = candidates(text);
    if candidates.is_empty() {
        return Vec::new();
    }
    let code = code(text, dialect);
    let lines: Vec<_> = candidates
        .into_iter()
        .filter(|line| !code.iter().any(|code| code.contains(&line.start)))
        .collect();
    let mut fences = Vec::with_capacity(lines.len());
    let mut growth = 0_isize;
    for line in &lines {
        let start = line.start.saturating_add_signed(growth);
        fences.push(Fence {
            range: start..start + MARKER.len(),
            words: words(text.get(line.clone()).unwrap_or_default()).to_owned(),
        });
        growth += MARKER.len().cast_signed() - line.len().cast_signed();
    }
    expanded.edit(lines.into_iter().map(|line| (line, MARKER)).collect());
    fences
}

/// The lines that begin with three colons, without indentation and line end.
fn candidates(text: &str) -> Vec<Range<usize>> {
    let mut position = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with(":::") {
            let start = position + line.len() - line.trim_start().len();
            found.push(start..start + trimmed.len());
        }
        position += line.len();
    }
    found
}

fn code(text: &str, dialect: Options) -> Vec<Range<usize>> {
    Parser::new_ext(text, dialect)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

fn words(line: &str) -> &str {
    line.trim_start_matches(':').trim()
}
