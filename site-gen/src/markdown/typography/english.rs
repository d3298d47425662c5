//! Where an English line must not break, and English quotation marks.

use super::{Pair, Quotes, ends_in_number, first_word};

pub(super) const QUOTES: Quotes = Quotes {
    outer: Pair {
        opening: "“",
        closing: "”",
    },
    inner: Pair {
        opening: "‘",
        closing: "’",
    },
};

/// What is counted or measured: a number stays with it.
const UNITS: [&str; 44] = [
    "B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "Mbit", "Gbit", "ms", "s", "min", "h", "mm",
    "cm", "m", "km", "g", "kg", "px", "pt", "Hz", "kHz", "MHz", "GHz", "RUB", "USD", "EUR", "am",
    "pm", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week",
    "weeks", "month", "months", "years",
];

/// Whether the space between the two texts must not break.
pub(super) fn binds(before: &str, after: &str) -> bool {
    if before.ends_with(['№', '§']) {
        return true;
    }
    ends_in_number(before)
        && (after.starts_with(['%', '₽', '€', '$', '°']) || UNITS.contains(&first_word(after)))
}
