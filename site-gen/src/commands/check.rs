//! `cargo site check`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use site_gen::BuildMode;
use site_gen::published::{self, PublishedAddresses};
use site_gen::source::SourceFile;
use site_gen::workshop::Workshop;

use super::today;
use crate::terminal::{complain, fail, say, tell_warnings};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder that holds content/ and site-gen/theme/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// How mistakes are told: for people, or as one line of JSON for editors' tools.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Note the addresses of all pages in content/published.txt: from then on each of them must lead somewhere.
    #[arg(long)]
    record: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let mut workshop = Workshop::for_one_build(&arguments.root, BuildMode::Publish, today());
    let round = workshop.check();
    if arguments.format == Format::Json {
        say(&round.diagnostics.to_json());
    }
    if !round.is_good() {
        return match arguments.format {
            Format::Json => ExitCode::FAILURE,
            Format::Text => fail(&round.diagnostics.into()),
        };
    }
    if arguments.format == Format::Text {
        tell_warnings(&round.diagnostics);
        let missing = workshop.missing_translations();
        if !missing.is_empty() {
            say(&format!("still to be translated: {}", missing.join(", ")));
        }
        say(&format!("checked {} pages, no mistakes", round.pages));
    }
    if arguments.record {
        return record(&arguments.root, &workshop);
    }
    ExitCode::SUCCESS
}

fn record(root: &Path, workshop: &Workshop) -> ExitCode {
    let path = root.join(PublishedAddresses::FILE);
    let file = path
        .exists()
        .then(|| SourceFile::read(root, PublishedAddresses::FILE));
    let written = match file.transpose() {
        Ok(file) => {
            let text = published::record(file.as_ref(), &workshop.addresses());
            fs::write(&path, text).map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    };
    match written {
        Ok(()) => {
            say(&format!(
                "noted all addresses in {}",
                PublishedAddresses::FILE
            ));
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&format!(
                "error: {} cannot be written: {error}",
                path.display()
            ));
            ExitCode::FAILURE
        }
    }
}
