//! What the whole-product tests share: two back ends behind one trait, and people to test with.
//!
//! A scenario is written once, as a function of a [`backend::Backend`]. The test `api` runs it natively on SQLite, the test
//! `workerd` over HTTP on the real runtime with D1.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "this library is test code: a surprise ends the test"
)]

pub mod attacks;
pub mod backend;
pub mod cloudflare;
pub mod conformance;
pub mod d1;
pub mod engine;
pub mod goods;
pub mod inbox;
pub mod mortal;
pub mod native;
pub mod person;
pub mod post;
pub mod sqlite;
pub mod token;
pub mod trials;
pub mod watched;
pub mod workerd;

#[path = "../ledger/mod.rs"]
pub mod ledger;
#[path = "../scenarios/mod.rs"]
pub mod scenarios;
