//! Which files the site has, and with which content they were delivered.
//!
//! Each kind of file has its own list, so that a change of one page does not go through the names of all others.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use foldhash::fast::FixedState;

use crate::catalog::fingerprint;
use crate::output::{Names, OutputFile, Sink};

/// Files that were handed on in a round, with the fingerprints of their content.
pub(super) type Pending = Mutex<Vec<(String, u64)>>;

/// The files of the site.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// Pages and what comes with them, pictures, files of the theme, files for machines.
    names: Names,
    search: BTreeSet<String>,
    /// Pictures that were drawn for pages, with the number of pages that show each.
    drawn: HashMap<String, usize, FixedState>,
    delivered: HashMap<String, u64, FixedState>,
    /// Names that went out of one of the lists since the last good round.
    retired: BTreeSet<String>,
}

impl Inventory {
    /// The names of pages, of pictures in texts and of files that are not pages.
    pub(super) const fn names(&self) -> &Names {
        &self.names
    }

    /// All files of the site.
    pub(super) fn all(&self) -> BTreeSet<String> {
        let names = self.names.iter().chain(&self.search);
        names.chain(self.drawn.keys()).cloned().collect()
    }

    /// Puts another list in the place of [`Self::names`].
    pub(super) fn list(&mut self, names: Names) {
        let before = std::mem::replace(&mut self.names, names);
        let gone = before.into_iter().filter(|name| !self.names.contains(name));
        self.retired.extend(gone);
    }

    /// Lists the files of the search.
    pub(super) fn list_search(&mut self, names: BTreeSet<String>) {
        let before = std::mem::replace(&mut self.search, names);
        let gone = before
            .into_iter()
            .filter(|name| !self.search.contains(name));
        self.retired.extend(gone);
    }

    /// A page shows these pictures in the place of those.
    pub(super) fn redraw(&mut self, before: &[String], now: &[String]) {
        for name in now {
            *self.drawn.entry(name.clone()).or_default() += 1;
        }
        for name in before {
            if let Some(count) = self.drawn.get_mut(name) {
                *count -= 1;
                if *count == 0 {
                    self.drawn.remove(name);
                    self.retired.insert(name.clone());
                }
            }
        }
    }

    /// Whether a file of this name was delivered, with whatever content.
    pub(super) fn is_delivered(&self, name: &str) -> bool {
        self.delivered.contains_key(name)
    }

    /// Hands a file on, unless it was delivered before with the same content.
    pub(super) fn deliver(&self, file: OutputFile, sink: &dyn Sink, pending: &Pending) {
        let print = fingerprint(&file.content);
        if self.delivered.get(&file.path) == Some(&print) {
            return;
        }
        let name = file.path.clone();
        sink.accept(file);
        let mut pending = pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.push((name, print));
    }

    /// After a good round: what was handed on is delivered; the files that the site has no more.
    pub(super) fn settle(&mut self, pending: Vec<(String, u64)>) -> Vec<String> {
        self.delivered.extend(pending);
        let retired = std::mem::take(&mut self.retired);
        retired
            .into_iter()
            .filter(|name| !self.holds(name) && self.delivered.remove(name).is_some())
            .collect()
    }

    fn holds(&self, name: &str) -> bool {
        self.names.contains(name) || self.search.contains(name) || self.drawn.contains_key(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deliver(inventory: &Inventory, names: &[&str]) -> Vec<(String, u64)> {
        let pending = Pending::default();
        for name in names {
            inventory.deliver(OutputFile::text(*name, "text"), &(), &pending);
        }
        pending.into_inner().unwrap()
    }

    fn names(names: &[&str]) -> Names {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_with_the_same_content_is_delivered_once() {
        let mut inventory = Inventory::default();
        inventory.list(names(&["a.html"]));
        let pending = deliver(&inventory, &["a.html"]);
        assert_eq!(pending.len(), 1);
        inventory.settle(pending);
        assert!(deliver(&inventory, &["a.html"]).is_empty());
    }

    #[test]
    fn a_file_goes_when_the_last_list_that_has_it_loses_it() {
        let mut inventory = Inventory::default();
        inventory.list(names(&["a.html", "b.html"]));
        inventory.redraw(&[], &["picture.png".to_owned()]);
        inventory.redraw(&[], &["picture.png".to_owned()]);
        let pending = deliver(&inventory, &["a.html", "b.html", "picture.png"]);
        assert!(inventory.settle(pending).is_empty());

        inventory.list(names(&["a.html"]));
        inventory.redraw(&["picture.png".to_owned()], &[]);
        assert_eq!(inventory.settle(Vec::new()), ["b.html"]);
        inventory.redraw(&["picture.png".to_owned()], &[]);
        assert_eq!(inventory.settle(Vec::new()), ["picture.png"]);
        assert_eq!(inventory.all().into_iter().collect::<Vec<_>>(), ["a.html"]);
    }

    #[test]
    fn a_file_that_comes_back_before_the_next_good_round_never_went() {
        let mut inventory = Inventory::default();
        inventory.list(names(&["a.html"]));
        let pending = deliver(&inventory, &["a.html"]);
        inventory.settle(pending);
        inventory.list(names(&[]));
        inventory.list(names(&["a.html"]));
        assert!(inventory.settle(Vec::new()).is_empty());
    }
}
