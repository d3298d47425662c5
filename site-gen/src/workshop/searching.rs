//! The search index of each language, kept and brought up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Workshop;
use super::entry::Entry;
use crate::content::PageId;
use crate::language::Language;
use crate::output::OutputFile;
use crate::search::{PageTerms, SearchIndex};

/// Which pages the search knows in an earlier form.
#[derive(Debug)]
pub(super) enum SearchChanges {
    /// Pages that are found under the same addresses as before.
    Texts(BTreeSet<PageId>),
    /// Any, and pages may have come or gone.
    Any,
}

impl Default for SearchChanges {
    fn default() -> Self {
        Self::Texts(BTreeSet::new())
    }
}

impl SearchChanges {
    /// Notes that a page was read again; `None` stands for a page that was not there or is gone.
    pub(super) fn note(&mut self, id: &PageId, before: Option<&Entry>, now: Option<&Entry>) {
        let place = |entry: Option<&Entry>| {
            let searched = entry.filter(|entry| entry.is_searched());
            searched.map(|entry| entry.page.address.clone())
        };
        match self {
            Self::Texts(pages) if place(before) == place(now) => {
                pages.insert(id.clone());
            }
            _ => *self = Self::Any,
        }
    }

    fn is_none(&self) -> bool {
        matches!(self, Self::Texts(pages) if pages.is_empty())
    }
}

/// The search index of each language.
pub(super) type Indexes = BTreeMap<Language, SearchIndex>;

impl Workshop {
    /// Brings the search to the present pages and delivers the files of it that are new; the names of all its files, if
    /// any of that can have changed.
    pub(super) fn update_search(
        &self,
        indexes: &mut Indexes,
        deliver: &impl Fn(OutputFile),
    ) -> Option<BTreeSet<String>> {
        if self.search_changes.is_none() || !self.is_renderable() {
            return None;
        }
        match &self.search_changes {
            SearchChanges::Any => self.index_all(indexes),
            SearchChanges::Texts(pages) => {
                for id in pages {
                    let index = indexes.get_mut(&id.language);
                    let entry = self.entries.get(id).filter(|entry| entry.is_searched());
                    if let (Some(index), Some(entry)) = (index, entry)
                        && let Some(terms) = &entry.terms
                    {
                        index.replace(&entry.page.address, terms);
                    }
                }
            }
        }
        let is_known = |name: &str| self.inventory.is_delivered(name);
        for index in indexes.values() {
            index.files_beside(is_known).into_iter().for_each(deliver);
        }
        let names = indexes.values().flat_map(SearchIndex::names).collect();
        if !self.is_kept {
            indexes.clear();
        }
        Some(names)
    }

    fn index_all(&self, indexes: &mut Indexes) {
        let mut pages: BTreeMap<Language, Vec<(String, Arc<PageTerms>)>> = BTreeMap::new();
        for entry in self.entries.values().filter(|entry| entry.is_searched()) {
            if let Some(terms) = &entry.terms {
                let of_language = pages.entry(entry.page.id.language).or_default();
                of_language.push((entry.page.address.clone(), Arc::clone(terms)));
            }
        }
        indexes.retain(|language, _| pages.contains_key(language));
        for (language, pages) in pages {
            if let Some(index) = indexes.get_mut(&language) {
                index.update(pages);
            } else {
                indexes.insert(language, SearchIndex::new(language, pages));
            }
        }
    }
}
