//! Everything that the database keeps about a person, in one list.
//!
//! A table that has a `user_id` must stand in [`PARTS`] or in [`NOT_EXPORTED`], and each of its columns in the part's SQL or in
//! [`WITHHELD`]: a test compares the lists with the schema, so that a new table or column cannot be forgotten.

use serde_json::{Map, Value};

use super::accounts::SqlStore;
use super::audit::record;
use super::links::guard_checked;
use super::outbox::{Owner, queue};
use super::sql::END_SESSIONS_OF;
use super::sql::personal_data as sql;
use super::statement::{Database, Row, SqlValue, Statement};
use crate::app::ports::{Checked, ExportPart, PersonalData, StoreFailure};
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::UserId;
use crate::domain::mail::NewMail;
use crate::domain::time::Instant;

/// A table of the export.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What it is called in the export.
    pub name: &'static str,
    /// The table.
    pub table: &'static str,
    /// What is told of it. `?1` user.
    pub sql: &'static str,
}

/// The profile is one object; every part after it is a list.
const PROFILE: &str = "profile";

/// What an export holds, in this order.
pub const PARTS: &[Part] = &[
    Part {
        name: PROFILE,
        table: "users",
        sql: sql::EXPORT_PROFILE,
    },
    Part {
        name: "sessions",
        table: "sessions",
        sql: sql::EXPORT_SESSIONS,
    },
    Part {
        name: "events",
        table: "audit",
        sql: sql::EXPORT_EVENTS,
    },
    Part {
        name: "imported",
        table: "imported_users",
        sql: sql::EXPORT_IMPORTED,
    },
    Part {
        name: "links",
        table: "links",
        sql: sql::EXPORT_LINKS,
    },
    Part {
        name: "mails",
        table: "outbox",
        sql: sql::EXPORT_MAILS,
    },
];

/// Tables with a `user_id` that an export leaves out, and why.
pub const NOT_EXPORTED: &[(&str, &str)] = &[];

/// Columns that an export leaves out, and why.
pub const WITHHELD: &[(&str, &str, &str)] = &[
    (
        "users",
        "email_key",
        "the address again, in another letter case",
    ),
    ("users", "password_hash", "a secret"),
    ("users", "deleted_at", "empty as long as somebody can ask"),
    ("sessions", "id", "a secret: see domain/session_handle.rs"),
    ("audit", "id", "counts everybody's events"),
    (
        "audit",
        "actor_name",
        "an operator's name, who is a person too",
    ),
    ("audit", "fold_key", "made of the other columns"),
    ("links", "token_hash", "made of a secret"),
    (
        "links",
        "session_id",
        "a secret: see domain/session_handle.rs",
    ),
    ("outbox", "id", "counts everybody's mails"),
    ("outbox", "token", "a secret"),
];

/// Columns that hold 0 or 1.
const FLAGS: [&str; 2] = ["is_active", "email_verified"];

impl<D: Database> PersonalData for SqlStore<D> {
    async fn export_of(
        &self,
        user: UserId,
        audit: &AuditEntry,
    ) -> Result<Vec<ExportPart>, StoreFailure> {
        let mut statements: Vec<_> = PARTS
            .iter()
            .map(|part| Statement::new(part.sql, [user.number().into()]))
            .collect();
        statements.push(record(audit));
        let answers = self.database.batch(statements).await?;
        PARTS
            .iter()
            .zip(answers)
            .map(|(part, rows)| {
                let mut rows = rows
                    .into_iter()
                    .map(readable)
                    .collect::<Result<Vec<_>, _>>()?;
                let content = if part.name == PROFILE {
                    rows.pop()
                        .ok_or_else(|| StoreFailure("the user is gone".to_owned()))?
                } else {
                    Value::Array(rows)
                };
                Ok(ExportPart {
                    name: part.name,
                    content,
                })
            })
            .collect()
    }

    async fn delete_account(
        &self,
        checked: Checked<'_>,
        farewell: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let user = checked.user;
        let number: SqlValue = user.number().into();
        let of_user = |sql| Statement::new(sql, [number.clone()]);
        let emptied: [SqlValue; 2] = [number.clone(), audit.at.millis().into()];
        self.guarded(vec![
            guard_checked(checked),
            of_user(sql::FORGET_MAILS),
            of_user(sql::FORGET_LINKS),
            of_user(sql::FORGET_IMPORT),
            // As long as the account still has its address.
            queue(Owner::User(Some(user)), farewell),
            of_user(END_SESSIONS_OF),
            Statement::new(sql::EMPTY_USER, emptied),
            of_user(sql::FORGET_ORIGINS),
            record(audit),
        ])
        .await
    }
}

/// The row with times and flags as the rest of the API writes them.
fn readable(Row(row): Row) -> Result<Value, StoreFailure> {
    let Value::Object(row) = row else {
        return Err(StoreFailure("a row is no object".to_owned()));
    };
    let row: Map<_, _> = row
        .into_iter()
        .map(|(column, value)| {
            let value = match value.as_i64() {
                Some(number) if column == "at" || column.ends_with("_at") => {
                    Instant::from_millis(number).to_string().into()
                }
                Some(number) if FLAGS.contains(&column.as_str()) => (number != 0).into(),
                _ => value,
            };
            (column, value)
        })
        .collect();
    Ok(Value::Object(row))
}
