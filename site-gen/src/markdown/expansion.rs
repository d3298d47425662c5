//! Before a text is read as Markdown, `{{ site.support_email }}` is replaced by its value and
//! `{{ include("_support.md") }}`, on a line of its own, by another text.
//!
//! Only `{{ … }}` is special: `{#id}` belongs to headings and `{%` is plain text. Every byte of the result knows where
//! it came from, so that errors point at what the author wrote. A value is Markdown like the text around it: HTML in
//! it is refused like HTML in the text.

mod inclusion;
mod origins;

use std::ops::Range;

use super::Surroundings;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use inclusion::Inclusion;
pub(super) use inclusion::folder_of;
pub(super) use origins::Expanded;
pub use origins::Origin;

/// Fills in the text of a page, which begins at byte `start` of its file.
pub(super) fn expand(
    file: &SourceFile,
    start: usize,
    surroundings: &Surroundings<'_>,
) -> (Expanded, Vec<Diagnostic>) {
    let mut expansion = Expansion {
        surroundings,
        expanded: Expanded::new(file.text().len()),
        open: Vec::new(),
        errors: Vec::new(),
    };
    expansion.add_file(file, start, None, "");
    (expansion.expanded, expansion.errors)
}

struct Expansion<'a> {
    surroundings: &'a Surroundings<'a>,
    expanded: Expanded,
    /// The files that are being read, the page first.
    open: Vec<SourceFile>,
    errors: Vec<Diagnostic>,
}

impl Expansion<'_> {
    /// Adds a file. Its lines after the first are indented like the one that includes it.
    fn add_file(
        &mut self,
        file: &SourceFile,
        start: usize,
        included_at: Option<(usize, Range<usize>)>,
        indentation: &str,
    ) {
        let origin = self.expanded.open(file.clone(), included_at);
        self.open.push(file.clone());
        let is_part = self.open.len() > 1;
        let text = file.text();
        let text = if is_part { text.trim_end() } else { text };
        let mut position = start;
        while let Some(range) = next_expression(text, position) {
            self.add_text(origin, text, position..range.start, indentation);
            self.add_expression(file, origin, range.clone(), indentation);
            position = range.end;
        }
        self.add_text(origin, text, position..text.len(), indentation);
        self.open.pop();
    }

    fn add_text(&mut self, origin: usize, text: &str, range: Range<usize>, indentation: &str) {
        let part = text.get(range.clone()).unwrap_or_default();
        if indentation.is_empty() {
            self.expanded.push_original(origin, range.start, part);
            return;
        }
        let mut position = range.start;
        for line in part.split_inclusive('\n') {
            self.expanded.push_original(origin, position, line);
            position += line.len();
            if line.ends_with('\n') {
                self.expanded
                    .push_value(origin, position..position, indentation);
            }
        }
    }

    fn add_expression(
        &mut self,
        file: &SourceFile,
        origin: usize,
        range: Range<usize>,
        indentation: &str,
    ) {
        let expression = file.text().get(range.clone()).unwrap_or_default();
        if let Some(inclusion) = Inclusion::read(expression) {
            self.include(file, origin, range, &inclusion, indentation);
            return;
        }
        match self.surroundings.expressions.evaluate(expression) {
            Ok(value) => {
                let value = value.replace('\0', "\u{fffd}");
                self.expanded.push_value(origin, range, &value);
            }
            Err(fault) => {
                let place = range.start + fault.range.start..range.start + fault.range.end;
                let error = self.expanded.error_in(origin, place, fault.message);
                self.errors.push(error.help(fault.help));
            }
        }
    }

    fn include(
        &mut self,
        file: &SourceFile,
        origin: usize,
        range: Range<usize>,
        inclusion: &Inclusion<'_>,
        indentation: &str,
    ) {
        let place = inclusion::place(file.text(), &range);
        let found = place.and_then(|own| {
            let part = inclusion.find(file, self.surroundings.parts)?;
            inclusion::check_cycle(&self.open, part)?;
            Ok((own, part))
        });
        match found {
            Ok((own, part)) => {
                let part = part.clone();
                let indentation = format!("{indentation}{own}");
                self.add_file(&part, 0, Some((origin, range)), &indentation);
            }
            Err((message, help)) => {
                let error = self.expanded.error_in(origin, range, message);
                self.errors.push(error.help(help));
            }
        }
    }
}

/// The next `{{ … }}` on one line. Braces inside quotes do not count.
fn next_expression(source: &str, from: usize) -> Option<Range<usize>> {
    let start = from + source.get(from..)?.find("{{")?;
    let mut quote = None;
    let inner = source.get(start + 2..)?;
    for (offset, letter) in inner.char_indices() {
        match (letter, quote) {
            ('\n', _) => break,
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if open == letter => quote = None,
            ('}', None)
                if inner
                    .get(offset..)
                    .is_some_and(|rest| rest.starts_with("}}")) =>
            {
                return Some(start..start + 2 + offset + 2);
            }
            _ => {}
        }
    }
    let line_end = inner.find('\n').unwrap_or(inner.len());
    Some(start..start + 2 + line_end)
}

#[cfg(test)]
mod tests;
