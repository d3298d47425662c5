//! The end that touches the platform: one adapter a port, and no decisions.
//!
//! Compiled into the Worker only. Everything that could be wrong in an interesting way is on the other side of the
//! ports, where native tests reach it.

mod clock;
mod d1;
mod entropy;
mod exchange;
mod front_limiter;
mod mailer;
mod siteverify;
mod upkeep;

use worker::{
    Context, Env, Request, Response, Result, ScheduleContext, ScheduledEvent, console_error,
    console_log, event,
};

use crate::app::ports::guards::Guards;
use crate::app::settings::{Misconfigured, Settings};
use crate::http::log::{LogLine, Severity};
use crate::http::{Exchange, Installation, Platform, respond};
use crate::store::SqlStore;
use clock::EdgeClock;
use d1::D1;
use entropy::WebEntropy;
use front_limiter::EdgeLimiter;
use siteverify::Siteverify;

/// The binding of the database in `wrangler.toml`.
const DATABASE: &str = "DB";

/// Answers one request.
#[event(fetch)]
async fn fetch(mut request: Request, env: Env, context: Context) -> Result<Response> {
    let front = EdgeLimiter::find(&env);
    let platform = Platform {
        clock: &EdgeClock,
        entropy: &WebEntropy,
        guards: Guards {
            front: &front,
            human: &Siteverify,
        },
        installation: find_installation(&env),
    };
    let request = exchange::read(&mut request).await;
    let Exchange {
        response,
        log,
        has_mail_due,
    } = respond(platform, &request).await;
    write_log(&log);
    if has_mail_due {
        context.wait_until(upkeep::deliver(env));
    }
    exchange::write(&response)
}

/// Works by the clock of `wrangler.toml`.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    upkeep::run(&env).await;
}

fn find_installation(env: &Env) -> std::result::Result<Installation<SqlStore<D1>>, Misconfigured> {
    let binding = env.d1(DATABASE).map_err(|error| {
        Misconfigured(format!(
            "the database {DATABASE} is not bound ({error}): see wrangler.toml"
        ))
    })?;
    Ok(Installation {
        store: SqlStore::new(D1::new(binding)),
        settings: Settings::read(|name| env.var(name).ok().map(|value| value.to_string()))?,
    })
}

fn write_log(line: &LogLine) {
    match line.severity {
        Severity::Info => console_log!("{}", line.to_json()),
        Severity::Error => console_error!("{}", line.to_json()),
    }
}
