//! The only place of this program that asks the clock.

use std::time::{Duration, Instant};

/// Measures how long a step takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(
        clippy::disallowed_methods,
        reason = "the fence guards the product; a task runner reports real time"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// Whether `limit` has passed since the start.
    pub(crate) fn is_past(self, limit: Duration) -> bool {
        self.elapsed() >= limit
    }
}
