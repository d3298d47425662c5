//! `cargo xtask build`: what `wrangler deploy` needs.

use crate::budget;
use crate::failure::Failure;
use crate::project::Project;
use crate::report;
use crate::setup;
use crate::site;
use crate::stopwatch::Stopwatch;
use crate::worker::{self, Profile};

/// Sets up, builds the site and the Worker's release bundle.
///
/// # Errors
/// The first step that fails.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    report::heading("set-up");
    let target = setup::everything(project)?;
    report::heading("build");
    site::build(project)?;
    worker::build(project, &target, Profile::Release)?;
    budget::check(project)?;
    budget::pages::check(project)?;
    report::heading(&format!(
        "dist/ and target/worker/ are ready after {}; to publish them run: npx wrangler deploy",
        report::duration(watch.elapsed())
    ));
    Ok(())
}
