//! What a person wants to be called.

use std::fmt;

/// Why a text is not accepted as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRefused {
    /// More than [`PersonName::MAX_CHARS`] characters.
    TooLong,
    /// A line break, or a character that cannot be seen or turns the text around it.
    HiddenCharacter,
}

/// A person's name: any letters, one line, never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Longest name, in characters; the predecessor's column has the same width.
    pub const MAX_CHARS: usize = 255;

    /// Reads a name that a person typed; spaces around it are forgiven, and nothing at all is `None`.
    pub fn parse(text: &str) -> Result<Option<Self>, NameRefused> {
        let name = text.trim();
        if name.is_empty() {
            return Ok(None);
        }
        if name.chars().count() > Self::MAX_CHARS {
            return Err(NameRefused::TooLong);
        }
        if name.chars().any(is_hidden) || name.chars().all(|character| character == '\u{200d}') {
            return Err(NameRefused::HiddenCharacter);
        }
        Ok(Some(Self(name.to_owned())))
    }

    /// The name of somebody who gave none: the part of the address before the `@`, as in the predecessor.
    #[must_use]
    pub fn from_address(address: &str) -> Self {
        let name = address.rsplit_once('@').map_or(address, |(local, _)| local);
        Self(name.to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Characters that would let a name look empty, or like somebody else's: controls, line and paragraph separators, marks
/// of direction, fillers and tags (Unicode Technical Report 36, section 2). The joiner U+200D stays: emoji need it.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_accepted_and_trimmed() {
        for (text, expected) in [
            (" Анна Каренина ", Some("Анна Каренина")),
            ("O'Neil", Some("O'Neil")),
            ("👩‍👩‍👧", Some("👩‍👩‍👧")),
            (
                "<script>alert(1)</script>",
                Some("<script>alert(1)</script>"),
            ),
            ("", None),
            (" \u{a0}", None),
        ] {
            let name = PersonName::parse(text).unwrap();
            assert_eq!(name.as_ref().map(PersonName::as_str), expected);
        }
        assert!(PersonName::parse(&"я".repeat(255)).is_ok());
    }

    #[test]
    fn names_that_break_the_page_or_the_log_are_refused() {
        assert_eq!(
            PersonName::parse(&"я".repeat(256)),
            Err(NameRefused::TooLong)
        );
        for text in [
            "Анна\nКаренина",
            "Анна\u{0}",
            "\u{1b}[31mАнна",
            "\u{200b}",
            "\u{3164}",
            "\u{feff}",
            "\u{202e}nimda",
            "a\u{2028}b",
            "\u{e0041}",
            "\u{200d}",
        ] {
            assert_eq!(PersonName::parse(text), Err(NameRefused::HiddenCharacter));
        }
    }

    #[test]
    fn who_gives_no_name_is_called_by_the_address() {
        assert_eq!(
            PersonName::from_address("anna.k@example.com").as_str(),
            "anna.k"
        );
    }
}
