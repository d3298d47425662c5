//! `cargo xtask screenshots`: pictures of the pages as people see them, to be looked at one by one.
//!
//! They are taken in a real browser from a server with the sample clients, who are signed in by their passwords; phone and
//! desktop, light and dark, Russian and English.

use std::path::PathBuf;

use crate::database;
use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::{self, Project};
use crate::report;
use crate::sample::{self, Sample};
use crate::server::{Server, Settings, port};
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
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

/// Sets up, builds, serves and takes the pictures.
///
/// # Errors
/// The first step that fails.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    report::heading("set-up");
    let target = setup::everything(project)?;
    let browser = browser::find(project)?;
    report::heading("build");
    site::build(project)?;
    worker::build(project, &target, Profile::Release)?;
    report::heading("screenshots");
    let state = project.target(STATE);
    project::remove_folder(&state)?;
    report::step("database, migrated", |_| {
        database::migrate(project, Some(&state))
    })?;
    let clients = Sample::of(project, Some(&state));
    clients.wish()?;
    clients.fill()?;
    let settings = Settings {
        config: None,
        entry: None,
        port: port::free()?,
        state: Some(state),
        is_talkative: false,
        log: "screenshots-server",
    };
    let _server = report::step("wrangler dev", |_| Server::start(project, &settings))?;
    let folder = options
        .into
        .clone()
        .unwrap_or_else(|| project.target("screenshots/pictures"));
    project::make_folder(&folder)?;
    let mut script = node::command(project, "node");
    script
        .arg(SCRIPT)
        .arg(&folder)
        .arg(&options.only)
        .env("CABINET_URL", format!("http://127.0.0.1:{}", settings.port))
        .env("SAMPLE_PASSWORD", sample::PASSWORD);
    browser.offer_to(&mut script);
    report::step("pictures", |step| {
        let said = Run::new(project, "screenshots", script)
            .mend("see target/logs/screenshots-server.log for what the server said")
            .wait()?;
        step.found(said.lines().last().unwrap_or_default().to_owned());
        Ok(())
    })?;
    report::line(&format!("They are in {}.", folder.display()));
    Ok(())
}
