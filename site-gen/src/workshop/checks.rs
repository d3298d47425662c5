//! Checks that look at the content as a whole: pages to be read again, translations, lost addresses.

use std::collections::BTreeSet;

use time::Duration;

use super::Workshop;
use super::entry::Entry;
use crate::content::PageId;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::load::Sources;
use crate::published::PublishedAddresses;

/// How long a page may wait to be read again before the build stops.
const REVIEW_GRACE: Duration = Duration::days(30);

impl Workshop {
    /// Checks these pages again, and their translations; all pages if none are named.
    pub(super) fn check_contents(&mut self, changed: Option<&BTreeSet<PageId>>) {
        let Some(changed) = changed else {
            let all = self.entries.iter();
            let found = all.map(|(id, entry)| (id.clone(), self.check_content(entry)));
            self.content_faults = found.filter(|(_, faults)| !faults.is_empty()).collect();
            return;
        };
        let concerned: BTreeSet<_> = changed
            .iter()
            .flat_map(|id| Language::ALL.map(|language| PageId::new(language, id.path.clone())))
            .collect();
        for id in concerned {
            let entry = self.entries.get(&id);
            let faults = entry.map_or_else(Vec::new, |entry| self.check_content(entry));
            if faults.is_empty() {
                self.content_faults.remove(&id);
            } else {
                self.content_faults.insert(id, faults);
            }
        }
    }

    fn check_content(&self, entry: &Entry) -> Vec<Diagnostic> {
        if entry.is_left_out {
            return Vec::new();
        }
        let faults = [self.check_review(entry), self.check_translation(entry)];
        faults.into_iter().flatten().collect()
    }

    /// From the day of review on a warning, a month later an error: nobody reads the hundredth warning.
    fn check_review(&self, entry: &Entry) -> Option<Diagnostic> {
        let review = entry.page.front.as_ref()?.review_by.as_ref()?;
        let overdue = self.today - review.value;
        if overdue < Duration::ZERO {
            return None;
        }
        let message = format!("the page was to be read again by {}", review.value);
        let error = entry
            .page
            .error(review.range.clone(), message)
            .help("see whether it is still true, then put the next date into `review_by`");
        Some(if overdue < REVIEW_GRACE {
            error.as_warning()
        } else {
            error
        })
    }

    /// A translation that was last changed before its original may tell old news.
    fn check_translation(&self, entry: &Entry) -> Option<Diagnostic> {
        let [original, ..] = Language::ALL;
        let id = &entry.page.id;
        if id.language == original {
            return None;
        }
        let twin = self.entries.get(&PageId::new(original, id.path.clone()))?;
        let is_older = match (self.last_change(entry), self.last_change(twin)) {
            (Some(own), Some(of_original)) => own < of_original,
            _ => false,
        };
        is_older.then(|| {
            let message = format!("the translation is older than {}", twin.page.file.path());
            entry.page.error(0..3, message).as_warning().help(
                "bring it up to date; if nothing is to be done, put today's date into `updated`",
            )
        })
    }

    /// Seconds since 1970 of the last change that counts; a written day counts from its end.
    fn last_change(&self, entry: &Entry) -> Option<i64> {
        let written = entry.page.front.as_ref().and_then(|front| front.updated);
        if let Some(day) = written {
            return Some((day.midnight().assume_utc() + Duration::DAY).unix_timestamp());
        }
        let change = self.history.last_change(&entry.page.file.path())?;
        Some(change.moment)
    }

    /// The files of the translations that are still to be written, for every language that has pages at all.
    #[must_use]
    pub fn missing_translations(&self) -> Vec<String> {
        let [original, others @ ..] = Language::ALL;
        let ids = || self.listed_entries().map(|entry| &entry.page.id);
        others
            .into_iter()
            .filter(|language| ids().any(|id| id.language == *language))
            .flat_map(|language| {
                ids()
                    .filter(|id| id.language == original)
                    .map(move |id| PageId::new(language, id.path.clone()))
            })
            .filter(|twin| !self.entries.contains_key(twin))
            .map(|twin| twin.source())
            .collect()
    }

    /// Dates that a part of the history cannot tell are missing, and somebody should know why.
    pub(super) fn check_history(&self) -> Option<Diagnostic> {
        if !self.history.is_shallow() {
            return None;
        }
        let undated = self
            .listed_entries()
            .filter(|entry| entry.view.updated.is_none())
            .count();
        (undated > 0).then(|| {
            let message =
                format!("the clone is shallow: pages without a day of last change: {undated}");
            Diagnostic::about("content", message)
                .as_warning()
                .help("fetch the whole history: git fetch --unshallow")
        })
    }

    pub(super) fn find_lost_addresses(&self, sources: &Sources) -> Vec<Diagnostic> {
        let catalog = &self.catalog;
        sources.published.as_ref().map_or_else(Vec::new, |file| {
            PublishedAddresses::new(file).find_lost(
                |address| catalog.leads_somewhere(address),
                || catalog.addresses(),
            )
        })
    }
}
