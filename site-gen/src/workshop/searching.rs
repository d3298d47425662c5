//! The search index of each language, kept and brought up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Workshop;
use crate::language::Language;
use crate::output::OutputFile;
use crate::search::{PageTerms, SearchIndex};

impl Workshop {
    /// Brings the search to the present pages; its files, if any of them can have changed.
    pub(super) fn update_search(&mut self) -> Vec<OutputFile> {
        if !self.is_search_stale || !self.is_renderable() {
            return Vec::new();
        }
        let mut pages: BTreeMap<Language, Vec<(String, Arc<PageTerms>)>> = BTreeMap::new();
        for entry in self.listed_entries() {
            if let Some(terms) = &entry.terms {
                let of_language = pages.entry(entry.page.id.language).or_default();
                of_language.push((entry.page.address.clone(), Arc::clone(terms)));
            }
        }
        self.search
            .retain(|language, _| pages.contains_key(language));
        for (language, pages) in pages {
            if let Some(index) = self.search.get_mut(&language) {
                index.update(pages);
            } else {
                let index = SearchIndex::new(language, pages);
                self.search.insert(language, index);
            }
        }
        let files: Vec<_> = self.search.values().flat_map(SearchIndex::files).collect();
        if !self.is_kept {
            self.search.clear();
            self.entries
                .values_mut()
                .for_each(|entry| entry.terms = None);
        }
        self.search_names = files
            .iter()
            .map(|file| file.path.clone())
            .collect::<BTreeSet<_>>();
        files
    }
}
