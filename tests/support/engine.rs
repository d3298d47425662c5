//! What runs SQL under the Worker's own code: SQLite in this process, or D1 behind workerd.

use edge_worker::store::{DatabaseError, Row, Statement};

/// A database of a test's own.
pub trait Engine: Sync + Sized {
    /// Where tests on it are found.
    const NAME: &'static str;

    /// One with every migration applied and nobody in it.
    fn fresh() -> Self;

    /// Runs the statements in one transaction; if one fails, none has happened.
    ///
    /// # Errors
    /// The database's own.
    fn run(&self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, DatabaseError>;

    /// Runs SQL as it stands; several statements are divided by semicolons, and none stands inside of one.
    fn execute(&self, sql: &str);

    /// The only value that each of the queries answers, as text.
    fn ask_each(&self, queries: &[&str]) -> Vec<String>;
}
