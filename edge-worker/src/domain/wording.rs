//! What operators write for clients to read: titles of one line, and texts.

use std::fmt;

/// The text is empty, too long, or has characters that cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordingRefused;

/// A title: one line of 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// The longest title, in characters.
    pub const MAX_CHARS: usize = 200;

    /// Reads a title; spaces around it are forgiven.
    pub fn parse(text: &str) -> Result<Self, WordingRefused> {
        let text = text.trim();
        let is_long = text.chars().count() > Self::MAX_CHARS;
        if text.is_empty() || is_long || text.chars().any(char::is_control) {
            return Err(WordingRefused);
        }
        Ok(Self(text.to_owned()))
    }

    /// The title.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Title {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text of one or more lines. It is short enough that D1, which takes no statement above 100 KB, takes it in two languages as
/// the operator's tool writes it, two signs a byte; what is longer belongs on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// The longest text, in bytes; a Russian letter takes two.
    pub const MAX_BYTES: usize = 20_000;

    /// Reads a text; line breaks of other systems become those of this one.
    pub fn parse(text: &str) -> Result<Self, WordingRefused> {
        let text = text.trim().replace("\r\n", "\n");
        let is_odd = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
        if text.is_empty() || text.len() > Self::MAX_BYTES || text.chars().any(is_odd) {
            return Err(WordingRefused);
        }
        Ok(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_that_can_be_seen() {
        for (text, expected) in [
            (" Конструктор ", Ok("Конструктор")),
            ("", Err(WordingRefused)),
            (" \t", Err(WordingRefused)),
            ("a\nb", Err(WordingRefused)),
            (&"я".repeat(201), Err(WordingRefused)),
        ] {
            let title = Title::parse(text);
            assert_eq!(
                title.as_ref().map(Title::as_str),
                expected.as_ref().copied()
            );
        }
        assert!(Title::parse(&"я".repeat(200)).is_ok());
    }

    #[test]
    fn a_text_may_have_lines_and_nothing_hidden() {
        let prose = Prose::parse("# Условия\r\n\r\nтекст\n").unwrap();
        assert_eq!(prose.as_str(), "# Условия\n\nтекст");
        for text in ["", " \n", "a\u{0}b", "a\u{1b}[2J"] {
            assert_eq!(Prose::parse(text), Err(WordingRefused), "{text:?}");
        }
        assert!(Prose::parse(&"я".repeat(10_001)).is_err());
    }
}
