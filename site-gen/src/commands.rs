//! The commands of the command line, one a file.

pub(crate) mod build;
pub(crate) mod check;
mod external;
pub(crate) mod new;
pub(crate) mod serve;

use std::time::SystemTime;

use time::{Date, OffsetDateTime};

/// The day on which the command runs, in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock; everything else is told the day"
)]
fn today() -> Date {
    OffsetDateTime::from(SystemTime::now()).date()
}
