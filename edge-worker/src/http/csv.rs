//! Tables for spreadsheets: RFC 4180 in the dialect that Excel reads in Russia without questions: UTF-8 with its mark, semicolons,
//! a comma before the kopecks, days as `06.03.2026`.
//!
//! A text that begins like a formula is run as one by spreadsheets; it gets an apostrophe in front (ASVS 5.0 1.2.10). Numbers
//! and days are our own and need none.

use crate::domain::calendar::day_in_moscow;
use crate::domain::commission::RateBp;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

/// What stands at the beginning of a file, so that it is read as UTF-8.
const MARK: &str = "\u{feff}";

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text, perhaps somebody's own.
    Text(String),
    /// Roubles.
    Money(Kopecks),
    /// Per cent.
    Rate(RateBp),
    /// A day in Moscow.
    Day(Option<Instant>),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn written(&self) -> String {
        match self {
            Self::Text(text) => quoted(&harmless(text)),
            Self::Money(amount) => amount.to_string().replace('.', ","),
            // A rate has two decimals at most, as roubles have.
            Self::Rate(rate) => Kopecks::new(rate.basis_points().into())
                .to_string()
                .replace('.', ","),
            Self::Day(day) => day.map(day_in_moscow).unwrap_or_default(),
        }
    }
}

/// The table as a file.
pub(super) fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> String {
    let header = header.iter().map(|title| Cell::text(*title)).collect();
    let mut file = MARK.to_owned();
    for row in std::iter::once(header).chain(rows) {
        let cells: Vec<_> = row.iter().map(Cell::written).collect();
        file.push_str(&cells.join(";"));
        file.push_str("\r\n");
    }
    file
}

fn harmless(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']);
    if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ';', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_table_is_read_by_spreadsheets_as_it_was_meant() {
        let rows = [vec![
            Cell::text("Магазин; «Ёж»"),
            Cell::text("он сказал \"да\""),
            Cell::Money(Kopecks::new(-99_000)),
            Cell::Money(Kopecks::new(123_450)),
            Cell::Rate(RateBp::new(1_250).unwrap()),
            Cell::Day(Instant::parse("2026-03-05T21:30:00Z")),
            Cell::Day(None),
        ]];
        assert_eq!(
            table(&["Продукт", "Сумма, ₽"], rows),
            "\u{feff}Продукт;Сумма, ₽\r\n\"Магазин; «Ёж»\";\"он сказал \"\"да\"\"\";-990,00;1234,50;12,50;06.03.2026;\r\n"
        );
    }

    #[test]
    fn a_text_that_begins_like_a_formula_is_a_text() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+7 999", "'+7 999"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\0=1", "'\0=1"),
            ("\r=1", "\"'\r=1\""),
            (
                "=HYPERLINK(\"http://x\";\"y\")",
                "\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\"",
            ),
            ("1=1", "1=1"),
            ("", ""),
        ] {
            assert_eq!(Cell::text(text).written(), written);
        }
    }

    proptest! {
        /// Whatever people are called, a row stays one row with its cells.
        #[test]
        fn no_text_leaves_its_cell(text in "\\PC{0,20}|[=+@;\"\r\n-]{0,8}") {
            let written = Cell::text(text.clone()).written();
            let inner = match written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                Some(inner) => inner.replace("\"\"", ""),
                None => written.clone(),
            };
            prop_assert!(!inner.contains('"'));
            if !written.starts_with('"') {
                prop_assert!(!written.contains([';', '\r', '\n']));
            }
            let shown = written.strip_prefix('"').unwrap_or(&written);
            prop_assert!(!shown.starts_with(['=', '+', '-', '@']));
        }
    }
}
