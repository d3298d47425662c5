//! What was measured, as values.

use std::time::Duration;

use crate::bench::generator::Generator;
use crate::bench::measure::Usage;

/// Everything measured on one site.
#[derive(Debug)]
pub(super) struct Figures {
    /// How many pages the site has, apart from indexes.
    pub(super) pages: usize,
    /// How many bytes of Markdown.
    pub(super) markdown: usize,
    /// How many processors there are.
    pub(super) processors: usize,
    /// One for each generator.
    pub(super) entries: Vec<Entry>,
}

/// What was measured of one generator.
#[derive(Debug)]
pub(super) struct Entry {
    /// Which one.
    pub(super) generator: Generator,
    /// Its version.
    pub(super) version: String,
    /// Builds into an empty folder.
    pub(super) cold: Series,
    /// Builds after which nothing is different.
    pub(super) unchanged: Series,
    /// What it made.
    pub(super) output: Output,
    /// How soon an edit is seen.
    pub(super) edit: Option<Edit>,
}

impl Entry {
    /// Nothing is known yet.
    pub(super) const fn new(generator: Generator, version: String) -> Self {
        Self {
            generator,
            version,
            cold: Series(Vec::new()),
            unchanged: Series(Vec::new()),
            output: Output { files: 0, bytes: 0 },
            edit: None,
        }
    }
}

/// The same measured several times.
#[derive(Debug, Default)]
pub(super) struct Series(pub(super) Vec<Usage>);

impl Series {
    /// The medians of the times and the highest peak; nothing if nothing was measured.
    pub(super) fn typical(&self) -> Option<Usage> {
        Some(Usage {
            wall: median(self.0.iter().map(|usage| usage.wall))?,
            cpu: median(self.0.iter().map(|usage| usage.cpu))?,
            peak: self.0.iter().map(|usage| usage.peak).max()?,
        })
    }
}

/// A finished site.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Output {
    /// How many files.
    pub(super) files: usize,
    /// How many bytes.
    pub(super) bytes: u64,
}

/// How soon the server for editors shows an edit.
#[derive(Debug)]
pub(super) enum Edit {
    /// There is no such server, it ended, or it did not answer in time.
    Nothing(String),
    /// It showed edits.
    Served {
        /// From its start to the first page.
        ready: Duration,
        /// From a changed word to the page with it, several times.
        edits: Vec<Duration>,
        /// What a changed title did to the page beside it.
        neighbour: Neighbour,
    },
}

/// The list of the section on the page beside the one whose title was changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Neighbour {
    /// It shows the new title after this time.
    Right(Duration),
    /// It still showed the old one after this time.
    Stale(Duration),
    /// The title does not come from the page.
    NotAsked,
}

impl Edit {
    /// The median time of an edit.
    pub(super) fn typical(&self) -> Option<Duration> {
        match self {
            Self::Served { edits, .. } => median(edits.iter().copied()),
            Self::Nothing(_) => None,
        }
    }

    /// Whether the neighbour was right.
    pub(super) const fn is_right(&self) -> bool {
        matches!(
            self,
            Self::Served {
                neighbour: Neighbour::Right(_),
                ..
            }
        )
    }
}

/// The middle one of some values; of an even number the lower of the two in the middle.
pub(super) fn median<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values: Vec<_> = values.collect();
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}

/// 95 of 100 values are no higher.
pub(super) fn slow<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values: Vec<_> = values.collect();
    values.sort_unstable();
    values.get(values.len() * 95 / 100).copied()
}

/// The time of one answer for people: "2.95 ms", or the sign for what was not measured.
pub(super) fn in_milliseconds(time: Option<Duration>) -> String {
    time.map_or_else(nothing, |time| {
        format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
    })
}

/// The sign for what was not measured.
pub(super) fn nothing() -> String {
    "·".to_owned()
}

#[cfg(test)]
mod tests {
    use super::{median, slow};

    #[test]
    fn the_middle_one_is_typical() {
        for (values, expected) in [
            (&[][..], None),
            (&[3], Some(3)),
            (&[9, 1], Some(1)),
            (&[9, 1, 2], Some(2)),
        ] {
            assert_eq!(median(values.iter().copied()), expected);
        }
    }

    #[test]
    fn five_of_a_hundred_are_slower_than_the_slow_one() {
        assert_eq!(slow(0..100), Some(95));
        assert_eq!(slow([3].into_iter()), Some(3));
        assert_eq!(slow(std::iter::empty::<u8>()), None);
    }
}
