//! When sending a mail is tried again: growing pauses, so that a service in trouble is left in peace.

use std::time::Duration;

use crate::domain::time::Instant;

/// The pauses after the first, the second … failed attempt; the last one repeats.
const PAUSES: [Duration; 6] = [
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(3),
    Duration::from_hours(6),
];

/// How long a mail belongs to whoever took it to send it. Longer than any delivery lasts, so that a mail is tried by
/// somebody else only when its deliverer is gone.
pub const LEASE: Duration = Duration::from_mins(5);

/// When to try again after so many failed attempts; `None` when the deadline comes first.
///
/// ```
/// use edge_worker::domain::{mail::schedule, time::Instant};
///
/// let now = Instant::from_seconds(1_800_000_000);
/// let deadline = Instant::from_seconds(1_800_000_060);
/// assert_eq!(schedule::next_attempt(1, now, deadline), None);
/// ```
#[must_use]
pub fn next_attempt(attempts: u32, now: Instant, deadline: Instant) -> Option<Instant> {
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let [.., longest] = PAUSES;
    let pause = PAUSES.get(index).copied().unwrap_or(longest);
    let next = now.plus(pause);
    (next < deadline).then_some(next)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attempts_within(hours: i64) -> Vec<i64> {
        let begin = Instant::from_seconds(1_800_000_000);
        let deadline = Instant::from_seconds(1_800_000_000 + hours * 3_600);
        let mut minutes = vec![0];
        let mut now = begin;
        while let Some(next) = next_attempt(u32::try_from(minutes.len()).unwrap(), now, deadline) {
            minutes.push(next.millis_since(begin) / 60_000);
            now = next;
        }
        minutes
    }

    #[test]
    fn pauses_grow_until_the_mail_is_given_up() {
        assert_eq!(
            attempts_within(24),
            [0, 1, 6, 21, 81, 261, 621, 981, 1_341],
            "minutes after the first attempt"
        );
        assert_eq!(attempts_within(1), [0, 1, 6, 21]);
    }

    proptest! {
        #[test]
        fn the_next_attempt_is_later_than_now_and_before_the_deadline(
            attempts: u32, now in 0_i64..4_000_000_000_000, left in 0_i64..200_000_000,
        ) {
            let deadline = Instant::from_millis(now + left);
            let now = Instant::from_millis(now);
            if let Some(next) = next_attempt(attempts, now, deadline) {
                prop_assert!(now < next && next < deadline);
            }
        }
    }
}
