//! What the import of the predecessor's people needs of the database.

use super::StoreFailure;
use super::former_records::FormerRecords;
use crate::domain::audit::AuditEntry;
use crate::domain::former_user::FormerUser;
use crate::domain::identifiers::{OperationId, UserId};
use crate::domain::time::Instant;
use crate::domain::user::{Account, ReferralCode};

/// Somebody whom the import adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The person as the predecessor knew them.
    pub person: FormerUser,
    /// The code in their link: their own if it could stay.
    pub referral_code: ReferralCode,
    /// Since when they are bound to whoever brought them.
    pub bound_at: Instant,
}

/// Somebody whom an earlier import added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The predecessor's number.
    pub former_number: i64,
    /// The account; `None` when it is gone.
    pub user: Option<UserId>,
}

/// A part of what is there before an import.
#[derive(Clone, Debug)]
pub struct KnownPage {
    /// Accounts, also those that were made here.
    pub accounts: Vec<Account>,
    /// Those imported before.
    pub imported: Vec<Imported>,
    /// Whether there is nothing behind.
    pub is_last: bool,
}

/// The database, as the import sees it.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait ImportStore {
    /// Some of what is there behind an account's number and a number of the predecessor's, in the order of both.
    async fn known_after(&self, user: UserId, former: i64) -> Result<KnownPage, StoreFailure>;

    /// Adds everybody with everything, or nobody and nothing: an entry about each person, and one about the records. Who
    /// brought whom is found among them and those imported before.
    async fn add_former(
        &self,
        newcomers: &[Newcomer],
        audit: &AuditEntry,
        records: &FormerRecords,
        bookings: [OperationId; 2],
        records_audit: &AuditEntry,
    ) -> Result<(), StoreFailure>;
}
