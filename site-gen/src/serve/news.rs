//! What a previewed page is told after each build: whether anything changed, and what is wrong.
//!
//! `cargo site serve` sends it as an event and answers it at the address of [`FILE`]; `cargo site build --watch` writes
//! it into the output folder, so that the same script works whoever serves the folder.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use rayon::prelude::*;
use serde::Serialize;

use crate::diagnostics::Diagnostic;
use crate::output::OutputFile;
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
    pub errors: Vec<Remark>,
    /// What may be wrong.
    pub warnings: Vec<Remark>,
    /// The files of the site that came, went or changed in this build; without it the reader cannot know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Vec<String>>,
    /// Where the next news will be sent from; without it the reader has to ask again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<&'static str>,
}

/// A [`Diagnostic`] as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    message: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    width: Option<usize>,
    text: Option<String>,
    note: Option<String>,
    help: Option<String>,
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

impl Remark {
    fn new(diagnostic: &Diagnostic) -> Self {
        Self {
            message: diagnostic.message().to_owned(),
            file: diagnostic.file().to_owned(),
            line: diagnostic.line(),
            column: diagnostic.column(),
            width: diagnostic.width(),
            text: diagnostic.line_text().map(str::to_owned),
            note: diagnostic.note_text().map(str::to_owned),
            help: diagnostic.help_text().map(str::to_owned),
        }
    }
}

/// Makes news of rounds. It keeps no files: the id of a site is made from the id before and what changed since.
#[derive(Debug, Default)]
pub struct Chronicle {
    state: Option<u64>,
}

impl Chronicle {
    /// What there is to tell of a round.
    pub fn note(&mut self, round: &Round) -> News {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            round.diagnostics.iter().partition(|one| one.is_error());
        let has_changed = !round.changed.is_empty() || !round.removed.is_empty();
        if errors.is_empty() && (has_changed || self.state.is_none()) {
            self.state = Some(next_state(self.state, round));
        }
        let remarks = |all: Vec<&Diagnostic>| all.into_iter().map(Remark::new).collect();
        News {
            id: self
                .state
                .map_or_else(String::new, |state| format!("{state:016x}")),
            errors: remarks(errors),
            warnings: remarks(warnings),
            changed: named(round),
            events: None,
        }
    }
}

fn named(round: &Round) -> Option<Vec<String>> {
    let count = round.changed.len() + round.removed.len();
    let changed = round.changed.iter().map(|file| &file.path);
    (count <= MOST_NAMED).then(|| changed.chain(&round.removed).cloned().collect())
}

fn next_state(before: Option<u64>, round: &Round) -> u64 {
    let digest = |file: &OutputFile| {
        let mut hasher = DefaultHasher::new();
        (&file.path, &file.content).hash(&mut hasher);
        hasher.finish()
    };
    let digests: Vec<u64> = round.changed.par_iter().map(digest).collect();
    let mut hasher = DefaultHasher::new();
    (before, digests, &round.removed).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
