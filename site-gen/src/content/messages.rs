//! `content/<lang>/messages.toml`: the words of the interface.
//!
//! All languages have the same keys, or a page would render in one language and fail in another.

use minijinja::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

use super::notation::{toml_error, toml_errors};
use super::values::table_value;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::typeset;
use crate::markup::json_in_script;
use crate::source::SourceFile;

/// The words of one language.
#[derive(Debug, Clone)]
pub struct Messages {
    file: SourceFile,
    table: toml::Table,
    keys: BTreeMap<String, Key>,
}

#[derive(Debug, Clone)]
struct Key {
    range: Range<usize>,
    is_table: bool,
}

impl Messages {
    /// Where the words of a language lie.
    #[must_use]
    pub fn path(language: Language) -> String {
        format!("content/{language}/messages.toml")
    }

    /// Reads the words and sets them as texts are set; every syntax error is reported.
    pub fn parse(language: Language, file: &SourceFile) -> Result<Self, Vec<Diagnostic>> {
        let (spanned, broken) = DeTable::parse_recoverable(file.text());
        let mut errors = toml_errors(file, 0, &broken);
        let table = match file.text().parse() {
            Ok(table) if errors.is_empty() => set_table(language, table),
            Ok(_) => return Err(errors),
            Err(error) => {
                if errors.is_empty() {
                    errors.push(toml_error(file, 0, &error));
                }
                return Err(errors);
            }
        };
        let mut keys = BTreeMap::new();
        collect_keys(spanned.get_ref(), "", &mut keys);
        Ok(Self {
            file: file.clone(),
            table,
            keys,
        })
    }

    /// The words as templates see them.
    #[must_use]
    pub fn value(&self) -> Value {
        table_value(&self.table)
    }

    /// The table `script` as JSON that may stand inside a `<script>` element.
    #[must_use]
    pub fn script_json(&self) -> String {
        let json = self
            .table
            .get("script")
            .and_then(|script| serde_json::to_string(script).ok())
            .unwrap_or_else(|| "{}".to_owned());
        json_in_script(&json)
    }

    /// One word by its dotted key.
    pub fn word(&self, key: &str) -> Result<&str, Diagnostic> {
        let (first, rest) = key.split_once('.').unwrap_or((key, ""));
        rest.split('.')
            .filter(|part| !part.is_empty())
            .try_fold(self.table.get(first), |value, part| {
                Some(value.and_then(|value| value.get(part)))
            })
            .flatten()
            .and_then(toml::Value::as_str)
            .ok_or_else(|| {
                Diagnostic::about(self.file.path(), format!("the message `{key}` is missing"))
                    .help(format!("the generator needs it: {}", addition(key)))
            })
    }
}

fn set_table(language: Language, table: toml::Table) -> toml::Table {
    table
        .into_iter()
        .map(|(key, value)| {
            let set = match value {
                toml::Value::String(text) => toml::Value::String(typeset(language, &text)),
                toml::Value::Table(inner) => toml::Value::Table(set_table(language, inner)),
                other => other,
            };
            (key, set)
        })
        .collect()
}

/// What to add for a dotted key.
fn addition(key: &str) -> String {
    match key.rsplit_once('.') {
        Some((table, word)) => format!("add {word} = \"…\" below [{table}]"),
        None => format!("add {key} = \"…\""),
    }
}

fn collect_keys(table: &DeTable<'_>, prefix: &str, keys: &mut BTreeMap<String, Key>) {
    for (key, value) in table {
        let path = format!("{prefix}{}", key.get_ref());
        if let DeValue::Table(inner) = value.get_ref() {
            collect_keys(inner, &format!("{path}."), keys);
        }
        keys.insert(
            path,
            Key {
                range: key.span(),
                is_table: value.get_ref().is_table(),
            },
        );
    }
}

/// Compares the keys of all languages.
#[must_use]
pub fn compare(all: &BTreeMap<Language, Messages>) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    for here in all.values() {
        for there in all.values() {
            for (path, key) in &here.keys {
                errors.extend(compare_key(path, key, here, there));
            }
        }
    }
    errors
}

