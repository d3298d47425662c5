//! `cargo xtask screenshots`: pictures of the pages as people see them, to be looked at one by one.
//!
//! They are taken in a real browser from a server with the sample clients, who are signed in by their passwords; phone and
//! desktop, light and dark, Russian and English, besides the narrowest and the widest screen. What is seen on them stands in
//! `tests/screenshots/scenes.mjs`. With `--renew` they are those of the README and the help, put where these look for them.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::database;
use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::process::group::Group;
use crate::project::Project;
use crate::report::{self, Step};
use crate::sample::{self, Sample};
use crate::server::{Server, Settings};
use crate::setup::{self, browser};
use crate::site;
use crate::worker::{self, Profile};

const STATE: &str = "screenshots/state";
const SCRIPT: &str = "tests/screenshots/take.mjs";

/// What `cargo xtask screenshots` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only pictures with this in their name, such as `payments` or `phone-dark`.
    #[arg(value_name = "PART", default_value = "")]
    only: String,
    /// The folder for them [default: target/screenshots/pictures].
    #[arg(long, value_name = "FOLDER", conflicts_with = "renew")]
    into: Option<PathBuf>,
    /// Renew the pictures that the README and the help show instead.
    #[arg(long)]
    renew: bool,
}

/// Sets up, builds, serves and takes the pictures.
///
/// # Errors
/// No picture has such a name, or a step fails.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    report::heading("set-up");
    let target = setup::everything(project)?;
    let browser = browser::find(project)?;
    let folder = folder(project, options);
    // Before anything takes long: is there anything to do?
    report::step("list of pictures", |step| {
        let mut script = script(project, options, &folder);
        script.arg("--count");
        let said = Run::new(project, "screenshots", script)
            .mend("name a part of one of them, or none for all")
            .wait()?;
        step.found(said.trim_end());
        Ok(())
    })?;
    report::heading("build");
    site::build(project)?;
    worker::build(project, &target, Profile::Release)?;
    report::heading("screenshots");
    let server = serve(project)?;
    report::step("pictures", |step| {
        let mut script = script(project, options, &folder);
        script.env("CABINET_URL", server.address());
        browser.offer_to(&mut script);
        take(script, step)
    })?;
    report::line(&format!("They are in {}.", folder.display()));
    Ok(())
}

/// The folder for the pictures; those that are published have their paths in the project.
fn folder(project: &Project, options: &Options) -> PathBuf {
    if options.renew {
        return project.path("");
    }
    let own = || project.target("screenshots/pictures");
    options.into.clone().unwrap_or_else(own)
}

fn script(project: &Project, options: &Options, folder: &Path) -> Command {
    let mut script = node::command(project, "node");
    script
        .arg(SCRIPT)
        .arg(if options.renew { "published" } else { "every" })
        .arg(folder)
        .arg(&options.only)
        .env("SAMPLE_PASSWORD", sample::PASSWORD);
    script
}

/// A server with the sample clients.
fn serve(project: &Project) -> Result<Server, Failure> {
    let state = project.target(STATE);
    report::step("database, migrated", |_| {
        database::make_anew(project, &state)
    })?;
    let clients = Sample::of(project, Some(&state));
    clients.wish()?;
    clients.fill()?;
    let settings = Settings::over(state, "screenshots-server")?;
    report::step("wrangler dev", |_| Server::start(project, &settings))
}

/// Takes minutes, so it says how far it is.
fn take(mut script: Command, step: &mut Step) -> Result<(), Failure> {
    let failure = |what: String| {
        let mend =
            "see its words above and target/logs/screenshots-server.log for what the server said";
        Failure::new(what, mend)
    };
    let broken = |error: std::io::Error| failure(format!("cannot follow {SCRIPT}: {error}"));
    script.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut group = Group::spawn(&mut script).map_err(broken)?;
    let mut last = String::new();
    for line in group
        .take_stdout()
        .into_iter()
        .flat_map(|said| BufReader::new(said).lines())
    {
        last = line.map_err(broken)?;
        step.doing(&last);
    }
    match group.wait().map_err(broken)? {
        Some(status) if status.success() => step.found(last),
        _ => return Err(failure("taking pictures failed".to_owned())),
    }
    Ok(())
}
