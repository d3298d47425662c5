//! SQLite in memory as the Worker's database, with D1's manners.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cabinet_sample::sqlite::{limit, migrate, migrations, run};
use edge_worker::store::{Database, DatabaseError, Row, Statement};
use rusqlite::types::Value as SqliteValue;
use rusqlite::{Connection, StatementStatus};
use serde_json::Value;

/// A database with every migration applied.
pub struct Sqlite {
    connection: Mutex<Connection>,
    statements: AtomicUsize,
    batches: AtomicUsize,
    steps: AtomicUsize,
    /// Every text that was run.
    sql: Mutex<BTreeSet<&'static str>>,
    /// What somebody else does to the database between two batches of a request.
    interference: Mutex<Option<Interference>>,
    /// What is to go wrong.
    fault: Mutex<Option<Fault>>,
}

/// What can go wrong with a database.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The statement with this number from now, counted from 1 over all batches, fails.
    AtStatement(usize),
    /// The batch with this number from now is done, and its answer is lost.
    AnswerLost(usize),
}

/// SQL that runs before the `batch`-th batch from now.
struct Interference {
    batch: u8,
    sql: String,
}

impl Sqlite {
    /// An empty database.
    pub fn migrated() -> Self {
        Self::migrated_with(|_, _| ())
    }

    /// A database in which something happens after each migration; `then` is told the migration's file name.
    ///
    /// Each migration is one transaction with foreign keys on, as D1 applies it.
    pub fn migrated_with(then: impl Fn(&Connection, &str)) -> Self {
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
            statements: AtomicUsize::new(0),
            batches: AtomicUsize::new(0),
            steps: AtomicUsize::new(0),
            sql: Mutex::default(),
            interference: Mutex::default(),
            fault: Mutex::default(),
        }
    }

    /// Lets something go wrong, once.
    pub fn expect_fault(&self, fault: Fault) {
        *self.fault.lock().unwrap() = Some(fault);
    }

    /// Whether what was to go wrong has not yet; it will not any more.
    pub fn forget_fault(&self) -> bool {
        self.fault.lock().unwrap().take().is_some()
    }

    /// Counts one more statement; whether it is to fail.
    fn statement_fails(&self) -> bool {
        let mut fault = self.fault.lock().unwrap();
        if let Some(Fault::AtStatement(left)) = fault.as_mut() {
            *left -= 1;
        }
        fault
            .take_if(|fault| matches!(fault, Fault::AtStatement(0)))
            .is_some()
    }

    /// Counts one more batch; whether its answer is to be lost.
    fn answer_is_lost(&self) -> bool {
        let mut fault = self.fault.lock().unwrap();
        if let Some(Fault::AnswerLost(left)) = fault.as_mut() {
            *left -= 1;
        }
        fault
            .take_if(|fault| matches!(fault, Fault::AnswerLost(0)))
            .is_some()
    }

    /// Runs SQL before the `batch`-th batch from now, counted from 1.
    pub fn interfere(&self, batch: u8, sql: String) {
        *self.interference.lock().unwrap() = Some(Interference { batch, sql });
    }

    fn let_others_interfere(&self) {
        let mut interference = self.interference.lock().unwrap();
        if let Some(Interference { batch, .. }) = interference.as_mut() {
            *batch -= 1;
        }
        if let Some(Interference { sql, .. }) = interference.take_if(|waiting| waiting.batch == 0) {
            self.execute(&sql);
        }
    }

    /// Whether the database refuses to do this; if not, it is done.
    pub fn refuses(&self, sql: &str) -> bool {
        self.connection.lock().unwrap().execute_batch(sql).is_err()
    }

    /// Runs SQL as it stands.
    pub fn execute(&self, sql: &str) {
        self.connection.lock().unwrap().execute_batch(sql).unwrap();
    }
}

impl Sqlite {
    /// The only value that a query answers, as text.
    pub fn ask(&self, sql: &str) -> String {
        let connection = self.connection.lock().unwrap();
        let value: SqliteValue = connection.query_row(sql, [], |row| row.get(0)).unwrap();
        match value {
            SqliteValue::Null => String::new(),
            SqliteValue::Integer(number) => number.to_string(),
            SqliteValue::Text(text) => text,
            other => panic!("unexpected {other:?}"),
        }
    }
}

impl Sqlite {
    /// How many statements the Worker has run.
    pub fn statements(&self) -> usize {
        self.statements.load(Ordering::Relaxed)
    }

    /// How many batches the Worker has run.
    pub fn batches(&self) -> usize {
        self.batches.load(Ordering::Relaxed)
    }

    /// How many steps SQLite has taken for the Worker: the rows that it looked at, not the time that this took.
    pub fn steps(&self) -> usize {
        self.steps.load(Ordering::Relaxed)
    }

    fn count_steps(&self, connection: &Connection, statement: &Statement) {
        // The statement that was just run: it waits among the prepared ones.
        let prepared = connection.prepare_cached(statement.sql).unwrap();
        let steps = prepared.reset_status(StatementStatus::VmStep);
        self.steps
            .fetch_add(usize::try_from(steps).unwrap(), Ordering::Relaxed);
    }

    /// Every SQL text that the Worker has run.
    pub fn sql(&self) -> Vec<&'static str> {
        self.sql.lock().unwrap().iter().copied().collect()
    }

    /// The steps by which SQLite would look at every row of a table, of an index, or of what a part of the statement made.
    pub fn scans(&self, sql: &str) -> Vec<String> {
        let connection = self.connection.lock().unwrap();
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
    }

    /// The rows that a query with one text answers.
    pub fn read(&self, sql: &'static str, value: &str) -> Vec<Value> {
        let statement = Statement::new(sql, [value.into()]);
        let connection = self.connection.lock().unwrap();
        let rows = run(&connection, &statement).unwrap();
        rows.into_iter().map(|Row(row)| row).collect()
    }
}

impl Database for &Sqlite {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        self.statements
            .fetch_add(statements.len(), Ordering::Relaxed);
        self.batches.fetch_add(1, Ordering::Relaxed);
        let texts = statements.iter().map(|statement| statement.sql);
        self.sql.lock().unwrap().extend(texts);
        self.let_others_interfere();
        let mut connection = self.connection.lock().unwrap();
        let failed = |error: rusqlite::Error| DatabaseError(error.to_string());
        let transaction = connection.transaction().map_err(failed)?;
        let rows = statements
            .iter()
            .map(|statement| {
                if self.statement_fails() {
                    return Err(DatabaseError("the test broke it".to_owned()));
                }
                let rows = run(&transaction, statement).map_err(failed)?;
                self.count_steps(&transaction, statement);
                Ok(rows)
            })
            .collect::<Result<Vec<_>, _>>()?;
        transaction.commit().map_err(failed)?;
        if self.answer_is_lost() {
            return Err(DatabaseError("the test lost the answer".to_owned()));
        }
        Ok(rows)
    }
}
