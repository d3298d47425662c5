//! The audit log in the database.
//!
//! What changes something carries its entry in the same batch: one does not happen without the other. An entry that depends
//! on whether the statement before it changed a row asks `changes()`, which SQLite keeps for the connection; so it must
//! follow that statement directly.

use super::accounts::SqlStore;
use super::sql::audit as sql;
use super::statement::{Database, SqlValue, Statement};
use crate::app::ports::{AuditLog, StoreFailure};
use crate::domain::audit::{AuditEntry, FoldKey, OperatorName};
use crate::domain::email::Email;
use crate::domain::identifiers::UserId;
use crate::domain::origin::Country;

impl<D: Database> AuditLog for SqlStore<D> {
    async fn record(&self, entry: &AuditEntry) -> Result<(), StoreFailure> {
        self.database.batch(vec![record(entry)]).await?;
        Ok(())
    }
}

/// Writes the entry, whatever else the batch does.
pub(super) fn record(entry: &AuditEntry) -> Statement {
    Statement::new(sql::RECORD, values(entry, None))
}

/// Writes the entry if the statement directly before it in the batch changed a row.
pub(super) fn record_if_changed(entry: &AuditEntry) -> Statement {
    Statement::new(sql::RECORD_IF_CHANGED, values(entry, None))
}

/// As [`record_if_changed`], about the account that has this address when the batch runs.
pub(super) fn record_if_changed_of(entry: &AuditEntry, email: &Email) -> Statement {
    Statement::new(sql::RECORD_IF_CHANGED, values(entry, Some(email)))
}

fn values(entry: &AuditEntry, email: Option<&Email>) -> [SqlValue; 11] {
    let origin = entry.origin;
    [
        entry.event.as_str().into(),
        entry.user.map(UserId::number).into(),
        email.map(Email::key).into(),
        entry.actor.as_str().into(),
        entry.actor.operator().map(OperatorName::as_str).into(),
        entry.detail.into(),
        entry.at.millis().into(),
        origin
            .address
            .map(|address| address.network().to_string())
            .into(),
        origin.country.as_ref().map(Country::to_string).into(),
        origin.device.words().into(),
        entry.fold_key().as_ref().map(FoldKey::to_string).into(),
    ]
}
