//! The money core: the invariants of `edge-worker/src/domain/ledger.rs`, on every engine with the real SQL.

mod commands;
pub mod deeds;
mod faults;
pub mod killed;
pub mod market;
mod model;

use libtest_mimic::Trial;

use crate::engine::Engine;

/// The tests that run on every engine.
pub fn trials<E: Engine>() -> Vec<Trial> {
    let mut trials = commands::trials::<E>();
    trials.extend(faults::trials::<E>());
    trials
}
