//! Words and numbers at the edges of a text.

/// Whether a character is a letter; the alphabets of the site are told at once, the table of all others is slow.
pub(super) fn is_letter(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '\u{400}'..='\u{47f}' => true,
        '\0'..='\u{a0}' => false,
        other => other.is_alphabetic(),
    }
}

/// Whether the text is at its end or goes on with a space.
pub(super) fn ends_word(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.chars().next().is_none_or(char::is_whitespace))
}

/// The word of at most `longest` letters at the end of a text, if nothing is joined to it in front.
pub(super) fn last_word(text: &str, longest: usize) -> Option<&str> {
    let mut start = text.len();
    for (count, (position, letter)) in text.char_indices().rev().enumerate() {
        if !is_letter(letter) {
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
pub(super) fn first_word(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(_, letter)| !is_letter(*letter))
        .map_or(text.len(), |(position, _)| position);
    text.get(..end).unwrap_or_default()
}

pub(super) fn is_boundary(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '(' | '[' | '{' | '/')
        || matches!(letter, '"' | '\'' | '«' | '»' | '„' | '“' | '”' | '‘' | '’')
}

/// Whether a text ends in a number that is a word by itself: «24», «1,5», not «PBKDF2».
pub(super) fn ends_in_number(text: &str) -> bool {
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
