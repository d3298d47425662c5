//! `cabinet-sample`: an archive with the sample clients, for `cargo cabinetctl restore`.
#![expect(clippy::print_stdout, reason = "this program prints a table")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use cabinet_sample::crowd::Crowd;
use cabinet_sample::{CLIENTS, PASSWORD, archive};
use clap::Parser;
use edge_worker::domain::time::Instant;
use rusqlite::{Connection, OpenFlags};

/// Made-up people for development and measurement
#[derive(Parser)]
#[command(name = "cabinet-sample")]
enum Command {
    /// Make an archive with a few clients on example.com, whose cabinets show every state, and say how to sign in to them
    Clients {
        /// The file to write, for `cargo cabinetctl restore`
        file: PathBuf,
    },
    /// Add a crowd of other people to a local database that nobody has open
    Crowd {
        /// The database's SQLite file
        database: PathBuf,
        /// How many people
        #[arg(long, default_value_t = 100_000)]
        users: u32,
        /// How many payments each of them has made
        #[arg(long, default_value_t = 10)]
        payments: u32,
    },
}

fn main() -> ExitCode {
    let outcome = match Command::parse() {
        Command::Clients { file } => make_clients(&file),
        Command::Crowd {
            database,
            users,
            payments,
        } => add_crowd(&database, Crowd { users, payments }),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn make_clients(file: &Path) -> Result<()> {
    let now = now()?;
    fs::write(file, archive(now)?.to_lines(now))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    println!("{}", table());
    Ok(())
}

fn add_crowd(database: &Path, crowd: Crowd) -> Result<()> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .with_context(|| format!("{} cannot be opened", database.display()))?;
    // Whoever is interrupted here throws the file away.
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; PRAGMA foreign_keys = OFF;",
    )?;
    connection.execute_batch(&crowd.sql(now()?))?;
    connection.execute_batch("PRAGMA journal_mode = WAL;")?;
    Ok(())
}

fn table() -> String {
    let lines = CLIENTS.map(|client| {
        let (email, shows) = (client.email(), client.shows);
        format!("  {email:<18}  {PASSWORD}  {shows}")
    });
    lines.join("\n")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a command-line tool has no other clock"
)]
fn now() -> Result<Instant> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(Instant::from_millis(i64::try_from(since_1970.as_millis())?))
}
