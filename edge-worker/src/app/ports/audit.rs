//! The log of what happened to accounts, as the use cases write it.

use super::StoreFailure;
use crate::domain::audit::AuditEntry;

/// The audit log.
///
/// What changes something is written by the store together with its entry, in one transaction; this port is for what changes
/// nothing, such as a refusal.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait AuditLog {
    /// Writes an entry.
    async fn record(&self, entry: &AuditEntry) -> Result<(), StoreFailure>;
}
