//! Typography: quotes, dashes, ellipses and spaces that do not break, as a careful editor of the language sets them.
//!
//! Only punctuation and spaces change, never a letter or a digit, and what is already set is left as it is: setting a
//! text twice is setting it once. Code, addresses, ids and characters behind a backslash are not touched. The rules of
//! a language lie in a module of their own; here is what is common to all.

mod english;
mod passage;
mod quotes;
mod ranges;
mod russian;
mod words;

use std::ops::Range;

use crate::language::Language;
pub(super) use passage::typeset_events;
use quotes::OpenQuote;
use words::ends_word;

/// Stands for what is not text, a piece of code or a picture, so that the text around it sees its neighbour.
const OBJECT: char = '\u{fffc}';

/// Stands for a line break that the author asked for.
const BREAK: char = '\u{2028}';

const NO_BREAK_SPACE: &str = "\u{a0}";

/// Sets a text that has no markup, such as a title.
///
/// ```
/// use site_gen::language::Language;
/// use site_gen::markdown::typeset;
///
/// assert_eq!(typeset(Language::Russian, "Вход - в \"кабинет\""), "Вход\u{a0}— в\u{a0}«кабинет»");
/// ```
#[must_use]
pub fn typeset(language: Language, text: &str) -> String {
    Setter::new(language, text, &[]).run().text
}

/// A text that has been set.
struct Set {
    text: String,
    changes: Vec<Change>,
}

/// The bytes `from` of the text became the bytes `to`.
struct Change {
    from: Range<usize>,
    to: Range<usize>,
}

struct Setter<'a> {
    language: Language,
    input: &'a str,
    /// What the author protected, in order.
    literal: &'a [Range<usize>],
    /// The quotations that are open, the innermost last.
    open: Vec<OpenQuote>,
    /// Where the last opening mark ended.
    opened_at: Option<usize>,
    /// Marks that do not come again in the text.
    exhausted: [bool; 2],
    copied: usize,
    output: Set,
}

impl<'a> Setter<'a> {
    fn new(language: Language, input: &'a str, literal: &'a [Range<usize>]) -> Self {
        Self {
            language,
            input,
            literal,
            open: Vec::new(),
            opened_at: None,
            exhausted: [false; 2],
            copied: 0,
            output: Set {
                text: String::with_capacity(input.len() + input.len() / 8),
                changes: Vec::new(),
            },
        }
    }

    fn run(mut self) -> Set {
        let mut position = 0;
        while let Some(next) = self.next_mark(position) {
            let before = self.input.get(..next).unwrap_or_default();
            let rest = self.input.get(next..).unwrap_or_default();
            let Some(mark) = rest.chars().next() else {
                break;
            };
            position = next + mark.len_utf8();
            if self.is_literal(next) {
                continue;
            }
            let after = self.input.get(position..).unwrap_or_default();
            if let Some((consumed, replacement)) = self.replacement(mark, before, after) {
                position = next + consumed;
                self.replace(next..position, replacement);
            }
        }
        let rest = self.input.get(self.copied..).unwrap_or_default();
        self.output.text.push_str(rest);
        self.output
    }

    /// The next character that a rule may be about.
    fn next_mark(&self, from: usize) -> Option<usize> {
        let rest = self.input.as_bytes().get(from..)?;
        let is_mark = |byte: &u8| {
            matches!(
                byte,
                b'"' | b'\'' | b'-' | b'.' | b' ' | b'\n' | 0xc2 | 0xe2
            )
        };
        rest.iter().position(is_mark).map(|offset| from + offset)
    }

    fn is_literal(&mut self, position: usize) -> bool {
        while let Some((first, others)) = self.literal.split_first() {
            if first.end > position {
                return first.start <= position;
            }
            self.literal = others;
        }
        false
    }

    /// How many bytes are replaced by what.
    fn replacement(
        &mut self,
        mark: char,
        before: &str,
        after: &str,
    ) -> Option<(usize, &'static str)> {
        match mark {
            ' ' | '\n' => self.space(before, after),
            '"' | '\'' => self.quote(mark, before, after).map(|set| (1, set)),
            '-' if ranges::is_range(before, after) => Some((1, "–")),
            '-' => dash(before, after),
            '.' => {
                let is_ellipsis =
                    after.starts_with("..") && !after.starts_with("...") && !before.ends_with('.');
                is_ellipsis.then_some((3, "…"))
            }
            other => {
                self.note_quote(other, before, after);
                None
            }
        }
    }

    fn space(&self, before: &str, after: &str) -> Option<(usize, &'static str)> {
        let previous = before
            .chars()
            .next_back()
            .filter(|one| !one.is_whitespace())?;
        let next = after.chars().next().filter(|one| !one.is_whitespace())?;
        if matches!(next, '—' | '–') && ends_word(after.get(next.len_utf8()..)) {
            return Some((1, NO_BREAK_SPACE));
        }
        let hyphens = after.len() - after.trim_start_matches('-').len();
        if (1..=3).contains(&hyphens) {
            let beyond = after.get(hyphens..).unwrap_or_default();
            let is_minus =
                previous.is_numeric() && beyond.trim_start().starts_with(char::is_numeric);
            let is_dash =
                ends_word(Some(beyond)) && !is_minus && !self.is_protected(before.len() + 1);
            return is_dash.then_some((1 + hyphens, "\u{a0}—"));
        }
        let binds = match self.language {
            Language::Russian => russian::binds(before, after),
            Language::English => english::binds(before, after),
        };
        binds.then_some((1, NO_BREAK_SPACE))
    }

    fn is_protected(&self, position: usize) -> bool {
        self.literal
            .iter()
            .take_while(|range| range.start <= position)
            .any(|range| range.contains(&position))
    }

    fn replace(&mut self, from: Range<usize>, replacement: &str) {
        let text = &mut self.output.text;
        text.push_str(self.input.get(self.copied..from.start).unwrap_or_default());
        let start = text.len();
        text.push_str(replacement);
        let to = start..text.len();
        self.copied = from.end;
        self.output.changes.push(Change { from, to });
    }
}

/// A dash that has no space before it: at the beginning, or two or three hyphens between words.
fn dash(before: &str, after: &str) -> Option<(usize, &'static str)> {
    let more = after.len() - after.trim_start_matches('-').len();
    let beyond = after.get(more..).unwrap_or_default();
    if more > 2 || before.ends_with('-') {
        return None;
    }
    let begins = before.is_empty() && beyond.starts_with(' ');
    let joins = more > 0
        && before.ends_with(char::is_alphabetic)
        && beyond.starts_with(char::is_alphabetic);
    (begins || joins).then_some((1 + more, "—"))
}

#[cfg(test)]
mod tests;
