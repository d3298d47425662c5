//! What an import found beside people, as values; the operator's tool has the words.

use std::collections::BTreeMap;

use crate::domain::dump::Place;
use crate::domain::former_records::{Contradiction, FormerTable, RecordNote, RecordRefused};
use crate::domain::money::Kopecks;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It comes over.
    New,
    /// It is there from an earlier import, or something here takes its place.
    There,
    /// It stays behind by rule.
    Left(RecordNote),
    /// Somebody has to decide.
    Refused(RecordRefused),
}

impl From<RecordRefused> for Fate {
    fn from(refused: RecordRefused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Contradiction> for Fate {
    fn from(contradiction: Contradiction) -> Self {
        Self::Refused(contradiction.into())
    }
}

/// Some rows, and the money in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub rows: usize,
    /// How much: of payments what came, of commissions what was due, of payouts what was paid; of other rows nothing.
    pub money: Kopecks,
}

impl Count {
    fn add(&mut self, money: Kopecks) {
        self.rows = self.rows.saturating_add(1);
        self.money = self.money + money;
    }
}

/// A table of the dump. Every row is in exactly one of the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that come over.
    pub new: Count,
    /// Rows that are there.
    pub there: Count,
    /// Rows that stay behind by rule.
    pub left_behind: Count,
    /// Rows about which somebody has to decide.
    pub refused: Count,
    /// What the money of the new rows is here: less what was given back, and rounded down.
    pub here: Kopecks,
}

impl Tally {
    /// All rows of the dump.
    #[must_use]
    pub fn all(&self) -> Count {
        let parts = [self.new, self.there, self.left_behind, self.refused];
        Count {
            rows: parts.iter().map(|part| part.rows).sum(),
            money: parts.iter().map(|part| part.money).sum(),
        }
    }
}

/// A partner whose balance is another one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartnerChange {
    /// The partner, by the predecessor's number.
    pub number: i64,
    /// What the partner could still ask for on the former site, by the rows of the dump.
    pub there: Kopecks,
    /// What the partner will have here; negative where the partner owes.
    pub here: Kopecks,
}

/// What an import found beside people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordsReport {
    /// The tables that are in the dump.
    pub tables: BTreeMap<FormerTable, Tally>,
    /// Rows about which somebody has to decide.
    pub refused: Vec<(FormerTable, Place, RecordRefused)>,
    /// What an operator should know of the others.
    pub notes: BTreeMap<(FormerTable, RecordNote), Vec<Place>>,
    /// Partners whose balances change by coming over.
    pub partners: Vec<PartnerChange>,
    /// Models of one name from several applications: which of them is meant nobody can say.
    pub ambiguous: Vec<(FormerTable, Vec<String>)>,
}

impl RecordsReport {
    /// About how many rows somebody has to decide.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.refused.len()
    }

    pub(super) fn count(&mut self, table: FormerTable, place: Place, money: Kopecks, fate: Fate) {
        let tally = self.tables.entry(table).or_default();
        match fate {
            Fate::New => tally.new.add(money),
            Fate::There => tally.there.add(money),
            Fate::Left(note) => {
                tally.left_behind.add(money);
                self.note(table, place, &[note]);
            }
            Fate::Refused(refused) => {
                tally.refused.add(money);
                self.refused.push((table, place, refused));
            }
        }
    }

    pub(super) fn note(&mut self, table: FormerTable, place: Place, notes: &[RecordNote]) {
        for note in notes {
            self.notes.entry((table, *note)).or_default().push(place);
        }
    }

    pub(super) fn comes_as(&mut self, table: FormerTable, money: Kopecks) {
        let tally = self.tables.entry(table).or_default();
        tally.here = tally.here + money;
    }
}
