//! The cabinet's server.

#[cfg(target_arch = "wasm32")]
mod shell;
