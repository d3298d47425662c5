//! Ctrl-C and `kill`: the first asks everything to stop, the second insists.

use std::sync::atomic::{AtomicBool, Ordering};

use nix::sys::signal::Signal;

use crate::failure::Failure;
use crate::process::group;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Reacts to SIGINT, SIGTERM and SIGHUP from now on.
///
/// # Errors
/// The system refuses the handler.
pub(crate) fn install() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::SeqCst) {
            group::signal_all(Signal::SIGKILL);
        } else {
            group::signal_all(Signal::SIGTERM);
        }
    })
    .map_err(|error| {
        Failure::new(
            format!("cannot watch for Ctrl-C: {error}"),
            "start it again",
        )
    })
}

/// Whether somebody asked this program to stop.
pub(crate) fn is_requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}
