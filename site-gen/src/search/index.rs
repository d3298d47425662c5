//! The index of one language, made at once or changed page by page.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::manifest::Manifest;
use super::page_terms::PageTerms;
use super::postings::{Posting, encode, page_of, posting};
use super::sharding::{Entry, Shard, share_out, share_out_by_number};
use super::{manifest_path, shard_folder};
use crate::language::Language;
use crate::output::OutputFile;

/// How many addresses stand in one shard.
const ADDRESSES: usize = 192;

/// So many pages are counted by one thread at a time.
const PORTION: usize = 2048;

/// A shorter stem is not guessed from its ending.
const SHORTEST_GUESSED: usize = 4;

/// The search index of one language.
#[derive(Debug, Clone)]
pub struct SearchIndex {
    language: Language,
    pages: Vec<(String, Arc<PageTerms>)>,
    terms: BTreeMap<Box<str>, Term>,
    /// Stems written backwards.
    endings: BTreeSet<Box<str>>,
    term_shards: Vec<Shard>,
    ending_shards: Vec<Shard>,
    address_shards: Vec<Shard>,
}

#[derive(Debug, Clone, Default)]
struct Term {
    postings: Vec<Posting>,
    encoded: Vec<u8>,
}

/// Postings by stem.
type Found<'a> = HashMap<&'a str, Vec<Posting>, FixedState>;

impl SearchIndex {
    /// Joins pages, each with its address such as `/help/refunds.html`, in any order.
    #[must_use]
    pub fn new(language: Language, mut pages: Vec<(String, Arc<PageTerms>)>) -> Self {
        pages.sort_by(|one, other| one.0.cmp(&other.0));
        let terms = collect_terms(&pages);
        let endings = terms.keys().filter_map(|stem| ending(stem)).collect();
        let entries: Vec<Entry<'_>> = pages.iter().map(|page| (&*page.0, &[][..])).collect();
        let address_shards = share_out_by_number(&shard_folder(language), &entries, ADDRESSES);
        let mut index = Self {
            language,
            pages,
            terms,
            endings,
            term_shards: Vec::new(),
            ending_shards: Vec::new(),
            address_shards,
        };
        index.share_out_terms(&BTreeSet::new());
        index.share_out_endings(&BTreeSet::new());
        index
    }

    /// Brings the index to these pages. Where only texts changed this takes a small part of the time of [`Self::new`],
    /// and the files are the same.
    pub fn update(&mut self, mut pages: Vec<(String, Arc<PageTerms>)>) {
        pages.sort_by(|one, other| one.0.cmp(&other.0));
        let has_same_addresses = pages.len() == self.pages.len()
            && pages
                .iter()
                .zip(&self.pages)
                .all(|(new, old)| new.0 == old.0);
        if !has_same_addresses {
            *self = Self::new(self.language, pages);
            return;
        }
        let before = std::mem::replace(&mut self.pages, pages);
        let mut changed = BTreeSet::new();
        for (number, (old, new)) in (0..).zip(before.iter().zip(&self.pages)) {
            if !Arc::ptr_eq(&old.1, &new.1) && old.1 != new.1 {
                replace_page(&mut self.terms, number, &old.1, &new.1, &mut changed);
            }
        }
        self.follow(&changed);
    }

    /// Gives the page at an address other terms; one that is not in the index stays out.
    pub fn replace(&mut self, address: &str, terms: &Arc<PageTerms>) {
        let found = self
            .pages
            .binary_search_by(|(known, _)| known.as_str().cmp(address));
        let place = found.unwrap_or(usize::MAX);
        let Some((_, known)) = self.pages.get_mut(place) else {
            return;
        };
        let before = std::mem::replace(known, Arc::clone(terms));
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        let mut changed = BTreeSet::new();
        replace_page(&mut self.terms, number, &before, terms, &mut changed);
        self.follow(&changed);
    }

    /// Brings endings and shards to terms of which these changed.
    fn follow(&mut self, changed: &BTreeSet<Box<str>>) {
        let mut changed_endings = BTreeSet::new();
        for stem in changed {
            let is_held = self.settle(stem);
            if let Some(ending) = ending(stem)
                && self.endings.contains(&ending) != is_held
            {
                if is_held {
                    self.endings.insert(ending.clone());
                } else {
                    self.endings.remove(&ending);
                }
                changed_endings.insert(ending);
            }
        }
        if !changed.is_empty() {
            self.share_out_terms(changed);
        }
        if !changed_endings.is_empty() {
            self.share_out_endings(&changed_endings);
        }
    }

