//! The money core: the invariants of `edge-worker/src/domain/ledger.rs`, and what only SQLite in this process can arrange.

#[path = "ledger/bookkeeping.rs"]
mod bookkeeping;
#[path = "ledger/departure.rs"]
mod departure;
#[path = "ledger/plans.rs"]
mod plans;
#[path = "ledger/races.rs"]
mod races;
#[path = "ledger/regressions.rs"]
mod regressions;

use libtest_mimic::Trial;
use portal_tests::ledger::{self, market};
use portal_tests::sqlite::Memory;

/// On SQLite.
type Market = market::Market;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = ledger::trials::<Memory>();
    trials.extend(regressions::trials());
    trials.extend(departure::trials());
    trials.extend(plans::trials());
    trials.extend(races::trials());
    trials.extend(bookkeeping::trials());
    trials
}
