//! What is wrong with the site now: of the pages, of what they share, and of where their links point.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Workshop;
use super::entry::Entry;
use crate::content::PageId;
use crate::diagnostics::Diagnostic;
use crate::links::check_anchors;
use crate::render::tell_once;

/// Errors of what all pages share.
#[derive(Debug, Default)]
pub(super) struct SharedFaults {
    pub(super) words: Vec<Diagnostic>,
    pub(super) theme: Vec<Diagnostic>,
    pub(super) templates: Vec<Diagnostic>,
    pub(super) catalog: Vec<Diagnostic>,
    pub(super) addresses: Vec<Diagnostic>,
    pub(super) files: Vec<Diagnostic>,
    pub(super) mails: Vec<Diagnostic>,
}

impl SharedFaults {
    fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        [
            &self.words,
            &self.theme,
            &self.templates,
            &self.catalog,
            &self.addresses,
            &self.files,
            &self.mails,
        ]
        .into_iter()
        .flatten()
    }
}

impl Workshop {
    pub(super) fn faulty_entries(&self) -> impl Iterator<Item = (&PageId, &Entry)> {
        let entries = &self.entries;
        self.faulty
            .iter()
            .filter_map(|id| entries.get_key_value(id))
    }

    /// Notes whether a page has faults, after they may have changed.
    pub(super) fn note_faults(&mut self, id: PageId) {
        if self.entries.get(&id).is_some_and(Entry::is_faulty) {
            self.faulty.insert(id);
        } else {
            self.faulty.remove(&id);
        }
    }

    /// Everything that is wrong now.
    pub(super) fn find_faults(&mut self, changed_ids: &BTreeSet<PageId>) -> Vec<Diagnostic> {
        self.check_anchors(changed_ids);
        let mut faults: Vec<_> = self.shared_faults.iter().cloned().collect();
        let listed = || {
            let entries = self.faulty_entries().map(|(_, entry)| entry);
            entries.filter(|entry| !entry.is_left_out)
        };
        faults.extend(listed().flat_map(Entry::faults).cloned());
        let of_templates = listed().filter_map(|entry| {
            let fault = entry.template_fault.clone()?;
            Some((fault, &*entry.page))
        });
        faults.extend(tell_once(of_templates.collect()));
        faults.extend(self.content_faults.values().flatten().cloned());
        faults.extend(self.check_history());
        faults
    }

    /// Looks up the ids that links point to, where the links or the ids are new.
    fn check_anchors(&mut self, changed_ids: &BTreeSet<PageId>) {
        if !self.is_renderable() {
            // Ids may come from templates: without documents nobody knows which there are.
            let faulty: Vec<_> = self.faulty.iter().cloned().collect();
            for id in faulty {
                self.set_anchor_faults(id, Vec::new());
            }
            return;
        }
        let entries = &self.entries;
        let find = |id: &PageId| {
            let entry = entries.get(id)?;
            Some((&*entry.view.address, entry.ids.as_ref()?))
        };
        let check =
            |(id, entry): (&PageId, &Entry)| (id.clone(), check_anchors(&entry.anchors, find));
        let is_news = |(id, faults): &(PageId, Vec<Diagnostic>)| {
            let before = entries.get(id).map(|entry| &entry.anchor_faults);
            before != Some(faults)
        };
        let stale = self.stale.par_iter();
        let stale = stale.filter_map(|id| entries.get_key_value(id));
        let mut checked: Vec<_> = stale.map(check).filter(is_news).collect();
        if !changed_ids.is_empty() {
            let points_there = |(_, entry): &(&PageId, &Entry)| {
                let mut anchors = entry.anchors.iter();
                anchors.any(|anchor| changed_ids.contains(&anchor.target))
            };
            let others = entries.iter().filter(|(id, _)| !self.stale.contains(*id));
            let others = others.filter(points_there).map(check);
            checked.extend(others.filter(is_news));
        }
        for (id, faults) in checked {
            self.set_anchor_faults(id, faults);
        }
    }

    fn set_anchor_faults(&mut self, id: PageId, faults: Vec<Diagnostic>) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.anchor_faults = faults;
        }
        self.note_faults(id);
    }
}
