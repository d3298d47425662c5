//! Months and years of subscriptions, by Moscow's calendar.
//!
//! Clients see dates in Moscow, so a period ends on the day that they expect there. Moscow has kept UTC+3 all year since
//! 26 October 2014 (Federal Law 248-FZ of 21 July 2014).
//!
//! A subscription remembers on which day of the month its periods begin. A month that is too short ends on its last day, and
//! the next one is not shortened with it: 31 January, 28 February, 31 March.

use time::{Date, Month, OffsetDateTime, UtcOffset};

use super::time::Instant;
use super::word::words;

/// Moscow's distance from UTC.
const MOSCOW: UtcOffset = match UtcOffset::from_hms(3, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

words! {
    /// How long a payment for a subscription lasts.
    Period {
        /// A calendar month.
        Month = "month",
        /// A calendar year.
        Year = "year",
    }
}

impl Period {
    const fn months(self) -> u16 {
        match self {
            Self::Month => 1,
            Self::Year => 12,
        }
    }

    /// When a period that begins at `start` ends. The time of day stays; the day is that of the anchor, or the last of a
    /// month that does not have it.
    ///
    /// ```
    /// use edge_worker::domain::calendar::{AnchorDay, Period};
    /// use edge_worker::domain::time::Instant;
    ///
    /// let start = Instant::parse("2026-01-31T12:00:00+03:00").unwrap();
    /// let end = Period::Month.end_after(start, AnchorDay::of(start));
    /// assert_eq!(end, Instant::parse("2026-02-28T12:00:00+03:00").unwrap());
    /// ```
    #[must_use]
    pub fn end_after(self, start: Instant, anchor: AnchorDay) -> Instant {
        let Some(start_there) = in_moscow(start) else {
            return start;
        };
        let (mut year, mut month) = (start_there.year(), start_there.month());
        for _ in 0..self.months() {
            if month == Month::December {
                year = year.saturating_add(1);
            }
            month = month.next();
        }
        Date::from_calendar_date(year, month, anchor.within(year, month))
            .ok()
            .map_or_else(
                || Instant::from_millis(i64::MAX),
                |date| from_moscow(start_there.replace_date(date)),
            )
    }
}

/// The day of the month on which the periods of a subscription begin: 1 to 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnchorDay(u8);

impl AnchorDay {
    /// The day of this instant in Moscow.
    #[must_use]
    pub fn of(instant: Instant) -> Self {
        Self(in_moscow(instant).map_or(1, OffsetDateTime::day))
    }

    /// The day with this number; `None` when no month has it.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        let day = u8::try_from(number).ok()?;
        (1..=31).contains(&day).then_some(Self(day))
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The anchor for a period that begins at `start`: this one, unless the subscription was moved to another day meanwhile.
    #[must_use]
    pub fn kept_at(self, start: Instant) -> Self {
        let is_on_it = in_moscow(start)
            .is_some_and(|there| there.day() == self.within(there.year(), there.month()));
        if is_on_it { self } else { Self::of(start) }
    }

    fn within(self, year: i32, month: Month) -> u8 {
        self.0.min(month.length(year))
    }
}

/// Whether the month that is written on a card as `MMYY` is over, in Moscow. What is not written so is not over.
#[must_use]
pub fn month_is_over(written: &str, now: Instant) -> bool {
    let (Some(month), Some(year)) = (written.get(..2), written.get(2..4)) else {
        return false;
    };
    let (Ok(month), Ok(year)) = (month.parse::<u8>(), year.parse::<i32>()) else {
        return false;
    };
    in_moscow(now).is_some_and(|there| {
        (1..=12).contains(&month)
            && (year.saturating_add(2000), month) < (there.year(), u8::from(there.month()))
    })
}

/// The day of an instant in Moscow, such as `06.03.2026`.
#[must_use]
pub fn day_in_moscow(instant: Instant) -> String {
    in_moscow(instant).map_or_else(String::new, |there| {
        let (year, month, day) = (there.year(), u8::from(there.month()), there.day());
        format!("{day:02}.{month:02}.{year:04}")
    })
}

/// When a day begins in Moscow; the day is written as `2026-03-06`.
///
/// ```
/// use edge_worker::domain::calendar::start_of_day;
///
/// assert_eq!(start_of_day("2026-03-06").unwrap().to_string(), "2026-03-05T21:00:00Z");
/// ```
#[must_use]
pub fn start_of_day(written: &str) -> Option<Instant> {
    Some(midnight(read_day(written)?))
}

/// When a day written so is over in Moscow.
#[must_use]
pub fn day_after(written: &str) -> Option<Instant> {
    let day = read_day(written)?;
    Some(
        day.next_day()
            .map_or(Instant::from_millis(i64::MAX), midnight),
    )
}

/// When the month began that was so many months before that of an instant, in Moscow.
#[must_use]
pub fn start_of_month(now: Instant, months_before: u16) -> Instant {
    let Some(there) = in_moscow(now) else {
        return now;
    };
    let (mut year, mut month) = (there.year(), there.month());
    for _ in 0..months_before {
        if month == Month::January {
            year = year.saturating_sub(1);
        }
        month = month.previous();
    }
    Date::from_calendar_date(year, month, 1).map_or(now, midnight)
}

fn read_day(written: &str) -> Option<Date> {
    let is_shaped = written.len() == 10
        && written
            .bytes()
            .enumerate()
            .all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
    if !is_shaped {
        return None;
    }
    let month: u8 = written.get(5..7)?.parse().ok()?;
    Date::from_calendar_date(
        written.get(..4)?.parse().ok()?,
        Month::try_from(month).ok()?,
        written.get(8..)?.parse().ok()?,
    )
    .ok()
}

fn midnight(day: Date) -> Instant {
    from_moscow(day.midnight().assume_offset(MOSCOW))
}

fn in_moscow(instant: Instant) -> Option<OffsetDateTime> {
    let nanoseconds = i128::from(instant.millis()).checked_mul(1_000_000)?;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
        .ok()?
        .checked_to_offset(MOSCOW)
}

fn from_moscow(moment: OffsetDateTime) -> Instant {
    let millis = moment.unix_timestamp_nanos().div_euclid(1_000_000);
    Instant::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    #[test]
    fn a_day_begins_and_ends_at_moscows_midnight() {
        for (day, start, end) in [
            ("2026-03-06", "2026-03-05T21:00:00Z", "2026-03-06T21:00:00Z"),
            ("2026-12-31", "2026-12-30T21:00:00Z", "2026-12-31T21:00:00Z"),
            ("2028-02-28", "2028-02-27T21:00:00Z", "2028-02-28T21:00:00Z"),
        ] {
            assert_eq!(start_of_day(day), Some(at(start)), "{day}");
            assert_eq!(day_after(day), Some(at(end)), "{day}");
        }
        for text in [
            "",
            "2026-3-6",
            "06.03.2026",
            "2026-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-03-00",
            "+026-03-06",
            "2026-03-06 ",
            "2026/03/06",
            "2026-03-0я",
        ] {
            assert_eq!(
                (start_of_day(text), day_after(text)),
                (None, None),
                "{text}"
            );
        }
        assert!(
            day_after("9999-12-31").is_some(),
            "after which no day can be written"
        );
    }

    #[test]
    fn months_are_counted_back_over_the_turn_of_the_year() {
        let now = at("2026-02-28T21:30:00Z");
        for (months, start) in [
            (0, "2026-03-01T00:00:00+03:00"),
            (2, "2026-01-01T00:00:00+03:00"),
            (3, "2025-12-01T00:00:00+03:00"),
            (11, "2025-04-01T00:00:00+03:00"),
            (26, "2024-01-01T00:00:00+03:00"),
        ] {
            assert_eq!(start_of_month(now, months), at(start), "{months}");
        }
    }

    #[test]
    fn a_card_works_to_the_end_of_the_month_that_is_written_on_it() {
        let now = Instant::parse("2026-11-30T20:59:59Z").unwrap();
        let next = Instant::parse("2026-11-30T21:00:00Z").unwrap();
        for (written, is_over_now, is_over_next) in [
            ("1126", false, true),
            ("1026", true, true),
            ("1226", false, false),
            ("0127", false, false),
            ("1225", true, true),
            ("", false, false),
            ("1326", false, false),
            ("ноябрь", false, false),
        ] {
            assert_eq!(month_is_over(written, now), is_over_now, "{written}");
            assert_eq!(month_is_over(written, next), is_over_next, "{written}");
        }
    }

    /// 21:30 UTC is half past midnight there: the next day.
    #[test]
    fn a_day_is_that_of_moscow() {
        for (text, day) in [
            ("2026-03-05T20:59:59Z", "05.03.2026"),
            ("2026-03-05T21:30:00Z", "06.03.2026"),
            ("2026-12-31T21:00:00Z", "01.01.2027"),
        ] {
            assert_eq!(day_in_moscow(Instant::parse(text).unwrap()), day);
        }
    }

    #[test]
    fn short_months_end_early_and_do_not_shorten_the_next() {
        for (period, dates) in [
            (
                Period::Month,
                [
                    "2026-01-31",
                    "2026-02-28",
                    "2026-03-31",
                    "2026-04-30",
                    "2026-05-31",
                ],
            ),
            (
                Period::Month,
                [
                    "2024-01-30",
                    "2024-02-29",
                    "2024-03-30",
                    "2024-04-30",
                    "2024-05-30",
                ],
            ),
            (
                Period::Month,
                [
                    "2026-11-15",
                    "2026-12-15",
                    "2027-01-15",
                    "2027-02-15",
                    "2027-03-15",
                ],
            ),
            (
                Period::Year,
                [
                    "2024-02-29",
                    "2025-02-28",
                    "2026-02-28",
                    "2027-02-28",
                    "2028-02-29",
                ],
            ),
        ] {
            let instants = dates.map(|date| at(&format!("{date}T10:20:30.456+03:00")));
            let anchor = AnchorDay::of(instants[0]);
            for pair in instants.windows(2) {
                assert_eq!(anchor.kept_at(pair[0]), anchor);
                assert_eq!(period.end_after(pair[0], anchor), pair[1], "{dates:?}");
            }
        }
    }

    /// 00:30 on 1 March in Moscow is still February in UTC.
    #[test]
    fn the_day_is_that_of_moscow() {
        let start = at("2026-02-28T21:30:00Z");
        assert_eq!(AnchorDay::of(start).number(), 1);
        assert_eq!(
            Period::Month.end_after(start, AnchorDay::of(start)),
            at("2026-03-31T21:30:00Z")
        );
    }

    #[test]
    fn a_subscription_that_was_moved_has_another_anchor() {
        let anchor = AnchorDay::from_number(31).unwrap();
        assert_eq!(anchor.kept_at(at("2026-02-28T12:00:00Z")), anchor);
        assert_eq!(anchor.kept_at(at("2026-02-10T12:00:00Z")).number(), 10);
        assert_eq!(anchor.kept_at(at("2026-03-30T12:00:00Z")).number(), 30);
    }

    #[test]
    fn only_days_of_months_are_anchors() {
        for (number, expected) in [
            (0, None),
            (1, Some(1)),
            (31, Some(31)),
            (32, None),
            (-1, None),
            (257, None),
        ] {
            assert_eq!(
                AnchorDay::from_number(number).map(AnchorDay::number),
                expected
            );
        }
    }

    proptest! {
        /// From 1970 to 2200: a month has 28 to 31 days, a year 365 or 366, and twelve months are a year.
        #[test]
        fn periods_are_as_long_as_the_calendar_says(millis in 0_i64..7_258_118_400_000) {
            const DAY: i64 = 86_400_000;
            let start = Instant::from_millis(millis);
            let anchor = AnchorDay::of(start);
            let month = Period::Month.end_after(start, anchor);
            prop_assert!((28..=31).contains(&(month.millis_since(start) / DAY)));
            prop_assert_eq!(month.millis_since(start) % DAY, 0);
            let year = Period::Year.end_after(start, anchor);
            prop_assert!((365..=366).contains(&(year.millis_since(start) / DAY)));
            let mut twelve = start;
            for _ in 0..12 {
                prop_assert_eq!(anchor.kept_at(twelve), anchor);
                twelve = Period::Month.end_after(twelve, anchor);
            }
            prop_assert_eq!(twelve, year);
        }

        #[test]
        fn any_instant_has_an_end(millis: i64, day in 1_i64..=31) {
            let start = Instant::from_millis(millis);
            let anchor = AnchorDay::from_number(day).unwrap();
            for period in Period::ALL {
                prop_assert!(period.end_after(start, anchor) >= start);
            }
        }
    }
}
