//! The part of `cargo site check` that asks other sites: the real program and the real clock, and what is shown meanwhile.

use std::io::{self, IsTerminal as _, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use site_gen::diagnostics::Diagnostic;
use site_gen::links::external::{Clock, Curl, OutsideLink, Progress, check, count};
use site_gen::workshop::Workshop;

use crate::terminal::complain;

/// Where nobody watches, one line for so many addresses is enough.
const STEP: usize = 10;

/// What came of the asking.
pub(super) struct Asked {
    pub(super) addresses: usize,
    pub(super) faults: Vec<Diagnostic>,
}

/// Asks for every outside link of the site; an error is one line for the person at the terminal.
pub(super) fn ask(workshop: &Workshop) -> Result<Asked, String> {
    let links: Vec<OutsideLink> = workshop.outside_links().collect();
    let addresses = count(&links);
    if links.is_empty() {
        return Ok(Asked {
            addresses,
            faults: Vec::new(),
        });
    }
    let site = workshop.base_url();
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let curl = Curl::find(format!("{name}/{version} (link check; +{site})"))
        .map_err(|error| error.to_string())?;
    let faults = check(&links, site, &curl, &SystemClock::start(), &show);
    let faults = faults.map_err(|error| error.to_string())?;
    Ok(Asked { addresses, faults })
}

fn show(progress: Progress) {
    let Progress { done, total } = progress;
    if io::stderr().is_terminal() {
        let end = if done == total { "\n" } else { "" };
        // Progress that nobody can see is no reason to stop.
        let _ = write!(io::stderr(), "\rasked {done} of {total} outside links{end}");
    } else if done.is_multiple_of(STEP) || done == total {
        complain(&format!("asked {done} of {total} outside links"));
    }
}

struct SystemClock(Instant);

impl SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "other sites are asked in the time of the real world"
    )]
    fn start() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait(&self, pause: Duration) {
        thread::sleep(pause);
    }
}
