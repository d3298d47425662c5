//! D1 behind workerd as the database of the Worker's own code in this process: what the API alone cannot arrange, a clock that is
//! held, random commands, a statement that fails, is arranged here and runs on the real thing.
//!
//! `tests/d1/bridge.js` passes statements on, a batch as a batch; `cargo xtask test` serves it on a database of its own.

use std::env;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use edge_worker::store::{DatabaseError, Row, SqlValue, Statement};
use serde_json::{Value, json};
use ureq::Agent;

use crate::engine::Engine;

/// There is one database, and each test wants it for itself.
static TAKEN: Mutex<()> = Mutex::new(());

/// Nobody is left, and the service's own accounts are as the migrations made them.
const EMPTYING: [&str; 2] = [
    "PRAGMA defer_foreign_keys = on",
    "UPDATE accounts SET balance = 0 WHERE partner_id IS NULL",
];

/// The database behind the bridge that all tests share.
pub struct D1 {
    bridge: Bridge,
    _alone: MutexGuard<'static, ()>,
}

/// Where a bridge is.
pub(crate) struct Bridge {
    address: String,
    agent: Agent,
}

impl Bridge {
    /// A bridge that is served at this address.
    pub(crate) fn at(address: String) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .new_agent();
        Self { address, agent }
    }

    /// Runs statements of any kind: an SQL text and its values.
    fn send(&self, statements: &[(&str, Vec<Value>)]) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let lost = |error: ureq::Error| DatabaseError(format!("no answer: {error}"));
        let mut response = self
            .agent
            .post(&self.address)
            .send_json(json!(statements))
            .map_err(lost)?;
        let mut answer: Value = response.body_mut().read_json().map_err(lost)?;
        if let Some(error) = answer["error"].as_str() {
            return Err(DatabaseError(error.to_owned()));
        }
        let Value::Array(results) = answer["results"].take() else {
            panic!("the bridge answers neither an error nor results: {answer}")
        };
        let rows = |rows: Value| match rows {
            Value::Array(rows) => rows.into_iter().map(Row).collect(),
            other => panic!("these are no rows: {other}"),
        };
        Ok(results.into_iter().map(rows).collect())
    }

    fn send_texts(&self, texts: &[&str]) -> Vec<Vec<Row>> {
        let statements: Vec<_> = texts.iter().map(|text| (*text, Vec::new())).collect();
        self.send(&statements).unwrap()
    }

    /// See [`Engine::run`].
    pub(crate) fn run(&self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let statements: Vec<_> = statements
            .iter()
            .map(|statement| {
                let values = statement.values.iter().map(value).collect();
                (statement.sql, values)
            })
            .collect();
        self.send(&statements)
    }

    /// See [`Engine::execute`].
    pub(crate) fn execute(&self, sql: &str) {
        let texts: Vec<_> = sql
            .split(';')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .collect();
        self.send_texts(&texts);
    }

    /// See [`Engine::ask_each`].
    pub(crate) fn ask_each(&self, queries: &[&str]) -> Vec<String> {
        let first = |rows: Vec<Row>| {
            let Some(Row(Value::Object(row))) = rows.into_iter().next() else {
                panic!("a query answers nothing")
            };
            match row.into_iter().next() {
                Some((_, Value::Null)) => String::new(),
                Some((_, Value::String(text))) => text,
                Some((_, Value::Number(number))) => number.to_string(),
                other => panic!("unexpected {other:?}"),
            }
        };
        self.send_texts(queries).into_iter().map(first).collect()
    }

    fn empty(&self) {
        let tables =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
                        AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name <> 'd1_migrations'";
        let rows = self.send_texts(&[tables]).pop().unwrap();
        let deletions: Vec<_> = rows
            .into_iter()
            .map(|Row(row)| match row["name"].as_str().unwrap() {
                "accounts" => "DELETE FROM accounts WHERE partner_id IS NOT NULL".to_owned(),
                table => format!("DELETE FROM {table}"),
            })
            .collect();
        let deletions = deletions.iter().map(String::as_str);
        let texts: Vec<_> = EMPTYING.into_iter().chain(deletions).collect();
        self.send_texts(&texts);
    }
}

impl Engine for D1 {
    const NAME: &'static str = "workerd";

    fn fresh() -> Self {
        let address = env::var("D1_BRIDGE_URL")
            .expect("D1_BRIDGE_URL is not set: these tests are run by `cargo xtask test`");
        let d1 = Self {
            bridge: Bridge::at(address),
            // A test that failed has left nothing that matters.
            _alone: TAKEN.lock().unwrap_or_else(PoisonError::into_inner),
        };
        d1.bridge.empty();
        d1
    }

    fn run(&self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, DatabaseError> {
        self.bridge.run(statements)
    }

    fn execute(&self, sql: &str) {
        self.bridge.execute(sql);
    }

    fn ask_each(&self, queries: &[&str]) -> Vec<String> {
        self.bridge.ask_each(queries)
    }
}

fn value(value: &SqlValue) -> Value {
    match value {
        SqlValue::Null => Value::Null,
        SqlValue::Integer(number) => (*number).into(),
        SqlValue::Text(text) => text.as_str().into(),
    }
}
