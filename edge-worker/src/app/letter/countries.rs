//! What countries are called.

use crate::domain::language::Language;

/// `RU<tab>Россия<tab>Russia`, sorted by code: the names of Unicode's CLDR 48 (Unicode licence 3.0), as
/// `Intl.DisplayNames` tells them. The edge knows countries by their codes (ISO 3166-1).
const COUNTRIES: &str = include_str!("countries.txt");

/// The name of a country; its code when there is no name, as for networks of Tor.
pub(super) fn name(code: &str, language: Language) -> &str {
    COUNTRIES
        .lines()
        .find_map(|line| {
            let mut columns = line.split('\t');
            (columns.next() == Some(code)).then_some(columns)
        })
        .and_then(|mut names| match language {
            Language::Russian => names.next(),
            Language::English => names.nth(1),
        })
        .unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_called_by_their_names() {
        for (code, russian, english) in [
            ("RU", "Россия", "Russia"),
            ("KZ", "Казахстан", "Kazakhstan"),
            ("T1", "T1", "T1"),
        ] {
            assert_eq!(name(code, Language::Russian), russian);
            assert_eq!(name(code, Language::English), english);
        }
    }

    #[test]
    fn every_line_has_a_code_and_two_names() {
        for line in COUNTRIES.lines() {
            let columns: Vec<_> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert_eq!(columns[0].len(), 2, "{line}");
            assert!(columns.iter().all(|column| !column.is_empty()), "{line}");
        }
        assert!(COUNTRIES.lines().count() > 240);
    }
}
