//! `cargo xtask lighthouse`: how fast the pages that visitors come to are, by Lighthouse, against the release build.
//!
//! A command of its own and no test: on a busy machine a figure proves nothing, so somebody runs it when nothing else runs. What
//! Lighthouse says of accessibility, best practices and search does not depend on time, and is a test
//! (`tests/quality/lighthouse.test.mjs`).

use crate::database;
use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::server::{Server, Settings};
use crate::setup::{self, browser};
use crate::site;
use crate::worker::{self, Profile};

const STATE: &str = "lighthouse/state";
const SCRIPT: &str = "tests/lighthouse/measure.mjs";

/// What `cargo xtask lighthouse` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many times each page is measured; the median counts.
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
    /// The least score of any page.
    #[arg(long, value_name = "SCORE", default_value_t = 99)]
    least: u8,
}

/// Sets up, builds, serves, measures and prints.
///
/// # Errors
/// The first step that fails, or a page that is too slow.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    report::heading("set-up");
    let target = setup::everything(project)?;
    let browser = browser::find(project)?;
    report::heading("build");
    site::build(project)?;
    worker::build(project, &target, Profile::Release)?;
    report::heading("Lighthouse");
    let state = project.target(STATE);
    report::step("database, migrated", |_| {
        database::make_anew(project, &state)
    })?;
    let settings = Settings::over(state, "lighthouse-server")?;
    let server = report::step("wrangler dev", |_| Server::start(project, &settings))?;
    let mut script = node::command(project, "node");
    script
        .arg(SCRIPT)
        .arg(options.rounds.to_string())
        .arg(options.least.to_string())
        .env("CABINET_URL", server.address());
    browser.offer_to(&mut script);
    let table = report::step("pages", |step| {
        let said = Run::new(project, "lighthouse", script)
            .mend(format!(
                "run it again when nothing else runs; a page below {} needs less to load",
                options.least
            ))
            .wait()?;
        step.found(said.lines().last().unwrap_or_default().to_owned());
        Ok(said)
    })?;
    report::line(&table);
    Ok(())
}
