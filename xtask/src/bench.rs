//! `cargo xtask bench`.

mod corpus;
mod dialect;
mod generator;
mod sources;
