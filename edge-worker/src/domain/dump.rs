//! What Django's `manage.py dumpdata` writes: one array of objects of many kinds, read with the place of each.
//!
//! A row that cannot be understood does not spoil the others: it keeps its place and says why. Only a file that is no
//! such array at all is refused as a whole (docs.djangoproject.com, "Serializing Django objects", JSON).

use std::fmt;

use serde_json::{Deserializer, Map, Value};

/// Where a row begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which of the rows, from 1.
    pub row: usize,
    /// The line of the file, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "row {}, line {}", self.row, self.line)
    }
}

/// The file is not an array of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADump {
    /// The line where it stops being one, from 1.
    pub line: usize,
    /// The column there, in bytes from 1.
    pub column: usize,
}

/// A row: an object that Django stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its kind, such as `users.user`.
    pub model: String,
    /// Its primary key; `Null` when the dump was made without.
    pub key: Value,
    /// Everything else.
    pub fields: Map<String, Value>,
}

/// A row with its place; `None` when it is not an object with a model and fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it begins.
    pub place: Place,
    /// What it says.
    pub record: Option<Record>,
}

/// Reads the rows of a dump.
///
/// ```
/// use edge_worker::domain::dump;
///
/// let rows = dump::read("[\n{\"model\": \"users.user\", \"pk\": 1, \"fields\": {}}, 5]").unwrap();
/// assert_eq!(rows.len(), 2);
/// assert_eq!(rows[0].place.to_string(), "row 1, line 2");
/// assert!(rows[1].record.is_none());
/// ```
pub fn read(text: &str) -> Result<Vec<Row>, NotADump> {
    // Some editors put the mark of UTF-8 in front.
    let mut reader = Reader::over(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut rows = Vec::new();
    reader.take(b'[')?;
    if !reader.next_is(b']') {
        loop {
            rows.push(reader.row(rows.len().saturating_add(1))?);
            if !reader.next_is(b',') {
                break;
            }
            reader.take(b',')?;
        }
    }
    reader.take(b']')?;
    reader.end().map(|()| rows)
}

/// The text that is still to be read.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Reader<'a> {
    fn over(text: &'a str) -> Self {
        let mut reader = Self {
            rest: text,
            line: 1,
            column: 1,
        };
        reader.skip_space();
        reader
    }

    fn row(&mut self, row: usize) -> Result<Row, NotADump> {
        let place = Place {
            row,
            line: self.line,
        };
        let mut values = Deserializer::from_str(self.rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                self.skip(values.byte_offset());
                self.skip_space();
                Ok(Row {
                    place,
                    record: into_record(value),
                })
            }
            Some(Err(error)) => Err(self.fault_at(error.line(), error.column())),
            None => Err(self.fault()),
        }
    }

    fn next_is(&self, byte: u8) -> bool {
        self.rest.as_bytes().first() == Some(&byte)
    }

    fn take(&mut self, byte: u8) -> Result<(), NotADump> {
        if !self.next_is(byte) {
            return Err(self.fault());
        }
        self.skip(1);
        self.skip_space();
        Ok(())
    }

    fn end(&self) -> Result<(), NotADump> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    fn skip_space(&mut self) {
        let behind = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.skip(self.rest.len().saturating_sub(behind.len()));
    }

    fn skip(&mut self, bytes: usize) {
        let (read, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        for byte in read.bytes() {
            if byte == b'\n' {
                self.line = self.line.saturating_add(1);
                self.column = 1;
            } else {
                self.column = self.column.saturating_add(1);
            }
        }
        self.rest = rest;
    }

    const fn fault(&self) -> NotADump {
        NotADump {
            line: self.line,
            column: self.column,
        }
    }

    /// A fault at a line and a column that were counted from here on.
    const fn fault_at(&self, line: usize, column: usize) -> NotADump {
        let before = if line <= 1 {
            self.column.saturating_sub(1)
        } else {
            0
        };
        NotADump {
            line: self.line.saturating_add(line).saturating_sub(1),
            column: before.saturating_add(column),
        }
    }
}

fn into_record(value: Value) -> Option<Record> {
    let Value::Object(mut object) = value else {
        return None;
    };
    let (Value::String(model), Value::Object(fields)) =
        (object.remove("model")?, object.remove("fields")?)
    else {
        return None;
    };
    Some(Record {
        model,
        key: object.remove("pk").unwrap_or_default(),
        fields,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_are_read_with_their_places() {
        let text = "\u{feff}[\n  {\"model\": \"a.b\", \"pk\": 7,\n   \"fields\": {\"x\": 1}},\n\n {\"pk\": 1}\n, null ]\n";
        let rows = read(text).unwrap();
        let places: Vec<_> = rows
            .iter()
            .map(|row| (row.place.row, row.place.line))
            .collect();
        assert_eq!(places, [(1, 2), (2, 5), (3, 6)]);
        let record = rows[0].record.as_ref().unwrap();
        assert_eq!((record.model.as_str(), &record.key), ("a.b", &7.into()));
        assert_eq!(record.fields["x"], 1);
        assert_eq!((&rows[1].record, &rows[2].record), (&None, &None));
        assert_eq!(read(" [ ] "), Ok(vec![]));
    }

    #[test]
    fn a_file_that_is_no_array_says_where_it_stops_being_one() {
        for (text, line, column) in [
            ("", 1, 1),
            ("{}", 1, 1),
            ("[", 1, 2),
            ("[{\"a\": 1}", 1, 10),
            ("[{},]", 1, 5),
            ("[{}\n {}]", 2, 2),
            ("[{}] 1", 1, 6),
            ("[\n  {\"a\": tru}]", 2, 12),
            ("[1, {\"a\":\n nope}]", 2, 3),
        ] {
            assert_eq!(read(text), Err(NotADump { line, column }), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_read_or_refused(text in any::<String>(), signs in "[\\[\\]{},:\"a1 \n]{0,60}") {
            let _ = read(&text);
            let _ = read(&signs);
        }

        #[test]
        fn as_many_rows_are_read_as_were_written(rows in proptest::collection::vec("[a-z]{1,8}", 0..6)) {
            let values: Vec<_> = rows
                .iter()
                .map(|model| serde_json::json!({"model": model, "pk": 1, "fields": {}}))
                .collect();
            for text in [serde_json::to_string(&values), serde_json::to_string_pretty(&values)] {
                let read = read(&text.unwrap()).unwrap();
                let models: Vec<_> = read.into_iter().map(|row| row.record.unwrap().model).collect();
                prop_assert_eq!(&models, &rows);
            }
        }
    }
}
