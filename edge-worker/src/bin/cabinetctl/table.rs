//! Tables for people to read in a terminal.

use std::time::Duration;

use edge_worker::domain::time::Instant;

/// Rows under their heads, every column as wide as its widest cell.
pub(crate) fn aligned<const COLUMNS: usize>(
    head: [&str; COLUMNS],
    rows: &[[String; COLUMNS]],
) -> String {
    let head = head.map(str::to_owned);
    let all: Vec<&[String; COLUMNS]> = std::iter::once(&head).chain(rows).collect();
    let width = |column: usize| {
        all.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    let lines: Vec<String> = all
        .iter()
        .map(|row| {
            let padded: Vec<_> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:width$}"))
                .collect();
            padded.join("  ").trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

/// The day of an instant, UTC: lists are read by people.
pub(crate) fn day(instant: Instant) -> String {
    let text = instant.to_string();
    text.split('T').next().unwrap_or_default().to_owned()
}

/// The day of an instant in Moscow, where the books are kept.
pub(crate) fn day_in_moscow(instant: Instant) -> String {
    day(moscow(instant))
}

/// The minute of an instant in Moscow.
pub(crate) fn moment(instant: Instant) -> String {
    let text = moscow(instant).to_string();
    match text.split_once('T') {
        Some((day, time)) => format!("{day} {} MSK", time.get(..5).unwrap_or_default()),
        None => text,
    }
}

/// The instant whose text in UTC is the one that a clock in Moscow shows.
fn moscow(instant: Instant) -> Instant {
    instant.plus(Duration::from_hours(3))
}

/// A cell for what may be missing.
pub(crate) fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_books_begins_at_midnight_in_moscow() {
        let late = Instant::from_millis(1_772_746_200_250);
        assert_eq!(
            (day(late), day_in_moscow(late)),
            ("2026-03-05".to_owned(), "2026-03-06".to_owned())
        );
    }

    #[test]
    fn a_moment_is_told_to_the_minute() {
        assert_eq!(
            moment(Instant::from_millis(1_772_746_200_250)),
            "2026-03-06 00:30 MSK"
        );
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_lines_end_with_a_word() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned);
        let rows = [row(["Ёж", "1"]), row(["Конструктор", ""])];
        assert_eq!(
            aligned(["Name", "Count"], &rows),
            "Name         Count\nЁж           1\nКонструктор"
        );
    }
}