fn compare_key(path: &str, key: &Key, here: &Messages, there: &Messages) -> Option<Diagnostic> {
    let other = there.file.path();
    match there.keys.get(path) {
        None if parent_is_missing(path, there) => None,
        None => Some(
            Diagnostic::at(
                &here.file,
                key.range.clone(),
                format!("the message `{path}` is missing in {other}"),
            )
            .help(format!("add `{path}` to {other}, or take it out here")),
        ),
        Some(twin) if twin.is_table != key.is_table && key.is_table => Some(
            Diagnostic::at(
                &here.file,
                key.range.clone(),
                format!("`{path}` is a table here and a single message in {other}"),
            )
            .help("give both files the same shape"),
        ),
        Some(_) => None,
    }
}

/// A missing table is told once, not again for each of its keys.
fn parent_is_missing(path: &str, there: &Messages) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(parent, _)| !there.keys.get(parent).is_some_and(|key| key.is_table))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(language: Language, text: &str) -> Messages {
        Messages::parse(language, &SourceFile::new(Messages::path(language), text)).unwrap()
    }

    fn compared(russian: &str, english: &str) -> Vec<String> {
        let all = BTreeMap::from([
            (Language::Russian, messages(Language::Russian, russian)),
            (Language::English, messages(Language::English, english)),
        ]);
        compare(&all).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_word_is_found_by_its_dotted_key() {
        let words = messages(
            Language::Russian,
            "a = \"1\"\n[alert]\nnote = \"Заметка\"\n",
        );
        assert_eq!(words.word("a").unwrap(), "1");
        assert_eq!(words.word("alert.note").unwrap(), "Заметка");
        for missing in ["b", "alert", "alert.tip", "a.b", "alert.note.x"] {
            assert!(words.word(missing).is_err(), "{missing}");
        }
    }

    #[test]
    fn a_key_of_one_language_only_is_shown_where_it_stands_and_names_the_other_file() {
        let errors = compared("[login]\ntitle = \"Вход\"\n", "[login]\n");
        assert_eq!(
            errors,
            [
                "error: the message `login.title` is missing in content/en/messages.toml\n \
              --> content/ru/messages.toml:2:1\n  \
              |\n\
              2 | title = \"Вход\"\n  \
              | ^^^^^\n  \
              = help: add `login.title` to content/en/messages.toml, or take it out here\n"
            ]
        );
    }

    #[test]
    fn keys_are_compared_in_both_directions_and_a_missing_table_is_told_once() {
        for (russian, english, places) in [
            ("a = \"1\"", "a = \"2\"", &[][..]),
            ("", "a = \"2\"", &["content/en/messages.toml:1:1"]),
            (
                "[t]\na = \"1\"\nb = \"1\"",
                "",
                &["content/ru/messages.toml:1:2"],
            ),
            (
                "t = \"1\"",
                "[t]\na = \"1\"",
                &["content/en/messages.toml:1:2"],
            ),
        ] {
            let errors = compared(russian, english);
            assert_eq!(errors.len(), places.len(), "{errors:?}");
            for (error, place) in errors.iter().zip(places) {
                assert!(error.contains(place), "{error}");
            }
        }
    }

    #[test]
    fn words_are_set_as_texts_are_wherever_they_stand() {
        let words = messages(
            Language::Russian,
            "a = \"Вход в кабинет\"\n[script.b]\nc = \"До {date} - и дальше\"\n",
        );
        assert_eq!(words.word("a").unwrap(), "Вход в\u{a0}кабинет");
        let set = "До\u{a0}{date}\u{a0}— и\u{a0}дальше";
        assert_eq!(words.word("script.b.c").unwrap(), set);
        assert!(words.script_json().contains(set));
    }

    #[test]
    fn the_words_for_scripts_cannot_close_the_script_element() {
        let words = messages(Language::Russian, "[script]\na = \"</script>\"\n");
        assert_eq!(words.script_json(), "{\"a\":\"\\u003c/script>\"}");
        assert_eq!(messages(Language::Russian, "").script_json(), "{}");
    }

    #[test]
    fn every_syntax_error_is_reported_at_its_line() {
        let file = SourceFile::new("content/ru/messages.toml", "a = \nb = \"1\"\nc = x\n");
        let errors = Messages::parse(Language::Russian, &file).unwrap_err();
        let lines: Vec<_> = errors.iter().filter_map(Diagnostic::line).collect();
        assert_eq!(lines, [1, 3]);
    }
}
