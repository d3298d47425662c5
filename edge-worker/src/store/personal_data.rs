//! Everything that the database keeps about a person, in one list.
//!
//! A table that points at people, or at what is theirs, must stand in [`PARTS`] or in [`NOT_EXPORTED`], and each of its columns in the part's SQL or in
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
use crate::domain::money::Kopecks;
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
    Part {
        name: "products",
        table: "user_products",
        sql: sql::EXPORT_PRODUCTS,
    },
    Part {
        name: "subscriptions",
        table: "subscriptions",
        sql: sql::EXPORT_SUBSCRIPTIONS,
    },
    Part {
        name: "orders",
        table: "orders",
        sql: sql::EXPORT_ORDERS,
    },
    Part {
        name: "payments",
        table: "payments",
        sql: sql::EXPORT_PAYMENTS,
    },
    Part {
        name: "refunds",
        table: "refunds",
        sql: sql::EXPORT_REFUNDS,
    },
    Part {
        name: "receipts",
        table: "receipts",
        sql: sql::EXPORT_RECEIPTS,
    },
    Part {
        name: "payment_methods",
        table: "payment_methods",
        sql: sql::EXPORT_PAYMENT_METHODS,
    },
    Part {
        name: "acceptances",
        table: "acceptances",
        sql: sql::EXPORT_ACCEPTANCES,
    },
    Part {
        name: "referral",
        table: "referrals",
        sql: sql::EXPORT_REFERRAL,
    },
    Part {
        name: "commissions",
        table: "commissions",
        sql: sql::EXPORT_COMMISSIONS,
    },
    Part {
        name: "partner_accounts",
        table: "accounts",
        sql: sql::EXPORT_ACCOUNTS,
    },
    Part {
        name: "payouts",
        table: "payouts",
        sql: sql::EXPORT_PAYOUTS,
    },
];

/// Tables with a `user_id` that an export leaves out, and why.
pub const NOT_EXPORTED: &[(&str, &str)] = &[(
    "transfers",
    "bookkeeping: the commissions, the payouts and the balances that they add up to are exported",
)];

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
    (
        "payment_methods",
        "charge_id",
        "a secret: money moves by it",
    ),
    (
        "payments",
        "provider_ref",
        "what others call it, for bookkeeping",
    ),
    (
        "refunds",
        "reference",
        "what operators call it, for bookkeeping",
    ),
    (
        "user_products",
        "noticed_end_at",
        "when the service looked at the end, which is told itself",
    ),
    (
        "commissions",
        "payment_id",
        "a payment of somebody else, who is a person too",
    ),
    ("commissions", "partner_id", "who asks"),
    ("accounts", "id", "made of the other columns"),
    ("accounts", "partner_id", "who asks"),
    ("accounts", "floor", "a rule of the ledger"),
    ("payouts", "partner_id", "who asks"),
];

/// Columns that hold kopecks.
const AMOUNTS: [&str; 7] = [
    "amount",
    "balance",
    "base",
    "refunded",
    "renewal_price",
    "taken_back",
    "total",
];

/// Columns that hold 0 or 1.
const FLAGS: [&str; 3] = ["is_active", "email_verified", "is_default"];

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
        let of_user_now = |sql| Statement::new(sql, [number.clone(), audit.at.millis().into()]);
        self.guarded(vec![
            guard_checked(checked),
            of_user(sql::FORGET_MAILS),
            of_user(sql::FORGET_LINKS),
            of_user(sql::FORGET_IMPORT),
            of_user(sql::FORGET_ACCEPTING),
            of_user(sql::FORGET_PAYOUT_DETAILS),
            of_user_now(sql::FORGET_PAYMENT_METHODS),
            of_user_now(sql::FORGET_PRODUCTS),
            of_user_now(sql::END_RENEWALS),
            of_user_now(sql::FORGET_ORDERS),
            // As long as the account still has its address.
            queue(Owner::User(Some(user)), farewell),
            of_user(END_SESSIONS_OF),
            of_user_now(sql::EMPTY_USER),
            of_user(sql::FORGET_ORIGINS),
            record(audit),
        ])
        .await
    }
}

/// The row with times, amounts and flags as the rest of the API writes them.
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
                Some(number) if AMOUNTS.contains(&column.as_str()) => {
                    Kopecks::new(number).to_string().into()
                }
                Some(number) if FLAGS.contains(&column.as_str()) => (number != 0).into(),
                _ => value,
            };
            (column, value)
        })
        .collect();
    Ok(Value::Object(row))
}
