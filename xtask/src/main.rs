//! `cargo xtask`: one command starts everything, one proves everything.
//!
//! The commands need Rust, Node and npm on the machine and nothing else: [`setup`] brings the rest into
//! `target/` and `node_modules/`. Every failure ends as one line that says what to do; see [`failure`].

mod bench;
mod budget;
mod build;
mod check;
mod database;
mod dev;
mod failure;
mod lighthouse;
mod node;
mod process;
mod project;
mod report;
mod sample;
mod screenshots;
mod server;
mod setup;
mod site;
mod stamp;
mod stopwatch;
mod tree;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;
use crate::process::interrupt;
use crate::project::Project;

/// Starts, builds and proves MiniApp.Expert.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Set up whatever is missing, serve everything on this machine and rebuild on change.
    Dev(dev::Options),
    /// Set up whatever is missing and run every check and test.
    Test(check::Options),
    /// Make `dist/` and the Worker bundle, ready for `wrangler deploy`.
    Build,
    /// Fill an empty local database with sample clients, as `dev` does with a fresh one.
    Sample(sample::Options),
    /// Take pictures of the pages with the sample clients, to look at them.
    Screenshots(screenshots::Options),
    /// Measure how fast the pages are that visitors come to.
    Lighthouse(lighthouse::Options),
    /// Measure this project's tools beside others.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => code,
        Err(_) if interrupt::is_requested() => {
            report::line("stopped");
            ExitCode::from(130)
        }
        Err(failure) => {
            report::failure(&failure);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    interrupt::install()?;
    let project = Project::locate();
    match &arguments.command {
        Task::Dev(options) => dev::run(&project, options).map(|()| ExitCode::SUCCESS),
        Task::Test(options) => check::run(&project, options),
        Task::Build => build::run(&project).map(|()| ExitCode::SUCCESS),
        Task::Sample(options) => sample::run(&project, options).map(|()| ExitCode::SUCCESS),
        Task::Screenshots(options) => {
            screenshots::run(&project, options).map(|()| ExitCode::SUCCESS)
        }
        Task::Lighthouse(options) => lighthouse::run(&project, options).map(|()| ExitCode::SUCCESS),
        Task::Bench(options) => bench::run(&project, options).map(|()| ExitCode::SUCCESS),
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
