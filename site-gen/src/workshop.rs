//! The site kept up to date: one whole build, then one round after each change of the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostics;
use crate::output::OutputFile;
use crate::{BuildMode, count_pages, generate};

/// What changed among the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Nothing is known: everything is to be looked at.
    Everything,
    /// Files that were written, made or deleted: paths relative to the root, with `/`.
    Files(BTreeSet<String>),
}

/// What an update came to. With errors there are no files: the old ones stay.
#[derive(Debug, Clone)]
pub struct Round {
    /// The files that are new or different since the last good round.
    pub changed: Vec<OutputFile>,
    /// The files that are gone since the last good round.
    pub removed: Vec<String>,
    /// What is wrong, and what may be.
    pub diagnostics: Diagnostics,
    /// How many pages the site has; those of the last good round if there are errors.
    pub pages: usize,
}

/// The sources and what was made of them last.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    mode: BuildMode,
    files: BTreeMap<String, Vec<u8>>,
    pages: usize,
}

impl Workshop {
    /// A workshop that has read nothing yet.
    #[must_use]
    pub fn new(root: &Path, mode: BuildMode, _today: time::Date) -> Self {
        Self {
            root: root.to_owned(),
            mode,
            files: BTreeMap::new(),
            pages: 0,
        }
    }

    /// Looks at what changed and makes what follows from it.
    pub fn update(&mut self, _changes: &Changes) -> Round {
        let files = match generate(&self.root, self.mode) {
            Ok(files) => files,
            Err(diagnostics) => {
                return Round {
                    changed: Vec::new(),
                    removed: Vec::new(),
                    diagnostics,
                    pages: self.pages,
                };
            }
        };
        self.pages = count_pages(&files);
        let names: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
        let is_gone = |name: &&String| !names.contains(name.as_str());
        let removed: Vec<_> = self.files.keys().filter(is_gone).cloned().collect();
        for name in &removed {
            self.files.remove(name);
        }
        let is_new = |file: &OutputFile| self.files.get(&file.path) != Some(&file.content);
        let changed: Vec<_> = files.into_iter().filter(is_new).collect();
        for file in &changed {
            self.files.insert(file.path.clone(), file.content.clone());
        }
        Round {
            changed,
            removed,
            diagnostics: Diagnostics::new(Vec::new()),
            pages: self.pages,
        }
    }
}
