//! The servers that are asked, and the one who asks.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

use crate::database;
use crate::failure::Failure;
use crate::project::{self, Project};
use crate::server::{Server, Settings};
use crate::stopwatch::Stopwatch;

const FOLDER: &str = "tests/bench/request";
const STATE: &str = "bench/request";

/// Who answers, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Contestant {
    /// Our Worker: who the caller is, and their profile.
    Ours,
    /// A few lines of JavaScript: a row of the database.
    Bare,
    /// The same lines: an empty object.
    Nothing,
}

impl Contestant {
    /// In the order of the table.
    pub(super) const ALL: [Self; 3] = [Self::Ours, Self::Bare, Self::Nothing];

    /// The name in the table.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours, GET /api/auth/profile/",
            Self::Bare => "bare, one row by its key",
            Self::Nothing => "nothing, the way there and back",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Ours => "/api/auth/profile/",
            Self::Bare => "/api/row/",
            Self::Nothing => "/api/nothing/",
        }
    }
}

/// What a request asks of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reads {
    /// How often the database is visited: one after another, these are what takes long.
    pub(super) visits: u32,
    /// How many statements it is given.
    pub(super) queries: u32,
    /// How many rows it reads for them, by its own count.
    pub(super) rows: u32,
}

/// Counts what a request asks of the database, on servers of their own.
///
/// # Errors
/// A server does not start, or does not answer as it should.
pub(super) fn count(project: &Project) -> Result<Vec<(Contestant, Reads)>, Failure> {
    let stage = Stage::set_with(project, Some(["counted-ours.js", "counted-bare.js"]))?;
    [Contestant::Ours, Contestant::Bare]
        .into_iter()
        .map(|contestant| {
            let response = stage.send(contestant)?;
            let told = response.headers().get("x-database");
            let told = told.and_then(|told| told.to_str().ok()).unwrap_or_default();
            let counts: Vec<_> = told
                .split(' ')
                .filter_map(|count| count.parse().ok())
                .collect();
            let [visits, queries, rows] = counts[..] else {
                return Err(lost(
                    contestant,
                    &format!("it tells no counts but {told:?}"),
                ));
            };
            let reads = Reads {
                visits,
                queries,
                rows,
            };
            Ok((contestant, reads))
        })
        .collect()
}

/// Both servers, and a client with somebody's token.
pub(super) struct Stage {
    ours: Server,
    bare: Server,
    token: String,
    agent: Agent,
}

impl Stage {
    /// Starts both and registers somebody.
    ///
    /// # Errors
    /// A server does not start, or does not answer as it should.
    pub(super) fn set(project: &Project) -> Result<Self, Failure> {
        Self::set_with(project, None)
    }

    /// The same with other modules than the ones of the settings.
    fn set_with(project: &Project, modules: Option<[&str; 2]>) -> Result<Self, Failure> {
        let folder = project.target(STATE);
        project::remove_folder(&folder)?;
        let ours_state = folder.join("ours");
        database::migrate(project, Some(&ours_state))?;
        let module =
            |place: usize| Some(project.path(&format!("{FOLDER}/{}", modules?.get(place)?)));
        // Named, because wrangler would take the settings that lie nearest to the module.
        let ours = start(
            project.path("wrangler.toml"),
            module(0),
            ours_state,
            "bench-ours",
            project,
        )?;
        let bare = start(
            project.path(&format!("{FOLDER}/wrangler.toml")),
            module(1),
            folder.join("bare"),
            "bench-bare",
            project,
        )?;
        let agent: Agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        let mut stage = Self {
            ours,
            bare,
            token: String::new(),
            agent,
        };
        stage.prepare()?;
        Ok(stage)
    }

    /// Somebody who is signed in with ours, and a row for the bare one.
    fn prepare(&mut self) -> Result<(), Failure> {
        let failed = |contestant| move |error: ureq::Error| lost(contestant, &error.to_string());
        let form = json!({
            "email": "bench@example.com",
            "phone": "+79991234567",
            "password": "correct horse bench",
            "terms_accepted": true,
        });
        let mut answer = self
            .agent
            .post(format!("{}/api/auth/register/", self.ours.address()))
            .send_json(form)
            .map_err(failed(Contestant::Ours))?;
        let answer: Value = answer
            .body_mut()
            .read_json()
            .map_err(failed(Contestant::Ours))?;
        let token = answer.get("token").and_then(Value::as_str);
        token.unwrap_or_default().clone_into(&mut self.token);
        self.agent
            .post(format!("{}/api/row/", self.bare.address()))
            .send_empty()
            .map_err(failed(Contestant::Bare))
            .map(drop)
    }

    /// Asks once: how long it took until all of the answer was there.
    ///
    /// # Errors
    /// The answer is not a good one.
    pub(super) fn ask(&self, contestant: Contestant) -> Result<Duration, Failure> {
        let watch = Stopwatch::start();
        let mut response = self.send(contestant)?;
        let body = response.body_mut().read_to_vec();
        let time = watch.elapsed();
        body.map_err(|error| lost(contestant, &error.to_string()))?;
        Ok(time)
    }

    fn send(&self, contestant: Contestant) -> Result<ureq::http::Response<ureq::Body>, Failure> {
        let server = match contestant {
            Contestant::Ours => &self.ours,
            Contestant::Bare | Contestant::Nothing => &self.bare,
        };
        self.agent
            .get(format!("{}{}", server.address(), contestant.path()))
            // All send the same, whoever reads it.
            .header("Authorization", format!("Bearer {}", self.token))
            .call()
            .map_err(|error| lost(contestant, &error.to_string()))
    }
}

fn start(
    config: PathBuf,
    entry: Option<PathBuf>,
    state: PathBuf,
    log: &'static str,
    project: &Project,
) -> Result<Server, Failure> {
    let settings = Settings {
        config: Some(config),
        entry,
        ..Settings::over(state, log)?
    };
    Server::start(project, &settings)
}

fn lost(contestant: Contestant, why: &str) -> Failure {
    Failure::new(
        format!("{}: {why}", contestant.name()),
        "see target/logs/bench-ours.log and target/logs/bench-bare.log",
    )
}
