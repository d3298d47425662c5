//! The terms of the partner programme, out of the file that the site's texts read too.
//!
//! The file is read when the Worker is compiled: what is left of it are five numbers, and a file without one of them does not
//! compile.

use std::time::Duration;

use super::commission::RateBp;
use super::money::Kopecks;

/// What partners are promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgrammeTerms {
    /// Counts the changes of the terms.
    pub edition: u16,
    /// The partner's share of what a client paid.
    pub rate: RateBp,
    /// How long a click on the link counts.
    pub attribution: Duration,
    /// How long a commission waits before it can be paid out.
    pub hold: Duration,
    /// The smallest payout.
    pub min_payout: Kopecks,
}

/// The terms of today: `content/partner.toml`.
pub const TERMS: ProgrammeTerms = ProgrammeTerms {
    edition: read_small("edition"),
    rate: match RateBp::new(read_small("rate_bp")) {
        Some(rate) => rate,
        None => refuse(),
    },
    attribution: days(read_small("attribution_days")),
    hold: days(read_small("hold_days")),
    min_payout: Kopecks::new(read("min_payout")),
};

const FILE: &str = include_str!("../../../content/partner.toml");

const fn days(count: u16) -> Duration {
    Duration::from_secs(count as u64 * 86_400)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it was just compared"
)]
const fn read_small(key: &str) -> u16 {
    let number = read(key);
    if number > u16::MAX as i64 {
        refuse();
    }
    number as u16
}

/// The whole number behind `key = `, on a line of its own.
const fn read(key: &str) -> i64 {
    let mut rest = FILE.as_bytes();
    loop {
        if let Some(value) = value_of(rest, key.as_bytes()) {
            return number_in(value);
        }
        rest = next_line(rest);
        if rest.is_empty() {
            refuse();
        }
    }
}

/// What stands behind `key = ` at the beginning of the text.
const fn value_of<'a>(mut text: &'a [u8], mut key: &[u8]) -> Option<&'a [u8]> {
    while let [expected, key_rest @ ..] = key {
        match text {
            [found, text_rest @ ..] if *found == *expected => {
                text = text_rest;
                key = key_rest;
            }
            _ => return None,
        }
    }
    match text {
        [b' ', b'=', b' ', value @ ..] => Some(value),
        _ => None,
    }
}

const fn next_line(mut text: &[u8]) -> &[u8] {
    while let [byte, rest @ ..] = text {
        text = rest;
        if *byte == b'\n' {
            break;
        }
    }
    text
}

const fn number_in(mut text: &[u8]) -> i64 {
    let mut number: i64 = 0;
    let mut digits: u8 = 0;
    while let [digit @ b'0'..=b'9', rest @ ..] = text {
        number = number * 10 + (*digit - b'0') as i64;
        digits += 1;
        text = rest;
    }
    match text {
        [b'\n', ..] | [] if digits > 0 && digits <= 15 => number,
        _ => refuse(),
    }
}

/// Ends the compilation.
#[expect(clippy::panic, reason = "only the compiler runs this")]
const fn refuse() -> ! {
    panic!(
        "content/partner.toml: a line is missing, or is not `key = number` with a fitting number"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The site's generator reads the file as TOML; what the Worker reads must be the same.
    #[test]
    fn the_terms_are_those_of_the_file() {
        let line = |key: &str| {
            let prefix = format!("{key} = ");
            let line = FILE
                .lines()
                .find_map(|line| line.strip_prefix(&prefix))
                .unwrap();
            line.parse::<u64>().unwrap()
        };
        assert_eq!(u64::from(TERMS.edition), line("edition"));
        assert_eq!(u64::from(TERMS.rate.basis_points()), line("rate_bp"));
        assert_eq!(
            TERMS.attribution.as_secs(),
            line("attribution_days") * 86_400
        );
        assert_eq!(TERMS.hold.as_secs(), line("hold_days") * 86_400);
        assert_eq!(TERMS.min_payout.number().unsigned_abs(), line("min_payout"));
    }

    #[test]
    fn a_key_is_matched_whole_and_a_number_ends_its_line() {
        assert_eq!(value_of(b"rate = 5\n", b"rate"), Some(b"5\n".as_slice()));
        for (text, key) in [
            ("rate_bp = 5\n", "rate"),
            ("rat = 5\n", "rate"),
            ("rate=5\n", "rate"),
            ("", "rate"),
        ] {
            assert_eq!(value_of(text.as_bytes(), key.as_bytes()), None, "{text}");
        }
        assert_eq!(number_in(b"100000\nhold = 1"), 100_000);
        for text in ["", "\n", "x\n", "1 000\n", "1.5\n", "-1\n", "\"1\"\n"] {
            assert!(
                std::panic::catch_unwind(|| number_in(text.as_bytes())).is_err(),
                "{text}"
            );
        }
    }
}
