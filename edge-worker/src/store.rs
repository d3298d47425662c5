//! The database: every SQL text, named, and the way between rows and domain.
//!
//! The same text runs on D1 in the Worker, on SQLite in native tests, and through `wrangler d1 execute` under the
//! operator's tool: each of them is a [`Database`].

mod access;
mod accounts;
pub mod archive;
mod attempts;
mod audit;
mod bookkeeping;
mod cabinet;
mod catalogue_editing;
mod directory;
mod former_records;
mod import;
mod inspection;
mod ledger;
mod links;
mod outbox;
mod partners;
mod passwords;
mod payments;
mod payouts;
pub mod personal_data;
mod pieces;
mod refunds;
pub mod rows;
mod sessions;
pub mod sql;
pub mod statement;

pub use accounts::SqlStore;
pub use statement::{Database, DatabaseError, Row, SqlValue, Statement};
