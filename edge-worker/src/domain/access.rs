//! What a client may use now, worked out from the dates: nobody has to mark an end for it to come.

use super::calendar::{AnchorDay, Period};
use super::time::Instant;
use super::word::words;

words! {
    /// The state of a client's product, as the API tells it.
    ProductState {
        /// It is being prepared.
        Pending = "pending",
        /// It works.
        Active = "active",
        /// What was paid has run out.
        Expired = "expired",
        /// It was taken away; or the client does not want it renewed, and it works to the end of what is paid.
        Cancelled = "cancelled",
    }
}

words! {
    /// Why a product was taken away.
    RevokedFor {
        /// An operator decided so.
        Operator = "operator",
        /// Its money was given back.
        Refund = "refund",
    }
}

words! {
    /// Why an operator gave a product away without a payment in the cabinet; the log keeps it.
    GiftSource {
        /// As a present.
        Present = "present",
        /// To be tried.
        Trial = "trial",
        /// To make good for something.
        Compensation = "compensation",
        /// By a contract that is paid elsewhere.
        Contract = "contract",
    }
}

/// The dates that decide what a client may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccessDates {
    /// When it begins; `None` while it is being prepared.
    pub starts_at: Option<Instant>,
    /// The end of what is paid; `None` where there is no end.
    pub ends_at: Option<Instant>,
    /// When it was taken away.
    pub revoked_at: Option<Instant>,
    /// When the client asked not to renew it.
    pub cancelled_at: Option<Instant>,
}

impl AccessDates {
    /// The state at an instant.
    #[must_use]
    pub fn state_at(&self, now: Instant) -> ProductState {
        let has_come = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if has_come(self.revoked_at) {
            ProductState::Cancelled
        } else if has_come(self.ends_at) {
            ProductState::Expired
        } else if !has_come(self.starts_at) {
            ProductState::Pending
        } else if has_come(self.cancelled_at) {
            ProductState::Cancelled
        } else {
            ProductState::Active
        }
    }

    /// Whether the client may use it at an instant.
    #[must_use]
    pub fn is_open_at(&self, now: Instant) -> bool {
        self.revoked_at.is_none_or(|at| at > now)
            && self.starts_at.is_some_and(|at| at <= now)
            && self.ends_at.is_none_or(|at| at > now)
    }
}

/// A paid period of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaidPeriod {
    /// Its begin.
    pub start: Instant,
    /// Its end, which is the begin of the next.
    pub end: Instant,
    /// The day of the month that the next periods keep.
    pub anchor: AnchorDay,
}

impl PaidPeriod {
    /// What a payment at `now` pays for: the days that are left are kept, and a subscription that has run out begins anew.
    #[must_use]
    pub fn paid_at(now: Instant, period: Period, running: Option<(Instant, AnchorDay)>) -> Self {
        let (start, anchor) = match running {
            Some((ends_at, anchor)) if ends_at > now => (ends_at, anchor.kept_at(ends_at)),
            _ => (now, AnchorDay::of(now)),
        };
        Self {
            start,
            end: period.end_after(start, anchor),
            anchor,
        }
    }

