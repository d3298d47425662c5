//! The values that all pages of the site share.

use std::collections::BTreeMap;

use minijinja::Value;

use crate::BuildMode;
use crate::language::Language;
use crate::machines::Publisher;
use crate::parse::Commons;

/// Computed once for all pages.
#[derive(Debug)]
pub(super) struct SharedValues {
    pub(super) base_url: String,
    /// The values of `content/*.toml`, by name.
    pub(super) values: BTreeMap<String, Value>,
    pub(super) live_reload: bool,
    languages: BTreeMap<Language, Words>,
    brand: String,
    support_email: String,
    edit_url: String,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) all: Value,
    /// Those of the scripts, as JSON.
    pub(super) of_scripts: Value,
}

impl SharedValues {
    pub(super) fn new(commons: &Commons, mode: BuildMode) -> Self {
        let languages = commons.messages.iter().map(|(language, messages)| {
            let words = Words {
                all: messages.value(),
                of_scripts: Value::from_safe_string(messages.script_json()),
            };
            (*language, words)
        });
        let site = commons.settings.value();
        let word = |key: &str| {
            let value = site.get_attr(key).ok();
            let text = value.as_ref().and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        Self {
            base_url: commons.settings.base_url().to_owned(),
            values: commons
                .values
                .iter()
                .map(|(name, value)| (name.to_owned(), value.clone()))
                .collect(),
            live_reload: mode == BuildMode::Preview,
            languages: languages.collect(),
            brand: word("brand"),
            support_email: word("support_email"),
            edit_url: word("edit_url"),
        }
    }

    pub(super) fn words(&self, language: Language) -> Option<&Words> {
        self.languages.get(&language)
    }

    pub(super) fn publisher(&self) -> Publisher<'_> {
        Publisher {
            base_url: &self.base_url,
            brand: &self.brand,
            support_email: &self.support_email,
        }
    }

    /// An address on the site with its origin.
    pub(super) fn url(&self, address: &str) -> String {
        format!("{}{address}", self.base_url)
    }

    /// Where a source file can be edited, if the settings say so: `edit_url` with the file's path after it.
    pub(super) fn edit_url(&self, source: &str) -> String {
        if self.edit_url.is_empty() {
            return String::new();
        }
        format!("{}/{source}", self.edit_url.trim_end_matches('/'))
    }
}
