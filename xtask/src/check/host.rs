//! The checks that need nothing but Rust.

use std::process::Command;

use crate::check::count::{self, Count};
use crate::failure::Failure;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::setup::crates::CARGO_DENY;

/// `rustfmt`.
///
/// # Errors
/// A file is not formatted.
pub(super) fn format(project: &Project) -> Result<(), Failure> {
    report::step("rustfmt", |_| {
        let mut cargo = project.cargo();
        cargo.args(["fmt", "--all", "--check"]);
        Run::new(project, "rustfmt", cargo)
            .mend("run: cargo fmt --all")
            .wait()
            .map(drop)
    })
}

/// The traces that a merge leaves in a text which nobody has looked through: no compiler reads the Markdown.
///
/// # Errors
/// A file has them, or git cannot tell.
pub(super) fn merged(project: &Project) -> Result<(), Failure> {
    report::step("no half-merged file", |_| {
        let mut git = project.command("git");
        git.args(["grep", "-nE", "^(<{7}|>{7}) "]);
        let found = Run::new(project, "git grep", git).finish()?;
        if found.status.code() == Some(NOTHING_FOUND) {
            return Ok(());
        }
        Err(Failure::new("a merge was not ended", "mend the lines above").with_output(found.output))
    })
}

/// What git ends with when it has searched and found nothing.
const NOTHING_FOUND: i32 = 1;

/// clippy with everything that this machine compiles.
///
/// # Errors
/// It has something to say.
pub(super) fn lint(project: &Project) -> Result<(), Failure> {
    report::step("clippy, host", |_| {
        let mut cargo = project.cargo();
        cargo.args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "--deny",
            "warnings",
        ]);
        Run::new(project, "clippy host", cargo)
            .mend("mend what clippy says above")
            .wait()
            .map(drop)
    })
}

/// All tests that need no server.
pub(super) fn test(project: &Project) -> (Count, Result<(), Failure>) {
    let mut cargo = project.cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    run_tests(project, "cargo test", cargo)
}

/// Runs `cargo test` in some form and counts.
pub(super) fn run_tests(
    project: &Project,
    title: &str,
    command: Command,
) -> (Count, Result<(), Failure>) {
    let mut count = Count::default();
    let result = report::step(title, |step| {
        let finished = Run::new(project, title, command).finish()?;
        count = count::in_cargo_output(&finished.output);
        step.found(format!("{} passed", count.passed));
        if finished.status.success() {
            return Ok(());
        }
        Err(
            Failure::new(format!("{title} failed"), "mend what is named above")
                .with_output(count::without_the_good_news(&finished.output)),
        )
    });
    (count, result)
}

/// The documentation, whose links must lead somewhere.
///
/// # Errors
/// `rustdoc` warns.
pub(super) fn document(project: &Project) -> Result<(), Failure> {
    report::step("cargo doc", |_| {
        let mut cargo = project.cargo();
        cargo
            .args([
                "doc",
                "--workspace",
                "--no-deps",
                "--document-private-items",
            ])
            .env("RUSTDOCFLAGS", "--deny warnings");
        Run::new(project, "cargo doc", cargo)
            .mend("mend what rustdoc says above")
            .wait()
            .map(drop)
    })
}

/// Licences, bans and sources; advisories where their database can be had.
///
/// # Errors
/// A dependency breaks a rule of `deny.toml`.
pub(super) fn deny(project: &Project) -> Result<(), Failure> {
    report::step("cargo deny: licences, bans, sources", |_| {
        run_deny(
            project,
            "deny",
            &[
                "check",
                "--hide-inclusion-graph",
                "licenses",
                "bans",
                "sources",
            ],
        )
    })?;
    let fetched = run_deny(project, "deny fetch", &["fetch", "db"]);
    if fetched.is_err() {
        report::line("  ! advisories: database out of reach, skipped");
        return Ok(());
    }
    report::step("cargo deny: advisories", |_| {
        run_deny(
            project,
            "deny advisories",
            &["check", "--disable-fetch", "advisories"],
        )
    })
}

fn run_deny(project: &Project, name: &str, arguments: &[&str]) -> Result<(), Failure> {
    let mut deny = project.command(CARGO_DENY.program(project));
    deny.args(arguments);
    Run::new(project, name, deny)
        .mend("remove or replace the dependency, or explain the exception in deny.toml")
        .wait()
        .map(drop)
}
