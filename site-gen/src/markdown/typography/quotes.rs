//! Quotation marks: which straight mark opens, which closes, and what stands in its place.
//!
//! Marks that are set already are counted with the others, so that a quotation inside `«…»` gets the inner marks.

use super::{Setter, english, russian};
use crate::language::Language;

/// The marks of a language: around a quotation, and around a quotation inside it.
pub(super) struct Quotes {
    pub(super) outer: Pair,
    pub(super) inner: Pair,
}

pub(super) struct Pair {
    pub(super) opening: &'static str,
    pub(super) closing: &'static str,
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
    pub(super) fn note_quote(&mut self, mark: char, before: &str, after: &str) {
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
}

const fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '»' | '”' | '…'
    )
}
