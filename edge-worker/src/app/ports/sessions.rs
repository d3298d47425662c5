//! Sessions as their owner sees them.

use super::StoreFailure;
use crate::domain::identifiers::{SessionId, UserId};
use crate::domain::origin::Country;
use crate::domain::session::Session;
use crate::domain::time::Instant;

/// The sessions of people.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait SessionStore {
    /// The user's sessions that are not over, the last used first.
    async fn sessions_of(&self, user: UserId, now: Instant) -> Result<Vec<Session>, StoreFailure>;

    /// Notes that a session is used now, and where; an unknown country leaves the last known one.
    async fn touch_session(
        &self,
        session: SessionId,
        country: Option<Country>,
        now: Instant,
    ) -> Result<(), StoreFailure>;

    /// Forgets sessions that were over before this instant.
    async fn purge_sessions(&self, before: Instant) -> Result<(), StoreFailure>;
}
