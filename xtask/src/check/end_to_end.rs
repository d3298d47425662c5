//! The tests against the running product: on fresh databases, one server for the API's scenarios and one for browsers.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use crate::check::count::{self, Count};
use crate::check::host;
use crate::check::schemathesis::{Caller, Schemathesis};
use crate::check::{Verdict, lost_thread};
use crate::database;
use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::server::{Server, Settings};
use crate::setup::browser::{self, Browser};
use crate::setup::secrets;

/// The names of what is served: of its database's folder and of its log.
const SCENARIOS: &str = "end-to-end-scenarios";
const BROWSERS: &str = "end-to-end-browsers";
const BRIDGE: &str = "end-to-end-bridge";

const BROWSER_TESTS: [&str; 4] = [
    "tests/browser/**/*.test.mjs",
    "tests/quality/**/*.test.mjs",
    "tests/preview/**/*.test.mjs",
    "tests/search/**/*.test.mjs",
];

/// Starts the servers and runs the tests of the API and those in the browser, beside each other: both wait a lot.
pub(super) fn run(project: &Project, verdict: &mut Verdict) {
    let Some([scenarios, pages]) = verdict.check(Stage::both(project)) else {
        return;
    };
    let scenarios = thread::scope(|scope| {
        let scenarios = scope.spawn(|| test_api(project, &scenarios));
        test_by_machines_and_people(project, &pages, verdict);
        scenarios.join()
    });
    verdict.test(scenarios.unwrap_or_else(|_| (Count::default(), Err(lost_thread()))));
}

fn test_by_machines_and_people(project: &Project, stage: &Stage, verdict: &mut Verdict) {
    if let Some(schemathesis) = verdict.check(Schemathesis::install(project)) {
        for caller in Caller::ALL {
            verdict.check(schemathesis.run(project, stage.server.address(), caller));
        }
    }
    if let Some(browser) = verdict.check(browser::find(project)) {
        verdict.test(test_in_browser(project, stage, &browser));
    }
}

/// A running server with a database of its own, and what tests must know of it.
struct Stage {
    state: PathBuf,
    secret: String,
    server: Server,
}

impl Stage {
    /// One for the scenarios of the API, one for browsers.
    fn both(project: &Project) -> Result<[Self; 2], Failure> {
        Ok([
            Self::set(project, SCENARIOS)?,
            Self::set(project, BROWSERS)?,
        ])
    }

    fn set(project: &Project, name: &'static str) -> Result<Self, Failure> {
        let state = migrated(project, name)?;
        let settings = Settings::over(state.clone(), name)?;
        let server = report::step(&format!("wrangler dev, {name}"), |_| {
            Server::start(project, &settings)
        })?;
        Ok(Self {
            state,
            secret: secrets::read(project)?,
            server,
        })
    }

    fn describe_to(&self, command: &mut Command, project: &Project) {
        command
            .env("CABINET_URL", self.server.address())
            .env("CABINET_STATE", &self.state)
            .env("CABINET_JWT_SECRET", &self.secret);
        node::quiet_wrangler(command, project);
    }
}

/// The folder of an empty database with today's schema.
fn migrated(project: &Project, name: &str) -> Result<PathBuf, Failure> {
    let state = project.target(name);
    database::make_anew(project, &state)?;
    Ok(state)
}

/// Where tests in another process find a D1 of their own, see `tests/support/d1.rs`.
fn bridge_to_d1(project: &Project) -> Result<Server, Failure> {
    let settings = Settings {
        config: Some(project.path("tests/d1/wrangler.toml")),
        ..Settings::over(migrated(project, BRIDGE)?, BRIDGE)?
    };
    report::step("bridge to D1", |_| Server::start(project, &settings))
}

fn test_api(project: &Project, stage: &Stage) -> (Count, Result<(), Failure>) {
    let bridge = match bridge_to_d1(project) {
        Ok(bridge) => bridge,
        Err(failure) => return (Count::default(), Err(failure)),
    };
    let mut cargo = project.cargo();
    cargo.args([
        "test",
        "--package=portal-tests",
        "--features=workerd",
        "--test=workerd",
    ]);
    cargo.env("D1_BRIDGE_URL", bridge.address());
    stage.describe_to(&mut cargo, project);
    host::run_tests(project, "tests on workerd", cargo)
}

fn test_in_browser(
    project: &Project,
    stage: &Stage,
    browser: &Browser,
) -> (Count, Result<(), Failure>) {
    let tap = project.log("browser-tests-tap");
    let mut node = node::command(project, "node");
    // People read the first report, this program the second.
    node.args([
        "--test",
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
    ])
    .arg("--test-reporter=tap")
    .arg(format!("--test-reporter-destination={}", tap.display()))
    .args(BROWSER_TESTS);
    stage.describe_to(&mut node, project);
    browser.offer_to(&mut node);
    node.env("SITE_BINARY", project.host_binary("site"));
    let mut count = Count::default();
    let result = report::step("tests in the browser", |step| {
        let finished = Run::new(project, "browser tests", node).finish()?;
        count = count::in_tap(&fs::read_to_string(&tap).unwrap_or_default());
        step.found(format!("{} passed", count.passed));
        if finished.status.success() && count.passed > 0 {
            return Ok(());
        }
        let what = if finished.status.success() {
            format!("no test matches {}", BROWSER_TESTS.join(" or "))
        } else {
            "tests in the browser failed".to_owned()
        };
        Err(Failure::new(
            what,
            "mend what is named above; the server's log is \
            target/logs/end-to-end-browsers.log",
        )
        .with_output(count::failing_tests(&finished.output)))
    });
    (count, result)
}
