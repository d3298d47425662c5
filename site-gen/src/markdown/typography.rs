//! Typography: quotes, dashes, ellipses and spaces that do not break, as a careful editor of the language sets them.
//!
//! Only punctuation and spaces change, never a letter or a digit, and what is already set is left as it is: setting a
//! text twice is setting it once. Code, addresses, ids and characters behind a backslash are not touched. The rules of
//! a language lie in a module of their own; here is what is common to all.

mod english;
mod passage;
mod russian;

use std::ops::Range;

use crate::language::Language;
pub(super) use passage::typeset_events;

/// Stands for what is not text, a piece of code or a picture, so that the text around it sees its neighbour.
const OBJECT: char = '\u{fffc}';

/// Stands for a line break that the author asked for.
const BREAK: char = '\u{2028}';

const NO_BREAK_SPACE: &str = "\u{a0}";

/// The marks of a language: around a quotation, and around a quotation inside it.
struct Quotes {
    outer: Pair,
    inner: Pair,
}

struct Pair {
    opening: &'static str,
    closing: &'static str,
}

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
    /// The quotations that are open, by the mark they were opened with.
    open: Vec<char>,
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

    fn quote(&mut self, mark: char, before: &str, after: &str) -> Option<&'static str> {
        let previous = before.chars().next_back();
        let next = after.chars().next();
        let is_after_letter = previous.is_some_and(char::is_alphabetic);
        if mark == '\'' && is_after_letter && next.is_some_and(char::is_alphabetic) {
            return Some("’");
        }
        let opens = self.is_opening_place(before.len(), previous)
            && next.is_some_and(|next| !next.is_whitespace() && !is_closing(next));
        if opens && self.has_partner(mark, after) {
            self.opened_at = Some(before.len() + mark.len_utf8());
            let pair = self.pair(mark);
            self.open.push(mark);
            return Some(pair.opening);
        }
        if self.close(mark) {
            return Some(self.pair(mark).closing);
        }
        (mark == '\'' && is_after_letter).then_some("’")
    }

    /// Whether a quotation can begin after the character `previous`, which ends at `position`.
    fn is_opening_place(&self, position: usize, previous: Option<char>) -> bool {
        self.opened_at == Some(position)
            || previous.is_none_or(|previous| {
                previous.is_whitespace()
                    || matches!(previous, '(' | '[' | '{' | '—' | '–' | '-' | '/')
            })
    }

    /// Whether the mark comes again where it can close.
    fn has_partner(&mut self, mark: char, after: &str) -> bool {
        let [double, single] = &mut self.exhausted;
        let exhausted = if mark == '"' { double } else { single };
        if *exhausted {
            return false;
        }
        let found = after.match_indices(mark).any(|(position, _)| {
            let before = after.get(..position).unwrap_or_default();
            let beyond = after.get(position + 1..).unwrap_or_default();
            let goes_on = mark == '\'' && beyond.starts_with(char::is_alphanumeric);
            !goes_on && !before.ends_with(char::is_whitespace)
        });
        *exhausted = !found;
        found
    }

    /// The marks for a quotation inside those that are open.
    fn pair(&self, mark: char) -> &'static Pair {
        let quotes = match self.language {
            Language::Russian => &russian::QUOTES,
            Language::English => &english::QUOTES,
        };
        let is_inner = match self.language {
            Language::Russian => !self.open.is_empty(),
            Language::English => mark == '\'',
        };
        if is_inner {
            &quotes.inner
        } else {
            &quotes.outer
        }
    }

    /// Ends the quotation that `opener` began, if it is open.
    fn close(&mut self, opener: char) -> bool {
        let found = self.open.iter().rposition(|open| *open == opener);
        if let Some(position) = found {
            self.open.truncate(position);
        }
        found.is_some()
    }

    /// Keeps count of marks that are set already.
    fn note_quote(&mut self, mark: char, before: &str, after: &str) {
        let is_apostrophe =
            before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
        let opens = match mark {
            '«' | '„' | '‘' => true,
            '“' => self.language == Language::English || !self.close('„'),
            _ => false,
        };
        match mark {
            '»' => _ = self.close('«'),
            '”' => _ = self.close('“'),
            '’' if !is_apostrophe => _ = self.close('‘'),
            _ => {}
        }
        if opens {
            self.open.push(mark);
            self.opened_at = Some(before.len() + mark.len_utf8());
        }
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

const fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '»' | '”' | '…'
    )
}

/// Whether the text is at its end or goes on with a space.
fn ends_word(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.chars().next().is_none_or(char::is_whitespace))
}

/// The word of at most `longest` letters at the end of a text, if nothing is joined to it in front.
fn last_word(text: &str, longest: usize) -> Option<&str> {
    let mut start = text.len();
    for (count, (position, letter)) in text.char_indices().rev().enumerate() {
        if !letter.is_alphabetic() {
            return (is_boundary(letter) && start < text.len())
                .then(|| text.get(start..))
                .flatten();
        }
        if count == longest {
            return None;
        }
        start = position;
    }
    text.get(start..).filter(|word| !word.is_empty())
}

/// The word at the beginning of a text.
fn first_word(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(_, letter)| !letter.is_alphabetic())
        .map_or(text.len(), |(position, _)| position);
    text.get(..end).unwrap_or_default()
}

fn is_boundary(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '(' | '[' | '{' | '"' | '\'' | '«' | '„' | '“' | '‘' | '—' | '–' | '/'
        )
}

/// Whether a text ends in a number that is a word by itself: «24», «1,5», not «PBKDF2».
fn ends_in_number(text: &str) -> bool {
    if !text.ends_with(|last: char| last.is_ascii_digit()) {
        return false;
    }
    let first = text
        .chars()
        .rev()
        .take_while(|letter| !is_boundary(*letter))
        .take(24)
        .last();
    first
        .is_some_and(|first| first.is_ascii_digit() || matches!(first, '+' | '-' | '−' | '~' | '≈'))
}

#[cfg(test)]
mod tests;
