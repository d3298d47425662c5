//! The tests against the running product: one server for all, on a fresh database.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::check::Verdict;
use crate::check::count::{self, Count};
use crate::check::host;
use crate::check::schemathesis::{Caller, Schemathesis};
use crate::database;
use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::{self, Project};
use crate::report;
use crate::server::{Server, Settings, port};
use crate::setup::browser::{self, Browser};
use crate::setup::secrets;

const BROWSER_TESTS: [&str; 4] = [
    "tests/browser/**/*.test.mjs",
    "tests/quality/**/*.test.mjs",
    "tests/preview/**/*.test.mjs",
    "tests/search/**/*.test.mjs",
];

/// Starts the server and runs the tests of the API and those in the browser.
pub(super) fn run(project: &Project, verdict: &mut Verdict) {
    let Some(stage) = verdict.check(Stage::set(project)) else {
        return;
    };
    verdict.test(test_api(project, &stage));
    if let Some(schemathesis) = verdict.check(Schemathesis::install(project)) {
        for caller in Caller::ALL {
            verdict.check(schemathesis.run(project, &stage.address, caller));
        }
    }
    if let Some(browser) = verdict.check(browser::find(project)) {
        verdict.test(test_in_browser(project, &stage, &browser));
    }
}

/// The running server and what the tests must know of it.
struct Stage {
    address: String,
    state: PathBuf,
    secret: String,
    /// Where tests in another process find a D1 of their own, see `tests/support/d1.rs`.
    bridge: String,
    _servers: [Server; 2],
}

impl Stage {
    fn set(project: &Project) -> Result<Self, Failure> {
        let [state, bridge_state] =
            ["e2e/state", "e2e/bridge"].map(|folder| project.target(folder));
        report::step("databases, migrated from nothing", |_| {
            for state in [&state, &bridge_state] {
                project::remove_folder(state)?;
                database::migrate(project, Some(state))?;
            }
            Ok(())
        })?;
        let settings = Settings {
            config: None,
            entry: None,
            port: port::free()?,
            state: Some(state.clone()),
            is_talkative: false,
            log: "end-to-end-server",
        };
        let server = report::step("wrangler dev", |_| Server::start(project, &settings))?;
        let bridge_settings = Settings {
            config: Some(project.path("tests/d1/wrangler.toml")),
            port: port::free()?,
            state: Some(bridge_state),
            log: "end-to-end-bridge",
            ..settings
        };
        let bridge = report::step("bridge to D1", |_| Server::start(project, &bridge_settings))?;
        Ok(Self {
            address: format!("http://127.0.0.1:{}", settings.port),
            state,
            secret: secrets::read(project)?,
            bridge: format!("http://127.0.0.1:{}", bridge_settings.port),
            _servers: [server, bridge],
        })
    }

    fn describe_to(&self, command: &mut Command, project: &Project) {
        command
            .env("CABINET_URL", &self.address)
            .env("CABINET_STATE", &self.state)
            .env("D1_BRIDGE_URL", &self.bridge)
            .env("CABINET_JWT_SECRET", &self.secret);
        node::quiet_wrangler(command, project);
    }
}

fn test_api(project: &Project, stage: &Stage) -> (Count, Result<(), Failure>) {
    let mut cargo = project.cargo();
    cargo.args([
        "test",
        "--package=portal-tests",
        "--features=workerd",
        "--test=workerd",
    ]);
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
            target/logs/end-to-end-server.log",
        )
        .with_output(count::failing_tests(&finished.output)))
    });
    (count, result)
}
