//! The pictures that pages show, made once and kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rayon::prelude::*;

use super::Workshop;
use crate::catalog::{Key, fingerprint};
use crate::diagnostics::Diagnostic;
use crate::links::picture_file;
use crate::load::CONTENT;
use crate::output::OutputFile;
use crate::pictures::{PictureFile, Prepared};

impl Workshop {
    /// Makes the pictures that pages show and that are not made yet, or whose files changed, and marks the pages that
    /// show them. Files of pictures are looked at again only if `may_differ`.
    pub(super) fn update_pictures(&mut self, may_differ: bool) {
        let used = self.used_pictures();
        self.pictures.retain(|file, _| used.contains(file));
        self.picture_prints.retain(|file, _| used.contains(file));
        let made: Vec<_> = used
            .par_iter()
            .filter(|file| may_differ || !self.picture_prints.contains_key(*file))
            .filter_map(|file| {
                let (bytes, dark) = self.read_picture(file)?;
                let print = fingerprint(&(&bytes, &dark));
                let is_known = self.picture_prints.get(file) == Some(&print);
                (!is_known).then(|| {
                    let prepared = self.store.prepare(file, &bytes, dark.as_deref());
                    (file.clone(), print, prepared)
                })
            })
            .collect();
        let mut changed = BTreeSet::new();
        for (file, print, prepared) in made {
            changed.insert(Key::Picture(file.as_str().into()));
            self.picture_prints.insert(file.clone(), print);
            self.pictures.insert(file, prepared);
        }
        // A picture that is gone is missed by the pages that still show it.
        let gone: Vec<_> = used
            .iter()
            .filter(|file| !self.has_picture_file(file))
            .collect();
        for file in gone {
            if self.pictures.remove(file).is_some() {
                self.picture_prints.remove(file);
                changed.insert(Key::Picture(file.as_str().into()));
            }
        }
        self.are_files_stale |= !changed.is_empty();
        self.spread(&changed);
    }

    /// The files of all pictures in their sizes, apart from those that were delivered: their names change with their
    /// content.
    pub(super) fn picture_outputs(
        &self,
    ) -> (
        BTreeMap<String, PictureFile>,
        Vec<OutputFile>,
        Vec<Diagnostic>,
    ) {
        let prepared = self.pictures.values().filter_map(|made| made.as_ref().ok());
        let files = prepared.flat_map(Prepared::files);
        let all: BTreeMap<_, _> = files
            .map(|file| (file.path().to_owned(), file.clone()))
            .collect();
        let mut outputs = Vec::new();
        let mut faults = Vec::new();
        for (path, file) in &all {
            if self.inventory.is_delivered(path) {
                continue;
            }
            match read(file) {
                Ok(output) => outputs.push(output),
                Err(fault) => faults.push(fault),
            }
        }
        (all, outputs, faults)
    }

    fn used_pictures(&self) -> BTreeSet<String> {
        self.listed_entries()
            .flat_map(|entry| {
                let links = entry.page.body.links.iter();
                links.filter_map(|written| picture_file(&entry.page, written))
            })
            .collect()
    }

    fn has_picture_file(&self, file: &str) -> bool {
        let sources = self.sources.as_ref();
        sources.is_some_and(|sources| sources.pictures.contains(file))
    }

    /// The bytes of a picture and of its twin for the dark scheme.
    fn read_picture(&self, file: &str) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
        if !self.has_picture_file(file) {
            return None;
        }
        let read = |file: &str| fs::read(self.root.join(CONTENT).join(file)).ok();
        let (stem, kind) = file.rsplit_once('.')?;
        let twin = format!("{stem}.dark.{kind}");
        let dark = self.has_picture_file(&twin).then(|| read(&twin)).flatten();
        Some((read(file)?, dark))
    }
}

/// A file of a picture as a file of the site.
pub(super) fn read(file: &PictureFile) -> Result<OutputFile, Diagnostic> {
    match file.content() {
        Ok(content) => Ok(OutputFile {
            path: file.path().to_owned(),
            content: content.to_vec(),
        }),
        Err(error) => Err(Diagnostic::about(
            file.path(),
            format!("the kept picture cannot be read: {error}"),
        )
        .help("build again; pictures that were kept are made anew")),
    }
}
