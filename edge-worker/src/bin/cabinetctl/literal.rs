//! Values as SQL text: the one place where they are written, because Wrangler takes SQL without values to bind.
//!
//! A text is written in quotes only when it is a plain word; anything else goes as the hexadecimal digits of its bytes.
//! Quotes alone would hold SQLite, but not what lies before it: Wrangler cuts `BEGIN TRANSACTION;` and `COMMIT;` out of
//! the SQL wherever they stand, and SQLite reads SQL up to the first NUL.

use std::fmt::Write as _;

use edge_worker::store::{DatabaseError, SqlValue, Statement};

/// The statements one after the other, with their values in them.
pub(crate) fn script(statements: &[Statement]) -> Result<String, DatabaseError> {
    let texts: Vec<_> = statements
        .iter()
        .map(with_literals)
        .collect::<Result<_, _>>()?;
    Ok(texts.join(";\n"))
}

/// The statement with its values in the places of `?1`, `?2`, …
fn with_literals(statement: &Statement) -> Result<String, DatabaseError> {
    let mut text = String::new();
    let mut rest = statement.sql.trim();
    while let Some((before, after)) = rest.split_once('?') {
        let digits = after
            .len()
            .saturating_sub(after.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        let (number, behind) = after.split_at(digits);
        let value = number
            .parse::<usize>()
            .ok()
            .and_then(|number| statement.values.get(number.checked_sub(1)?));
        text.push_str(before);
        // Nothing in its place would erase data in an UPDATE.
        let value = value
            .ok_or_else(|| DatabaseError(format!("a statement has no value for ?{number}")))?;
        text.push_str(&literal(value));
        rest = behind;
    }
    text.push_str(rest);
    Ok(text)
}

fn literal(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => "NULL".to_owned(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Text(text) if text.bytes().all(is_plain) => format!("'{text}'"),
        SqlValue::Text(text) => hexadecimal(text),
    }
}

/// Signs that mean nothing to anybody on the way: those of hashes, addresses, numbers and ids.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"@._+$=/:".contains(&byte)
}

fn hexadecimal(text: &str) -> String {
    let digits = text.bytes().fold(String::new(), |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    format!("CAST(x'{digits}' AS TEXT)")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    /// What SQLite reads where the text was written.
    fn read_back(text: &str) -> String {
        let statement = Statement::new("SELECT ?1", [text.into()]);
        Connection::open_in_memory()
            .unwrap()
            .query_row(&with_literals(&statement).unwrap(), [], |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn every_value_stands_in_the_place_of_its_number() {
        let values: [SqlValue; 3] = ["pbkdf2_sha256$1$s$a+b/c=".into(), 7.into(), SqlValue::Null];
        let statement = Statement::new(
            "UPDATE t SET a = ?1, b = ?3 WHERE id = ?2 OR d = ?1",
            values,
        );
        assert_eq!(
            with_literals(&statement).unwrap(),
            "UPDATE t SET a = 'pbkdf2_sha256$1$s$a+b/c=', b = NULL WHERE id = 7 \
             OR d = 'pbkdf2_sha256$1$s$a+b/c='"
        );
    }

    #[test]
    fn a_text_that_means_something_on_the_way_does_not_show() {
        for text in [
            "O'Neil'; DROP TABLE users; --",
            "BEGIN TRANSACTION;COMMIT;",
            "?2",
            "/* a comment",
            "a\u{0}b",
            "line\r\nline",
        ] {
            let written = literal(&text.into());
            let rest = written
                .strip_prefix("CAST(x'")
                .and_then(|rest| rest.strip_suffix("' AS TEXT)"))
                .unwrap();
            assert!(rest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{rest}");
            assert_eq!(read_back(text), text);
        }
    }

    #[test]
    fn a_missing_value_stops_the_statement_before_it_erases_anything() {
        for sql in ["UPDATE t SET a = ?1, b = ?10", "SELECT ?", "SELECT ?0"] {
            let statement = Statement::new(sql, [SqlValue::Null]);
            let refused = with_literals(&statement).unwrap_err();
            assert!(refused.0.contains("no value for ?"), "{sql}");
        }
    }

    proptest! {
        #[test]
        fn any_text_survives_the_way_through_sqlite(text in any::<String>()) {
            prop_assert_eq!(read_back(&text), text);
        }

        #[test]
        fn any_text_of_the_signs_of_sql_survives_it_too(text in "['\"`;?\\-/*\\\\\u{0}\n\r\u{1F40E}a1 ]{0,40}") {
            prop_assert_eq!(read_back(&text), text);
        }

        #[test]
        fn any_number_survives_it(number: i64) {
            let statement = Statement::new("SELECT ?1", [number.into()]);
            let read: i64 = Connection::open_in_memory()
                .unwrap()
                .query_row(&with_literals(&statement).unwrap(), [], |row| row.get(0))
                .unwrap();
            prop_assert_eq!(read, number);
        }
    }
}
