//! Quotation marks: which straight mark opens, which closes, and what stands in its place.
//!
//! Marks that are set already are counted with the others, so that a quotation inside `«…»` gets the inner marks. All
//! that is decided from what is open is decided by the marks as they are set: or setting a text again would change it.

use super::{Setter, english, russian};
use crate::language::Language;

/// What a quotation begins with, and one inside it.
pub(super) struct Quotes {
    pub(super) outer: char,
    pub(super) inner: char,
}

/// A quotation that is open.
pub(super) struct OpenQuote {
    /// The mark as it is set.
    set: char,
    /// The straight mark it was written with, if it was not set already.
    written: Option<char>,
}

impl Setter<'_> {
    pub(super) fn quote(&mut self, mark: char, before: &str, after: &str) -> Option<&'static str> {
        let previous = before.chars().next_back();
        let next = after.chars().next();
        let is_after_letter = previous.is_some_and(char::is_alphabetic);
        if mark == '\'' && is_after_letter && next.is_some_and(char::is_alphabetic) {
            return Some("’");
        }
        let opens = self.is_opening_place(before.len(), previous)
            && next.is_some_and(|next| !next.is_whitespace() && !is_closing(next));
        if opens && self.has_partner(mark, after) {
            let opening = self.opening(mark);
            self.push(opening, Some(mark), before);
            return Some(as_text(opening));
        }
        let innermost = self.open.last();
        if let Some(open) = innermost.filter(|open| open.written == Some(mark)) {
            let closing = closing_of(open.set);
            self.open.pop();
            return Some(closing);
        }
        if mark == '\'' && is_after_letter {
            self.close('‘');
            return Some("’");
        }
        None
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

    /// What a quotation begins with inside those that are open.
    fn opening(&self, mark: char) -> char {
        let (quotes, is_inner) = match self.language {
            Language::Russian => (&russian::QUOTES, !self.open.is_empty()),
            Language::English => (&english::QUOTES, mark == '\''),
        };
        if is_inner { quotes.inner } else { quotes.outer }
    }

    fn push(&mut self, set: char, written: Option<char>, before: &str) {
        let length = written.unwrap_or(set).len_utf8();
        self.opened_at = Some(before.len() + length);
        self.open.push(OpenQuote { set, written });
    }

    /// Ends the quotation that `opening` began, if it is open, and those inside it.
    fn close(&mut self, opening: char) -> bool {
        let found = self.open.iter().rposition(|open| open.set == opening);
        if let Some(position) = found {
            self.open.truncate(position);
        }
        found.is_some()
    }

    /// Keeps count of marks that are set already.
    pub(super) fn note_quote(&mut self, mark: char, before: &str, after: &str) {
        let is_apostrophe =
            before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
        match mark {
            '«' | '„' | '‘' => self.push(mark, None, before),
            '“' if self.language == Language::English || !self.close('„') => {
                self.push(mark, None, before);
            }
            '»' => _ = self.close('«'),
            '”' => _ = self.close('“'),
            '’' if !is_apostrophe => _ = self.close('‘'),
            _ => {}
        }
    }
}

const fn as_text(opening: char) -> &'static str {
    match opening {
        '«' => "«",
        '„' => "„",
        '‘' => "‘",
        _ => "“",
    }
}

const fn closing_of(opening: char) -> &'static str {
    match opening {
        '«' => "»",
        '„' => "“",
        '‘' => "’",
        _ => "”",
    }
}

const fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '»' | '”' | '…'
    )
}
