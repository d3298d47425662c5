//! The first half of an update: sources are read, pages are parsed, and what has to be made is found out.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::entry::Entry;
use super::searching::SearchChanges;
use super::{Changes, Workshop};
use crate::BuildMode;
use crate::catalog::{Catalog, Key, View};
use crate::content::{Page, PageId};
use crate::diagnostics::Diagnostic;
use crate::history::History;
use crate::load::{self, Sources};
use crate::parse::{Commons, Theme};
use crate::render::Renderer;
use crate::search::{self, SearchedPage};
use crate::source::SourceFile;

/// How far a change of the sources goes.
enum Reach {
    /// Anything may differ.
    All,
    /// Texts, some of which show pictures or did so.
    TextsWithPictures,
    /// Texts without pictures.
    Texts,
}

/// What a site is made from, as it was read from the disk.
#[derive(Debug)]
pub struct Loaded {
    pub(crate) sources: Sources,
    history: History,
}

impl Loaded {
    /// Reads all files, and when each was last changed.
    pub fn read(root: &Path, mode: BuildMode) -> Result<Self, Vec<Diagnostic>> {
        let (sources, history) = rayon::join(|| load::load(root, mode), || History::read(root));
        let sources = sources?;
        Ok(Self { sources, history })
    }
}

impl Workshop {
    /// Reads what changed and marks the pages that it reaches.
    pub(super) fn read(&mut self, changes: &Changes) -> Result<(), Vec<Diagnostic>> {
        let touched = self.read_sources(changes)?;
        let Some(sources) = self.sources.take() else {
            return Ok(());
        };
        let result = self.read_shared(&sources).map(|is_new| {
            let touched = touched.filter(|_| !is_new);
            self.read_pages(&sources, touched.as_ref())
        });
        self.sources = Some(sources);
        match result? {
            Reach::All => self.update_pictures(true),
            Reach::TextsWithPictures => self.update_pictures(false),
            Reach::Texts => {}
        }
        Ok(())
    }

    /// Brings the sources up to date; the pages that were touched, if nothing else can have been.
    fn read_sources(
        &mut self,
        changes: &Changes,
    ) -> Result<Option<BTreeSet<PageId>>, Vec<Diagnostic>> {
        if let (Changes::Files(paths), Some(sources)) = (changes, self.sources.as_mut()) {
            // Programs make files for a moment beside the one they write. A folder that went is held by its files.
            let concerned: Vec<_> = paths
                .iter()
                .filter(|path| self.root.join(path).exists() || sources.holds(path))
                .collect();
            if concerned
                .iter()
                .all(|path| sources.reload_page(&self.root, path))
            {
                let pages = concerned.iter().filter_map(|path| load::page_of(path));
                return Ok(Some(pages.collect()));
            }
        }
        // If this fails, the next update reads everything again.
        self.sources = None;
        let Loaded { sources, history } = match self.loaded.take() {
            Some(loaded) => loaded,
            None => Loaded::read(&self.root, self.mode)?,
        };
        self.sources = Some(sources);
        self.history = history;
        self.are_mails_stale = true;
        Ok(None)
    }

    /// Reads words, theme and templates if their sources changed; true if pages have to be parsed again.
    fn read_shared(&mut self, sources: &Sources) -> Result<bool, Vec<Diagnostic>> {
        let has_words = self
            .commons
            .as_ref()
            .is_some_and(|known| known.is_of(sources));
        let has_theme = self
            .theme
            .as_ref()
            .is_some_and(|known| known.is_of(&sources.theme));
        if has_words && has_theme {
            return Ok(false);
        }
        if !has_theme {
            let (theme, faults) = Theme::parse(&sources.theme);
            self.theme = Some(Arc::new(theme));
            self.shared_faults.theme = faults;
        }
        if !has_words {
            self.commons = None;
            let (commons, faults) = Commons::parse(sources)?;
            self.commons = Some(Arc::new(commons));
            self.shared_faults.words = faults;
            for entry in std::mem::take(&mut self.entries).into_values() {
                self.retire(&entry);
            }
            self.faulty.clear();
            self.search_changes = SearchChanges::Any;
        }
        self.renderer = None;
        self.shared_faults.templates.clear();
        if let (Some(theme), Some(commons)) = (&self.theme, &self.commons)
            && self.shared_faults.theme.is_empty()
        {
            match Renderer::new(theme, commons, &self.store, self.mode) {
                Ok(renderer) => self.renderer = Some(renderer),
                Err(faults) => self.shared_faults.templates = faults,
            }
        }
        self.are_files_stale = true;
        self.stale.extend(self.entries.keys().cloned());
        Ok(true)
    }

