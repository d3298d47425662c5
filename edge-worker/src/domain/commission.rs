//! What a partner earns of a payment: hundredths of a per cent, rounded down, and the same rule after every refund.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::float_arithmetic,
        clippy::as_conversions
    )
)]

use super::money::Kopecks;

/// A rate in hundredths of a per cent (basis points): from 1, which is 0.01 %, to 10,000, which is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RateBp(u16);

impl RateBp {
    /// Everything.
    const WHOLE: u16 = 10_000;

    /// The rate; `None` when it is nothing or more than all.
    #[must_use]
    pub const fn new(basis_points: u16) -> Option<Self> {
        if basis_points >= 1 && basis_points <= Self::WHOLE {
            Some(Self(basis_points))
        } else {
            None
        }
    }

    /// Hundredths of a per cent.
    #[must_use]
    pub const fn basis_points(self) -> u16 {
        self.0
    }

    /// The share of an amount, rounded down: what is left of a kopeck stays with the company. Nothing of a debt.
    ///
    /// ```
    /// use edge_worker::domain::commission::RateBp;
    /// use edge_worker::domain::money::Kopecks;
    ///
    /// let rate = RateBp::new(3_333).unwrap();
    /// assert_eq!(rate.share_of(Kopecks::new(33_333)), Kopecks::new(11_109));
    /// ```
    #[must_use]
    pub fn share_of(self, base: Kopecks) -> Kopecks {
        let product = i128::from(base.number().max(0)).saturating_mul(i128::from(self.0));
        let share = product.div_euclid(i128::from(Self::WHOLE));
        Kopecks::new(i64::try_from(share).unwrap_or(i64::MAX))
    }
}

/// How much of a commission is taken back in all once `refunded` of the payment `paid` was given back: what was accrued, less
/// the share of what the company keeps. Never a share of each refund by itself, whose roundings would add up.
#[must_use]
pub fn taken_back(rate: RateBp, paid: Kopecks, refunded: Kopecks, accrued: Kopecks) -> Kopecks {
    let kept = Kopecks::new(paid.number().saturating_sub(refunded.number()));
    let due = rate.share_of(kept);
    Kopecks::new(
        accrued
            .number()
            .saturating_sub(due.number())
            .clamp(0, accrued.number().max(0)),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(basis_points: u16) -> RateBp {
        RateBp::new(basis_points).unwrap()
    }

    #[test]
    fn a_share_is_rounded_down() {
        for (base, basis_points, expected) in [
            (300_000, 2_000, 60_000),
            (33_333, 3_333, 11_109),
            (1, 2_000, 0),
            (4, 2_000, 0),
            (5, 2_000, 1),
            (9_999, 1, 0),
            (10_000, 1, 1),
            (0, 10_000, 0),
            (-500, 2_000, 0),
            (i64::MAX, 10_000, i64::MAX),
            (i64::MIN, 10_000, 0),
        ] {
            assert_eq!(
                rate(basis_points).share_of(Kopecks::new(base)),
                Kopecks::new(expected),
                "{base} at {basis_points}"
            );
        }
    }

    #[test]
    fn a_rate_is_something_and_at_most_all() {
        for (basis_points, is_one) in [
            (0, false),
            (1, true),
            (10_000, true),
            (10_001, false),
            (u16::MAX, false),
        ] {
            assert_eq!(RateBp::new(basis_points).is_some(), is_one);
        }
    }

    #[test]
    fn a_refund_takes_back_the_difference() {
        let accrued = rate(2_000).share_of(Kopecks::new(999));
        assert_eq!(accrued, Kopecks::new(199));
        for (refunded, expected) in [
            (0, 0),
            (1, 0),
            (4, 0),
            (5, 1),
            (500, 100),
            (994, 198),
            (995, 199),
            (999, 199),
        ] {
            let back = taken_back(
                rate(2_000),
                Kopecks::new(999),
                Kopecks::new(refunded),
                accrued,
            );
            assert_eq!(back, Kopecks::new(expected), "{refunded} of 999");
        }
    }

    proptest! {
        #[test]
        fn a_share_is_between_nothing_and_all_and_exact_to_less_than_a_kopeck(base in 0_i64..=100_000_000_000, bp in 1_u16..=10_000) {
            let share = rate(bp).share_of(Kopecks::new(base)).number();
            prop_assert!((0..=base).contains(&share));
            let exact = i128::from(base) * i128::from(bp);
            let rounded_off = exact - i128::from(share) * 10_000;
            prop_assert!((0..10_000).contains(&rounded_off));
        }

        /// However a refund is cut into parts, what the partner keeps is the share of what the company keeps.
        #[test]
        fn what_is_left_is_the_share_of_what_is_kept(
            paid in 1_i64..=1_000_000_000, bp in 1_u16..=10_000, parts in proptest::collection::vec(1_i64..=300_000_000, 0..6),
        ) {
            let accrued = rate(bp).share_of(Kopecks::new(paid));
            let (mut refunded, mut last) = (0, 0);
            for part in parts {
                refunded = (refunded + part).min(paid);
                let back = taken_back(rate(bp), Kopecks::new(paid), Kopecks::new(refunded), accrued).number();
                prop_assert!(back >= last);
                last = back;
                let kept = rate(bp).share_of(Kopecks::new(paid - refunded)).number();
                prop_assert_eq!(accrued.number() - back, kept);
            }
        }
    }
}
