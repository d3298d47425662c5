//! Money: whole kopecks, never fractions of them, never floating point.

#![deny(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::as_conversions
)]

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// The text is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAmount;

/// An amount in kopecks; 100 kopecks are one rouble.
///
/// Shown in roubles with two decimals, as the API sends it:
///
/// ```
/// use edge_worker::domain::money::Kopecks;
///
/// assert_eq!(Kopecks::new(300_050).to_string(), "3000.50");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kopecks(i64);

impl Kopecks {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// An amount of so many kopecks.
    #[must_use]
    pub const fn new(kopecks: i64) -> Self {
        Self(kopecks)
    }

    /// How many kopecks.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Whether it is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Reads an amount in roubles, such as `3000`, `3000.5` or `3000,50`: not negative, at most two decimals, nothing beside
    /// digits and one sign between them.
    pub fn parse(text: &str) -> Result<Self, NotAnAmount> {
        let (roubles, kopecks) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let are_digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(roubles) || !are_digits(kopecks) || kopecks.len() > 2 {
            return Err(NotAnAmount);
        }
        let kopecks: i64 = format!("{kopecks:0<2}").parse().map_err(|_| NotAnAmount)?;
        roubles
            .parse::<i64>()
            .ok()
            .and_then(|roubles| roubles.checked_mul(100)?.checked_add(kopecks))
            .map(Self)
            .ok_or(NotAnAmount)
    }
}

/// Amounts of the cabinet are checked where they come in (the database refuses more than a thousand million roubles at a
/// time), so a sum that reaches the bound of the type stays there: it can be refused, and cannot turn into its contrary.
impl Add for Kopecks {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Kopecks {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Kopecks {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Kopecks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let (roubles, kopecks) = (magnitude.div_euclid(100), magnitude.rem_euclid(100));
        write!(formatter, "{sign}{roubles}.{kopecks:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_in_roubles_with_two_decimals() {
        for (kopecks, expected) in [
            (0, "0.00"),
            (5, "0.05"),
            (-5, "-0.05"),
            (300_000, "3000.00"),
            (i64::MAX, "92233720368547758.07"),
            (i64::MIN, "-92233720368547758.08"),
        ] {
            assert_eq!(Kopecks::new(kopecks).to_string(), expected);
        }
    }

    #[test]
    fn an_amount_is_read_in_roubles() {
        for (text, kopecks) in [
            ("3000", 300_000),
            ("3000.5", 300_050),
            ("3000,05", 300_005),
            ("0.01", 1),
            ("0", 0),
            ("007", 700),
            ("92233720368547758.07", i64::MAX),
        ] {
            assert_eq!(Kopecks::parse(text), Ok(Kopecks::new(kopecks)), "{text}");
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1.005",
            "1e3",
            "nan",
            "inf",
            "1 000",
            " 1",
            "1.5.5",
            "1,000.00",
            "92233720368547758.08",
            "99999999999999999999",
            "١",
        ] {
            assert_eq!(Kopecks::parse(text), Err(NotAnAmount), "{text}");
        }
    }

    #[test]
    fn a_sum_stays_within_its_bounds() {
        let (most, one) = (Kopecks::new(i64::MAX), Kopecks::new(1));
        assert_eq!(most + one, most);
        assert_eq!(Kopecks::new(i64::MIN) - one, Kopecks::new(i64::MIN));
        assert_eq!(
            [one, one, one].into_iter().sum::<Kopecks>(),
            Kopecks::new(3)
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_back(kopecks in 0..=i64::MAX) {
            let amount = Kopecks::new(kopecks);
            proptest::prop_assert_eq!(Kopecks::parse(&amount.to_string()), Ok(amount));
        }
    }
}
