//! D1 behind a workerd of its own, which is killed in the middle of its work and comes back.
//!
//! Killed as a machine is that loses its power: the runtime and Wrangler around it get SIGKILL, and nobody is asked to finish
//! anything. What comes back finds the files as they lie.

use std::env;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use edge_worker::store::{DatabaseError, Row, Statement};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::d1::Bridge;
use crate::engine::Engine;
use crate::watched::is_change;
use crate::workerd::root;

/// So long a server may take to begin, in tenths of a second.
const PATIENCE: usize = 900;

/// The database, with the server in front of it.
pub struct MortalD1 {
    state: TempDir,
    server: Mutex<Server>,
    doom: Mutex<Option<Doom>>,
}

/// When the server is to die.
#[derive(Clone, Copy, Debug)]
pub struct Doom {
    /// During the batch with this number from now that changes anything, counted from 1.
    pub change: u8,
    /// So long after that batch was sent.
    pub after: Duration,
}

impl MortalD1 {
    /// Lets the server be killed. From then on the database gives no answers.
    pub fn expect_death(&self, doom: Doom) {
        *self.doom.lock().unwrap() = Some(doom);
    }

    /// Counts a batch; whether the server is to die during it.
    fn approach(&self, statements: &[Statement]) -> Option<Doom> {
        let mut doom = self.doom.lock().unwrap();
        if let Some(doom) = doom.as_mut()
            && statements.iter().any(is_change)
        {
            doom.change -= 1;
        }
        doom.take_if(|doom| doom.change == 0)
    }

    /// Serves what is left.
    pub fn revive(&self) {
        let server = Server::start(&self.state);
        *self.server() = server;
    }

    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bridge(&self) -> Bridge {
        Bridge::at(self.server().address.clone())
    }
}

impl Engine for MortalD1 {
    const NAME: &'static str = "workerd";

    fn fresh() -> Self {
        let state = TempDir::new().unwrap();
        let migrated = wrangler(&["d1", "migrations", "apply", "DB", "--local"], &state)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(migrated.success(), "the migrations failed");
        let server = Mutex::new(Server::start(&state));
        Self {
            state,
            server,
            doom: Mutex::default(),
        }
    }

    fn run(&self, statements: &[Statement]) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let (bridge, group) = (self.bridge(), self.server().group());
        thread::scope(|scope| {
            if let Some(Doom { after, .. }) = self.approach(statements) {
                scope.spawn(move || {
                    thread::sleep(after);
                    kill(group);
                });
            }
            bridge.run(statements)
        })
    }

    fn execute(&self, sql: &str) {
        self.bridge().execute(sql);
    }

    fn ask_each(&self, queries: &[&str]) -> Vec<String> {
        self.bridge().ask_each(queries)
    }
}

/// Wrangler and the runtime that it starts: one group of processes.
struct Server {
    wrangler: Child,
    address: String,
}

impl Server {
    fn start(state: &TempDir) -> Self {
        let port = free_port();
        let arguments = [
            "dev",
            "--config=tests/d1/wrangler.toml",
            "--ip=127.0.0.1",
            &format!("--port={port}"),
            "--inspector-port=0",
            "--show-interactive-dev-session=false",
        ];
        let server = Self {
            wrangler: wrangler(&arguments, state)
                .process_group(0)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
            address: format!("http://127.0.0.1:{port}"),
        };
        let bridge = Bridge::at(server.address.clone());
        for _ in 0..PATIENCE {
            if bridge.run(&[Statement::new("SELECT 1", [])]).is_ok() {
                return server;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("the server does not start")
    }

    fn group(&self) -> Pid {
        Pid::from_raw(self.wrangler.id().try_into().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        kill(self.group());
        let _ = self.wrangler.wait();
    }
}

fn wrangler(arguments: &[&str], state: &TempDir) -> Command {
    let installed = root().join("node_modules/.bin");
    // Wrangler needs the Node that the project brings.
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(
        [installed.clone()]
            .into_iter()
            .chain(env::split_paths(&path)),
    );
    let mut command = Command::new(installed.join("wrangler"));
    command
        .current_dir(root())
        .env("PATH", path.unwrap())
        .args(arguments)
        .arg("--persist-to")
        .arg(state.path())
        .stdin(Stdio::null());
    command
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Ends a group of processes at once; one that is gone already is no mistake.
fn kill(group: Pid) {
    let _ = killpg(group, Signal::SIGKILL);
}
