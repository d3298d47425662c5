//! Figures in the words of a language: sums of money, shares and numbers of days.
//!
//! Data files hold exact whole numbers (kopecks, basis points, days); a text says `{{ prices.month | money }}`.

use minijinja::{Environment, Error, ErrorKind, State, Value};

use crate::language::Language;

const NO_BREAK_SPACE: char = '\u{a0}';

/// Adds the filters `money`, `percent` and `days`. They speak the language that the value `lang` names.
pub fn add_filters(environment: &mut Environment<'_>) {
    environment.add_filter("money", |state: &State<'_, '_>, value: Value| {
        filter(state, &value, "money", "kopecks", money)
    });
    environment.add_filter("percent", |state: &State<'_, '_>, value: Value| {
        filter(
            state,
            &value,
            "percent",
            "basis points (1000 is 10 %)",
            percent,
        )
    });
    environment.add_filter("days", |state: &State<'_, '_>, value: Value| {
        filter(state, &value, "days", "days", days)
    });
}

fn filter(
    state: &State<'_, '_>,
    value: &Value,
    name: &str,
    unit: &str,
    words: fn(Language, i64) -> String,
) -> Result<String, Error> {
    let language = state
        .lookup("lang")
        .and_then(|lang| Language::from_code(lang.as_str()?))
        .unwrap_or(Language::Russian);
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let number = value.as_i64().filter(|_| value.is_integer());
    number.map(|number| words(language, number)).ok_or_else(|| {
        let message = format!("`{name}` takes a whole number of {unit}, not `{value}`");
        Error::new(ErrorKind::InvalidOperation, message)
    })
}

/// A sum of kopecks in roubles: «1 990 ₽», "1,990 ₽"; kopecks are shown where there are any.
#[must_use]
pub fn money(language: Language, kopecks: i64) -> String {
    let amount = fraction(language, kopecks, 2, true);
    format!("{amount}{NO_BREAK_SPACE}₽")
}

/// A share in basis points: «10 %», "10%"; «2,5 %», "2.5%".
#[must_use]
pub fn percent(language: Language, basis_points: i64) -> String {
    let amount = fraction(language, basis_points, 2, false);
    match language {
        Language::Russian => format!("{amount}{NO_BREAK_SPACE}%"),
        Language::English => format!("{amount}%"),
    }
}

/// A number of days: «1 день», «3 дня», «30 дней», "30 days".
#[must_use]
pub fn days(language: Language, number: i64) -> String {
    let word = match language {
        Language::English if number == 1 => "day",
        Language::English => "days",
        Language::Russian => match (number.unsigned_abs() % 10, number.unsigned_abs() % 100) {
            (1, last) if last != 11 => "день",
            (2..=4, last) if !(12..=14).contains(&last) => "дня",
            _ => "дней",
        },
    };
    format!(
        "{}{NO_BREAK_SPACE}{word}",
        grouped(language, number.unsigned_abs(), number < 0)
    )
}

/// A number of hundredths, with the separators of the language. Zeros at the end are dropped: all of them, or, for
/// money, only both together.
fn fraction(language: Language, hundredths: i64, digits: usize, is_money: bool) -> String {
    let magnitude = hundredths.unsigned_abs();
    let whole = grouped(language, magnitude / 100, hundredths < 0);
    let rest = format!("{:0digits$}", magnitude % 100);
    let rest = match rest.trim_end_matches('0') {
        "" => return whole,
        _ if is_money => rest.as_str(),
        shortened => shortened,
    };
    let separator = match language {
        Language::Russian => ',',
        Language::English => '.',
    };
    format!("{whole}{separator}{rest}")
}

fn grouped(language: Language, number: u64, is_negative: bool) -> String {
    let separator = match language {
        Language::Russian => NO_BREAK_SPACE,
        Language::English => ',',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    if is_negative {
        grouped.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_each_language_writes_them() {
        for (figure, number, russian, english) in [
            (
                money as fn(Language, i64) -> String,
                199_000,
                "1 990 ₽",
                "1,990 ₽",
            ),
            (money, 199_050, "1 990,50 ₽", "1,990.50 ₽"),
            (money, 5, "0,05 ₽", "0.05 ₽"),
            (money, 0, "0 ₽", "0 ₽"),
            (money, -123_456_789, "−1 234 567,89 ₽", "−1,234,567.89 ₽"),
            (percent, 1000, "10 %", "10%"),
            (percent, 250, "2,5 %", "2.5%"),
            (percent, 1225, "12,25 %", "12.25%"),
            (days, 1, "1 день", "1 day"),
            (days, 2, "2 дня", "2 days"),
            (days, 11, "11 дней", "11 days"),
            (days, 21, "21 день", "21 days"),
            (days, 114, "114 дней", "114 days"),
            (days, 30, "30 дней", "30 days"),
        ] {
            let spaced = |text: String| text.replace('\u{a0}', " ");
            assert_eq!(spaced(figure(Language::Russian, number)), russian);
            assert_eq!(spaced(figure(Language::English, number)), english);
        }
    }

    #[test]
    fn a_figure_never_breaks_between_lines() {
        for language in Language::ALL {
            for figure in [money, percent, days] {
                assert!(!figure(language, 123_456_700).contains(' '));
            }
        }
    }
}
