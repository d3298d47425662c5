//! `cabinetctl export` and `cabinetctl restore`: the whole database into a file, and out of it into an empty one.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use edge_worker::app::archive::NotArchived;
use edge_worker::app::ports::archive::NotFilled;
use edge_worker::app::ports::{Clock as _, StoreFailure};
use edge_worker::domain::archive::{Archive, ArchiveRefused};

use crate::application::Office;
use crate::platform::SystemClock;
use crate::{refusal, terminal};

/// Where to
#[derive(Args)]
pub(crate) struct ExportArguments {
    /// The file to make; it holds personal data and password hashes, and only you can read it
    file: PathBuf,
}

/// Out of what
#[derive(Args)]
pub(crate) struct RestoreArguments {
    /// The file that `cabinetctl export` made
    file: PathBuf,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Takes the whole database along.
pub(crate) async fn export(office: &Office, arguments: &ExportArguments) -> Result<()> {
    let name = arguments.file.display();
    // Before the database is read: a file that is there already is never written over.
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&arguments.file)
        .with_context(|| format!("{name} cannot be made"))?;
    let read = office.app.export_database(&office.operator).await;
    let archive = match read {
        Ok(archive) => archive,
        Err(fault) => {
            drop(fs::remove_file(&arguments.file));
            return Err(match fault {
                NotArchived::ChangedMeanwhile => anyhow!(
                    "somebody changed the database while it was read: run it again, best at a quiet hour"
                ),
                NotArchived::Failed(error) => refusal::use_case(error),
            });
        }
    };
    let text = archive.to_lines(SystemClock.now());
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .with_context(|| format!("{name} cannot be written"))?;
    terminal::say(&format!("Wrote {} rows to {name}.", archive.rows()));
    Ok(())
}

/// Fills an empty database.
pub(crate) async fn restore(office: &Office, arguments: &RestoreArguments) -> Result<()> {
    let name = arguments.file.display();
    let text =
        fs::read_to_string(&arguments.file).with_context(|| format!("{name} cannot be read"))?;
    let archive = Archive::read(&text).map_err(|refused| match refused {
        ArchiveRefused::NotAnArchive => {
            anyhow!("{name} was not made by `cabinetctl export`, or by another version of it")
        }
        ArchiveRefused::UnreadableLine(line) => anyhow!("line {line} of {name} cannot be read"),
        ArchiveRefused::WrongCount => {
            anyhow!("{name} does not have the rows that its first line counts: it was cut")
        }
    })?;
    let question = format!("Fill the empty database with {} rows?", archive.rows());
    terminal::confirm(&question, arguments.yes)?;
    let is_whole = office
        .app
        .restore_database(&office.operator, &archive)
        .await
        .map_err(not_filled)?;
    if !is_whole {
        bail!(
            "the database is filled, but what is read from it differs: see `cabinetctl doctor`, and compare another export"
        );
    }
    terminal::say(&format!("Restored {} rows; all are there.", archive.rows()));
    Ok(())
}

/// Why a database was not filled, and what to do.
pub(crate) fn not_filled(refused: NotFilled) -> anyhow::Error {
    match refused {
        NotFilled::NotEmpty => anyhow!(
            "the database is not empty, and nothing was changed: make a new one, apply the migrations to it and restore there"
        ),
        NotFilled::UnknownTable(table) => anyhow!(
            "the table {table} of the archive is not as this version of the service has it: restore with the version that made it"
        ),
        NotFilled::Failure(StoreFailure(text)) => anyhow!("nothing was changed: {text}"),
    }
}
