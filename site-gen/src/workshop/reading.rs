//! The first half of an update: sources are read, pages are parsed, and what has to be made is found out.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::entry::Entry;
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

impl Workshop {
    /// Reads what changed and marks the pages that it reaches.
    pub(super) fn read(&mut self, changes: &Changes) -> Result<(), Vec<Diagnostic>> {
        let touched = self.read_sources(changes)?;
        let Some(sources) = self.sources.take() else {
            return Ok(());
        };
        let result = self.read_shared(&sources).map(|is_new| {
            let touched = touched.filter(|_| !is_new);
            self.read_pages(&sources, touched.as_ref());
            touched.is_none()
        });
        self.sources = Some(sources);
        self.update_pictures(result?);
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
        self.sources = Some(load::load(&self.root, self.mode)?);
        self.history = History::read(&self.root);
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
            self.entries.clear();
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
    fn read_pages(&mut self, sources: &Sources, touched: Option<&BTreeSet<PageId>>) {
        let is_changed = |id: &PageId, file: &SourceFile| {
            self.entries
                .get(id)
                .is_none_or(|entry| entry.page.file != *file)
        };
        let changed: Vec<_> = match touched {
            None => sources.pages.iter().collect(),
            Some(touched) => touched
                .iter()
                .filter_map(|id| sources.pages.get_key_value(id))
                .collect(),
        };
        let changed: Vec<_> = changed
            .into_par_iter()
            .filter(|(id, file)| is_changed(id, file))
            .collect();
        let parsed: Vec<_> = changed
            .into_par_iter()
            .filter_map(|(id, file)| self.parse_page(id, file))
            .collect();
        let mut is_catalog_old = parsed.is_empty() && self.is_catalog_empty();
        self.is_search_stale |= !parsed.is_empty();
        let mut texts = BTreeSet::new();
        for entry in parsed {
            let id = entry.page.id.clone();
            let (face, text) = (entry.view.face, entry.view.text);
            self.stale.insert(id.clone());
            let earlier = self.entries.insert(id.clone(), entry);
            let earlier = earlier.map(|earlier| (earlier.view.face, earlier.view.text));
            is_catalog_old |= earlier.is_none_or(|(earlier, _)| earlier != face);
            if earlier.is_some_and(|(_, earlier)| earlier != text) {
                texts.insert(Key::Text(id));
            }
        }
        self.spread(&texts);
        let gone = |id: &PageId| !sources.pages.contains_key(id);
        let is_any_gone = match touched {
            None => self.entries.len() != sources.pages.len(),
            Some(touched) => touched.iter().any(gone),
        };
        if is_any_gone {
            self.entries.retain(|id, _| !gone(id));
            is_catalog_old = true;
        }
        if touched.is_none() {
            is_catalog_old |= self.refresh_views();
        }
        if is_catalog_old {
            self.list_pages();
        }
        let faulty = self.entries.iter().filter(|(_, entry)| entry.is_faulty());
        self.stale.extend(faulty.map(|(id, _)| id.clone()));
        let entries = &self.entries;
        self.stale
            .retain(|id| entries.get(id).is_some_and(|entry| !entry.is_left_out));
    }

    fn is_catalog_empty(&self) -> bool {
        self.catalog.pages().next().is_none()
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
        self.is_search_stale = true;
        if self.catalog.has_lost_address_of(&earlier) {
            // Templates may name the address as text, which nobody notes.
            self.stale.extend(self.entries.keys().cloned());
        } else {
            self.spread(&self.catalog.changes_since(&earlier));
        }
    }
}
