//! What an import found in a dump, as values; the operator's tool has the words.

use std::collections::BTreeMap;

use crate::domain::dump::Place;
use crate::domain::former_user::{FormerPassword, Note, RowRefused};

/// An account that an earlier import added and that has changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The row.
    pub place: Place,
    /// The address in the dump.
    pub address: String,
    /// What differs.
    pub fields: Vec<&'static str>,
}

/// What can be done with a stored password, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PasswordKind {
    /// It opens the door here too.
    Works {
        /// How often its hash is repeated.
        iterations: String,
    },
    /// There is none.
    Unusable,
    /// Of an algorithm that is not checked here.
    OtherAlgorithm(String),
    /// More iterations than the Worker would compute.
    TooManyIterations,
}

/// What an import found. Every row of a person is in exactly one of: new, `equal`, `different`, `gone`,
/// `registered_here`, `collisions`, `unreadable`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// The model whose rows are people.
    pub model: String,
    /// How many rows are people, or ought to be.
    pub rows: usize,
    /// How many rows of other models were passed over.
    pub passed_over: BTreeMap<String, usize>,
    /// How many are there from an earlier import and have not changed.
    pub equal: usize,
    /// Those that are there from an earlier import and have changed.
    pub different: Vec<Difference>,
    /// Those whom an earlier import added and whose account is gone.
    pub gone: Vec<Place>,
    /// Those with whose address somebody has an account that was made here.
    pub registered_here: Vec<(Place, String)>,
    /// Rows whose addresses differ in letter case alone.
    pub collisions: Vec<(String, Vec<Place>)>,
    /// Rows that are not a person.
    pub unreadable: Vec<(Place, RowRefused)>,
    /// The stored passwords of those who are new.
    pub passwords: BTreeMap<PasswordKind, usize>,
    /// What is left behind of those who are new.
    pub notes: BTreeMap<Note, Vec<Place>>,
}

impl ImportReport {
    /// Whether every row can come over or is there: nothing has to be left out.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.collisions.is_empty() && self.unreadable.is_empty()
    }

    /// How many rows have to be left out.
    #[must_use]
    pub fn left_out(&self) -> usize {
        let collided: usize = self.collisions.iter().map(|(_, places)| places.len()).sum();
        collided.saturating_add(self.unreadable.len())
    }

    pub(super) fn of(model: &str) -> Self {
        Self {
            model: model.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn pass_over(&mut self, model: &str) {
        let count = self.passed_over.entry(model.to_owned()).or_default();
        *count = count.saturating_add(1);
    }

    pub(super) fn count_password(&mut self, password: &FormerPassword) {
        let kind = match password {
            FormerPassword::Works(hash) => PasswordKind::Works {
                // `pbkdf2_sha256$600000$…`
                iterations: hash
                    .to_string()
                    .split('$')
                    .nth(1)
                    .unwrap_or_default()
                    .to_owned(),
            },
            FormerPassword::Unusable => PasswordKind::Unusable,
            FormerPassword::OtherAlgorithm(name) => PasswordKind::OtherAlgorithm(name.clone()),
            FormerPassword::TooManyIterations => PasswordKind::TooManyIterations,
        };
        let count = self.passwords.entry(kind).or_default();
        *count = count.saturating_add(1);
    }

    pub(super) fn note(&mut self, place: Place, notes: &[Note]) {
        for note in notes {
            self.notes.entry(*note).or_default().push(place);
        }
    }
}
