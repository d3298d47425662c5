//! Ranges of numbers: «1990–1995», «5–10 %», «9:00–18:00» have an en dash without spaces, in both languages.
//!
//! A hyphen also stands in telephone numbers, days (2026-11-23), versions, codes and scores. Only what can be nothing
//! but a range is set: two numbers alone between spaces or marks, the second one greater and about as long.

/// Whether the hyphen between the two texts stands between the ends of a range.
pub(super) fn is_range(before: &str, after: &str) -> bool {
    let start = before.trim_end_matches(is_of_number).len();
    let (outside, first) = before.split_at(start);
    let end = after.find(|letter| !is_of_number(letter));
    let second = after.get(..end.unwrap_or(after.len())).unwrap_or_default();
    let second = second.trim_end_matches([',', ':']);
    let beyond = after.get(second.len()..).unwrap_or_default();
    let (Some(first), Some(second)) = (Number::read(first), Number::read(second)) else {
        return false;
    };
    first.can_lead_to(&second) && begins_apart(outside) && ends_apart(beyond)
}

const fn is_of_number(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, ',' | ':')
}

/// One end of a range.
enum Number<'a> {
    /// «5», «1990», «1,5».
    Amount { whole: &'a str, fraction: &'a str },
    /// «9:00».
    Time,
}

impl<'a> Number<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let is_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((hours, minutes)) = text.split_once(':') {
            let is_time = matches!(hours.len(), 1 | 2) && minutes.len() == 2;
            return (is_time && is_digits(hours) && is_digits(minutes)).then_some(Self::Time);
        }
        let (whole, fraction) = text.split_once(',').unwrap_or((text, "0"));
        // A code like 007 is no amount.
        let is_amount = is_digits(whole)
            && is_digits(fraction)
            && (whole.len() == 1 || !whole.starts_with('0'));
        is_amount.then_some(Self::Amount { whole, fraction })
    }

    fn can_lead_to(&self, other: &Self) -> bool {
        let (
            Self::Amount { whole, fraction },
            Self::Amount {
                whole: to,
                fraction: part,
            },
        ) = (self, other)
        else {
            return matches!((self, other), (Self::Time, Self::Time));
        };
        let is_greater = (to.len(), to, part) > (whole.len(), whole, fraction);
        // 34-2017 is the name of a standard and 123-4567 a telephone, 500-1000 is an amount.
        let is_about_as_long = match (whole.len(), to.len()) {
            (3, 4) => whole.ends_with('0') && to.ends_with('0'),
            (own, other) => other <= own + 1,
        };
        is_greater && is_about_as_long
    }
}

/// Whether a number stands alone that begins after this text; one before it may be the rest of a telephone number.
fn begins_apart(outside: &str) -> bool {
    let is_apart = outside.chars().next_back().is_none_or(|last| {
        last.is_whitespace()
            || matches!(
                last,
                '(' | '[' | '«' | '„' | '“' | '”' | '"' | '\'' | '—' | '~' | '≈'
            )
    });
    let mut earlier = outside.trim_end().chars().rev();
    let last = earlier.next();
    let is_code = last == Some(')') && earlier.next().is_some_and(|inner| inner.is_ascii_digit());
    is_apart && !is_code && !last.is_some_and(|last| last.is_ascii_digit())
}

/// Whether a number stands alone that ends before this text.
fn ends_apart(beyond: &str) -> bool {
    let mut letters = beyond.chars();
    let Some(next) = letters.next() else {
        return true;
    };
    if next.is_whitespace() {
        return !beyond
            .trim_start()
            .starts_with(|first: char| first.is_ascii_digit());
    }
    let is_mark = matches!(
        next,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '»'
            | '“'
            | '”'
            | '"'
            | '\''
            | '…'
            | '—'
            | '%'
            | '₽'
            | '€'
            | '$'
            | '°'
    );
    is_mark && !letters.next().is_some_and(char::is_alphanumeric)
}
