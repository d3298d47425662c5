//! What a link can lead to, and a note of everything that was looked up.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::targets::Targets;
use crate::catalog::{Key, View};
use crate::content::{PageId, PagePath};
use crate::language::Language;
use crate::pictures::{PictureError, Prepared};

/// The pages and files of the site, looked up for one page.
#[derive(Debug)]
pub(super) struct Lookup<'a> {
    targets: &'a Targets<'a>,
    reads: BTreeSet<Key>,
    has_picture: bool,
}

impl<'a> Lookup<'a> {
    pub(super) const fn new(targets: &'a Targets<'a>) -> Self {
        Self {
            targets,
            reads: BTreeSet::new(),
            has_picture: false,
        }
    }

    /// The page with this source file below the language's folder.
    pub(super) fn page(&mut self, language: Language, file: &str) -> Option<&'a Arc<View>> {
        let id = PageId::new(language, PagePath::from_file(file).ok()?);
        let found = self.targets.catalog.page(&id);
        self.reads.insert(Key::Page(id));
        found
    }

    /// Whether the page is there, but unfinished and therefore not published.
    pub(super) fn is_draft(&self, language: Language, file: &str) -> bool {
        PagePath::from_file(file).is_ok_and(|path| {
            self.targets
                .catalog
                .is_left_out(&PageId::new(language, path))
        })
    }

    /// The page at an address.
    pub(super) fn page_at(&mut self, address: &str) -> Option<&'a Arc<View>> {
        let found = self.targets.catalog.at_address(address)?;
        self.reads.insert(Key::Page(found.id.clone()));
        Some(found)
    }

    /// The page that lists the terms.
    pub(super) fn glossary(&mut self, language: Language) -> Option<&'a Arc<View>> {
        self.reads.insert(Key::Glossary(language));
        let id = self.targets.catalog.glossary(language)?;
        self.reads.insert(Key::Page(id.clone()));
        self.targets.catalog.page(id)
    }

    /// Whether a file that is copied as it is has this address.
    pub(super) fn has_file(&self, address: &str) -> bool {
        self.targets.files.contains(address)
    }

    /// A picture beside a page, by its file below the folder of the content.
    pub(super) fn picture(&mut self, file: &str) -> Option<&'a Result<Prepared, PictureError>> {
        self.reads.insert(Key::Picture(file.into()));
        self.targets.pictures.get(file)
    }

    /// Whether the picture that is shown now is the first one of the page.
    pub(super) const fn is_first_picture(&mut self) -> bool {
        !std::mem::replace(&mut self.has_picture, true)
    }

    /// The files of all pictures, for suggestions.
    pub(super) fn picture_files(&self) -> impl Iterator<Item = &str> {
        self.targets.picture_files.iter().map(String::as_str)
    }

    /// The source files of a language, for suggestions.
    pub(super) fn page_files(&self, language: Language) -> Vec<String> {
        let pages = self.targets.catalog.pages_of(language);
        pages.map(|view| view.id.path.file()).collect()
    }

    /// All addresses, for suggestions.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        let pages = self.targets.catalog.pages().map(|view| &*view.address);
        pages.chain(self.files())
    }

    /// The addresses of files, for suggestions.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.targets.files.iter().map(String::as_str)
    }

    /// What was looked up.
    pub(super) fn into_reads(self) -> BTreeSet<Key> {
        self.reads
    }
}
