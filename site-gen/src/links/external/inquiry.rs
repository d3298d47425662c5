//! The questions about one address, from the first to the last redirect.

use std::time::Duration;

use super::{Failure, Method, Response};

/// More redirects are not followed.
const MOST_REDIRECTS: usize = 5;
/// How long a busy site is left alone if it does not say, and at most.
const PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What was found out about an address. `at` is the address that answered so, after redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Finding {
    /// There is something.
    Alive,
    /// There is something, for good at another address.
    Moved(String),
    /// There is nothing.
    Gone { status: u16, at: String },
    /// The site says neither yes nor no.
    Unclear { status: u16, at: String },
    /// The site does not answer.
    Failed { failure: Failure, at: String },
    /// The address leads on and on.
    Wandering,
}

type Ask<'a> = &'a dyn Fn(&str, Method) -> Result<Response, Failure>;

/// Finds out about an address.
pub(super) fn inquire(address: &str, ask: Ask<'_>) -> Finding {
    let mut at = address.to_owned();
    let mut moved = None;
    let mut is_for_good = true;
    for _ in 0..=MOST_REDIRECTS {
        let response = match settle(&at, ask) {
            Ok(response) => response,
            Err(failure) => return Finding::Failed { failure, at },
        };
        match (response.status, response.location) {
            (status @ (301 | 302 | 303 | 307 | 308), Some(next)) => {
                // What comes after a redirect for today only may be another address tomorrow.
                is_for_good &= matches!(status, 301 | 308);
                if is_for_good {
                    moved = Some(next.clone());
                }
                at = next;
            }
            (200..=299, _) => return moved.map_or(Finding::Alive, Finding::Moved),
            (status @ (404 | 410), _) => return Finding::Gone { status, at },
            (status, _) => return Finding::Unclear { status, at },
        }
    }
    Finding::Wandering
}

/// How long to wait before a busy site is asked again; nothing if it is not busy, or for longer than anybody waits.
pub(super) fn pause(response: &Response) -> Option<Duration> {
    if !matches!(response.status, 429 | 503) {
        return None;
    }
    let pause = match response.retry_after.as_deref().map(str::trim) {
        None => PAUSE,
        // A date; the clock of the other side is not ours.
        Some(written) => written.parse().map_or(LONGEST_PAUSE, Duration::from_secs),
    };
    (pause <= LONGEST_PAUSE).then_some(pause)
}

/// The answer of one address: some sites do not know HEAD or tell programs nonsense, and a busy one gets a second chance.
fn settle(address: &str, ask: Ask<'_>) -> Result<Response, Failure> {
    let mut method = Method::Head;
    let mut has_waited = false;
    loop {
        let response = ask(address, method)?;
        if method == Method::Head && matches!(response.status, 403 | 404 | 405 | 410 | 501) {
            method = Method::Get;
        } else if !has_waited && pause(&response).is_some() {
            has_waited = true;
        } else {
            return Ok(response);
        }
    }
}
