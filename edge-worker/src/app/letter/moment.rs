//! An instant in a mail's words: Moscow time in Russian, UTC in English, and the mail says which.

use std::time::Duration;

use time::OffsetDateTime;

use crate::domain::language::Language;
use crate::domain::time::Instant;

/// Moscow has been three hours ahead of UTC since 2014, in summer and winter.
const MOSCOW: Duration = Duration::from_hours(3);

const RUSSIAN_MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// Such as «6 марта 2026, 00:30 по Москве» or `5 March 2026, 21:30 UTC`.
pub(super) fn in_words(instant: Instant, language: Language) -> String {
    let shown = match language {
        Language::Russian => instant.plus(MOSCOW),
        Language::English => instant,
    };
    let Ok(moment) = OffsetDateTime::from_unix_timestamp(shown.seconds()) else {
        return shown.to_string();
    };
    let (day, year) = (moment.day(), moment.year());
    let clock = format!("{:02}:{:02}", moment.hour(), moment.minute());
    match language {
        Language::Russian => {
            let index = usize::from(u8::from(moment.month()).saturating_sub(1));
            let month = RUSSIAN_MONTHS.get(index).copied().unwrap_or_default();
            format!("{day} {month} {year}, {clock} по\u{a0}Москве")
        }
        Language::English => format!("{day} {} {year}, {clock} UTC", moment.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_told_in_the_readers_time() {
        for (seconds, russian, english) in [
            (
                1_772_746_200,
                "6 марта 2026, 00:30 по\u{a0}Москве",
                "5 March 2026, 21:30 UTC",
            ),
            (
                1_798_750_800,
                "1 января 2027, 00:00 по\u{a0}Москве",
                "31 December 2026, 21:00 UTC",
            ),
        ] {
            let instant = Instant::from_seconds(seconds);
            assert_eq!(in_words(instant, Language::Russian), russian);
            assert_eq!(in_words(instant, Language::English), english);
        }
    }
}
