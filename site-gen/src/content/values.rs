//! `content/<name>.toml`: values that texts and templates use by the name of their file, so that no figure is written
//! twice.
//!
//! `content/prices.toml` with `month = 99000` is `{{ prices.month }}`. The values of `content/site.toml` stand under
//! `[site]`.

use std::collections::BTreeMap;

use minijinja::Value;

use super::notation::toml_error;
use super::settings::Settings;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// What templates and texts already use for something else.
const RESERVED: [&str; 28] = [
    "and",
    "debug",
    "dict",
    "else",
    "false",
    "feed_address",
    "if",
    "in",
    "include",
    "is",
    "lang",
    "live_reload",
    "loop",
    "messages_json",
    "namespace",
    "none",
    "not",
    "or",
    "page",
    "pages",
    "range",
    "search_index",
    "section",
    "section_index",
    "self",
    "social_picture",
    "t",
    "true",
];

/// The values of all files, by name.
#[derive(Debug, Clone, Default)]
pub struct Values(BTreeMap<String, Entry>);

#[derive(Debug, Clone)]
struct Entry {
    file: SourceFile,
    value: Value,
}

impl Values {
    /// Reads the files. A file that is wrong is an error and has no values.
    #[must_use]
    pub fn parse<'a>(files: impl IntoIterator<Item = &'a SourceFile>) -> (Self, Vec<Diagnostic>) {
        let mut values = Self::default();
        let mut errors = Vec::new();
        for file in files {
            let path = file.path();
            let name = name_of(&path);
            match read(file, name) {
                Ok(value) => {
                    let file = file.clone();
                    values.0.insert(name.to_owned(), Entry { file, value });
                }
                Err(error) => errors.push(error),
            }
        }
        (values, errors)
    }

    /// The values of one file.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).map(|entry| &entry.value)
    }

    /// The file with this name, for errors.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&SourceFile> {
        self.0.get(name).map(|entry| &entry.file)
    }

    /// All values with their names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0
            .iter()
            .map(|(name, entry)| (name.as_str(), &entry.value))
    }
}

fn name_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn read(file: &SourceFile, name: &str) -> Result<Value, Diagnostic> {
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if !is_name {
        return Err(Diagnostic::about(
            file.path(),
            format!("texts cannot use values under the name `{name}`"),
        )
        .help("rename the file: small Latin letters, digits and `_`, a letter first"));
    }
    if RESERVED.contains(&name) {
        return Err(Diagnostic::about(
            file.path(),
            format!("the name `{name}` already means something else in texts and templates"),
        )
        .help("rename the file"));
    }
    let table: toml::Table = file
        .text()
        .parse()
        .map_err(|error| toml_error(file, 0, &error))?;
    let is_site = *file.path() == *Settings::FILE;
    match table.get("site").and_then(toml::Value::as_table) {
        Some(site) if is_site => Ok(table_value(site)),
        _ => Ok(table_value(&table)),
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(path: &str, text: &str) -> (Values, Vec<String>) {
        let (values, errors) = Values::parse(&[SourceFile::new(path, text)]);
        (values, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_file_is_a_value_by_its_name_and_the_site_stands_under_its_table() {
        for (path, text, name) in [
            ("content/prices.toml", "x = 1", "prices"),
            ("content/partner_terms.toml", "x = 1", "partner_terms"),
            ("content/site.toml", "[site]\nx = 1", "site"),
        ] {
            let (values, errors) = parse(path, text);
            assert_eq!(errors, [""; 0]);
            let value = values.get(name).unwrap().get_attr("x").unwrap();
            assert_eq!(value, Value::from(1));
            assert_eq!(&*values.file(name).unwrap().path(), path);
        }
    }

    #[test]
    fn names_that_no_text_could_use_are_refused_with_the_cure() {
        for (path, message) in [
            ("content/page.toml", "the name `page` already means"),
            ("content/t.toml", "the name `t` already means"),
            ("content/Prices.toml", "under the name `Prices`"),
            (
                "content/partner-terms.toml",
                "under the name `partner-terms`",
            ),
            ("content/1.toml", "under the name `1`"),
        ] {
            let (values, errors) = parse(path, "");
            assert_eq!(values.iter().count(), 0);
            assert!(errors[0].contains(message), "{}", errors[0]);
            assert!(errors[0].contains("rename the file"), "{}", errors[0]);
        }
    }

    #[test]
    fn broken_toml_is_shown_at_its_place() {
        let (_, errors) = parse("content/prices.toml", "a = 1\nb = x\n");
        assert!(
            errors[0].contains("content/prices.toml:2:5"),
            "{}",
            errors[0]
        );
    }
}
