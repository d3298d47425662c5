//! The API in this process: the Worker's own code over SQLite, with a clock that the test holds.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use edge_worker::app::ports::{Clock, Entropy};
use edge_worker::app::settings::{Misconfigured, Settings};
use edge_worker::domain::password_hash::Iterations;
use edge_worker::domain::time::Instant;
use edge_worker::http::log::LogLine;
use edge_worker::http::{Body, Platform, Request, respond};
use edge_worker::store::SqlStore;

use crate::backend::{Answer, Backend, Call};
use crate::sqlite::Sqlite;

const SIGNING_KEY: &str = "native tests sign with this key, 32 bytes or more";

/// The API in this process.
pub struct Native {
    database: Sqlite,
    clock: HandClock,
    entropy: CountingEntropy,
    signing_key: Option<String>,
    iterations: Iterations,
    log: Mutex<Vec<LogLine>>,
}

impl Default for Native {
    /// A new cabinet with an empty database; its hashes are quick, so that a scenario takes milliseconds.
    fn default() -> Self {
        Self {
            database: Sqlite::migrated(),
            clock: HandClock(AtomicI64::new(1_800_000_000_000)),
            entropy: CountingEntropy(AtomicU64::new(1)),
            signing_key: Some(SIGNING_KEY.to_owned()),
            iterations: Iterations::new(1_000).unwrap(),
            log: Mutex::default(),
        }
    }
}

impl Native {
    /// With another signing key, or none.
    #[must_use]
    pub fn with_signing_key(self, signing_key: Option<&str>) -> Self {
        Self {
            signing_key: signing_key.map(str::to_owned),
            ..self
        }
    }

    /// With hashes as slow as in production.
    #[must_use]
    pub fn with_production_hashes(self) -> Self {
        Self {
            iterations: Iterations::TARGET,
            ..self
        }
    }

    /// Lets time pass.
    pub fn wait_seconds(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }

    /// What the log has said so far.
    pub fn log(&self) -> Vec<LogLine> {
        self.log.lock().unwrap().clone()
    }

    fn settings(&self) -> Result<Settings, Misconfigured> {
        let settings = Settings::with_signing_key(self.signing_key.clone())?;
        Ok(Settings {
            iterations: self.iterations,
            ..settings
        })
    }
}

impl Backend for Native {
    fn send(&self, call: Call) -> Answer {
        let (path, query) = call.target.split_once('?').unwrap_or((&call.target, ""));
        let query = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (name.to_owned(), value.to_owned())
            });
        let headers = call
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        let request = Request::new(
            call.method,
            path,
            query.collect(),
            headers,
            Body::limited(call.body),
        );
        let platform = Platform {
            store: SqlStore::new(&self.database),
            clock: &self.clock,
            entropy: &self.entropy,
            settings: self.settings(),
        };
        let exchange = pollster::block_on(respond(platform, &request));
        self.log.lock().unwrap().push(exchange.log);
        let response = exchange.response;
        let headers = response
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        Answer {
            status: response.status,
            headers,
            body: response.body,
        }
    }

    fn execute(&self, sql: &str) {
        self.database.execute(sql);
    }

    fn set_active(&self, email: &str, is_active: bool) {
        let flag = i32::from(is_active);
        self.execute(&format!(
            "UPDATE users SET is_active = {flag} WHERE email_key = lower('{email}')"
        ));
    }

    fn signing_key(&self) -> String {
        SIGNING_KEY.to_owned()
    }

    fn now(&self) -> i64 {
        self.clock.now().seconds()
    }
}

/// A clock that goes only when told to.
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Instant {
        Instant::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// Randomness that never repeats and is the same in every run (`SplitMix64` over a counter).
struct CountingEntropy(AtomicU64);

impl Entropy for CountingEntropy {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), String> {
        for piece in buffer.chunks_mut(8) {
            let mut word = self
                .0
                .fetch_add(1, Ordering::Relaxed)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            piece.copy_from_slice(&word.to_le_bytes()[..piece.len()]);
        }
        Ok(())
    }
}
