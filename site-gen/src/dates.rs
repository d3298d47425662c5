//! Days in words, as a careful editor writes them.

use time::Date;

use crate::language::Language;

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

/// A day in the words of a language; its parts stay on one line.
///
/// ```
/// use site_gen::{dates, language::Language};
///
/// let day = time::Date::from_calendar_date(2026, time::Month::November, 23)?;
/// assert_eq!(dates::in_words(Language::Russian, day), "23\u{a0}ноября 2026\u{a0}г.");
/// assert_eq!(dates::in_words(Language::English, day), "23\u{a0}November 2026");
/// # Ok::<(), time::error::ComponentRange>(())
/// ```
#[must_use]
pub fn in_words(language: Language, day: Date) -> String {
    let (year, month, number) = day.to_calendar_date();
    match language {
        Language::Russian => {
            let month = RUSSIAN_MONTHS
                .get(usize::from(u8::from(month)) - 1)
                .copied()
                .unwrap_or_default();
            format!("{number}\u{a0}{month} {year}\u{a0}г.")
        }
        Language::English => format!("{number}\u{a0}{month} {year}"),
    }
}

/// A day as machines read it, `2026-11-23`.
#[must_use]
pub fn for_machines(day: Date) -> String {
    let (year, month, number) = day.to_calendar_date();
    format!("{year:04}-{:02}-{number:02}", u8::from(month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Month;

    #[test]
    fn every_month_has_its_name_in_the_genitive() {
        let names: Vec<_> = (1..=12)
            .map(|number| {
                let month = Month::try_from(number).unwrap();
                let day = Date::from_calendar_date(2026, month, 1).unwrap();
                in_words(Language::Russian, day)
            })
            .collect();
        for (name, month) in names.iter().zip(RUSSIAN_MONTHS) {
            assert_eq!(*name, format!("1\u{a0}{month} 2026\u{a0}г."));
            assert!(name.contains("я 2026") || name.contains("а 2026"), "{name}");
        }
    }

    #[test]
    fn machines_get_two_digits_for_days_and_months() {
        let day = Date::from_calendar_date(987, Month::March, 5).unwrap();
        assert_eq!(for_machines(day), "0987-03-05");
    }
}
