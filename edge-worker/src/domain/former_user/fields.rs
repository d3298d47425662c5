//! The fields of a row of Django's, each read as what it ought to be.

use serde_json::{Map, Value};

use super::RowRefused;
use crate::domain::time::Instant;

/// The fields of a row. What is missing and what is null are the same.
pub(in crate::domain) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(in crate::domain) const fn of(fields: &'a Map<String, Value>) -> Self {
        Self(fields)
    }

    /// A text of at most so many characters; `None` also when there is nothing but spaces in it.
    pub(in crate::domain) fn text(
        &self,
        name: &'static str,
        max_chars: usize,
    ) -> Result<Option<&'a str>, RowRefused> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) if text.chars().count() <= max_chars => Ok(Some(text)),
            Some(_) => Err(RowRefused::Unfit(name)),
        }
    }

    /// A text that must be there; it may be empty.
    pub(in crate::domain) fn required_text(
        &self,
        name: &'static str,
        max_chars: usize,
    ) -> Result<&'a str, RowRefused> {
        if self.get(name).is_none() {
            return Err(RowRefused::Missing(name));
        }
        self.text(name, max_chars).map(Option::unwrap_or_default)
    }

    /// A flag.
    pub(in crate::domain) fn flag(&self, name: &'static str) -> Result<Option<bool>, RowRefused> {
        self.read(name, Value::as_bool)
    }

    /// A whole number.
    pub(in crate::domain) fn number(&self, name: &'static str) -> Result<Option<i64>, RowRefused> {
        self.read(name, Value::as_i64)
    }

    /// A date with time; one without a time zone, as Django writes them with `USE_TZ = False`, is taken as UTC.
    pub(in crate::domain) fn instant(
        &self,
        name: &'static str,
    ) -> Result<Option<Instant>, RowRefused> {
        self.read(name, |value| {
            let text = value.as_str()?;
            Instant::parse(text).or_else(|| Instant::parse(&format!("{text}Z")))
        })
    }

    fn read<T>(
        &self,
        name: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, RowRefused> {
        self.get(name)
            .map(|value| read(value).ok_or(RowRefused::Unfit(name)))
            .transpose()
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }
}
