//! The database as `wrangler d1 execute` reaches it, local or remote.
//!
//! Wrangler takes SQL as text, without values to bind, so the values are written into it as literals here, and only
//! here. While Wrangler runs, other users of this machine can see that text in the list of processes: addresses, names and
//! hashes, never a password.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use edge_worker::store::{Database, DatabaseError, Row, SqlValue, Statement};
use serde_json::Value;

/// Which database.
pub(crate) enum Place {
    /// The one that `cargo xtask dev` serves.
    Local {
        /// Where it lies, if not where Wrangler puts it by itself.
        persist_to: Option<PathBuf>,
    },
    /// The one in Cloudflare's network.
    Remote,
}

/// Wrangler, found in the project's `node_modules`.
pub(crate) struct Wrangler {
    root: PathBuf,
    place: Place,
}

impl Wrangler {
    /// The binding of the database in `wrangler.toml`.
    const DATABASE: &str = "DB";
    /// A served local database may be locked for a moment; a try takes a second or two, so that is patience enough.
    const TRIES: usize = 5;

    /// Looks for the project upwards from the current folder.
    pub(crate) fn find(place: Place) -> Result<Self> {
        let here = env::current_dir().context("the current folder cannot be read")?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("wrangler.toml").is_file())
            .context("there is no wrangler.toml here or above: run this inside the project")?;
        if !bin(root).join("wrangler").exists() {
            bail!(
                "wrangler is not installed: run `cargo xtask build` once, it installs what is missing"
            );
        }
        Ok(Self {
            root: root.to_owned(),
            place,
        })
    }

    fn run(&self, sql: &str) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let mut command = Command::new(bin(&self.root).join("wrangler"));
        command
            .current_dir(&self.root)
            .args([
                "d1",
                "execute",
                Self::DATABASE,
                "--json",
                "--yes",
                "--command",
                sql,
            ])
            .env("WRANGLER_SEND_METRICS", "false")
            .env("PATH", path_with_project_tools(&self.root));
        match &self.place {
            Place::Remote => command.arg("--remote"),
            Place::Local { persist_to: None } => command.arg("--local"),
            Place::Local {
                persist_to: Some(folder),
            } => command.arg("--local").arg("--persist-to").arg(folder),
        };
        let output = command
            .output()
            .map_err(|error| DatabaseError(format!("wrangler did not start: {error}")))?;
        let stdout = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            return Err(DatabaseError(failure_text(
                &stdout,
                &String::from_utf8_lossy(&output.stderr),
            )));
        }
        read_results(&stdout)
            .ok_or_else(|| DatabaseError("wrangler's answer cannot be read".to_owned()))
    }
}

impl Database for Wrangler {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let texts: Vec<_> = statements
            .iter()
            .map(with_literals)
            .collect::<Result<_, _>>()?;
        let sql = texts.join(";\n");
        let mut outcome = self.run(&sql);
        for _ in 1..Self::TRIES {
            match &outcome {
                Err(error) if is_busy(error) => outcome = self.run(&sql),
                _ => break,
            }
        }
        outcome
    }
}

fn bin(root: &Path) -> PathBuf {
    root.join("node_modules").join(".bin")
}

/// Wrangler needs a newer Node than many machines have; the project's own comes first.
fn path_with_project_tools(root: &Path) -> std::ffi::OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(bin(root)).chain(env::split_paths(&path));
    env::join_paths(folders).unwrap_or(path)
}

/// `[{"results": […], …}, …]`, one object a statement.
fn read_results(stdout: &str) -> Option<Vec<Vec<Row>>> {
    let Value::Array(answers) = serde_json::from_str(stdout).ok()? else {
        return None;
    };
    answers
        .into_iter()
        .map(|mut answer| match answer.get_mut("results")?.take() {
            Value::Array(rows) => Some(rows.into_iter().map(Row).collect()),
            _ => None,
        })
        .collect()
}

/// Wrangler tells its failures as JSON on one channel or as text on the other.
fn failure_text(stdout: &str, stderr: &str) -> String {
    serde_json::from_str::<Value>(stdout)
        .ok()
        .and_then(|answer| answer.pointer("/error/text")?.as_str().map(str::to_owned))
        .unwrap_or_else(|| format!("{}{}", stdout.trim(), stderr.trim()))
}

/// Whether the database was locked by somebody else. Nothing has happened then, so it can be tried again.
fn is_busy(error: &DatabaseError) -> bool {
    error.0.contains("SQLITE_BUSY")
}

/// The statement with its values in the places of `?1`, `?2`, …
fn with_literals(statement: &Statement) -> Result<String, DatabaseError> {
    let mut text = String::new();
    let mut rest = statement.sql;
    while let Some((before, after)) = rest.split_once('?') {
        let digits = after
            .len()
            .saturating_sub(after.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        let (number, behind) = after.split_at(digits);
        let value = number
            .parse::<usize>()
            .ok()
            .and_then(|number| statement.values.get(number.checked_sub(1)?));
        text.push_str(before);
        // Nothing in its place would erase data in an UPDATE.
        let value = value
            .ok_or_else(|| DatabaseError(format!("a statement has no value for ?{number}")))?;
        text.push_str(&literal(value));
        rest = behind;
    }
    text.push_str(rest);
    Ok(text)
}

fn literal(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => "NULL".to_owned(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Text(text) => format!("'{}'", text.replace('\'', "''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_literals_that_cannot_break_out() {
        let values: [SqlValue; 3] = [
            "O'Neil'; DROP TABLE users; --".into(),
            7.into(),
            SqlValue::Null,
        ];
        let statement = Statement::new(
            "UPDATE t SET a = ?1, b = ?3 WHERE id = ?2 OR d = ?1",
            values,
        );
        assert_eq!(
            with_literals(&statement).unwrap(),
            "UPDATE t SET a = 'O''Neil''; DROP TABLE users; --', b = NULL WHERE id = 7 \
             OR d = 'O''Neil''; DROP TABLE users; --'"
        );
    }

    #[test]
    fn a_text_that_looks_like_a_placeholder_stays_a_text() {
        let statement = Statement::new("SELECT ?1, ?2", ["?2".into(), "x".into()]);
        assert_eq!(with_literals(&statement).unwrap(), "SELECT '?2', 'x'");
    }

    #[test]
    fn a_missing_value_stops_the_statement_before_it_erases_anything() {
        let statement = Statement::new("UPDATE t SET a = ?1, b = ?10", [SqlValue::Null]);
        assert!(with_literals(&statement).unwrap_err().0.contains("?10"));
    }

    #[test]
    fn answers_and_failures_of_wrangler_are_read() {
        let rows = read_results(
            r#"[{"results":[],"success":true},{"results":[{"id":1}],"success":true}]"#,
        );
        assert_eq!(
            rows.unwrap(),
            [vec![], vec![Row(serde_json::json!({"id": 1}))]]
        );
        assert_eq!(read_results("{}"), None);
        assert_eq!(
            failure_text(r#"{"error":{"text":"no such table"}}"#, "noise"),
            "no such table"
        );
        assert_eq!(failure_text("", "cannot log in\n"), "cannot log in");
        for (text, expected) in [
            ("database is locked: SQLITE_BUSY", true),
            ("no such table: users: SQLITE_ERROR", false),
        ] {
            assert_eq!(is_busy(&DatabaseError(text.to_owned())), expected);
        }
    }
}
