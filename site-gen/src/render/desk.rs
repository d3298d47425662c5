//! The catalogue as one page reads it, with a note of everything that was read.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{Catalog, Key, Section, View};
use crate::content::PageId;
use crate::language::Language;

/// What a template looks up while it renders one page.
#[derive(Debug)]
pub(super) struct Desk {
    catalog: Arc<Catalog>,
    reads: Mutex<BTreeSet<Key>>,
}

impl Desk {
    pub(super) fn new(catalog: &Arc<Catalog>) -> Arc<Self> {
        Arc::new(Self {
            catalog: Arc::clone(catalog),
            reads: Mutex::default(),
        })
    }

    /// A page, if there is one.
    pub(super) fn page(&self, id: PageId) -> Option<&Arc<View>> {
        let found = self.catalog.page(&id);
        self.note(Key::Page(id));
        found
    }

    /// The pages of a folder.
    pub(super) fn section(&self, language: Language, folder: &Arc<str>) -> Option<&Arc<Section>> {
        self.note(Key::Section(language, Arc::clone(folder)));
        self.catalog.section(language, folder)
    }

    /// All pages of a language.
    pub(super) fn pages_of(&self, language: Language) -> impl Iterator<Item = &Arc<View>> {
        self.note(Key::Language(language));
        self.catalog.pages_of(language)
    }

    /// The sections right below a folder, each with its index page.
    pub(super) fn subsections(
        &self,
        language: Language,
        folder: &str,
    ) -> Vec<(&Arc<View>, &Arc<Section>)> {
        self.note(Key::Subsections(language, folder.into()));
        self.catalog.subsections(language, folder)
    }

    /// Whether the section of this index page has a sheet for printing.
    pub(super) fn has_sheet(&self, index: &View) -> bool {
        let language = index.id.language;
        self.note(Key::Section(language, Arc::clone(&index.folder)));
        self.note(Key::Subsections(language, Arc::clone(&index.folder)));
        self.catalog.has_sheet(index)
    }

    /// Whether the help of a language has a feed.
    pub(super) fn has_feed(&self, language: Language) -> bool {
        self.note(Key::Feed(language));
        self.catalog.has_feed(language)
    }

    /// What was read so far.
    pub(super) fn reads(&self) -> BTreeSet<Key> {
        let reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        reads.clone()
    }

    fn note(&self, key: Key) {
        let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        reads.insert(key);
    }
}
