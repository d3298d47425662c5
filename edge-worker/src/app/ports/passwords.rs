//! Stored passwords, as their renewal sees them.

use super::StoreFailure;
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::UserId;
use crate::domain::password_hash::{PasswordHash, StoredPassword};

/// The stored passwords.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait PasswordStore {
    /// Puts another hash of the same password in the place of the one that was checked, if that one still stands.
    /// Sessions go on.
    async fn renew_password(
        &self,
        user: UserId,
        checked: &StoredPassword,
        renewed: &PasswordHash,
        audit: &AuditEntry,
    ) -> Result<(), StoreFailure>;
}
