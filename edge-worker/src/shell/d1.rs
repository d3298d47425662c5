//! D1 as a database: statements in, rows out.

use serde_json::Value;
use wasm_bindgen::JsValue;
use worker::D1Database;

use crate::store::{Database, DatabaseError, Row, SqlValue, Statement};

/// The database behind the binding.
pub(super) struct D1(D1Database);

impl D1 {
    pub(super) const fn new(binding: D1Database) -> Self {
        Self(binding)
    }

    async fn run(&self, statements: Vec<Statement>) -> worker::Result<Vec<Vec<Row>>> {
        let prepared = statements
            .into_iter()
            .map(|statement| {
                let values: Vec<JsValue> = statement.values.into_iter().map(to_js).collect();
                self.0.prepare(statement.sql).bind(&values)
            })
            .collect::<worker::Result<Vec<_>>>()?;
        self.0
            .batch(prepared)
            .await?
            .into_iter()
            .map(|result| Ok(result.results::<Value>()?.into_iter().map(Row).collect()))
            .collect()
    }
}

impl Database for D1 {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        self.run(statements)
            .await
            .map_err(|error| DatabaseError(error.to_string()))
    }
}

/// D1 knows no integers wider than 32 bits: whole numbers go as doubles, exact to 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds and kopecks stay far below 2^53"
)]
fn to_js(value: SqlValue) -> JsValue {
    match value {
        SqlValue::Null => JsValue::NULL,
        SqlValue::Integer(number) => JsValue::from_f64(number as f64),
        SqlValue::Text(text) => JsValue::from_str(&text),
    }
}
