//! The cabinet's server: authentication and the client's data, at the edge.
//!
//! A request flows one way, and so do the `use` lines (a test in `tests/architecture.rs` reads them):
//!
//! ```text
//! domain ← app ← (store, providers, http) ← shell
//! ```
//!
//! * [`domain`]: the rules, as plain functions and types. No async, no clock, no randomness, no I/O.
//! * [`app`]: what a person or an operator can do, written against ports.
//! * [`store`]: every SQL text; the same text runs on D1 and, in native tests, on SQLite.
//! * [`providers`]: the services outside, as values.
//! * [`http`]: one table of routes; requests and answers as plain values.
//! * `shell`: compiled into the Worker only; the platform, and no decisions.
//!
//! So the whole API answers in a native test without WASM, and the WASM end is a few hundred lines.

// A panic aborts the WASM instance with every request in it (workers-rs README, "Panic Recovery").
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::unreachable
    )
)]

pub mod app;
pub mod domain;
pub mod http;
pub mod providers;
#[cfg(target_arch = "wasm32")]
mod shell;
pub mod store;