    /// Parses pages whose text changed: those that were touched, or any.
    fn read_pages(&mut self, sources: &Sources, touched: Option<&BTreeSet<PageId>>) -> Reach {
        let parsed = self.parse_changed(sources, touched);
        let mut is_catalog_old = parsed.is_empty() && self.catalog.page_count() == 0;
        let mut shows_pictures = false;
        let mut texts = BTreeSet::new();
        for entry in parsed {
            let id = entry.page.id.clone();
            shows_pictures |= entry.shows_pictures();
            let (face, text) = (entry.view.face, entry.view.text);
            self.stale.insert(id.clone());
            let earlier = self.entries.insert(id.clone(), entry);
            self.note_faults(id.clone());
            is_catalog_old |= earlier
                .as_ref()
                .is_none_or(|earlier| earlier.view.face != face);
            self.search_changes
                .note(&id, earlier.as_ref(), self.entries.get(&id));
            if let Some(earlier) = earlier {
                shows_pictures |= earlier.shows_pictures();
                if earlier.view.text != text {
                    texts.insert(Key::Text(id));
                }
                self.retire(&earlier);
            }
        }
        self.spread(&texts);
        if self.drop_pages_without(sources, touched) {
            is_catalog_old = true;
            shows_pictures = true;
        }
        if touched.is_none() {
            is_catalog_old |= self.refresh_views();
        }
        if is_catalog_old {
            self.list_pages();
        }
        if is_catalog_old || touched.is_none() {
            self.shared_faults.addresses = self.find_lost_addresses(sources);
        }
        self.check_contents(touched);
        self.stale.extend(self.faulty.iter().cloned());
        let entries = &self.entries;
        self.stale
            .retain(|id| entries.get(id).is_some_and(|entry| !entry.is_left_out));
        match (touched, shows_pictures) {
            (None, _) => Reach::All,
            (_, true) => Reach::TextsWithPictures,
            (_, false) => Reach::Texts,
        }
    }

    fn parse_changed(&self, sources: &Sources, touched: Option<&BTreeSet<PageId>>) -> Vec<Entry> {
        let is_changed = |id: &PageId, file: &SourceFile| {
            self.entries
                .get(id)
                .is_none_or(|entry| entry.page.file != *file)
        };
        let perhaps: Vec<_> = match touched {
            None => sources.pages.iter().collect(),
            Some(touched) => touched
                .iter()
                .filter_map(|id| sources.pages.get_key_value(id))
                .collect(),
        };
        perhaps
            .into_par_iter()
            .filter(|(id, file)| is_changed(id, file))
            .filter_map(|(id, file)| self.parse_page(id, file))
            .collect()
    }

    /// Forgets the pages whose files are gone; whether there were any.
    fn drop_pages_without(
        &mut self,
        sources: &Sources,
        touched: Option<&BTreeSet<PageId>>,
    ) -> bool {
        let is_gone = |id: &&PageId| !sources.pages.contains_key(*id);
        let gone: Vec<_> = match touched {
            None if self.entries.len() == sources.pages.len() => Vec::new(),
            None => self.entries.keys().filter(is_gone).cloned().collect(),
            Some(touched) => touched.iter().filter(is_gone).cloned().collect(),
        };
        let mut has_dropped = false;
        for id in gone {
            self.faulty.remove(&id);
            if let Some(earlier) = self.entries.remove(&id) {
                self.search_changes.note(&id, Some(&earlier), None);
                self.retire(&earlier);
                has_dropped = true;
            }
        }
        has_dropped
    }

    /// Gives up what came from a page that is another one now, or none.
    fn retire(&mut self, earlier: &Entry) {
        self.inventory.redraw(&earlier.files, &[]);
        if !earlier.inline.is_empty() {
            self.inline = None;
        }
    }

    fn parse_page(&self, id: &PageId, file: &SourceFile) -> Option<Entry> {
        let surroundings = self.commons.as_ref()?.surroundings(id.language)?;
        let (mut page, faults) = Page::parse(id, file, &surroundings);
        let view = View::new(&page, self.history.last_change(&file.path()));
        // An index of links would be found by the words of the pages it leads to.
        let is_searched = view.is_help() && view.is_indexed() && !id.path.is_index();
        let terms = is_searched.then(|| {
            Arc::new(search::analyse(&SearchedPage {
                title: &view.title,
                description: &view.description,
                headings: &page.body.headings,
                text: &page.body.text,
            }))
        });
        page.body.compact();
        let is_left_out = view.is_draft && self.mode == BuildMode::Publish;
        let mut entry = Entry::new(Arc::new(page), Arc::new(view), faults);
        entry.is_left_out = is_left_out;
        entry.terms = terms;
        Some(entry)
    }

    /// Looks at the history again; true if a page has another date than before.
    fn refresh_views(&mut self) -> bool {
        let mut has_changed = false;
        for entry in self.entries.values_mut() {
            let change = self.history.last_change(&entry.page.file.path());
            let view = View::new(&entry.page, change);
            if view.face != entry.view.face {
                entry.view = Arc::new(view);
                self.stale.insert(entry.page.id.clone());
                has_changed = true;
            }
        }
        has_changed
    }

    /// Makes the catalogue anew and marks the pages that saw something else in the old one.
    fn list_pages(&mut self) {
        let listed = self
            .listed_entries()
            .map(|entry| (&entry.page, Arc::clone(&entry.view)));
        let left_out = self.entries.values().filter(|entry| entry.is_left_out);
        let left_out = left_out.map(|entry| entry.page.id.clone()).collect();
        let (catalog, faults) = Catalog::new(listed, left_out);
        let earlier = std::mem::replace(&mut self.catalog, Arc::new(catalog));
        self.shared_faults.catalog = faults;
        self.are_files_stale = true;
        self.are_mails_stale = true;
        if earlier.page_count() == 0 {
            // All pages are new and will be made anyway.
            return;
        }
        if self.catalog.has_lost_address_of(&earlier) {
            // Templates may name the address as text, which nobody notes.
            self.stale.extend(self.entries.keys().cloned());
        } else {
            self.spread(&self.catalog.changes_since(&earlier));
        }
    }
}
