//! What taking the whole database along, and filling an empty one, needs of the database.

use super::StoreFailure;
use crate::domain::archive::Archive;
use crate::domain::audit::AuditEntry;

/// A part of the database, as it was at one moment.
#[derive(Clone, Debug)]
pub struct ArchivePage {
    /// The rows.
    pub archive: Archive,
    /// Changes whenever something of consequence does.
    pub stamp: String,
    /// Whether there is nothing behind.
    pub is_last: bool,
}

/// Why a database was not filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFilled {
    /// Somebody or something is there already.
    NotEmpty,
    /// The archive has a table, or a column of one, that this program does not know.
    UnknownTable(String),
    /// The store failed.
    Failure(StoreFailure),
}

/// The whole database. Each method is one round trip, and one transaction.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait ArchiveStore {
    /// Some rows of every table; pages are counted from 0.
    async fn archive_page(&self, page: u32) -> Result<ArchivePage, StoreFailure>;

    /// Fills an empty database.
    async fn fill(&self, archive: &Archive, audit: &AuditEntry) -> Result<(), NotFilled>;
}