    /// Where a subscription that is paid until `ends_at` ends once this period's money was given back at `now`: what the client
    /// has not used of the period is taken off.
    #[must_use]
    pub fn end_without(start: Instant, end: Instant, ends_at: Instant, now: Instant) -> Instant {
        let unused = end.millis_since(start.max(now));
        Instant::from_millis(ends_at.millis().saturating_sub(unused))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Instant {
        Instant::from_millis(millis)
    }

    #[test]
    fn the_state_follows_from_the_dates() {
        use ProductState::{Active, Cancelled, Expired, Pending};
        let dates = |starts: Option<i64>,
                     ends: Option<i64>,
                     revoked: Option<i64>,
                     cancelled: Option<i64>| AccessDates {
            starts_at: starts.map(at),
            ends_at: ends.map(at),
            revoked_at: revoked.map(at),
            cancelled_at: cancelled.map(at),
        };
        // All at the instant 100.
        for (dates, state, is_open) in [
            (dates(None, None, None, None), Pending, false),
            (dates(Some(101), None, None, None), Pending, false),
            (dates(Some(100), None, None, None), Active, true),
            (dates(Some(1), Some(101), None, None), Active, true),
            (dates(Some(1), Some(100), None, None), Expired, false),
            (dates(Some(1), Some(101), None, Some(50)), Cancelled, true),
            (dates(Some(1), Some(100), None, Some(50)), Expired, false),
            (dates(Some(1), None, Some(100), None), Cancelled, false),
            (dates(Some(1), Some(50), Some(60), None), Cancelled, false),
            (dates(None, None, Some(60), None), Cancelled, false),
            (dates(Some(1), None, Some(101), None), Active, true),
        ] {
            assert_eq!(
                (dates.state_at(at(100)), dates.is_open_at(at(100))),
                (state, is_open),
                "{dates:?}"
            );
        }
    }

    #[test]
    fn a_payment_keeps_the_days_that_are_left() {
        let instant = |text: &str| Instant::parse(text).unwrap();
        let anchor = AnchorDay::from_number(31).unwrap();
        let now = instant("2026-02-10T12:00:00+03:00");
        let running = Some((instant("2026-02-28T09:00:00+03:00"), anchor));
        let paid = PaidPeriod::paid_at(now, Period::Month, running);
        assert_eq!(paid.start, instant("2026-02-28T09:00:00+03:00"));
        assert_eq!(paid.end, instant("2026-03-31T09:00:00+03:00"));
        assert_eq!(paid.anchor, anchor);
        for run_out in [
            None,
            Some((now, anchor)),
            Some((instant("2026-01-31T09:00:00+03:00"), anchor)),
        ] {
            let paid = PaidPeriod::paid_at(now, Period::Month, run_out);
            assert_eq!(
                (paid.start, paid.end),
                (now, instant("2026-03-10T12:00:00+03:00"))
            );
            assert_eq!(paid.anchor.number(), 10);
        }
    }

    #[test]
    fn a_refund_takes_what_is_unused_off_the_end() {
        // The refunded period is 200 to 300.
        for (now, ends_at, expected) in [
            (150, 300, 200),
            (200, 300, 200),
            (260, 300, 260),
            (300, 300, 300),
            (999, 300, 300),
            (150, 400, 300),
            (260, 400, 360),
        ] {
            let end = PaidPeriod::end_without(at(200), at(300), at(ends_at), at(now));
            assert_eq!(end, at(expected), "refunded at {now}, paid until {ends_at}");
        }
    }

    proptest! {
        #[test]
        fn what_may_be_used_is_active_or_cancelled_and_nothing_else_may(
            starts in proptest::option::of(0_i64..10), length in proptest::option::of(0_i64..10),
            revoked in proptest::option::of(0_i64..20), cancelled in proptest::option::of(0_i64..20), now in 0_i64..25,
        ) {
            let dates = AccessDates {
                starts_at: starts.map(at),
                ends_at: starts.zip(length).map(|(start, length)| at(start + length)),
                revoked_at: revoked.map(at),
                cancelled_at: cancelled.map(at),
            };
            let is_open = dates.is_open_at(at(now));
            match dates.state_at(at(now)) {
                ProductState::Active => prop_assert!(is_open),
                ProductState::Pending | ProductState::Expired => prop_assert!(!is_open),
                ProductState::Cancelled => prop_assert_eq!(is_open, revoked.is_none_or(|at| at > now)),
            }
        }

        #[test]
        fn payments_one_after_another_leave_no_gap(now in 0_i64..4_000_000_000_000, count in 1_usize..30) {
            let first = PaidPeriod::paid_at(at(now), Period::Month, None);
            let mut last = first;
            for _ in 0..count {
                let next = PaidPeriod::paid_at(at(now), Period::Month, Some((last.end, last.anchor)));
                prop_assert_eq!(next.start, last.end);
                prop_assert_eq!(next.anchor, first.anchor);
                last = next;
            }
        }
    }
}
