//! What a link can lead to, and a note of everything that was looked up.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::{Catalog, Key, View};
use crate::content::{PageId, PagePath};
use crate::language::Language;

/// The pages and files of the site, looked up for one page.
#[derive(Debug)]
pub(super) struct Lookup<'a> {
    catalog: &'a Catalog,
    files: &'a BTreeSet<String>,
    reads: BTreeSet<Key>,
}

impl<'a> Lookup<'a> {
    pub(super) const fn new(catalog: &'a Catalog, files: &'a BTreeSet<String>) -> Self {
        Self {
            catalog,
            files,
            reads: BTreeSet::new(),
        }
    }

    /// The page with this source file below the language's folder.
    pub(super) fn page(&mut self, language: Language, file: &str) -> Option<&'a Arc<View>> {
        let id = PageId::new(language, PagePath::from_file(file).ok()?);
        let found = self.catalog.page(&id);
        self.reads.insert(Key::Page(id));
        found
    }

    /// Whether the page is there, but unfinished and therefore not published.
    pub(super) fn is_draft(&self, language: Language, file: &str) -> bool {
        PagePath::from_file(file)
            .is_ok_and(|path| self.catalog.is_left_out(&PageId::new(language, path)))
    }

    /// The page at an address.
    pub(super) fn page_at(&mut self, address: &str) -> Option<&'a Arc<View>> {
        let found = self.catalog.at_address(address)?;
        self.reads.insert(Key::Page(found.id.clone()));
        Some(found)
    }

    /// The page that lists the terms.
    pub(super) fn glossary(&mut self, language: Language) -> Option<&'a Arc<View>> {
        self.reads.insert(Key::Glossary(language));
        let id = self.catalog.glossary(language)?;
        self.reads.insert(Key::Page(id.clone()));
        self.catalog.page(id)
    }

    /// Whether a file that is copied as it is has this address.
    pub(super) fn has_file(&self, address: &str) -> bool {
        self.files.contains(address)
    }

    /// The source files of a language, for suggestions.
    pub(super) fn page_files(&self, language: Language) -> Vec<String> {
        let pages = self.catalog.pages_of(language);
        pages.map(|view| view.id.path.file()).collect()
    }

    /// All addresses, for suggestions.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        let pages = self.catalog.pages().map(|view| &*view.address);
        pages.chain(self.files())
    }

    /// The addresses of files, for suggestions.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// What was looked up.
    pub(super) fn into_reads(self) -> BTreeSet<Key> {
        self.reads
    }
}
