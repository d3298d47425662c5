//! When to ask: a few hosts at a time, each of them one question after another with a pause between.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::inquiry::{Finding, inquire, pause};
use super::{Asker, Clock, Failure, Method, NoNetwork, Progress, Response, address};

/// How many hosts are asked at a time.
const HOSTS_AT_ONCE: usize = 4;
/// The time between an answer of a host and the next question to it.
const GAP: Duration = Duration::from_secs(1);
/// After so many addresses without any answer the network itself is in doubt.
const SILENCE: usize = 4;

/// Finds out about all addresses.
pub(super) fn inquire_all(
    addresses: &BTreeSet<String>,
    control: &str,
    asker: &dyn Asker,
    clock: &dyn Clock,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<BTreeMap<String, Finding>, NoNetwork> {
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for asked in addresses {
        hosts.entry(address::host(asked)).or_default().push(asked);
    }
    let network = Network::new(asker, clock, control);
    let hosts = Mutex::new(hosts.into_values());
    let findings = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(of_host) = next(&hosts) {
            for asked in of_host {
                if network.is_down() {
                    return;
                }
                let finding = inquire(asked, &|address, method| network.ask(address, method));
                network.note_answer();
                let mut findings = lock(&findings);
                findings.insert(asked.to_owned(), finding);
                progress(Progress {
                    done: findings.len(),
                    total: addresses.len(),
                });
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..HOSTS_AT_ONCE {
            scope.spawn(work);
        }
    });
    if !addresses.is_empty() && !network.is_there() {
        return Err(NoNetwork);
    }
    Ok(findings
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner))
}

/// The hosts, each with the moment from which it may be asked again. Who holds a host asks it.
struct Network<'a> {
    asker: &'a dyn Asker,
    clock: &'a dyn Clock,
    control: &'a str,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Duration>>>>,
    /// How many addresses were asked without any answer of anybody.
    silence: Mutex<usize>,
    has_answered: AtomicBool,
    is_down: AtomicBool,
}

impl<'a> Network<'a> {
    fn new(asker: &'a dyn Asker, clock: &'a dyn Clock, control: &'a str) -> Self {
        Self {
            asker,
            clock,
            control,
            hosts: Mutex::default(),
            silence: Mutex::default(),
            has_answered: AtomicBool::new(false),
            is_down: AtomicBool::new(false),
        }
    }

    /// Asks when the host may be asked. A redirect may lead to a host that somebody else asks at the same time.
    fn ask(&self, address: &str, method: Method) -> Result<Response, Failure> {
        let host = Arc::clone(lock(&self.hosts).entry(address::host(address)).or_default());
        let mut free_at = lock(&host);
        self.clock.wait(free_at.saturating_sub(self.clock.now()));
        let answer = self.asker.ask(address, method);
        if matches!(answer, Ok(_) | Err(Failure::Unsafe(_))) {
            self.has_answered.store(true, Ordering::Relaxed);
        }
        let wanted = answer.as_ref().ok().and_then(pause).unwrap_or_default();
        *free_at = self.clock.now() + wanted.max(GAP);
        answer
    }

    /// Notes that an address was asked; if nobody answered up to now, finds out whether that is the fault of the network.
    fn note_answer(&self) {
        let mut silence = lock(&self.silence);
        *silence += 1;
        if *silence == SILENCE && !self.is_there() {
            self.is_down.store(true, Ordering::Relaxed);
        }
    }

    fn is_down(&self) -> bool {
        self.is_down.load(Ordering::Relaxed)
    }

    fn is_there(&self) -> bool {
        let has_answered = || self.has_answered.load(Ordering::Relaxed);
        if !has_answered() && !self.is_down() {
            // Only whether there is an answer counts, and `ask` notes that.
            let _ = self.ask(self.control, Method::Head);
        }
        has_answered()
    }
}

fn next<T>(hosts: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    lock(hosts).next()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
