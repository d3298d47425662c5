//! The end that touches the platform: one adapter a port, and no decisions.
//!
//! Compiled into the Worker only. Everything that could be wrong in an interesting way is on the other side of the
//! ports, where native tests reach it.

mod clock;
mod d1;
mod entropy;
mod exchange;

use worker::{Context, Env, Request, Response, Result, console_error, console_log, event};

use crate::app::settings::Settings;
use crate::http::log::{LogLine, Severity};
use crate::http::{Exchange, Platform, respond};
use crate::store::SqlStore;
use clock::EdgeClock;
use d1::D1;
use entropy::WebEntropy;

/// The binding of the database in `wrangler.toml`.
const DATABASE: &str = "DB";

/// Answers one request.
#[event(fetch)]
async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    let signing_key = env
        .secret(Settings::SIGNING_KEY_VARIABLE)
        .ok()
        .map(|secret| secret.to_string());
    let platform = Platform {
        store: SqlStore::new(D1::new(env.d1(DATABASE)?)),
        clock: &EdgeClock,
        entropy: &WebEntropy,
        settings: Settings::with_signing_key(signing_key),
    };
    let request = exchange::read(&mut request).await?;
    let Exchange { response, log } = respond(platform, &request).await;
    write_log(&log);
    exchange::write(&response)
}

fn write_log(line: &LogLine) {
    match line.severity {
        Severity::Info => console_log!("{}", line.to_json()),
        Severity::Error => console_error!("{}", line.to_json()),
    }
}
