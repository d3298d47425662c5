//! The whole database as a text: one line of JSON that says what follows, then one line a row.
//!
//! The first line counts the rows of every table, so that a file that was cut is not taken for a whole one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::time::Instant;

/// A row: its columns by name.
pub type ArchivedRow = Map<String, Value>;

/// What was in a database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// The tables with their rows.
    pub tables: BTreeMap<String, Vec<ArchivedRow>>,
    /// The last numbers of tables that never give a number twice.
    pub sequences: BTreeMap<String, i64>,
}

/// Why a text is no archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveRefused {
    /// The first line is not that of an archive, or of one that this program knows.
    NotAnArchive,
    /// A line, counted from 1, cannot be read.
    UnreadableLine(usize),
    /// Rows are missing, or there are more than there should be.
    WrongCount,
}

#[derive(Deserialize, Serialize)]
struct Head {
    archive: String,
    format: u32,
    exported_at: String,
    rows: BTreeMap<String, usize>,
    sequences: BTreeMap<String, i64>,
}

const NAME: &str = "miniapp.expert cabinet";
const FORMAT: u32 = 1;

impl Archive {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.tables.values().map(Vec::len).sum()
    }

    /// The text.
    #[must_use]
    pub fn to_lines(&self, exported_at: Instant) -> String {
        let head = Head {
            archive: NAME.to_owned(),
            format: FORMAT,
            exported_at: exported_at.to_string(),
            rows: self.counts(),
            sequences: self.sequences.clone(),
        };
        let mut text = serde_json::to_value(head).unwrap_or_default().to_string();
        text.push('\n');
        for (table, rows) in &self.tables {
            for row in rows {
                // Writing to a String cannot fail.
                let row = Value::Array(vec![table.as_str().into(), row.clone().into()]);
                let _ = writeln!(text, "{row}");
            }
        }
        text
    }

    /// Reads the text.
    pub fn read(text: &str) -> Result<Self, ArchiveRefused> {
        let mut lines = text.lines().enumerate();
        let head: Head = lines
            .next()
            .and_then(|(_, line)| serde_json::from_str(line).ok())
            .filter(|head: &Head| head.archive == NAME && head.format == FORMAT)
            .ok_or(ArchiveRefused::NotAnArchive)?;
        let mut archive = Self {
            tables: BTreeMap::new(),
            sequences: head.sequences,
        };
        for (index, line) in lines {
            let (table, row): (String, ArchivedRow) = serde_json::from_str(line)
                .map_err(|_| ArchiveRefused::UnreadableLine(index.saturating_add(1)))?;
            archive.tables.entry(table).or_default().push(row);
        }
        let expected = head.rows.into_iter().filter(|(_, count)| *count > 0);
        if archive.counts() == expected.collect() {
            Ok(archive)
        } else {
            Err(ArchiveRefused::WrongCount)
        }
    }

    fn counts(&self) -> BTreeMap<String, usize> {
        self.tables
            .iter()
            .map(|(table, rows)| (table.clone(), rows.len()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn archive() -> Archive {
        let row = |id: i64, name: &str| {
            json!({"id": id, "name": name, "phone": null})
                .as_object()
                .unwrap()
                .clone()
        };
        let users = vec![
            row(1, "Анна\n\u{2028}COMMIT;\u{0}"),
            row(9_007_199_254_740_991, ""),
        ];
        Archive {
            tables: [
                ("users".to_owned(), users),
                ("audit".to_owned(), vec![row(1, "x")]),
            ]
            .into(),
            sequences: [("users".to_owned(), 7)].into(),
        }
    }

    #[test]
    fn an_archive_survives_its_text() {
        let text = archive().to_lines(Instant::from_millis(0));
        assert_eq!(text.lines().count(), 4);
        assert_eq!(Archive::read(&text), Ok(archive()));
        assert_eq!(archive().rows(), 3);
    }

    #[test]
    fn an_empty_table_is_as_good_as_none() {
        let mut with_empty = archive();
        with_empty.tables.insert("payouts".to_owned(), Vec::new());
        let text = with_empty.to_lines(Instant::from_millis(0));
        assert_eq!(Archive::read(&text), Ok(archive()));
    }

    #[test]
    fn what_was_cut_or_is_something_else_is_refused() {
        let text = archive().to_lines(Instant::from_millis(0));
        let lines: Vec<&str> = text.lines().collect();
        let cut = lines[..3].join("\n");
        let longer = format!("{text}{}", lines[3]);
        let torn = &text[..text.len() - 4];
        let of_another_format = text.replacen("\"format\":1", "\"format\":2", 1);
        for (text, expected) in [
            (cut.as_str(), ArchiveRefused::WrongCount),
            (&longer, ArchiveRefused::WrongCount),
            (torn, ArchiveRefused::UnreadableLine(4)),
            (&of_another_format, ArchiveRefused::NotAnArchive),
            ("", ArchiveRefused::NotAnArchive),
            ("[]", ArchiveRefused::NotAnArchive),
            ("INSERT INTO users", ArchiveRefused::NotAnArchive),
        ] {
            assert_eq!(Archive::read(text), Err(expected), "{text}");
        }
    }
}
