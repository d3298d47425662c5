//! The predecessor's people on their way into the database.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::{record, record_if_changed_of};
use super::former_records::add_records;
use super::partners::bind_newcomer;
use super::rows::UserRow;
use super::sql::import as sql;
use super::statement::{Database, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::former_records::FormerRecords;
use crate::app::ports::import::{ImportStore, Imported, KnownPage, Newcomer};
use crate::domain::audit::AuditEntry;
use crate::domain::former_user::FormerPassword;
use crate::domain::identifiers::{OperationId, UserId};
use crate::domain::phone::Phone;
use crate::domain::time::Instant;

/// How many rows are read at a time; each time starts Wrangler, which takes a second or two.
const PAGE: i64 = 1_000;

/// What Django itself stores for "no password": a password that cannot be checked here is worth nothing to its owner, and
/// something to a thief.
const NO_PASSWORD: &str = "!";

/// A row of `imported_users`.
#[derive(Deserialize)]
struct ImportedRow {
    predecessor_id: i64,
    user_id: Option<i64>,
}

impl<D: Database> ImportStore for SqlStore<D> {
    async fn known_after(&self, user: UserId, former: i64) -> Result<KnownPage, StoreFailure> {
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(sql::ACCOUNTS_AFTER, [user.number().into(), PAGE.into()]),
                Statement::new(sql::IMPORTED_AFTER, [former.into(), PAGE.into()]),
            ])
            .await?;
        let imported = answers.pop().unwrap_or_default();
        let accounts = answers.pop().unwrap_or_default();
        let is_last = [imported.len(), accounts.len()]
            .iter()
            .all(|count| i64::try_from(*count).is_ok_and(|count| count < PAGE));
        Ok(KnownPage {
            accounts: accounts
                .into_iter()
                .map(|row| row.read::<UserRow>()?.into_account())
                .collect::<Result<_, _>>()?,
            imported: imported
                .into_iter()
                .map(read_imported)
                .collect::<Result<_, _>>()?,
            is_last,
        })
    }

    async fn add_former(
        &self,
        newcomers: &[Newcomer],
        audit: &AuditEntry,
        records: &FormerRecords,
        bookings: [OperationId; 2],
        records_audit: &AuditEntry,
    ) -> Result<(), StoreFailure> {
        let added = newcomers.iter().flat_map(|newcomer| {
            [
                add(newcomer),
                record_if_changed_of(audit, &newcomer.person.email),
                remember(newcomer, audit.at),
            ]
        });
        // Whoever brought somebody may stand behind them in the dump, so these come later.
        let brought = newcomers.iter().filter_map(set_referrer).flatten();
        let mut statements: Vec<Statement> = added.chain(brought).collect();
        if !records.is_empty() {
            statements.extend(add_records(records, bookings, audit.at));
            statements.push(record(records_audit));
        }
        Ok(self.database.load(statements).await?)
    }
}

fn read_imported(row: Row) -> Result<Imported, StoreFailure> {
    let row: ImportedRow = row.read()?;
    Ok(Imported {
        former_number: row.predecessor_id,
        user: row.user_id.map(UserId::new),
    })
}

fn add(newcomer: &Newcomer) -> Statement {
    let person = &newcomer.person;
    let password = match &person.password {
        FormerPassword::Works(hash) => hash.to_string(),
        FormerPassword::Unusable
        | FormerPassword::OtherAlgorithm(_)
        | FormerPassword::TooManyIterations => NO_PASSWORD.to_owned(),
    };
    let values: [SqlValue; 13] = [
        person.email.address().into(),
        person.email.key().into(),
        password.into(),
        person.name.as_str().into(),
        person.phone.as_ref().map(Phone::as_str).into(),
        person.role.as_str().into(),
        person.is_active.into(),
        person.telegram_id.clone().into(),
        person.email_verified.into(),
        newcomer.referral_code.as_str().into(),
        person.offer_accepted_at.map(Instant::millis).into(),
        person.created_at.millis().into(),
        person.updated_at.millis().into(),
    ];
    Statement::new(sql::ADD_FORMER_USER, values)
}

fn remember(newcomer: &Newcomer, now: Instant) -> Statement {
    let values: [SqlValue; 3] = [
        newcomer.person.number.into(),
        newcomer.person.email.key().into(),
        now.millis().into(),
    ];
    Statement::new(sql::REMEMBER_IMPORTED, values)
}

fn set_referrer(newcomer: &Newcomer) -> Option<[Statement; 2]> {
    let values: [SqlValue; 2] = [
        newcomer.person.number.into(),
        newcomer.person.referred_by?.into(),
    ];
    Some([
        Statement::new(sql::SET_IMPORTED_REFERRER, values),
        bind_newcomer(&newcomer.person.email, newcomer.bound_at),
    ])
}
