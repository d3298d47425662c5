//! A database that is watched while the Worker's own code uses it, and that can be made to break.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use edge_worker::store::{Database, DatabaseError, Row, Statement};
use serde_json::Value;

use crate::engine::Engine;

/// Breaks a constraint of the schema, and with it the transaction.
const BROKEN: &str = "INSERT INTO accounts (id, kind) VALUES (NULL, NULL)";

/// An engine, and what was asked of it.
pub struct Watched<E> {
    pub(crate) engine: E,
    statements: AtomicUsize,
    batches: AtomicUsize,
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

/// SQL that runs between two batches of a request.
struct Interference {
    moment: Moment,
    sql: String,
}

/// When somebody else comes in between.
#[derive(Clone, Copy, Debug)]
pub enum Moment {
    /// Before the batch with this number from now, counted from 1.
    BeforeBatch(u8),
    /// Before the next batch that changes anything.
    BeforeChange,
}

impl<E: Engine> Watched<E> {
    /// An empty database.
    pub fn fresh() -> Self {
        Self::over(E::fresh())
    }

    /// A database that is there already.
    pub(crate) fn over(engine: E) -> Self {
        Self {
            engine,
            statements: AtomicUsize::new(0),
            batches: AtomicUsize::new(0),
            sql: Mutex::default(),
            interference: Mutex::default(),
            fault: Mutex::default(),
        }
    }

    /// The engine below.
    pub const fn engine(&self) -> &E {
        &self.engine
    }

    /// Lets something go wrong, once.
    pub fn expect_fault(&self, fault: Fault) {
        *self.fault.lock().unwrap() = Some(fault);
    }

    /// Whether what was to go wrong has not yet; it will not any more.
    pub fn forget_fault(&self) -> bool {
        self.fault.lock().unwrap().take().is_some()
    }

    /// Counts the statements of a batch, and spoils the one that is to fail.
    fn spoil(&self, statements: &mut [Statement]) {
        let mut fault = self.fault.lock().unwrap();
        let Some(Fault::AtStatement(left)) = fault.as_mut() else {
            return;
        };
        if let Some(spoilt) = statements.get_mut(*left - 1) {
            *spoilt = Statement::new(BROKEN, []);
            *fault = None;
        } else {
            *left -= statements.len();
        }
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

    /// Runs SQL at a moment of what comes next, once.
    pub fn interfere(&self, moment: Moment, sql: String) {
        *self.interference.lock().unwrap() = Some(Interference { moment, sql });
    }

    fn let_others_interfere(&self, batch: &[Statement]) {
        let mut interference = self.interference.lock().unwrap();
        let Some(waiting) = interference.as_mut() else {
            return;
        };
        let is_now = match &mut waiting.moment {
            Moment::BeforeBatch(left) => {
                *left -= 1;
                *left == 0
            }
            Moment::BeforeChange => batch.iter().any(is_change),
        };
        if let Some(Interference { sql, .. }) = interference.take_if(|_| is_now) {
            self.engine.execute(&sql);
        }
    }

    /// Runs SQL as it stands.
    pub fn execute(&self, sql: &str) {
        self.engine.execute(sql);
    }

    /// The only value that a query answers, as text.
    pub fn ask(&self, sql: &str) -> String {
        self.ask_each(&[sql]).pop().unwrap()
    }

    /// The only value that each of the queries answers, as text.
    pub fn ask_each(&self, queries: &[&str]) -> Vec<String> {
        self.engine.ask_each(queries)
    }

    /// The rows that a query with one text answers.
    pub fn read(&self, sql: &'static str, value: &str) -> Vec<Value> {
        let statement = Statement::new(sql, [value.into()]);
        let rows = self.engine.run(&[statement]).unwrap().pop().unwrap();
        rows.into_iter().map(|Row(row)| row).collect()
    }

    /// How many statements the Worker has run.
    pub fn statements(&self) -> usize {
        self.statements.load(Ordering::Relaxed)
    }

    /// How many batches the Worker has run.
    pub fn batches(&self) -> usize {
        self.batches.load(Ordering::Relaxed)
    }

    /// Every SQL text that the Worker has run.
    pub fn sql(&self) -> Vec<&'static str> {
        self.sql.lock().unwrap().iter().copied().collect()
    }
}

impl<E: Engine> Database for &Watched<E> {
    async fn batch(&self, mut statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        self.statements
            .fetch_add(statements.len(), Ordering::Relaxed);
        self.batches.fetch_add(1, Ordering::Relaxed);
        let texts = statements.iter().map(|statement| statement.sql);
        self.sql.lock().unwrap().extend(texts);
        self.let_others_interfere(&statements);
        self.spoil(&mut statements);
        let rows = self.engine.run(&statements)?;
        if self.answer_is_lost() {
            return Err(DatabaseError("the test lost the answer".to_owned()));
        }
        Ok(rows)
    }
}

/// Whether a statement can change anything.
pub(crate) fn is_change(statement: &Statement) -> bool {
    ["INSERT ", "UPDATE ", "DELETE "]
        .iter()
        .any(|verb| statement.sql.contains(verb))
}