    /// The names of all files of the index.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let shards = self.shards().map(|shard| shard.file.path.clone());
        shards.chain([manifest_path(self.language)])
    }

    /// The files of the index, the manifest last, without the shards whose names `is_known` knows: they are named after
    /// their content.
    #[must_use]
    pub fn files_beside(&self, is_known: impl Fn(&str) -> bool) -> Vec<OutputFile> {
        let manifest = Manifest::new(
            self.pages.len(),
            &self.term_shards,
            &self.ending_shards,
            &self.address_shards,
            ADDRESSES,
        );
        // Shards with the same content have the same name and are one file.
        let new: BTreeMap<_, _> = self
            .shards()
            .filter(|shard| !is_known(&shard.file.path))
            .map(|shard| (&shard.name, &shard.file))
            .collect();
        let mut files: Vec<_> = new.into_values().cloned().collect();
        files.push(OutputFile {
            path: manifest_path(self.language),
            content: manifest.to_json(),
        });
        files
    }

    fn shards(&self) -> impl Iterator<Item = &Shard> {
        let shards = [&self.term_shards, &self.ending_shards, &self.address_shards];
        shards.into_iter().flatten()
    }

    /// Writes the postings of a changed stem anew, or forgets it; says whether any page still holds it.
    fn settle(&mut self, stem: &str) -> bool {
        match self.terms.get_mut(stem) {
            Some(term) if !term.postings.is_empty() => {
                term.encoded = encode(&term.postings);
                true
            }
            Some(_) => {
                self.terms.remove(stem);
                false
            }
            None => false,
        }
    }

    fn share_out_terms(&mut self, changed: &BTreeSet<Box<str>>) {
        let entries: Vec<Entry<'_>> = self
            .terms
            .iter()
            .map(|(stem, term)| (&**stem, &*term.encoded))
            .collect();
        let before = std::mem::take(&mut self.term_shards);
        self.term_shards = share_out(&shard_folder(self.language), &entries, before, changed);
    }

    fn share_out_endings(&mut self, changed: &BTreeSet<Box<str>>) {
        let entries: Vec<Entry<'_>> = self.endings.iter().map(|text| (&**text, &[][..])).collect();
        let before = std::mem::take(&mut self.ending_shards);
        self.ending_shards = share_out(&shard_folder(self.language), &entries, before, changed);
    }
}

/// The stems of all pages. Portions are counted in parallel and joined in their order, so postings are sorted by page.
fn collect_terms(pages: &[(String, Arc<PageTerms>)]) -> BTreeMap<Box<str>, Term> {
    let portions: Vec<Found<'_>> = pages
        .par_chunks(PORTION)
        .enumerate()
        .map(|(portion, pages)| {
            let mut found = Found::default();
            let first = u32::try_from(portion * PORTION).unwrap_or(u32::MAX);
            for (page, (_, terms)) in (first..).zip(pages) {
                for (stem, level) in terms.iter() {
                    found.entry(stem).or_default().push(posting(page, level));
                }
            }
            found
        })
        .collect();
    let mut joined = Found::default();
    for portion in portions {
        for (stem, postings) in portion {
            joined.entry(stem).or_default().extend(postings);
        }
    }
    let mut terms: Vec<_> = joined
        .into_par_iter()
        .map(|(stem, postings)| {
            let encoded = encode(&postings);
            (Box::from(stem), Term { postings, encoded })
        })
        .collect();
    terms.par_sort_unstable_by(|one, other| Ord::cmp(&one.0, &other.0));
    terms.into_iter().collect()
}

/// Takes the old postings of a page out and puts the new ones in; a stem may be left without any.
fn replace_page(
    terms: &mut BTreeMap<Box<str>, Term>,
    page: u32,
    old: &PageTerms,
    new: &PageTerms,
    changed: &mut BTreeSet<Box<str>>,
) {
    let old: BTreeSet<_> = old.iter().collect();
    let new: BTreeSet<_> = new.iter().collect();
    for (stem, _) in old.difference(&new) {
        if let Some(term) = terms.get_mut(*stem) {
            term.postings.retain(|posting| page_of(*posting) != page);
        }
        changed.insert(Box::from(*stem));
    }
    for (stem, level) in new.difference(&old) {
        let postings = &mut terms.entry(Box::from(*stem)).or_default().postings;
        let position = postings.partition_point(|posting| page_of(*posting) < page);
        postings.insert(position, posting(page, *level));
        changed.insert(Box::from(*stem));
    }
}

/// A stem backwards, if it may be guessed from its ending: a word, and not too short.
fn ending(stem: &str) -> Option<Box<str>> {
    let is_guessed =
        stem.chars().count() >= SHORTEST_GUESSED && stem.chars().all(char::is_alphabetic);
    is_guessed.then(|| stem.chars().rev().collect::<String>().into())
}
