//! A front matter in TOML, read into fields.

use std::ops::Range;

use time::{Date, Month};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, value::Datetime};

use super::field::{Field, Located, Value};
use crate::content::notation::toml_errors;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// Reads the fields of a header that stands at `range` of the file; every syntax error is reported.
pub(super) fn read(file: &SourceFile, range: &Range<usize>) -> Result<Vec<Field>, Vec<Diagnostic>> {
    let header = file.text().get(range.clone()).unwrap_or_default();
    let (table, broken) = DeTable::parse_recoverable(header);
    if !broken.is_empty() {
        return Err(toml_errors(file, range.start, &broken));
    }
    let shift = |span: Range<usize>| range.start + span.start..range.start + span.end;
    let mut fields: Vec<_> = table
        .into_inner()
        .into_iter()
        .map(|(key, value)| Field {
            key_range: shift(key.span()),
            key: key.into_inner().into_owned(),
            value: locate(value, range.start),
        })
        .collect();
    fields.sort_by_key(|field| field.key_range.start);
    Ok(fields)
}

fn locate(value: Spanned<DeValue<'_>>, offset: usize) -> Located {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other, Value::Integer),
        DeValue::Datetime(moment) => day(moment).map_or(Value::Other, Value::Date),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| locate(item, offset)).collect())
        }
        DeValue::Float(_) | DeValue::Table(_) => Value::Other,
    };
    Located {
        value,
        range: offset + span.start..offset + span.end,
    }
}

/// A date without a time of day.
fn day(moment: Datetime) -> Option<Date> {
    let date = moment.date.filter(|_| moment.time.is_none())?;
    let month = Month::try_from(date.month).ok()?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
}
