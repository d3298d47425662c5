//! What operators type: amounts, days, names of things. Each is read here, so that every command understands the same.

use edge_worker::domain::language::Language;
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::order::OrderNumber;
use edge_worker::domain::time::Instant;
use edge_worker::domain::wording::Title;

/// What the database takes at most, in kopecks.
const MAX_AMOUNT: Kopecks = Kopecks::new(100_000_000_000);

/// Reads an amount in roubles, as `3000`, `3000.50` or `3 000,50`.
pub(crate) fn amount(text: &str) -> Result<Kopecks, String> {
    without_group_spaces(text.trim())
        .and_then(|digits| Kopecks::parse(&digits).ok())
        .filter(|amount| *amount <= MAX_AMOUNT)
        .ok_or_else(|| {
            format!("give roubles, such as 3000, 3000.50 or 3 000,50, at most {MAX_AMOUNT}")
        })
}

/// Reads an amount of money that moves: more than nothing.
pub(crate) fn some_money(text: &str) -> Result<Kopecks, String> {
    let amount = amount(text)?;
    if amount.is_positive() {
        Ok(amount)
    } else {
        Err("give more than nothing".to_owned())
    }
}

/// Reads the last day of something, and answers the moment after it: midnight in Moscow.
pub(crate) fn last_day(text: &str) -> Result<Instant, String> {
    const DAY_MILLIS: i64 = 86_400_000;
    day(text).map(|begin| Instant::from_millis(begin.millis().saturating_add(DAY_MILLIS)))
}

/// Reads a day, and answers its begin: midnight in Moscow.
pub(crate) fn day(text: &str) -> Result<Instant, String> {
    Instant::parse(&format!("{}T00:00:00+03:00", text.trim()))
        .ok_or_else(|| "give a day such as 2027-01-31".to_owned())
}

/// Reads an id as lists show it.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.trim().parse().map_err(|_| {
        "give the id as lists show it, such as 0f8fad5b-d9cb-469f-a165-70867728950e".to_owned()
    })
}

/// Reads the number of an order.
pub(crate) fn order_number(text: &str) -> Result<OrderNumber, String> {
    OrderNumber::parse(text)
        .ok_or_else(|| "give the number of an order, such as ME-7Q2K-9XM4-TB3H-C5PW".to_owned())
}

/// Reads the tag of a language.
pub(crate) fn language(tag: &str) -> Result<Language, String> {
    tag.parse()
        .map_err(|_| "there is no such language; choose one of ru, en".to_owned())
}

/// Reads one line that somebody will read: a reason, or what a bank calls something.
pub(crate) fn line(text: &str) -> Result<String, String> {
    Title::parse(text)
        .map(|line| line.to_string())
        .map_err(|_| format!("give one line of 1 to {} characters", Title::MAX_CHARS))
}

/// Takes out the spaces between thousands: they stand before groups of three digits, as in `3 000,50`.
fn without_group_spaces(text: &str) -> Option<String> {
    // A space, one that does not break, and the narrow one that Russian typography puts there.
    const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];
    let whole = text.split(['.', ',']).next().unwrap_or_default();
    let mut groups = whole.split(SPACES);
    let first = groups.next().unwrap_or_default();
    let is_grouped = whole.contains(SPACES);
    let are_threes = groups.all(|group| group.len() == 3);
    if is_grouped && (!are_threes || first.is_empty() || first.len() > 3) {
        return None;
    }
    let fraction = text.get(whole.len()..).unwrap_or_default();
    Some(format!("{}{fraction}", whole.replace(SPACES, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (text, kopecks) in [
            ("3000", 300_000),
            ("3000.00", 300_000),
            ("3 000,50", 300_050),
            ("3\u{a0}000,5", 300_050),
            ("12\u{202f}345\u{202f}678.90", 1_234_567_890),
            (" 7 ", 700),
            ("0", 0),
            ("1000000000", 100_000_000_000),
        ] {
            assert_eq!(amount(text), Ok(Kopecks::new(kopecks)), "{text}");
        }
        for text in [
            "",
            "3 00",
            "3000 000",
            "3  000",
            "-5",
            "3,000,000",
            "3000 ₽",
            "1000000000.01",
            "3.000,50",
            "три",
            "3 000.5 0",
        ] {
            let refused = amount(text).unwrap_err();
            assert!(
                refused.starts_with("give roubles, such as 3000"),
                "{text}: {refused}"
            );
        }
        assert_eq!(some_money("0,00"), Err("give more than nothing".to_owned()));
    }

    #[test]
    fn a_day_begins_and_ends_at_midnight_in_moscow() {
        assert_eq!(
            day("2027-01-31").unwrap().to_string(),
            "2027-01-30T21:00:00Z"
        );
        assert_eq!(
            last_day("2028-02-28").unwrap().to_string(),
            "2028-02-28T21:00:00Z"
        );
        for text in [
            "",
            "2027-02-29",
            "31.01.2027",
            "2027-1-31",
            "2027-01-31T00:00:00Z",
        ] {
            assert_eq!(
                day(text),
                Err("give a day such as 2027-01-31".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_reason_is_one_line() {
        assert_eq!(line("  нет акта "), Ok("нет акта".to_owned()));
        for text in ["", " ", "a\nb", &"я".repeat(201)] {
            assert!(line(text).is_err(), "{text}");
        }
    }
}
