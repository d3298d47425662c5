//! The audit log in the database.
//!
//! What changes something carries its entry in the same batch: one does not happen without the other. An entry that depends
//! on whether the statement before it changed a row asks `changes()`, which SQLite keeps for the connection; so it must
//! follow that statement directly.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::rows::read_device;
use super::sql::audit as sql;
use super::statement::{Database, SqlValue, Statement};
use crate::app::ports::{AuditLog, PastEvent, PastEvents, StoreFailure};
use crate::domain::audit::{AuditEntry, FoldKey, OperatorName};
use crate::domain::email::Email;
use crate::domain::identifiers::UserId;
use crate::domain::origin::Country;
use crate::domain::page::Page;
use crate::domain::time::Instant;

impl<D: Database> AuditLog for SqlStore<D> {
    async fn record(&self, entry: &AuditEntry) -> Result<(), StoreFailure> {
        self.database.batch(vec![record(entry)]).await?;
        Ok(())
    }

    async fn events_of(&self, user: UserId, page: Page) -> Result<PastEvents, StoreFailure> {
        let values: [SqlValue; 3] = [
            user.number().into(),
            i64::from(page.limit()).into(),
            page.offset().into(),
        ];
        let statements = vec![
            Statement::new(sql::EVENTS_OF, values),
            Statement::new(sql::COUNT_EVENTS_OF, [user.number().into()]),
        ];
        let mut answers = self.database.batch(statements).await?.into_iter();
        let events = answers
            .next()
            .unwrap_or_default()
            .into_iter()
            .map(|row| row.read::<EventRow>()?.into_event())
            .collect::<Result<_, _>>()?;
        let total = match answers.next().unwrap_or_default().pop() {
            Some(row) => row.read::<TotalRow>()?.total,
            None => return Err(StoreFailure("a count has no row".to_owned())),
        };
        Ok(PastEvents { events, total })
    }

    async fn purge_events(&self, before: Instant) -> Result<(), StoreFailure> {
        let statement = Statement::new(sql::PURGE_EVENTS, [before.millis().into()]);
        self.database.batch(vec![statement]).await?;
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

#[derive(Deserialize)]
struct TotalRow {
    total: i64,
}

/// A row of `audit` as its person sees it.
#[derive(Deserialize)]
struct EventRow {
    event: String,
    actor: String,
    at: i64,
    times: i64,
    network: Option<String>,
    country: Option<String>,
    device: Option<String>,
}

impl EventRow {
    fn into_event(self) -> Result<PastEvent, StoreFailure> {
        let event = self
            .event
            .parse()
            .map_err(|_| StoreFailure("audit.event cannot be read".to_owned()))?;
        Ok(PastEvent {
            event,
            by: self.actor,
            at: Instant::from_millis(self.at),
            times: self.times,
            network: self.network,
            country: self.country.as_deref().and_then(Country::parse),
            device: read_device(self.device.as_deref()),
        })
    }
}

fn values(entry: &AuditEntry, email: Option<&Email>) -> [SqlValue; 12] {
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
        entry.subject.clone().into(),
    ]
}
