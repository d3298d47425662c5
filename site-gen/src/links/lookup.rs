//! What a link can lead to, and a note of everything that was looked up.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::published::ANSWERED_BY_WORKER;
use super::targets::Targets;
use crate::catalog::{Key, View};
use crate::content::{PageId, PagePath};
use crate::language::Language;
use crate::pictures::{PictureError, Prepared};

/// Files for programs that every site has, or nearly every one: the last look at the finished pages tells.
const MADE: [&str; 3] = ["/llms.txt", "/robots.txt", "/sitemap.xml"];

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

    /// The origin of the site.
    pub(super) const fn base_url(&self) -> &'a str {
        self.targets.base_url
    }

    /// Whether something that is not a page answers at this address: a file, or the Worker.
    pub(super) fn is_answered(&mut self, address: &str) -> bool {
        address.starts_with(ANSWERED_BY_WORKER)
            || self.has_file(address)
            || MADE.contains(&address)
            || self.is_copy(address)
            || self.is_sheet(address)
            || self.is_feed(address)
    }

    /// Whether this is the address of the copy of a page in Markdown.
    fn is_copy(&mut self, address: &str) -> bool {
        let Some(stem) = address.strip_suffix(".md") else {
            return false;
        };
        let page = match stem.strip_suffix("/index") {
            Some(folder) => self.page_at(&format!("{folder}/")),
            None => self.page_at(&format!("{stem}.html")),
        };
        page.is_some_and(|view| view.markdown_address().as_deref() == Some(address))
    }

    /// Whether this is the address of a section as a sheet.
    fn is_sheet(&mut self, address: &str) -> bool {
        let index = address.rsplit_once('/');
        let index = index.and_then(|(folder, _)| self.page_at(&format!("{folder}/")));
        let Some(view) = index.filter(|view| view.sheet_address() == address) else {
            return false;
        };
        let (language, folder) = (view.id.language, &view.folder);
        self.reads.insert(Key::Section(language, folder.clone()));
        self.reads
            .insert(Key::Subsections(language, folder.clone()));
        self.targets.catalog.has_sheet(view)
    }

    /// Whether this is the address of the feed of a language.
    fn is_feed(&mut self, address: &str) -> bool {
        let is_feed =
            |language: &Language| address == format!("/{}help/feed.xml", language.prefix());
        let Some(language) = Language::ALL.into_iter().find(is_feed) else {
            return false;
        };
        self.reads.insert(Key::Feed(language));
        self.targets.catalog.has_feed(language)
    }

    /// Where an earlier address leads.
    pub(super) fn new_address(&self, address: &str) -> Option<&'a str> {
        let mut aliases = self.targets.catalog.aliases();
        aliases
            .find(|(alias, _)| *alias == address)
            .map(|(_, new)| new)
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
