//! What a previewed page is told after each build: whether anything changed, and what is wrong.
//!
//! `cargo site serve` sends it as an event and answers it at the address of [`FILE`]; `cargo site build --watch` writes
//! it into the output folder, so that the same script works whoever serves the folder.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::catalog::fingerprint;
use crate::diagnostics::Diagnostic;
use crate::output::{OutputFile, Sink};
use crate::workshop::Round;

/// The file that holds the news.
pub const FILE: &str = "preview.json";

/// More changed files than this are not named: every page looks for itself then.
const MOST_NAMED: usize = 200;

/// What became of the latest change of the sources.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct News {
    /// Another text for every change of the finished site; empty as long as there is none.
    pub id: String,
    /// What is wrong.
    pub errors: Vec<Diagnostic>,
    /// What may be wrong.
    pub warnings: Vec<Diagnostic>,
    /// The files of the site that came, went or changed in this build; without it the reader cannot know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Vec<String>>,
    /// Where the next news will be sent from; without it the reader has to ask again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<&'static str>,
}

impl News {
    /// The news for somebody who knows nothing of the build before.
    #[must_use]
    pub fn for_newcomer(&self) -> Self {
        Self {
            changed: None,
            ..self.clone()
        }
    }

    /// The news as JSON on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings and numbers always become JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The news as a file of the site.
    #[must_use]
    pub fn as_file(&self) -> OutputFile {
        OutputFile {
            path: FILE.to_owned(),
            content: self.for_newcomer().to_json().into_bytes(),
        }
    }
}

/// Makes news of rounds. It keeps no files: the id of a site is made from the id before and what changed since.
#[derive(Debug, Default)]
pub struct Chronicle {
    state: Option<u64>,
}

impl Chronicle {
    /// What there is to tell of a round in which the site came out different in these files.
    pub fn note(&mut self, round: &Round, prints: &Prints) -> News {
        let (errors, warnings): (Vec<_>, Vec<_>) = round
            .diagnostics
            .iter()
            .cloned()
            .partition(Diagnostic::is_error);
        let mut changed = Some(Vec::new());
        if round.is_good() {
            if self.state.is_none() || !prints.is_empty() || !round.removed.is_empty() {
                let mut hasher = DefaultHasher::new();
                (self.state, prints, &round.removed).hash(&mut hasher);
                self.state = Some(hasher.finish());
            }
            let names = prints.keys().chain(&round.removed);
            let count = prints.len() + round.removed.len();
            changed = (count <= MOST_NAMED).then(|| names.cloned().collect());
        }
        News {
            id: self
                .state
                .map_or_else(String::new, |state| format!("{state:016x}")),
            errors,
            warnings,
            changed,
            events: None,
        }
    }
}

/// Files that came out different, with the fingerprints of their content.
pub type Prints = BTreeMap<String, u64>;

/// Notes the files that pass on their way to another sink.
pub struct Witness<'a> {
    sink: &'a dyn Sink,
    prints: Mutex<Prints>,
}

impl<'a> Witness<'a> {
    /// A witness on the way to `sink`.
    pub fn new(sink: &'a dyn Sink) -> Self {
        Self {
            sink,
            prints: Mutex::default(),
        }
    }

    /// What has passed.
    #[must_use]
    pub fn into_prints(self) -> Prints {
        self.prints
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Witness<'_> {
    fn accept(&self, file: OutputFile) {
        let print = fingerprint(&file.content);
        let mut prints = self.prints.lock().unwrap_or_else(PoisonError::into_inner);
        prints.insert(file.path.clone(), print);
        drop(prints);
        self.sink.accept(file);
    }
}

#[cfg(test)]
mod tests;
