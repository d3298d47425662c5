//! A statement as a value, and what can run it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::ports::StoreFailure;

/// A value bound to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SqlValue {
    /// No value.
    Null,
    /// A whole number. D1 binds it as a double, so it must stay within 2^53: milliseconds and kopecks do.
    Integer(i64),
    /// A text.
    Text(String),
}

impl From<i64> for SqlValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for SqlValue {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

impl From<&str> for SqlValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for SqlValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for SqlValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A text of [`super::sql`] with its values, in the order of `?1`, `?2`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The text.
    pub sql: &'static str,
    /// The values.
    pub values: Vec<SqlValue>,
}

impl Statement {
    /// A statement with its values.
    #[must_use]
    pub fn new(sql: &'static str, values: impl Into<Vec<SqlValue>>) -> Self {
        Self {
            sql,
            values: values.into(),
        }
    }
}

/// A row: an object with a member for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Value);

impl Row {
    /// Reads the row into its type.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, StoreFailure> {
        serde_json::from_value(self.0)
            .map_err(|error| StoreFailure(format!("a row is not as expected: {error}")))
    }
}

/// The database refused or could not be reached; the text is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseError(pub String);

impl DatabaseError {
    /// Whether a value was taken already. SQLite names the column: `UNIQUE constraint failed: users.email_key`.
    #[must_use]
    pub fn is_taken(&self, column: &str) -> bool {
        self.0
            .split_once("UNIQUE constraint failed: ")
            .is_some_and(|(_, rest)| rest.split([':', ',', ' ']).next() == Some(column))
    }

    /// Whether a `CHECK` of the schema was broken, by its name: `CHECK constraint failed: accounts_overdraft`.
    #[must_use]
    pub fn is_against(&self, constraint: &str) -> bool {
        self.0
            .split_once("CHECK constraint failed: ")
            .is_some_and(|(_, rest)| rest.split([':', ',', ' ']).next() == Some(constraint))
    }

    /// Whether a guard among the statements undid the transaction: the world was no longer as it was when the use case
    /// looked at it.
    ///
    /// D1 has no transaction that a program could end by itself, and an `UPDATE` that finds nothing is no error; so a guard
    /// is a `SELECT` that fails, by reading as JSON what is none.
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        self.0.contains("malformed JSON")
    }
}

impl From<DatabaseError> for StoreFailure {
    fn from(DatabaseError(text): DatabaseError) -> Self {
        Self(text)
    }
}

/// Runs statements.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait Database {
    /// Runs the statements in one transaction, and answers the rows of each. If one fails, none has happened.
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError>;

    /// Runs any number of statements in one transaction, where nobody needs the rows.
    async fn load(&self, statements: Vec<Statement>) -> Result<(), DatabaseError> {
        self.batch(statements).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_taken_column_is_read_from_the_messages_of_both_databases() {
        for message in [
            "UNIQUE constraint failed: users.email_key",
            "D1_ERROR: UNIQUE constraint failed: users.email_key: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)",
        ] {
            let error = DatabaseError(message.to_owned());
            assert!(error.is_taken("users.email_key"), "{message}");
            assert!(!error.is_taken("users.email"), "{message}");
        }
        assert!(!DatabaseError("no such table: users".to_owned()).is_taken("users.email_key"));
    }

    #[test]
    fn the_broken_check_is_read_from_the_messages_of_both_databases() {
        for message in [
            "CHECK constraint failed: accounts_overdraft",
            "D1_ERROR: CHECK constraint failed: accounts_overdraft: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_CHECK)",
        ] {
            let error = DatabaseError(message.to_owned());
            assert!(error.is_against("accounts_overdraft"), "{message}");
            assert!(!error.is_against("accounts"), "{message}");
        }
    }
}
