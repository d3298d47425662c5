//! The two databases, the servers over them, and the one who asks.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

use crate::bench::cabinet::{FEW, LOOKS, Look};
use crate::database;
use crate::failure::Failure;
use crate::process::Run;
use crate::project::{self, Project};
use crate::report;
use crate::sample::{self, Sample};
use crate::server::{Server, Settings};
use crate::stopwatch::Stopwatch;
use crate::tree;

const STATE: &str = "bench/cabinet";
/// Ours, watched: each answer tells what it asked of the database.
const COUNTED: &str = "tests/bench/request/counted-ours.js";
/// Tells what the last run by the clock asked.
const LAST_RUN: &str = "/api/last-run/";

/// A database in a folder of its own.
#[derive(Debug)]
pub(super) struct House {
    state: PathBuf,
}

impl House {
    /// Makes two with the sample clients, one with a few other people, and one with a crowd.
    ///
    /// # Errors
    /// A migration is wrong, or people cannot be made.
    pub(super) fn build(project: &Project, users: u32) -> Result<[Self; 2], Failure> {
        Self::tear_down(project)?;
        let [few, many] = ["few", "many"].map(|name| project.target(STATE).join(name));
        report::step("database, migrated", |_| {
            database::migrate(project, Some(&few))
        })?;
        let sample = Sample::of(project, Some(&few));
        sample.wish()?;
        sample.fill()?;
        copy(&few, &many)?;
        // Whoever reads the last rows of an index reads none behind them: in both houses there has to be somebody behind.
        for (state, users) in [(&few, FEW), (&many, users)] {
            report::step(&format!("{users} other people"), |_| {
                add_crowd(project, state, users)
            })?;
        }
        Ok([few, many].map(|state| Self { state }))
    }

    /// Removes both.
    ///
    /// # Errors
    /// They cannot be removed.
    pub(super) fn tear_down(project: &Project) -> Result<(), Failure> {
        project::remove_folder(&project.target(STATE))
    }
}

fn add_crowd(project: &Project, state: &Path, users: u32) -> Result<(), Failure> {
    let mut crowd = project.command(project.host_binary(sample::PROGRAM));
    crowd
        .arg("crowd")
        .arg(file_of(state, project)?)
        .args(["--users", &users.to_string()]);
    Run::new(project, "crowd", crowd)
        .mend("the schema has changed: let tests/sample/src/crowd.rs follow")
        .wait()
        .map(drop)
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let names = tree::files(from).map_err(|error| Failure::file("read", from, &error))?;
    for name in names {
        let (source, copy) = (from.join(&name), to.join(&name));
        project::make_folder(copy.parent().unwrap_or(to))?;
        fs::copy(&source, &copy).map_err(|error| Failure::file("copy", &source, &error))?;
    }
    Ok(())
}

/// The SQLite file of a local D1, which has a name that only the runtime understands; beside it lies one about the runtime.
fn file_of(state: &Path, project: &Project) -> Result<PathBuf, Failure> {
    let folder = database::folder(project, Some(state)).join("miniflare-D1DatabaseObject");
    let entries = fs::read_dir(&folder).map_err(|error| Failure::file("read", &folder, &error))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension().is_some_and(|kind| kind == "sqlite")
                && path.file_stem().is_some_and(|name| name != "metadata")
        })
        .collect();
    match (files.pop(), files.is_empty()) {
        (Some(file), true) => Ok(file),
        _ => Err(Failure::new(
            format!("not one database is in {}", folder.display()),
            "the local runtime keeps it elsewhere now: look for it, and mend this bench",
        )),
    }
}

/// A server over each house, and a client with the tokens of everybody who looks.
pub(super) struct Stage {
    houses: [Served; 2],
    agent: Agent,
}

struct Served {
    tokens: Vec<(&'static str, String)>,
    server: Server,
}

impl Stage {
    /// Starts both servers and signs everybody in.
    ///
    /// # Errors
    /// A server does not start, or somebody cannot sign in.
    pub(super) fn set(project: &Project, houses: &[House; 2]) -> Result<Self, Failure> {
        Self::set_with(project, houses, None)
    }

