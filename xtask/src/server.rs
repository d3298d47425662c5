//! `wrangler dev`: static files, Worker and D1 on this machine.

pub(crate) mod port;
mod voice;

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use crate::failure::Failure;
use crate::node;
use crate::process::group::Group;
use crate::process::{interrupt, last_lines};
use crate::project::{self, Project};
use crate::stopwatch::Stopwatch;

const START_LIMIT: Duration = Duration::from_mins(1);

/// What is served, and where its data lies.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Another configuration than `wrangler.toml`.
    pub(crate) config: Option<PathBuf>,
    /// The Worker's module; without it the one that the configuration names.
    pub(crate) entry: Option<PathBuf>,
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
    /// The folder of the local D1; without it the usual `.wrangler/state`.
    pub(crate) state: Option<PathBuf>,
    /// Whether to print what the Worker logs, its failures above all.
    pub(crate) is_talkative: bool,
    /// The name of the log.
    pub(crate) log: &'static str,
}

impl Settings {
    /// A server for a program: the product over a database in a folder, at any free port, without a word.
    ///
    /// # Errors
    /// No port is free.
    pub(crate) fn over(state: PathBuf, log: &'static str) -> Result<Self, Failure> {
        Ok(Self {
            config: None,
            entry: None,
            port: port::free()?,
            state: Some(state),
            is_talkative: false,
            log,
        })
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// A running server; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Server {
    group: Group,
    log: PathBuf,
    address: String,
}

impl Server {
    /// Starts the server and waits until it answers.
    ///
    /// # Errors
    /// It does not start.
    pub(crate) fn start(project: &Project, settings: &Settings) -> Result<Self, Failure> {
        let mut wrangler = node::wrangler(project);
        wrangler.arg("dev").args(&settings.entry);
        if let Some(config) = &settings.config {
            wrangler.arg("--config").arg(config);
        }
        wrangler.args(["--ip", "127.0.0.1", "--show-interactive-dev-session=false"]);
        // Any free port for the debugger, so that two servers can run beside each other.
        wrangler.args([
            "--inspector-port",
            "0",
            "--port",
            &settings.port.to_string(),
        ]);
        if let Some(state) = &settings.state {
            wrangler.arg("--persist-to").arg(state);
        }
        // Mail stays on this machine, and its links lead to this server.
        for variable in [
            format!("SITE_ORIGIN:{}", settings.address()),
            "MAIL_DELIVERY:local".to_owned(),
        ] {
            wrangler.args(["--var", &variable]);
        }
        wrangler
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());

        let log = project.log(settings.log);
        project::make_folder(&project.target("logs"))?;
        let file = File::create(&log).map_err(|error| Failure::file("write", &log, &error))?;
        let mut group = Group::spawn_service(&mut wrangler).map_err(|error| {
            Failure::new(
                format!("cannot start wrangler: {error}"),
                "run: npm ci --ignore-scripts",
            )
        })?;
        let ready = voice::listen(&mut group, file, settings.is_talkative);
        let mut server = Self {
            group,
            log,
            address: settings.address(),
        };
        server.wait_until_ready(&ready)?;
        Ok(server)
    }

    /// Where it answers, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Whether the server is still there.
    pub(crate) fn is_running(&mut self) -> bool {
        self.group.is_running()
    }

    /// Why the server is gone, as far as its log tells.
    pub(crate) fn lost(&self) -> Failure {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        Failure::new(
            "wrangler has stopped",
            "read its last words above, then start again",
        )
        .with_output(last_lines(&log))
    }

    fn wait_until_ready(&mut self, ready: &Receiver<()>) -> Result<(), Failure> {
        let watch = Stopwatch::start();
        loop {
            match ready.recv_timeout(Duration::from_millis(100)) {
                Ok(()) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(self.lost()),
            }
            if interrupt::is_requested() || watch.is_past(START_LIMIT) {
                return Err(self.lost());
            }
        }
    }
}
