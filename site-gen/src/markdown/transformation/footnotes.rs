//! Footnotes: numbered in the order in which the text refers to them, listed at its end, with links to and fro.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use super::Transformation;
use crate::markup::escape;

/// The footnotes of a text. Ids have two hyphens in a row, which no id made from a heading has.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// By label: the number, and how many times the text refers to it.
    references: BTreeMap<String, Reference>,
    definitions: BTreeMap<String, Definition>,
    /// The footnotes that are being read: the label, and the HTML around the definition.
    open: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct Reference {
    number: usize,
    count: usize,
}

#[derive(Debug)]
struct Definition {
    html: String,
    range: Range<usize>,
}

impl Transformation<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let next = self.footnotes.references.len() + 1;
        let reference = self
            .footnotes
            .references
            .entry(label.to_owned())
            .or_default();
        if reference.number == 0 {
            reference.number = next;
        }
        reference.count += 1;
        let number = reference.number;
        let id = return_id(number, reference.count);
        let name = self.word("text.footnote");
        _ = write!(
            self.body.html,
            "<sup class=\"footnote\"><a href=\"#note--{number}\" id=\"{id}\" aria-label=\"{} {number}\">{number}</a></sup>",
            escape(name)
        );
        self.body.ids.push(id);
    }

    pub(super) fn open_footnote(&mut self, label: &str, range: &Range<usize>) {
        if self.footnotes.definitions.contains_key(label) {
            let message = format!("the footnote `[^{label}]` is written twice");
            self.refuse(range.clone(), message, "take one of them out");
        }
        let outside = std::mem::take(&mut self.body.html);
        self.footnotes.open.push((label.to_owned(), outside));
        let definition = Definition {
            html: String::new(),
            range: range.clone(),
        };
        self.footnotes
            .definitions
            .insert(label.to_owned(), definition);
    }

    pub(super) fn close_footnote(&mut self) {
        let Some((label, outside)) = self.footnotes.open.pop() else {
            return;
        };
        let html = std::mem::replace(&mut self.body.html, outside);
        if let Some(definition) = self.footnotes.definitions.get_mut(&label) {
            definition.html = html;
        }
        self.end_line();
    }

    /// Writes the list.
    pub(super) fn finish_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes);
        for (label, definition) in &footnotes.definitions {
            if !footnotes.references.contains_key(label) {
                let message = format!("the text never refers to the footnote `[^{label}]`");
                let help = format!("write [^{label}] where it belongs, or take it out");
                self.refuse(definition.range.clone(), message, help);
            }
        }
        if footnotes.references.is_empty() {
            return;
        }
        let title = self.word("text.footnotes");
        let back = self.word("text.footnote_back");
        self.fresh_line();
        _ = writeln!(
            self.body.html,
            "<section class=\"footnotes\" aria-label=\"{}\">\n<ol>",
            escape(title)
        );
        let mut references: Vec<_> = footnotes.references.iter().collect();
        references.sort_by_key(|(_, reference)| reference.number);
        for (label, reference) in references {
            if let Some(definition) = footnotes.definitions.get(label) {
                self.write_footnote(reference, &definition.html, back);
            }
        }
        self.body.html.push_str("</ol>\n</section>\n");
    }

    fn write_footnote(&mut self, reference: &Reference, html: &str, back: &str) {
        let number = reference.number;
        let id = format!("note--{number}");
        let mut links = String::new();
        for count in 1..=reference.count {
            let target = return_id(number, count);
            _ = write!(
                links,
                " <a class=\"footnote-back\" href=\"#{target}\" aria-label=\"{} {number}\">↩</a>",
                escape(back)
            );
        }
        _ = writeln!(self.body.html, "<li id=\"{id}\">");
        match html.strip_suffix("</p>\n") {
            Some(open) => _ = writeln!(self.body.html, "{open}{links}</p>"),
            None => _ = writeln!(self.body.html, "{html}<p>{links}</p>"),
        }
        self.body.html.push_str("</li>\n");
        self.body.ids.push(id);
    }

    /// The library leaves `[^1]` as text if there is no such footnote.
    pub(super) fn refuse_unknown_footnotes(&mut self, range: &Range<usize>) {
        let text = self.expanded.text();
        let written = text.get(range.clone()).unwrap_or_default();
        for (offset, _) in written.match_indices('[') {
            let start = range.start + offset;
            let is_escaped = text
                .get(..start)
                .is_some_and(|before| before.ends_with('\\'));
            let label = text
                .get(start..)
                .and_then(|rest| rest.strip_prefix("[^"))
                .and_then(|rest| rest.split_once(']'))
                .map(|(label, _)| label)
                .filter(|label| !label.is_empty() && !label.contains(char::is_whitespace));
            if let Some(label) = label.filter(|_| !is_escaped) {
                let end = start + label.len() + 3;
                let message = format!("there is no footnote `[^{label}]`");
                let help = format!("add a line to the text: [^{label}]: …");
                self.refuse(start..end, message, help);
            }
        }
    }
}

/// The id of the place that refers to a footnote.
fn return_id(number: usize, count: usize) -> String {
    if count == 1 {
        format!("note-back--{number}")
    } else {
        format!("note-back--{number}-{count}")
    }
}
