//! Money: whole kopecks, never fractions of them, never floating point.

#![deny(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::as_conversions
)]

use std::fmt;

/// An amount in kopecks; 100 kopecks are one rouble.
///
/// Shown in roubles with two decimals, as the API sends it:
///
/// ```
/// use edge_worker::domain::money::Kopecks;
///
/// assert_eq!(Kopecks::new(300_050).to_string(), "3000.50");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kopecks(i64);

impl Kopecks {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// An amount of so many kopecks.
    #[must_use]
    pub const fn new(kopecks: i64) -> Self {
        Self(kopecks)
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
}
