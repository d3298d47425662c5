//! SQLite in memory as the Worker's database, with D1's manners.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cabinet_sample::sqlite::{limit, migrate, migrations, run};
use edge_worker::store::{DatabaseError, Row, Statement};
use rusqlite::types::Value;
use rusqlite::{Connection, StatementStatus};

use crate::engine::Engine;
use crate::watched::Watched;

/// SQLite that is watched.
pub type Sqlite = Watched<Memory>;

/// A database that lives as long as its test.
pub struct Memory {
    connection: Mutex<Connection>,
    steps: AtomicUsize,
}

impl Sqlite {
    /// An empty database in which something has happened after each migration; `then` is told the migration's file name.
    ///
    /// Each migration is one transaction with foreign keys on, as D1 applies it.
    pub fn migrated_with(then: impl Fn(&Connection, &str)) -> Self {
        Self::over(Memory::migrated_with(then))
    }

    /// How many steps SQLite has taken for the Worker: the rows that it looked at, not the time that this took.
    pub fn steps(&self) -> usize {
        self.engine.steps.load(Ordering::Relaxed)
    }

    /// Whether the database refuses to do this; if not, it is done.
    pub fn refuses(&self, sql: &str) -> bool {
        self.connection(|connection| connection.execute_batch(sql).is_err())
    }

    /// The steps by which SQLite would look at every row of a table, of an index, or of what a part of the statement made.
    pub fn scans(&self, sql: &str) -> Vec<String> {
        self.connection(|connection| {
            let mut plan = connection
                .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
                .unwrap();
            let mut rows = plan.raw_query();
            let mut scans = Vec::new();
            while let Some(row) = rows.next().unwrap() {
                let step: String = row.get("detail").unwrap();
                if let Some(what) = step.strip_prefix("SCAN ") {
                    // A part of the statement without a name, or rows that stand in it.
                    let is_own = what == "CONSTANT ROW" || what.starts_with('(');
                    if !is_own {
                        scans.push(what.to_owned());
                    }
                }
            }
            scans
        })
    }

    fn connection<T>(&self, look: impl FnOnce(&Connection) -> T) -> T {
        look(&self.engine.connection.lock().unwrap())
    }
}

impl Memory {
    fn migrated_with(then: impl Fn(&Connection, &str)) -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "foreign_keys", true)
            .unwrap();
        for file in migrations().unwrap() {
            migrate(&connection, &file).unwrap();
            then(&connection, file.file_name().unwrap().to_str().unwrap());
        }
        limit(&connection).unwrap();
        Self {
            connection: Mutex::new(connection),
            steps: AtomicUsize::new(0),
        }
    }

    fn count_steps(&self, connection: &Connection, statement: &Statement) {
        // The statement that was just run: it waits among the prepared ones.
        let prepared = connection.prepare_cached(statement.sql).unwrap();
        let steps = prepared.reset_status(StatementStatus::VmStep);
        self.steps
            .fetch_add(usize::try_from(steps).unwrap(), Ordering::Relaxed);
    }
}

impl Engine for Memory {
    const NAME: &'static str = "native";

    fn fresh() -> Self {
        Self::migrated_with(|_, _| ())
    }

    fn run(&self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let mut connection = self.connection.lock().unwrap();
        let failed = |error: rusqlite::Error| DatabaseError(error.to_string());
        let transaction = connection.transaction().map_err(failed)?;
        let rows = statements
            .iter()
            .map(|statement| {
                let rows = run(&transaction, statement).map_err(failed)?;
                self.count_steps(&transaction, statement);
                Ok(rows)
            })
            .collect::<Result<Vec<_>, _>>()?;
        transaction.commit().map_err(failed)?;
        Ok(rows)
    }

    fn execute(&self, sql: &str) {
        self.connection.lock().unwrap().execute_batch(sql).unwrap();
    }

    fn ask_each(&self, queries: &[&str]) -> Vec<String> {
        let connection = self.connection.lock().unwrap();
        let ask = |sql: &&str| {
            let value: Value = connection.query_row(sql, [], |row| row.get(0)).unwrap();
            match value {
                Value::Null => String::new(),
                Value::Integer(number) => number.to_string(),
                Value::Text(text) => text,
                other => panic!("unexpected {other:?}"),
            }
        };
        queries.iter().map(ask).collect()
    }
}
