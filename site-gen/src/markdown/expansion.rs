//! `{{ site.support_email }}` in a text is replaced by its value before the text is read as Markdown.
//!
//! Only `{{ … }}` is special: `{#id}` belongs to headings and `{%` is plain text. Every byte of the result knows where
//! in the file it came from, so that errors point at what the author wrote. A value is Markdown like the text around
//! it: HTML in it is refused like HTML in the text.

use std::ops::Range;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// A text with its values filled in.
pub(super) struct Expanded {
    text: String,
    pieces: Vec<Piece>,
}

/// A part of the result and the part of the file it came from.
struct Piece {
    start: usize,
    origin: Range<usize>,
    is_value: bool,
}

impl Expanded {
    /// Fills in the values of the text that begins at byte `start` of the file.
    pub(super) fn new(file: &SourceFile, start: usize, site: &Value) -> (Self, Vec<Diagnostic>) {
        let source = file.text();
        let mut expanded = Self {
            text: String::with_capacity(source.len()),
            pieces: Vec::new(),
        };
        let mut errors = Vec::new();
        let mut position = start;
        while let Some(range) = next_expression(source, position) {
            expanded.push(source, position..range.start, None);
            match evaluate(source.get(range.clone()).unwrap_or_default(), site) {
                Ok(value) => expanded.push(source, range.clone(), Some(value)),
                Err(message) => errors.push(Diagnostic::at(file, range.clone(), message).help(
                    "values of texts come from content/site.toml; a literal `{{` is written {{ \"{{\" }}",
                )),
            }
            position = range.end;
        }
        expanded.push(source, position..source.len(), None);
        (expanded, errors)
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where in the file a part of the text came from.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin(range.start, false);
        let end = self.origin(range.end.max(range.start + 1) - 1, true);
        start..end.max(start)
    }

    fn origin(&self, position: usize, is_end: bool) -> usize {
        let after = self.pieces.partition_point(|piece| piece.start <= position);
        match after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        {
            None => 0,
            Some(piece) if piece.is_value && is_end => piece.origin.end,
            Some(piece) if piece.is_value => piece.origin.start,
            Some(piece) => piece.origin.start + (position - piece.start) + usize::from(is_end),
        }
    }

    fn push(&mut self, source: &str, origin: Range<usize>, value: Option<String>) {
        self.pieces.push(Piece {
            start: self.text.len(),
            origin: origin.clone(),
            is_value: value.is_some(),
        });
        match value {
            Some(value) => self.text.push_str(&value.replace('\0', "\u{fffd}")),
            None => self.text.push_str(source.get(origin).unwrap_or_default()),
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

fn evaluate(expression: &str, site: &Value) -> Result<String, String> {
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment
        .render_str(expression, context! { site })
        .map_err(|error| {
            error
                .detail()
                .unwrap_or("the value cannot be computed")
                .to_owned()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(text: &str) -> (Expanded, Vec<String>) {
        let site = context! { mail => "a@b.example", n => 2 };
        let (expanded, errors) = Expanded::new(&SourceFile::new("a.md", text), 0, &site);
        (expanded, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn values_are_filled_in_and_everything_else_stays() {
        for (text, expected) in [
            ("plain {#id} {% x %} {# c #}", "plain {#id} {% x %} {# c #}"),
            (
                "[{{ site.mail }}](mailto:{{ site.mail }})",
                "[a@b.example](mailto:a@b.example)",
            ),
            ("{{ site.n + 1 }}", "3"),
            ("{{ \"{{\" }} and {{ '}}' }}", "{{ and }}"),
        ] {
            let (expanded, errors) = expand(text);
            assert_eq!(expanded.text(), expected);
            assert_eq!(errors, [""; 0]);
        }
    }

    #[test]
    fn an_undefined_value_is_shown_at_its_place() {
        let (_, errors) = expand("one\ntwo {{ site.nope }} three\n");
        assert!(
            errors[0].starts_with(
                "error: `site.nope` is undefined\n --> a.md:2:5\n  |\n2 | two {{ site.nope }} three\n  |     ^^^^^^^^^^^^^^^\n"
            ),
            "{}",
            errors[0]
        );
    }

    #[test]
    fn an_expression_that_does_not_end_is_an_error_of_its_line() {
        let (_, errors) = expand("a {{ site.n\n}}\n");
        assert_eq!(errors.len(), 1);
        assert!(errors[0].contains("a.md:1:3"), "{}", errors[0]);
    }

    #[test]
    fn places_after_a_value_are_those_of_the_file() {
        let text = "{{ site.mail }} and <b>";
        let (expanded, _) = expand(text);
        let at = |part: &str| {
            let start = expanded.text().find(part).unwrap();
            &text[expanded.original(start..start + part.len())]
        };
        assert_eq!(at("<b>"), "<b>");
        assert_eq!(at("b.ex"), "{{ site.mail }}");
        assert_eq!(at("example and"), "{{ site.mail }} and");
    }
}
