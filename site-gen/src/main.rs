//! The command line of the generator: `cargo site build`, `cargo site check`.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use site_gen::watch::Round;
use site_gen::{BuildError, BuildMode, Report, build, count_pages, generate, watch};

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
        Command::Check(arguments) => run_check(&arguments.root),
    }
}

fn run_build(root: &Path, out: &Path) -> ExitCode {
    match build(root, out, BuildMode::Publish) {
        Ok(report) => {
            say(&format!("built {}", summary(report)));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn run_check(root: &Path) -> ExitCode {
    match generate(root, BuildMode::Publish) {
        Ok(files) => {
            say(&format!(
                "checked {} pages, no mistakes",
                count_pages(&files)
            ));
            ExitCode::SUCCESS
        }
        Err(errors) => fail(&errors.into()),
    }
}

fn run_watch(root: &Path, out: &Path) -> ExitCode {
    let result = watch::watch(root, out, |Round { result, duration }| {
        match result {
            Ok(report) => {
                let Report { pages, written } = report;
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

fn summary(report: Report) -> String {
    let Report { pages, written } = report;
    format!(
        "{pages} pages, {} files changed, {} removed",
        written.changed, written.removed
    )
}

fn fail(error: &BuildError) -> ExitCode {
    complain(error.to_string().trim_end());
    if let BuildError::Content(errors) = error {
        let count = errors.count();
        let mistakes = if count == 1 { "mistake" } else { "mistakes" };
        complain(&format!("\n{count} {mistakes}; nothing was written"));
    }
    ExitCode::FAILURE
}

/// Whoever reads us may have gone away; that is no reason to fall over.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
