//! Links to other sites: is there still something behind them?
//!
//! Only `cargo site check --external` asks; a build never depends on the network. Each address is asked once, politely:
//! [`schedule`] says how often, [`inquiry`] in which way, [`verdict`] makes mistakes and warnings of the answers. The
//! network and the clock are ports, [`Asker`] and [`Clock`]; [`Curl`] is the asker of the real world.

mod address;
mod curl;
mod inquiry;
mod schedule;
mod verdict;

use std::time::Duration;

use super::target::Target;
use crate::content::Page;
use crate::diagnostics::Diagnostic;
use crate::markdown::{Origin, Usage};
pub use curl::{Curl, CurlMissing};

/// A link to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLink {
    /// The address as it is written.
    pub address: String,
    /// The link with its text, in a page or in an included part.
    pub origin: Origin,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The head of the answer only.
    Head,
    /// The whole page, for sites that do not answer otherwise.
    Get,
}

/// What a site answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code of HTTP.
    pub status: u16,
    /// The whole address that the answer leads on to.
    pub location: Option<String>,
    /// The header `Retry-After`: seconds, or a date.
    pub retry_after: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nobody knows the name of the site.
    NoSuchHost,
    /// The site cannot prove who it is; the reason.
    Unsafe(String),
    /// The address would be asked without encryption.
    Unencrypted,
    /// No program can read the address.
    Malformed,
    /// The site took too long.
    TimedOut,
    /// Anything else; the reason.
    Unreachable(String),
}

/// Asks for one address, without following redirects.
pub trait Asker: Sync {
    /// Asks, and waits for the answer.
    fn ask(&self, address: &str, method: Method) -> Result<Response, Failure>;
}

/// Time that passes.
pub trait Clock: Sync {
    /// The time since some moment that never changes.
    fn now(&self) -> Duration;
    /// Waits.
    fn wait(&self, pause: Duration);
}

/// How far the asking got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many addresses were asked.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// Nothing answers at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the outside links were not checked: there seems to be no network")]
pub struct NoNetwork;

impl OutsideLink {
    /// The links of a page to other sites, in the order of the text.
    /// `base_url` is the origin of this one.
    pub fn of(page: &Page, base_url: &str) -> impl Iterator<Item = Self> {
        page.body.links.iter().filter_map(move |written| {
            let target = Target::read(&written.target, base_url);
            let is_outside = written.usage == Usage::Link && matches!(target, Target::External(_));
            is_outside.then(|| Self {
                address: written.target.clone(),
                origin: written.origin.clone(),
            })
        })
    }
}

/// How many addresses there are to ask: an address with several ids is one.
#[must_use]
pub fn count(links: &[OutsideLink]) -> usize {
    address::distinct(links).len()
}

/// Asks for every address once and tells what is wrong with the links. If nothing answers, `control`, an address that
/// should, decides whether there is a network.
pub fn check(
    links: &[OutsideLink],
    control: &str,
    asker: &dyn Asker,
    clock: &dyn Clock,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Diagnostic>, NoNetwork> {
    let addresses = address::distinct(links);
    let findings = schedule::inquire_all(&addresses, control, asker, clock, progress)?;
    let faults = links.iter().filter_map(|link| {
        let finding = findings.get(&address::asked(&link.address))?;
        verdict::tell(link, finding)
    });
    Ok(faults.collect())
}

#[cfg(test)]
mod tests;
