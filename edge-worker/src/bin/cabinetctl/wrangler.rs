//! The database as `wrangler d1 execute` reaches it, local or remote.
//!
//! SQL goes to Wrangler through its input or through a file that nobody else can read, never as an argument: other users
//! of this machine see the arguments of every program, and the system limits their length. Wrangler itself knows
//! arguments and files only, and from Cloudflare answers no rows for a file, so [`FROM_INPUT`] makes an argument of the input
//! inside Wrangler's own process.

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};
use edge_worker::store::{Database, DatabaseError, Row, Statement};
use serde_json::Value;

use crate::literal;

/// A module that Node loads before Wrangler.
const FROM_INPUT: &str = "data:text/javascript,\
    import { readFileSync } from 'node:fs'; process.argv.push('--command', readFileSync(0, 'utf8'));";

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
        if !program(root).exists() {
            bail!(
                "wrangler is not installed: run `cargo xtask build` once, it installs what is missing"
            );
        }
        Ok(Self {
            root: root.to_owned(),
            place,
        })
    }

    /// Runs SQL that came through the input; `None` is for SQL in a file.
    fn run(&self, arguments: &[&str], input: Option<&str>) -> Result<Value, DatabaseError> {
        let mut outcome = self.run_once(arguments, input);
        for _ in 1..Self::TRIES {
            match &outcome {
                Err(error) if is_busy(error) => outcome = self.run_once(arguments, input),
                _ => break,
            }
        }
        outcome
    }

    fn run_once(&self, arguments: &[&str], input: Option<&str>) -> Result<Value, DatabaseError> {
        let mut command = self.command(input.is_some());
        command.args(arguments);
        let output = feed(command, input.unwrap_or_default())
            .map_err(|error| DatabaseError(format!("wrangler did not start: {error}")))?;
        let stdout = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            return Err(DatabaseError(failure_text(
                &stdout,
                &String::from_utf8_lossy(&output.stderr),
            )));
        }
        serde_json::from_str(&stdout)
            .map_err(|_| DatabaseError("wrangler's answer cannot be read".to_owned()))
    }

    fn command(&self, takes_input: bool) -> Command {
        let mut command = Command::new("node");
        command.arg("--no-warnings");
        if takes_input {
            command.args(["--import", FROM_INPUT]);
        }
        command
            .current_dir(&self.root)
            .arg(program(&self.root))
            .args(["d1", "execute", Self::DATABASE, "--json", "--yes"])
            .env("WRANGLER_SEND_METRICS", "false")
            .env("WRANGLER_SEND_ERROR_REPORTS", "false")
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
            .env("FORCE_COLOR", "0")
            .env("PATH", path_with_project_tools(&self.root));
        match &self.place {
            Place::Remote => command.arg("--remote"),
            Place::Local { persist_to: None } => command.arg("--local"),
            Place::Local {
                persist_to: Some(folder),
            } => command.arg("--local").arg("--persist-to").arg(folder),
        };
        command
    }
}

impl Database for Wrangler {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let sql = literal::script(&statements)?;
        read_results(self.run(&[], Some(&sql))?)
            .filter(|results| results.len() == statements.len())
            .ok_or_else(|| DatabaseError("wrangler's answer cannot be read".to_owned()))
    }

    /// By a file, which may be of any length. Cloudflare says of one that fails: "your DB will return to its original state
    /// and you can safely retry" (Wrangler, `d1 execute --file`); a local one is a single batch.
    async fn load(&self, statements: Vec<Statement>) -> Result<(), DatabaseError> {
        let unwritten =
            |error: std::io::Error| DatabaseError(format!("no temporary file: {error}"));
        // Readable for this user alone, and gone with the variable.
        let mut file = tempfile::Builder::new()
            .suffix(".sql")
            .tempfile()
            .map_err(unwritten)?;
        file.write_all(literal::script(&statements)?.as_bytes())
            .map_err(unwritten)?;
        let path = file.path().to_string_lossy();
        self.run(&["--file", &path], None).map(drop)
    }
}

/// Runs the command with an input, which may be longer than a pipe holds.
fn feed(mut command: Command, input: &str) -> std::io::Result<Output> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends before it has read everything says why by itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    child.wait_with_output()
}

/// Wrangler's own program; `node_modules/.bin/wrangler` would start another process for it.
fn program(root: &Path) -> PathBuf {
    root.join("node_modules/wrangler/wrangler-dist/cli.js")
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
fn read_results(answer: Value) -> Option<Vec<Vec<Row>>> {
    let Value::Array(answers) = answer else {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_and_failures_of_wrangler_are_read() {
        let rows = read_results(json!([
            {"results": [], "success": true},
            {"results": [{"id": 1}], "success": true},
        ]));
        assert_eq!(rows.unwrap(), [vec![], vec![Row(json!({"id": 1}))]]);
        assert_eq!(read_results(json!({})), None);
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
