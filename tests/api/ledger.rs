//! The money core: the twelve invariants of `edge-worker/src/domain/ledger.rs`, on SQLite with the real SQL.

#[path = "ledger/bookkeeping.rs"]
mod bookkeeping;
#[path = "ledger/departure.rs"]
mod departure;
#[path = "ledger/faults.rs"]
mod faults;
#[path = "ledger/market.rs"]
mod market;
#[path = "ledger/model.rs"]
mod model;
#[path = "ledger/races.rs"]
mod races;
#[path = "ledger/regressions.rs"]
mod regressions;

use libtest_mimic::Trial;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = regressions::trials();
    trials.extend(model::trials());
    trials.extend(faults::trials());
    trials.extend(departure::trials());
    trials.extend(races::trials());
    trials.extend(bookkeeping::trials());
    trials
}
