//! `cargo xtask dev`: everything on this machine, rebuilt on change.

mod watch;

use std::thread;
use std::time::Duration;

use crate::database;
use crate::dev::watch::Watched;
use crate::failure::Failure;
use crate::process::group::Group;
use crate::process::interrupt;
use crate::project::{self, Project};
use crate::report;
use crate::sample::Sample;
use crate::server::{Server, Settings, port};
use crate::setup;
use crate::setup::wasm_target::WasmTarget;
use crate::site;
use crate::stopwatch::Stopwatch;
use crate::worker::{self, Profile};

const POLL: Duration = Duration::from_millis(150);

/// What `cargo xtask dev` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Compile the Worker as for production: slower to rebuild, faster to answer.
    #[arg(long)]
    release: bool,
    /// Leave a fresh database empty instead of filling it with sample clients.
    #[arg(long)]
    no_seed: bool,
}

/// Sets up, builds, migrates, serves and watches until Ctrl-C.
///
/// # Errors
/// The first step that fails; once everything runs, only the loss of a server.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    port::claim(options.port)?;
    let profile = if options.release {
        Profile::Release
    } else {
        Profile::Dev
    };
    report::heading("set-up");
    let target = setup::everything(project)?;

    report::heading("build");
    let watched = Watches::new(project);
    project::make_folder(&project.path("dist"))?;
    // A mistake in the content is for the editor to see and mend while everything runs.
    let generator = site::watch(project)?;
    build(project, &target, profile, !options.no_seed)?;

    report::heading("serve");
    let settings = Settings {
        config: None,
        entry: Some(worker::entry(project, profile)),
        port: options.port,
        state: None,
        is_talkative: true,
        log: "server",
    };
    let server = report::step("wrangler dev", |_| Server::start(project, &settings))?;
    report::heading(&format!(
        "MiniApp.Expert is on {} after {}\n\
         Watching content/ and site-gen/ for the site, edge-worker/ for the Worker and its migrations; \
         Ctrl-C stops everything.\n",
        server.address(),
        report::duration(watch.elapsed())
    ));
    if let Some(table) = Sample::of(project, None).table() {
        report::line(&format!(
            "Sample clients to sign in as (deleting .wrangler/state removes them, --no-seed keeps them away):\n{table}"
        ));
    }
    let generator = Some(generator);
    Session {
        project,
        target,
        profile,
        generator,
        server,
        watched,
    }
    .keep_up()
}

/// The Worker and the database do not depend on each other.
fn build(
    project: &Project,
    target: &WasmTarget,
    profile: Profile,
    is_seeded: bool,
) -> Result<(), Failure> {
    thread::scope(|scope| {
        let database = scope.spawn(|| prepare_database(project, is_seeded));
        let worker = worker::build(project, target, profile);
        let lost = || Failure::new("the migration ended without a result", "start again");
        worker.and(database.join().unwrap_or_else(|_| Err(lost())))
    })
}

/// Migrates, and fills a database that was not there before.
fn prepare_database(project: &Project, is_seeded: bool) -> Result<(), Failure> {
    let is_new = database::is_new(project, None);
    report::step("database, migrated", |_| database::migrate(project, None))?;
    let sample = Sample::of(project, None);
    if is_new && is_seeded {
        sample.wish()?;
    }
    if is_seeded && let Err(failure) = sample.fill() {
        // The cabinet works without them; the next start tries again.
        if interrupt::is_requested() {
            return Err(failure);
        }
        report::failure(&failure);
    }
    Ok(())
}

/// What is looked at for changes.
struct Watches {
    worker: Watched,
    migrations: Watched,
    generator: Watched,
}

impl Watches {
    fn new(project: &Project) -> Self {
        let manifests = ["Cargo.toml", "Cargo.lock"].map(|name| project.path(name));
        let worker = ["edge-worker/src", "edge-worker/Cargo.toml"].map(|name| project.path(name));
        let generator = ["site-gen/src", "site-gen/Cargo.toml"].map(|name| project.path(name));
        Self {
            worker: Watched::new(worker.into_iter().chain(manifests.clone()).collect()),
            migrations: Watched::new(vec![project.path("edge-worker/migrations")]),
            generator: Watched::new(generator.into_iter().chain(manifests).collect()),
        }
    }
}

/// A running development server.
struct Session<'project> {
    project: &'project Project,
    target: WasmTarget,
    profile: Profile,
    generator: Option<Group>,
    server: Server,
    watched: Watches,
}

impl Session<'_> {
    /// Rebuilds what changes until somebody asks to stop.
    fn keep_up(mut self) -> Result<(), Failure> {
        while !interrupt::is_requested() {
            if !self.server.is_running() {
                return Err(self.server.lost());
            }
            if !self.generator.as_mut().is_some_and(Group::is_running) {
                return Err(Failure::new(
                    "the site generator has stopped",
                    "see what it says above, or run: cargo site build",
                ));
            }
            if self.watched.migrations.has_changed() {
                self.attempt("database, migrated", |session| {
                    database::migrate(session.project, None)
                });
            }
            if self.watched.worker.has_changed() {
                self.attempt("Worker, rebuilt", |session| {
                    worker::rebuild(session.project, &session.target, session.profile)
                });
            }
            if self.watched.generator.has_changed() {
                self.attempt("site generator, rebuilt", Self::restart_generator);
            }
            thread::sleep(POLL);
        }
        drop(self);
        report::line("stopped");
        Ok(())
    }

    /// A change that does not work is shown, and what ran before it keeps running.
    fn attempt(&mut self, title: &str, work: impl FnOnce(&mut Self) -> Result<(), Failure>) {
        let result = report::step(title, |_| work(self));
        if let Err(failure) = result
            && !interrupt::is_requested()
        {
            report::failure(&failure);
        }
    }

    fn restart_generator(&mut self) -> Result<(), Failure> {
        setup::compile_host_programs(self.project)?;
        // The old one stops before the new one starts: only one may write to `dist/`.
        self.generator = None;
        self.generator = Some(site::watch(self.project)?);
        Ok(())
    }
}
