//! The time, as the edge tells it: it stands still while the Worker computes (Workers docs, "Security model").

use worker::Date;

use crate::app::ports::Clock;
use crate::domain::time::Instant;

/// The clock of the runtime.
pub(super) struct EdgeClock;

impl Clock for EdgeClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everybody else is given"
    )]
    fn now(&self) -> Instant {
        Instant::from_millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX))
    }
}
