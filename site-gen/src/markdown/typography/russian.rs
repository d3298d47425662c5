//! Where a Russian line must not break, and Russian quotation marks.
//!
//! The rules are those of Russian typesetting (Мильчин, Чельцова, «Справочник издателя и автора»): a short word stays
//! with the next one, a number with what it counts, a particle with the word before it.

use super::quotes::Quotes;
use super::words::{ends_in_number, first_word, is_boundary, last_word};

pub(super) const QUOTES: Quotes = Quotes {
    outer: '«',
    inner: '„',
};

/// Prepositions, conjunctions and particles that stay with the next word.
const SHORT: [&str; 22] = [
    "а", "в", "во", "до", "за", "и", "из", "к", "ко", "на", "не", "ни", "но", "о", "об", "обо",
    "от", "по", "с", "со", "у", "я",
];

/// Particles that stay with the word before them.
const PARTICLES: [&str; 5] = ["же", "ли", "бы", "ж", "б"];

/// Abbreviations that stay with the number after them.
const BEFORE_NUMBER: [&str; 9] = ["стр", "рис", "табл", "гл", "ст", "пп", "п", "д", "г"];

/// Whether the space between the two texts must not break.
pub(super) fn binds(before: &str, after: &str) -> bool {
    if begins_with_particle(after) {
        return true;
    }
    if ends_in_long_word(before) {
        return false;
    }
    if before.ends_with(['№', '§']) {
        return true;
    }
    if let Some(word) = last_word(before, 3) {
        return is_short(word);
    }
    if ends_in_number(before) {
        let next = first_word(after);
        return after.starts_with(['%', '₽', '€', '$', '°'])
            || (!next.is_empty() && !is_short(next));
    }
    before
        .strip_suffix('.')
        .is_some_and(|abbreviation| is_abbreviation(abbreviation, after))
}

fn begins_with_particle(text: &str) -> bool {
    text.starts_with(['ж', 'л', 'б']) && PARTICLES.contains(&first_word(text))
}

/// Most spaces follow a word of four letters or more, which no rule is about; its bytes show that at once.
fn ends_in_long_word(text: &str) -> bool {
    let is_cyrillic = |pair: &[u8]| matches!(pair, [0xd0 | 0xd1, _]);
    let bytes = text.as_bytes();
    bytes
        .len()
        .checked_sub(8)
        .and_then(|start| bytes.get(start..))
        .is_some_and(|tail| tail.chunks(2).all(is_cyrillic))
}

fn is_short(word: &str) -> bool {
    if word.len() > 6 {
        return false;
    }
    let is_capital = word.starts_with(char::is_uppercase);
    SHORT.contains(&word) || (is_capital && SHORT.contains(&word.to_lowercase().as_str()))
}

/// «т. е.», «и т. д.», «А. С. Пушкин», «стр. 5», «г. Москва»; the full stop itself is taken off.
fn is_abbreviation(abbreviation: &str, after: &str) -> bool {
    let mut letters = abbreviation.chars().rev();
    let Some(last) = letters.next().filter(|last| last.is_alphabetic()) else {
        return false;
    };
    let is_single = letters
        .next()
        .is_none_or(|letter| is_boundary(letter) || letter == '.');
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    let is_capital = first.is_some_and(char::is_uppercase);
    if is_single && last == 'т' {
        return second == Some('.') && first.is_some_and(|first| "едпкчо".contains(first));
    }
    if is_single && (last.is_uppercase() || last == 'г') && is_capital {
        return true;
    }
    let is_number = first.is_some_and(|first| first.is_ascii_digit());
    is_number && last_word(abbreviation, 4).is_some_and(|word| BEFORE_NUMBER.contains(&word))
}
