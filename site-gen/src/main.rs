//! The command line of the generator: `cargo site build`, `cargo site check`.

use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, Parser, Subcommand, ValueEnum};
use site_gen::diagnostics::Diagnostics;
use site_gen::published::{self, PublishedAddresses};
use site_gen::source::SourceFile;
use site_gen::watch::Round;
use site_gen::workshop::Workshop;
use site_gen::{BuildError, BuildMode, Report, build, watch};
use time::{Date, OffsetDateTime};

/// Makes the site of MiniApp.Expert from content/ and site-gen/theme/.
#[derive(Debug, Parser)]
#[command(name = "site", bin_name = "cargo site", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site.
    Build(BuildArguments),
    /// Look for mistakes without writing anything.
    Check(CheckArguments),
}

#[derive(Debug, Args)]
struct BuildArguments {
    /// The folder that holds content/ and site-gen/theme/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The folder to write to [default: dist in the root].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Build again whenever a source changes; pages reload by themselves.
    #[arg(long)]
    watch: bool,
}

#[derive(Debug, Args)]
struct CheckArguments {
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

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Build(arguments) => {
            let out = arguments.out.unwrap_or_else(|| arguments.root.join("dist"));
            if arguments.watch {
                run_watch(&arguments.root, &out)
            } else {
                run_build(&arguments.root, &out)
            }
        }
        Command::Check(arguments) => run_check(&arguments),
    }
}

fn run_build(root: &Path, out: &Path) -> ExitCode {
    match build(root, out, BuildMode::Publish, today()) {
        Ok(report) => {
            warn(&report.warnings);
            say(&format!("built {}", summary(&report)));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn run_check(arguments: &CheckArguments) -> ExitCode {
    let mut workshop = Workshop::new(&arguments.root, BuildMode::Publish, today());
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
        warn(&round.diagnostics);
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

fn run_watch(root: &Path, out: &Path) -> ExitCode {
    let result = watch::watch(root, out, today(), |Round { result, duration }| {
        match result {
            Ok(report) => {
                let Report {
                    pages,
                    written,
                    warnings,
                } = report;
                warn(&warnings);
                let milliseconds = duration.as_millis();
                let changed = written.changed + written.removed;
                say(&format!(
                    "built {pages} pages in {milliseconds} ms, {changed} files changed"
                ));
            }
            Err(error) => {
                fail(&error);
            }
        }
        ControlFlow::Continue(())
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("error: the sources cannot be watched: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn summary(report: &Report) -> String {
    let Report { pages, written, .. } = report;
    format!(
        "{pages} pages, {} files changed, {} removed",
        written.changed, written.removed
    )
}

fn fail(error: &BuildError) -> ExitCode {
    complain(error.to_string().trim_end());
    if let BuildError::Content(errors) = error {
        let count = errors.error_count();
        let mistakes = if count == 1 { "mistake" } else { "mistakes" };
        complain(&format!("\n{count} {mistakes}; nothing was written"));
    }
    ExitCode::FAILURE
}

fn warn(warnings: &Diagnostics) {
    if !warnings.is_empty() {
        complain(&warnings.to_string());
    }
}

/// The day by UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; everything else is told the day"
)]
fn today() -> Date {
    OffsetDateTime::from(SystemTime::now()).date()
}

/// Whoever reads us may have gone away; that is no reason to fall over.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