    /// The same with servers that count.
    ///
    /// # Errors
    /// The same.
    pub(super) fn counted(project: &Project, houses: &[House; 2]) -> Result<Self, Failure> {
        Self::set_with(project, houses, Some(&project.path(COUNTED)))
    }

    fn set_with(
        project: &Project,
        [few, many]: &[House; 2],
        entry: Option<&Path>,
    ) -> Result<Self, Failure> {
        let agent: Agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .into();
        let serve = |house: &House, log| {
            let settings = Settings {
                // Named, because wrangler would take the settings that lie nearest to the module.
                config: Some(project.path("wrangler.toml")),
                entry: entry.map(Path::to_owned),
                ..Settings::over(house.state.clone(), log)?
            };
            let server = Server::start(project, &settings)?;
            Ok(Served {
                tokens: sign_everybody_in(&agent, server.address())?,
                server,
            })
        };
        Ok(Self {
            houses: [serve(few, "bench-few")?, serve(many, "bench-many")?],
            agent,
        })
    }

    /// Looks once in a house, by its number: how long it took until all of the answer was there.
    ///
    /// # Errors
    /// The answer is not a good one.
    pub(super) fn ask(&self, house: usize, look: Look) -> Result<Duration, Failure> {
        let [few, many] = &self.houses;
        let served = if house == 0 { few } else { many };
        let watch = Stopwatch::start();
        let mut response = self.send(served, look)?;
        let body = response.body_mut().read_to_vec();
        let time = watch.elapsed();
        body.map_err(|error| lost(&error.to_string()))?;
        Ok(time)
    }

    /// How many rows a look reads in each house, by the database's own count.
    ///
    /// # Errors
    /// The answer is not a good one, or does not tell.
    pub(super) fn count(&self, look: Look) -> Result<[u32; 2], Failure> {
        let [few, many] = &self.houses;
        Ok([self.count_in(few, look)?, self.count_in(many, look)?])
    }

    fn count_in(&self, served: &Served, look: Look) -> Result<u32, Failure> {
        // The second time nothing is new: what was due by the clock is done, and the use of the session is noted.
        self.send(served, look)?;
        let mut response = self.send(served, look)?;
        if look.client.is_none() {
            let last_run = Look {
                path: LAST_RUN,
                ..look
            };
            response = self.send(served, last_run)?;
        }
        let told = response.headers().get("x-database");
        let told = told.and_then(|told| told.to_str().ok()).unwrap_or_default();
        let rows = told.rsplit(' ').next().and_then(|rows| rows.parse().ok());
        rows.ok_or_else(|| lost(&format!("it tells no counts but {told:?}")))
    }

    fn send(
        &self,
        served: &Served,
        look: Look,
    ) -> Result<ureq::http::Response<ureq::Body>, Failure> {
        let token = served
            .tokens
            .iter()
            .find_map(|(name, token)| (Some(*name) == look.client).then_some(token));
        let mut request = self
            .agent
            .get(format!("{}{}", served.server.address(), look.path));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        request
            .call()
            .map_err(|error| lost(&format!("{}: {error}", look.path)))
    }
}

fn sign_everybody_in(agent: &Agent, address: &str) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut tokens: Vec<(&'static str, String)> = Vec::new();
    for name in LOOKS.iter().filter_map(|look| look.client) {
        if tokens.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let form = json!({"email": format!("{name}@example.com"), "password": sample::PASSWORD});
        let failed = |error: ureq::Error| lost(&format!("{name} cannot sign in: {error}"));
        let mut answer = agent
            .post(format!("{address}/api/auth/login/"))
            .send_json(form)
            .map_err(failed)?;
        let answer: Value = answer.body_mut().read_json().map_err(failed)?;
        let token = answer.get("token").and_then(Value::as_str);
        tokens.push((name, token.unwrap_or_default().to_owned()));
    }
    Ok(tokens)
}

fn lost(why: &str) -> Failure {
    Failure::new(
        why,
        "see target/logs/bench-few.log and target/logs/bench-many.log",
    )
}
