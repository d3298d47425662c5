//! The API over HTTP, on the server that `cargo xtask test` has started: real workerd, real D1.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use cabinet_sample::sqlite::run;
use edge_worker::store::{Row, Statement};
use rusqlite::Connection;
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use crate::backend::{Answer, Backend, Call};
use crate::conformance;
use crate::person::new_network;

/// Local D1 is a file. Another process that writes to it locks it for a moment, and the server then answers 500, which
/// Cloudflare's D1 never does for this reason: calls of the API may overlap, the operator's tool works alone.
static FILE: RwLock<()> = RwLock::new(());

/// The running server.
pub struct Workerd {
    address: String,
    agent: Agent,
}

impl Workerd {
    /// The server named by the environment.
    pub fn from_environment() -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .new_agent();
        Self {
            address: variable("CABINET_URL"),
            agent,
        }
    }

    /// Runs the operator's tool on the server's database and answers what it printed.
    pub fn cabinetctl(arguments: &[&str], input: &str) -> Result<String, String> {
        let _alone = FILE.write().unwrap_or_else(PoisonError::into_inner);
        let mut child = Command::new(env!("CARGO"))
            .current_dir(root())
            .args(["cabinetctl", "--persist-to", &variable("CABINET_STATE")])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(text(&output.stderr))
        }
    }

    fn answer(&self, call: Call) -> Answer {
        let _together = FILE.read().unwrap_or_else(PoisonError::into_inner);
        let mut request = Request::builder()
            .method(call.method)
            .uri(format!("{}{}", self.address, call.target));
        // Every call is somebody else's, unless it says whose it is: the limits of one network would else end the scenarios.
        if !call
            .headers
            .iter()
            .any(|(name, _)| *name == "cf-connecting-ip")
        {
            request = request.header("cf-connecting-ip", new_network().to_string());
        }
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let mut response = self.agent.run(request.body(call.body).unwrap()).unwrap();
        let is_json = response
            .headers()
            .get("content-type")
            .is_none_or(|kind| kind.as_bytes().starts_with(b"application/json"));
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string().unwrap();
        let body = if text.is_empty() {
            Value::Null
        } else if !is_json {
            text.into()
        } else {
            serde_json::from_str(&text).expect(&text)
        };
        Answer {
            status,
            headers,
            body,
        }
    }
}

impl Backend for Workerd {
    fn send(&self, call: Call) -> Answer {
        let sent = call.clone();
        let answer = self.answer(call);
        conformance::check(&sent, &answer);
        answer
    }

    fn execute(&self, sql: &str) {
        console(|connection| connection.execute_batch(sql)).unwrap();
    }

    fn read(&self, sql: &'static str, value: &str) -> Vec<Value> {
        let statement = Statement::new(sql, [value.into()]);
        let rows = console(|connection| run(connection, &statement)).unwrap();
        rows.into_iter().map(|Row(row)| row).collect()
    }

    fn set_active(&self, email: &str, is_active: bool) {
        let arguments: &[&str] = if is_active {
            &["user", "activate", "--email", email]
        } else {
            &["user", "deactivate", "--yes", "--email", email]
        };
        Self::cabinetctl(arguments, "").unwrap();
    }

    fn set_password(&self, email: &str, password: &str) {
        let arguments = ["user", "reset-password", "--yes", "--email", email];
        Self::cabinetctl(&arguments, &format!("{password}\n")).unwrap();
    }

    fn signing_key(&self) -> String {
        variable("CABINET_JWT_SECRET")
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the server's clock is this machine's"
    )]
    fn now(&self) -> i64 {
        let since_1970 = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        since_1970.as_secs().try_into().unwrap()
    }
}

/// The server's database, opened beside it: local D1 is a file of SQLite, and Wrangler's console takes seconds to open it.
fn console<T>(act: impl FnOnce(&Connection) -> T) -> T {
    let _alone = FILE.write().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(&variable("CABINET_STATE")).join("v3/d1/miniflare-D1DatabaseObject");
    let is_database = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default();
        // The other one holds what Miniflare knows of its databases.
        path.extension().is_some_and(|kind| kind == "sqlite") && name.len() == 64
    };
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(is_database)
        .collect();
    let file = files.pop().unwrap();
    assert!(files.is_empty(), "which database is it? {files:?}");
    let connection = Connection::open(file).unwrap();
    // The server writes to the outbox after its answers.
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection
        .pragma_update(None, "foreign_keys", true)
        .unwrap();
    act(&connection)
}

fn variable(name: &str) -> String {
    env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: these tests are run by `cargo xtask test`"))
}

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
