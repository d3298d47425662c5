//! Phone numbers: any common way to write one in, the international form (ITU-T E.164) out.

use std::fmt;

/// Why a text is not a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneRefused {
    /// Nothing but spaces.
    Empty,
    /// Letters or other signs that no phone number has.
    Malformed,
    /// Fewer digits than any number has, or more than E.164 allows.
    WrongLength,
}

/// A phone number in the form of E.164, such as `+79991234567`.
///
/// ```
/// use edge_worker::domain::phone::Phone;
///
/// assert_eq!(Phone::parse("8 (999) 123-45-67").unwrap().as_str(), "+79991234567");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// E.164 allows 15 digits; the shortest numbers with a country code in use have 8.
    const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

    /// Reads a number that a person typed. Spaces, dashes, dots and brackets are forgiven; a Russian number may begin
    /// with `8` or without a country code at all.
    pub fn parse(text: &str) -> Result<Self, PhoneRefused> {
        let text = text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
        if text.is_empty() {
            return Err(PhoneRefused::Empty);
        }
        let (international, rest) = text
            .strip_prefix('+')
            .map_or((false, text), |rest| (true, rest));
        let mut digits = String::new();
        for character in rest.chars() {
            match character {
                '0'..='9' => digits.push(character),
                _ if is_between(character) || is_invisible(character) => {}
                _ => return Err(PhoneRefused::Malformed),
            }
        }
        if !international {
            digits = with_russian_code(&digits);
        }
        let is_russian = digits.starts_with('7');
        if !Self::DIGITS.contains(&digits.len()) || (is_russian && digits.len() != 11) {
            return Err(PhoneRefused::WrongLength);
        }
        if digits.starts_with('0') {
            return Err(PhoneRefused::Malformed);
        }
        Ok(Self(format!("+{digits}")))
    }

    /// The number in the form of E.164.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What people and typographers write between digits.
const fn is_between(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '-' | '.' | '(' | ')' | '/')
        || matches!(
            letter,
            '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2010}'..='\u{2014}' | '\u{2212}'
        )
}

/// The marks of direction that phones put around a number when it is copied, and others that nobody sees.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// `8 999 …` is how a number is dialled inside Russia, `999 …` how it is often written; `7 999 …` lost its plus.
fn with_russian_code(digits: &str) -> String {
    match (digits.len(), digits.strip_prefix('8')) {
        (11, Some(rest)) => format!("7{rest}"),
        (10, _) => format!("7{digits}"),
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_common_way_to_write_a_number_is_understood() {
        for (text, expected) in [
            ("+79991234567", "+79991234567"),
            ("+7 (999) 123-45-67", "+79991234567"),
            ("8 999 123 45 67", "+79991234567"),
            ("89991234567", "+79991234567"),
            ("9991234567", "+79991234567"),
            ("79991234567", "+79991234567"),
            (" +7\u{a0}999.123.45.67 ", "+79991234567"),
            ("+375 29 123-45-67", "+375291234567"),
            ("+1 415 555 2671", "+14155552671"),
            ("\u{202a}+7 999 123‑45‑67\u{202c}", "+79991234567"),
            ("+7\u{2009}999\u{202f}123—45−67", "+79991234567"),
            ("8/999/123/45/67", "+79991234567"),
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), expected, "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_numbers_are_refused() {
        use PhoneRefused::{Empty, Malformed, WrongLength};
        for (text, expected) in [
            ("", Empty),
            (" ", Empty),
            ("позвоните мне", Malformed),
            ("+7 999 CALL-NOW", Malformed),
            ("+7 999 123-45-67 доб. 2", Malformed),
            ("++79991234567", Malformed),
            ("+0991234567", Malformed),
            ("+7 999 123-45-6", WrongLength),
            ("+7 999 123-45-678", WrongLength),
            ("12345", WrongLength),
            ("+1234567890123456", WrongLength),
            ("+()", WrongLength),
        ] {
            assert_eq!(Phone::parse(text), Err(expected), "{text:?}");
        }
    }
}
