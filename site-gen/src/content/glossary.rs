//! `content/<lang>/glossary.toml`: the terms that texts explain.
//!
//! ```toml
//! [terms.jwt]
//! title = "JWT"
//! text = "A signed note that says who has signed in."
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

use super::notation::toml_error;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::source::SourceFile;

/// The terms of one language, by key.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    terms: BTreeMap<String, Term>,
}

/// A word and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word as it is shown.
    pub title: String,
    /// What it means, in plain text.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    terms: BTreeMap<String, Term>,
}

impl Glossary {
    /// Where the terms of a language lie.
    #[must_use]
    pub fn path(language: Language) -> String {
        format!("content/{language}/glossary.toml")
    }

    /// Reads the terms.
    pub fn parse(file: &SourceFile) -> Result<Self, Diagnostic> {
        let written: Written =
            toml::from_str(file.text()).map_err(|error| toml_error(file, 0, &error))?;
        let is_key = |key: &str| {
            !key.is_empty()
                && key.chars().all(|letter| {
                    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
                })
        };
        if let Some(key) = written.terms.keys().find(|key| !is_key(key)) {
            let start = file.text().find(key.as_str()).unwrap_or(0);
            let message = format!("`{key}` cannot be part of an address");
            return Err(Diagnostic::at(file, start..start + key.len(), message)
                .help("keys of terms are made of small Latin letters, digits and `-`"));
        }
        Ok(Self {
            terms: written.terms,
        })
    }

    /// The term with this key.
    #[must_use]
    pub fn term(&self, key: &str) -> Option<&Term> {
        self.terms.get(key)
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.terms.keys().map(String::as_str)
    }

    /// The terms with their keys in the order of the dictionary: `ё` stands with `е`.
    #[must_use]
    pub fn sorted(&self) -> Vec<(&str, &Term)> {
        let mut terms: Vec<_> = self
            .terms
            .iter()
            .map(|(key, term)| (key.as_str(), term))
            .collect();
        terms.sort_by_cached_key(|(key, term)| {
            (
                term.title.to_lowercase().replace('ё', "е"),
                (*key).to_owned(),
            )
        });
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Glossary, String> {
        let file = SourceFile::new("content/ru/glossary.toml", text);
        Glossary::parse(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn terms_stand_in_the_order_of_the_dictionary() {
        let glossary = parse(
            "[terms.a]\ntitle = \"Яблоко\"\ntext = \"1\"\n[terms.b]\ntitle = \"ёлка\"\ntext = \"2\"\n\
             [terms.c]\ntitle = \"Жук\"\ntext = \"3\"\n",
        )
        .unwrap();
        let keys: Vec<_> = glossary.sorted().iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["b", "c", "a"]);
        assert_eq!(glossary.term("c").unwrap().title, "Жук");
    }

    #[test]
    fn mistakes_are_shown_at_their_places() {
        for (text, place) in [
            ("[terms.a]\ntitle = \"A\"\n", "glossary.toml:1:1"),
            (
                "[terms.a]\ntitle = \"A\"\ntext = \"B\"\ntetx = \"\"\n",
                "glossary.toml:4:1",
            ),
            (
                "[terms.\"Я\"]\ntitle = \"A\"\ntext = \"B\"\n",
                "glossary.toml:1:9",
            ),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(place), "{text}: {error}");
        }
    }
}
