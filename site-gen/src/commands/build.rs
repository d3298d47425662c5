//! `cargo site build`.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use site_gen::watch::{Attempt, watch};
use site_gen::{BuildMode, Report};

use super::today;
use crate::terminal::{complain, count_warnings, counted, fail, say, tell_warnings};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder that holds content/ and site-gen/theme/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The folder to write to [default: dist in the root].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Build again whenever a source changes; open pages keep up.
    #[arg(long)]
    watch: bool,
}

pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let Arguments { root, out, watch } = arguments;
    let out = out.unwrap_or_else(|| root.join("dist"));
    if watch {
        return run_watch(&root, &out);
    }
    match site_gen::build(&root, &out, BuildMode::Publish, today()) {
        Ok(report) => {
            tell_warnings(&report.warnings);
            say(&format!("built {}", summary(&report)));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error),
    }
}

fn run_watch(root: &Path, out: &Path) -> ExitCode {
    let result = watch(root, out, today(), |Attempt { result, duration }| {
        match result {
            Ok(Report {
                pages,
                written,
                warnings,
            }) => {
                tell_warnings(&warnings);
                let milliseconds = duration.as_millis();
                let changed = written.changed + written.removed;
                let warnings = count_warnings(&warnings);
                say(&format!(
                    "built {pages} pages in {milliseconds} ms, {} changed{warnings}",
                    counted(changed, "file")
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
