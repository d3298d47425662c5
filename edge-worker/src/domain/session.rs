//! A session: the row behind a token, which decides whether the token still opens the door.

use std::time::Duration;

use super::device::Device;
use super::identifiers::SessionId;
use super::origin::{Country, Origin};
use super::time::Instant;

/// A signed-in browser. It ends by itself after [`Session::LIFETIME`], whatever happens in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What the token names.
    pub id: SessionId,
    /// When the person signed in.
    pub created_at: Instant,
    /// From this instant on the session is over.
    pub expires_at: Instant,
    /// When it was last used, to within a few minutes.
    pub last_seen_at: Instant,
    /// What the person signed in with.
    pub device: Device,
    /// Where it was last used.
    pub country: Option<Country>,
}

impl Session {
    /// How long a sign-in lasts.
    pub const LIFETIME: Duration = Duration::from_hours(24);
    /// How many sessions a person can have at a time; with one more, the oldest goes (ASVS 5.0 7.1.2).
    pub const MAX_LIVE: i64 = 20;
    /// How exactly it is known when a session was last used: a write for every read would cost more than the reads.
    pub const SEEN_TO_WITHIN: Duration = Duration::from_mins(5);

    /// A session that begins now.
    #[must_use]
    pub fn begin(id: SessionId, now: Instant, origin: Origin) -> Self {
        Self {
            id,
            created_at: now,
            expires_at: now.plus(Self::LIFETIME),
            last_seen_at: now,
            device: origin.device,
            country: origin.country,
        }
    }

    /// Whether the session is not over yet.
    #[must_use]
    pub fn is_live(&self, now: Instant) -> bool {
        now < self.expires_at
    }

    /// Whether it is time to note again that the session is used.
    #[must_use]
    pub fn is_to_be_noted(&self, now: Instant) -> bool {
        now >= self.last_seen_at.plus(Self::SEEN_TO_WITHIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_24_hours_to_the_millisecond() {
        let begin = Instant::from_seconds(1_800_000_000);
        let session = Session::begin(SessionId::from_random([1; 16]), begin, Origin::default());
        let last = Instant::from_millis(begin.millis() + 24 * 60 * 60 * 1_000 - 1);
        assert!(session.is_live(begin));
        assert!(session.is_live(last));
        assert!(!session.is_live(begin.plus(Session::LIFETIME)));
    }
}
