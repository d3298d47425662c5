//! SQLite as the Worker's database, with D1's manners.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use edge_worker::store::{Database, DatabaseError, Row, SqlValue, Statement};
use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, Value as SqliteValue, ValueRef};
use rusqlite::{Connection, ToSql};
use serde_json::{Map, Value};

/// As many prepared statements are kept as the Worker has texts, about.
const PREPARED: usize = 256;

/// The migrations, in their order.
///
/// # Errors
/// The folder cannot be read.
pub fn migrations() -> Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../edge-worker/migrations");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .into_iter()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    Ok(files)
}

/// Applies a migration as D1 does: as one transaction with foreign keys on.
///
/// # Errors
/// It cannot be read, or it is wrong.
pub fn migrate(connection: &Connection, migration: &Path) -> Result<()> {
    let text = fs::read_to_string(migration)
        .with_context(|| format!("{} cannot be read", migration.display()))?;
    connection
        .execute_batch(&format!("BEGIN;\n{text}\n;COMMIT;"))
        .with_context(|| format!("{} is wrong", migration.display()))
}

/// Lets nothing pass that is too much for D1: workerd holds SQLite to these limits (`src/workerd/util/sqlite.c++`, after
/// <https://www.sqlite.org/security.html>).
///
/// # Errors
/// SQLite's own.
pub fn limit(connection: &Connection) -> rusqlite::Result<()> {
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 32),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
    ] {
        connection.set_limit(limit, most)?;
    }
    Ok(())
}

/// Runs a statement as D1 does.
///
/// # Errors
/// SQLite's own.
pub fn run(connection: &Connection, statement: &Statement) -> rusqlite::Result<Vec<Row>> {
    let mut prepared = connection.prepare_cached(statement.sql)?;
    let columns: Vec<String> = prepared.column_names().map(str::to_owned).collect();
    let values = statement.values.iter().map(Bound);
    let mut rows = prepared.query(rusqlite::params_from_iter(values))?;
    let mut answer = Vec::new();
    while let Some(row) = rows.next()? {
        let mut object = Map::new();
        for (index, column) in columns.iter().enumerate() {
            object.insert(column.clone(), read(row.get_ref(index)?));
        }
        answer.push(Row(Value::Object(object)));
    }
    Ok(answer)
}

/// A value as D1 binds it: whole numbers as doubles.
struct Bound<'a>(&'a SqlValue);

impl ToSql for Bound<'_> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "this is what D1 does, and what is to be seen here"
    )]
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(match self.0 {
            SqlValue::Null => SqliteValue::Null,
            SqlValue::Integer(number) => SqliteValue::Real(*number as f64),
            SqlValue::Text(text) => SqliteValue::Text(text.clone()),
        }))
    }
}

/// The schema has no blobs.
fn read(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
    }
}

/// A database in memory.
pub(crate) struct Memory(RefCell<Connection>);

impl Memory {
    /// An empty one, with every migration applied.
    pub(crate) fn migrated() -> Result<Self> {
        let connection = Connection::open_in_memory()?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        connection.pragma_update(None, "foreign_keys", true)?;
        for migration in migrations()? {
            migrate(&connection, &migration)?;
        }
        limit(&connection)?;
        Ok(Self(RefCell::new(connection)))
    }
}

impl Database for &Memory {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let failed = |error: rusqlite::Error| DatabaseError(error.to_string());
        let mut connection = self.0.borrow_mut();
        let transaction = connection.transaction().map_err(failed)?;
        let rows = statements
            .iter()
            .map(|statement| run(&transaction, statement).map_err(failed))
            .collect::<Result<_, _>>()?;
        transaction.commit().map_err(failed)?;
        Ok(rows)
    }
}
