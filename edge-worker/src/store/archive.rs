//! The whole database, read table by table and filled again.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::accounts::SqlStore;
use super::audit::record;
use super::pieces::in_pieces;
use super::sql::archive as sql;
use super::sql::archive::{TABLES, Table};
use super::statement::{Database, DatabaseError, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::archive::{ArchivePage, ArchiveStore, NotFilled};
use crate::domain::archive::{Archive, ArchivedRow};
use crate::domain::audit::AuditEntry;

/// How many rows of a table are read at a time; each time starts Wrangler, which takes a second or two.
const PAGE: usize = 5_000;

/// Every table of the archive.
#[must_use]
pub const fn tables() -> &'static [Table] {
    TABLES
}

impl<D: Database> ArchiveStore for SqlStore<D> {
    async fn archive_page(&self, page: u32) -> Result<ArchivePage, StoreFailure> {
        let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
        let skip = limit.saturating_mul(i64::from(page));
        let mut statements = vec![
            Statement::new(sql::STAMP, []),
            Statement::new(sql::SEQUENCES, []),
        ];
        statements.extend(
            TABLES
                .iter()
                .map(|table| Statement::new(table.read, [limit.into(), skip.into()])),
        );
        let mut answers = self.database.batch(statements).await?.into_iter();
        let mut next = || answers.next().unwrap_or_default();
        let stamp = read_stamp(next())?;
        let sequences = read_sequences(next())?;
        let mut tables = BTreeMap::new();
        for table in TABLES {
            let rows: Vec<ArchivedRow> = next()
                .into_iter()
                .map(Row::read)
                .collect::<Result<_, _>>()?;
            tables.insert(table.name.to_owned(), rows);
        }
        Ok(ArchivePage {
            is_last: tables.values().all(|rows| rows.len() < PAGE),
            archive: Archive { tables, sequences },
            stamp,
        })
    }

    async fn fill(&self, archive: &Archive, audit: &AuditEntry) -> Result<(), NotFilled> {
        check_names(archive)?;
        self.refuse_unless_empty().await?;
        let mut statements = vec![
            Statement::new(sql::DEFER_FOREIGN_KEYS, []),
            Statement::new(sql::GUARD_EMPTY, []),
        ];
        for table in TABLES {
            if let Some(rows) = archive.tables.get(table.name) {
                statements.extend(fill(table, rows));
            }
        }
        for (table, number) in &archive.sequences {
            let name = || SqlValue::from(table.as_str());
            statements.extend([
                Statement::new(sql::FORGET_SEQUENCE, [name()]),
                Statement::new(sql::CONTINUE_SEQUENCE, [name(), (*number).into()]),
            ]);
        }
        statements.push(record(audit));
        match self.database.load(statements).await {
            Ok(()) => Ok(()),
            Err(error) if error.is_guarded() => Err(NotFilled::NotEmpty),
            Err(DatabaseError(text)) => Err(NotFilled::Failure(StoreFailure(text))),
        }
    }
}

impl<D: Database> SqlStore<D> {
    /// Looks into every table. The guard of the transaction looks again into those that nothing can do without.
    async fn refuse_unless_empty(&self) -> Result<(), NotFilled> {
        #[derive(Deserialize)]
        struct FilledRow {
            is_filled: i64,
        }
        let looks = TABLES
            .iter()
            .map(|table| Statement::new(table.is_filled, []));
        let failed = |DatabaseError(text)| NotFilled::Failure(StoreFailure(text));
        let answers = self.database.batch(looks.collect()).await.map_err(failed)?;
        for row in answers.into_iter().flatten() {
            let row: FilledRow = row.read().map_err(NotFilled::Failure)?;
            if row.is_filled != 0 {
                return Err(NotFilled::NotEmpty);
            }
        }
        Ok(())
    }
}

/// A table that is not known would be left out without a word; so would a column.
fn check_names(archive: &Archive) -> Result<(), NotFilled> {
    for (name, rows) in &archive.tables {
        let known = TABLES.iter().find(|table| table.name == name);
        let columns = known.map_or([].as_slice(), |table| table.columns);
        let is_known = |row: &ArchivedRow| {
            row.len() == columns.len() && columns.iter().all(|column| row.contains_key(*column))
        };
        if !rows.iter().all(is_known) {
            return Err(NotFilled::UnknownTable(name.clone()));
        }
    }
    Ok(())
}

/// The rows in as few statements as their size allows.
fn fill(table: &Table, rows: &[ArchivedRow]) -> Vec<Statement> {
    in_pieces(rows.iter().cloned().map(Value::Object))
        .into_iter()
        .map(|piece| Statement::new(table.fill, [piece.into()]))
        .collect()
}

fn read_stamp(rows: Vec<Row>) -> Result<String, StoreFailure> {
    #[derive(Deserialize)]
    struct StampRow {
        stamp: String,
    }
    let row = rows
        .into_iter()
        .next()
        .ok_or_else(|| StoreFailure("a stamp has no row".to_owned()))?;
    Ok(row.read::<StampRow>()?.stamp)
}

fn read_sequences(rows: Vec<Row>) -> Result<BTreeMap<String, i64>, StoreFailure> {
    #[derive(Deserialize)]
    struct SequenceRow {
        name: String,
        seq: i64,
    }
    let read = |row: Row| {
        let row: SequenceRow = row.read()?;
        Ok((row.name, row.seq))
    };
    rows.into_iter().map(read).collect()
}
