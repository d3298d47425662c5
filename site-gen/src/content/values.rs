//! TOML for people, values for templates.

use minijinja::Value;

/// A TOML value as templates see it. Dates become text.
pub fn template_value(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(flag) => Value::from(*flag),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(items) => items.iter().map(template_value).collect(),
        toml::Value::Table(table) => table_value(table),
    }
}

/// A TOML table as templates see it.
pub(super) fn table_value(table: &toml::Table) -> Value {
    Value::from_pairs(
        table
            .iter()
            .map(|(key, value)| (key.as_str(), template_value(value))),
    )
}
