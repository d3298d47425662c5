//! Points in time as the API and the database know them: whole milliseconds since 1970, UTC.
//!
//! Nothing here reads a clock; instants come from the `Clock` port.

use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The last millisecond of the year 9999, after which RFC 3339 has no form.
const LATEST_MILLIS: i64 = 253_402_300_799_999;

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Shown in the form of RFC 3339 in UTC:
///
/// ```
/// use edge_worker::domain::time::Instant;
///
/// assert_eq!(Instant::from_millis(1_772_746_200_000).to_string(), "2026-03-05T21:30:00Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// The instant `millis` milliseconds after 1970; kept within the years 1970 to 9999.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(0, LATEST_MILLIS))
    }

    /// The instant `seconds` seconds after 1970; kept within the years 1970 to 9999.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self::from_millis(seconds.saturating_mul(1_000))
    }

    /// Reads the form of RFC 3339, with any offset from UTC; `None` when it is another, or before 1970.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let millis = i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000)).ok()?;
        (0..=LATEST_MILLIS)
            .contains(&millis)
            .then_some(Self(millis))
    }

    /// Milliseconds since 1970: the form of the database.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970: the form of a JWT (RFC 7519, `NumericDate`).
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The instant `duration` later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The instant `duration` earlier.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_sub(millis))
    }

    /// Milliseconds from `earlier` to this instant; zero when the clock went backwards.
    #[must_use]
    pub fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanoseconds = i128::from(self.0).saturating_mul(1_000_000);
        let text = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
            .ok()
            .and_then(|moment| moment.format(&Rfc3339).ok())
            .ok_or(fmt::Error)?;
        formatter.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_in_utc_by_rfc_3339() {
        for (millis, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_772_746_200_000, "2026-03-05T21:30:00Z"),
            (1_772_746_200_250, "2026-03-05T21:30:00.25Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00Z"),
            (LATEST_MILLIS, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Instant::from_millis(millis).to_string(), expected);
        }
    }

    #[test]
    fn instants_survive_their_text_form_and_other_offsets_are_understood() {
        for millis in [0, 1_772_746_200_250, LATEST_MILLIS] {
            let instant = Instant::from_millis(millis);
            assert_eq!(Instant::parse(&instant.to_string()), Some(instant));
        }
        let there = Instant::parse("2026-03-06T00:30:00+03:00");
        assert_eq!(there, Instant::parse("2026-03-05T21:30:00Z"));
        for text in [
            "",
            "2026-03-05",
            "2026-03-05T21:30:00",
            "1969-12-31T23:59:59Z",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }

    #[test]
    fn instants_outside_rfc_3339_are_kept_within_it() {
        for millis in [i64::MIN, -1] {
            assert_eq!(Instant::from_millis(millis).millis(), 0);
        }
        let latest = Instant::from_millis(i64::MAX);
        assert_eq!(latest.millis(), LATEST_MILLIS);
        assert_eq!(latest.plus(Duration::MAX), latest);
        assert_eq!(latest.minus(Duration::MAX).millis(), 0);
    }
}
