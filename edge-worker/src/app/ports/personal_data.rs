//! Everything that is kept about a person, to be taken along or to be forgotten.

use serde_json::Value;

use super::{Checked, StoreFailure};
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::UserId;
use crate::domain::mail::NewMail;

/// One part of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportPart {
    /// What it is called in the export.
    pub name: &'static str,
    /// An object, or a list of them.
    pub content: Value,
}

/// The data of one person across all tables.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait PersonalData {
    /// Everything that is kept about a person, without secrets.
    async fn export_of(
        &self,
        user: UserId,
        audit: &AuditEntry,
    ) -> Result<Vec<ExportPart>, StoreFailure>;

    /// Deletes a person's data and says so in a last mail. Their row stays without them, so that money records go on
    /// referring to somebody; the address can register again. `false` when the account, its password or the session
    /// changed meanwhile; then nothing has happened.
    async fn delete_account(
        &self,
        checked: Checked<'_>,
        farewell: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;
}
