//! The commands of the command line, one a file.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod new;
pub(crate) mod serve;

/// The day on which the command runs, in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the day enters the program here and is an argument everywhere else"
)]
fn today() -> time::Date {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = since_1970.map_or(0, |duration| duration.as_secs());
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| time::OffsetDateTime::from_unix_timestamp(seconds).ok())
        .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
        .date()
}
