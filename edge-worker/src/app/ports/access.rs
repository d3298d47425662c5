//! What clients have, in the database.

use super::StoreFailure;
use crate::domain::access::{AccessDates, PaidPeriod};
use crate::domain::audit::AuditEntry;
use crate::domain::calendar::Period;
use crate::domain::identifiers::{ProductId, UserId, UserProductId};
use crate::domain::mail::NewMail;
use crate::domain::time::Instant;

/// A product that an operator gives to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: UserProductId,
    /// To whom.
    pub user: UserId,
    /// Which product.
    pub product: ProductId,
    /// From when; `None` while it is being prepared.
    pub starts_at: Option<Instant>,
    /// The first period of a subscription, and how long the next ones are.
    pub subscription: Option<(Period, PaidPeriod)>,
    /// Where this client uses it.
    pub app_url: Option<String>,
    /// Where this client manages it.
    pub admin_url: Option<String>,
    /// Now.
    pub at: Instant,
}

/// What a client has, as a change finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Its id.
    pub id: UserProductId,
    /// Whose.
    pub user: UserId,
    /// Its dates.
    pub dates: AccessDates,
    /// Whether it is a subscription.
    pub is_subscription: bool,
}

/// What clients have. Each method is one round trip, and one transaction; changes that change nothing leave no entry in the
/// audit log.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait AccessStore {
    /// Gives a product to somebody, and tells them if a notice is given. `false` when there is no such person or product any
    /// more; then nobody is told either.
    async fn grant(
        &self,
        grant: &Grant,
        notice: Option<&NewMail>,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;

    /// What a client has.
    async fn holding(&self, id: UserProductId) -> Result<Option<Holding>, StoreFailure>;

    /// Takes a product away; it stays in the history. Taking it away twice changes nothing.
    async fn revoke(
        &self,
        id: UserProductId,
        audit: &AuditEntry,
    ) -> Result<Option<Holding>, StoreFailure>;

    /// Moves the end of a subscription that was not taken away.
    async fn move_end(
        &self,
        id: UserProductId,
        ends_at: Instant,
        audit: &AuditEntry,
    ) -> Result<Option<Holding>, StoreFailure>;

    /// Puts down the ends that have come, the oldest first, at most `limit`; how many there were.
    async fn notice_ends(&self, limit: u32, now: Instant) -> Result<u32, StoreFailure>;
}
