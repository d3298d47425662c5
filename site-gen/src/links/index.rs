//! All addresses of the site.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::{Page, PagePath};
use crate::language::Language;
use crate::theme::StaticFile;

/// What a link can lead to.
#[derive(Debug, Clone)]
pub(super) struct Index {
    sources: BTreeMap<Language, BTreeMap<String, PagePath>>,
    addresses: BTreeSet<String>,
    files: BTreeSet<String>,
    glossaries: BTreeMap<Language, String>,
}

impl Index {
    /// Lists the pages and the files that are copied as they are.
    pub(super) fn new(pages: &[Page], files: &[StaticFile]) -> Self {
        let mut index = Self {
            sources: BTreeMap::new(),
            addresses: BTreeSet::new(),
            files: files.iter().map(|file| format!("/{}", file.path)).collect(),
            glossaries: BTreeMap::new(),
        };
        for page in pages {
            if page.body.has_glossary {
                let address = page.address();
                index.glossaries.entry(page.language).or_insert(address);
            }
            index.addresses.insert(page.address());
            index
                .sources
                .entry(page.language)
                .or_default()
                .insert(page.path.file(), page.path.clone());
        }
        index
    }

    /// The page with this source file.
    pub(super) fn page(&self, language: Language, file: &str) -> Option<&PagePath> {
        self.sources.get(&language)?.get(file)
    }

    /// The address of the page that lists the terms.
    pub(super) fn glossary(&self, language: Language) -> Option<&str> {
        self.glossaries.get(&language).map(String::as_str)
    }

    /// The source files of a language.
    pub(super) fn page_files(&self, language: Language) -> impl Iterator<Item = &str> {
        self.sources
            .get(&language)
            .into_iter()
            .flat_map(|files| files.keys().map(String::as_str))
    }

    /// Whether a page has this address.
    pub(super) fn has_page_address(&self, address: &str) -> bool {
        self.addresses.contains(address)
    }

    /// Whether a file that is copied as it is has this address.
    pub(super) fn has_file(&self, address: &str) -> bool {
        self.files.contains(address)
    }

    /// All addresses.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.addresses.iter().chain(&self.files).map(String::as_str)
    }

    /// The addresses of files.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }
}
