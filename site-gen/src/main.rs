//! The command line of the generator: `cargo site build`, `check`, `serve` and `new`.

mod commands;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{build, check, new, serve};

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
    Build(build::Arguments),
    /// Look for mistakes without writing anything.
    Check(check::Arguments),
    /// Show the site in a browser while it is written.
    Serve(serve::Arguments),
    /// Begin a page that passes the checks.
    New(new::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Build(arguments) => build::run(arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::New(arguments) => new::run(arguments),
    }
}
