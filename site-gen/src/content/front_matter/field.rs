//! One line of a front matter, whatever the notation: a key, a value, and where both stand.

use std::ops::Range;

use time::{Date, Month};

use crate::content::notation::{DATE, no_such_day};
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// A key with its value.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) key_range: Range<usize>,
    pub(super) value: Located,
}

/// A value and where it stands in the file.
#[derive(Debug)]
pub(super) struct Located {
    pub(super) value: Value,
    pub(super) range: Range<usize>,
}

/// A value as far as front matter needs values.
#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    Integer(i64),
    Flag(bool),
    Date(Date),
    List(Vec<Located>),
    /// Something that no key takes.
    Other,
}

impl Value {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) => "a whole number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Other => "something else",
        }
    }
}

impl Field {
    pub(crate) fn text(self, file: &SourceFile) -> Result<(String, Range<usize>), Diagnostic> {
        match self.value.value {
            Value::Text(text) => Ok((text, self.value.range)),
            _ => Err(self.expected(file, "a text")),
        }
    }

    pub(super) fn integer(self, file: &SourceFile) -> Result<i64, Diagnostic> {
        match self.value.value {
            Value::Integer(number) => Ok(number),
            _ => Err(self.expected(file, "a whole number")),
        }
    }

    pub(super) fn flag(self, file: &SourceFile) -> Result<bool, Diagnostic> {
        match self.value.value {
            Value::Flag(flag) => Ok(flag),
            _ => Err(self.expected(file, "true or false")),
        }
    }

    pub(super) fn date(self, file: &SourceFile) -> Result<(Date, Range<usize>), Diagnostic> {
        match &self.value.value {
            Value::Date(date) => Ok((*date, self.value.range)),
            // YAML has no dates of its own, and a date in quotes is as clear as one without.
            Value::Text(text) => match read_date(text) {
                Some(date) => Ok((date, self.value.range)),
                None => Err(match no_such_day(text) {
                    Some(message) => Diagnostic::at(file, self.value.range, message).help(DATE),
                    None => self.expected(file, "a date"),
                }),
            },
            _ => Err(self.expected(file, "a date")),
        }
    }

    pub(super) fn texts(
        self,
        file: &SourceFile,
    ) -> Result<Vec<(String, Range<usize>)>, Diagnostic> {
        let Value::List(items) = self.value.value else {
            return Err(self.expected(file, "a list of texts"));
        };
        items
            .into_iter()
            .map(|item| match item.value {
                Value::Text(text) => Ok((text, item.range)),
                other => Err(mismatch(file, item.range, &self.key, "texts", other.kind())),
            })
            .collect()
    }

    fn expected(&self, file: &SourceFile, wanted: &str) -> Diagnostic {
        let range = self.value.range.clone();
        mismatch(file, range, &self.key, wanted, self.value.value.kind())
    }
}

fn mismatch(
    file: &SourceFile,
    range: Range<usize>,
    key: &str,
    wanted: &str,
    found: &str,
) -> Diagnostic {
    let help = match wanted {
        "a date" => "a date is written like 2026-11-23, without quotes",
        "a whole number" => "a whole number is written in digits, without quotes",
        "true or false" => "write true or false, without quotes",
        "a list of texts" | "texts" => "a list of texts is written [\"…\", \"…\"]",
        _ => "a text stands in quotes",
    };
    let message = format!("`{key}` takes {wanted}, and this is {found}");
    Diagnostic::at(file, range, message).help(help)
}

/// A day as `2026-11-23`.
pub(super) fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: u8 = parts
        .next()
        .filter(|month| month.len() == 2)?
        .parse()
        .ok()?;
    let day = parts.next().filter(|day| day.len() == 2)?.parse().ok()?;
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}
