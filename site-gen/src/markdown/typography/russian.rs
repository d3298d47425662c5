//! Where a Russian line must not break, and Russian quotation marks.
//!
//! The rules are those of Russian typesetting (Мильчин, Чельцова, «Справочник издателя и автора»): a short word stays
//! with the next one, a number with what it counts, a particle with the word before it.

use super::{Pair, Quotes, ends_in_number, first_word, is_boundary, last_word};

pub(super) const QUOTES: Quotes = Quotes {
    outer: Pair {
        opening: "«",
        closing: "»",
    },
    inner: Pair {
        opening: "„",
        closing: "“",
    },
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
    if before.ends_with(['№', '§']) {
        return true;
    }
    let next = first_word(after);
    if !next.is_empty() && PARTICLES.contains(&next) {
        return true;
    }
    if let Some(word) = last_word(before, 3) {
        return is_short(word);
    }
    if ends_in_number(before) {
        return after.starts_with(['%', '₽', '€', '$', '°'])
            || (!next.is_empty() && !is_short(next));
    }
    before
        .strip_suffix('.')
        .is_some_and(|abbreviation| is_abbreviation(abbreviation, after))
}

fn is_short(word: &str) -> bool {
    if word.len() > 6 {
        return false;
    }
    SHORT.contains(&word) || SHORT.contains(&word.to_lowercase().as_str())
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
