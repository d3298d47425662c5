//! `cabinet-sample`: an archive with the sample clients, for `cargo cabinetctl restore`.
#![expect(clippy::print_stdout, reason = "this program prints a table")]

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use cabinet_sample::{CLIENTS, PASSWORD, archive};
use clap::Parser;
use edge_worker::domain::time::Instant;

/// Makes an archive with a few clients on example.com, whose cabinets show every state, and says how to sign in to them
#[derive(Parser)]
#[command(name = "cabinet-sample")]
struct Arguments {
    /// The file to write, for `cargo cabinetctl restore`
    file: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let now = now()?;
    let file = &arguments.file;
    fs::write(file, archive(now)?.to_lines(now))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    println!("{}", table());
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
