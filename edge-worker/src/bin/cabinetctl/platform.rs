//! The clock and the randomness of this machine.

use edge_worker::app::ports::{Clock, Entropy};
use edge_worker::domain::time::Instant;

/// The clock of the operating system.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "a command-line tool has no other clock"
    )]
    fn now(&self) -> Instant {
        let since_1970 = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Instant::from_millis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The randomness of the operating system.
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::disallowed_methods,
        reason = "a command-line tool has no other randomness"
    )]
    fn fill(&self, buffer: &mut [u8]) -> Result<(), String> {
        getrandom::getrandom(buffer).map_err(|error| error.to_string())
    }
}
