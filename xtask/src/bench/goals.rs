//! What our generator promises, beside what was measured.

use std::time::Duration;

use crate::bench::figures::{Edit, Entry, Figures};
use crate::bench::generator::Generator;

const PEAK_LIMIT: u64 = 250 * 1024 * 1024;
const EDIT_LIMIT: Duration = Duration::from_millis(50);

/// A promise and whether it was kept.
#[derive(Debug)]
pub(super) struct Goal {
    /// The promise, in words.
    pub(super) promise: &'static str,
    /// What was measured, in words.
    pub(super) measured: String,
    /// Whether it was kept; nothing if something to compare with was not measured.
    pub(super) is_kept: Option<bool>,
}

/// The promises for 10,000 pages on two processors, held against any site.
pub(super) fn judge(figures: &Figures) -> Vec<Goal> {
    let ours = figures.find(Generator::Ours);
    let cold = |entry: &Entry| entry.cold.typical().map(|usage| usage.wall);
    let our_cold = ours.and_then(cold);
    let floor = figures.find(Generator::Floor).and_then(cold);
    let best_peer = figures.peers().filter_map(cold).min();
    let unchanged = ours.and_then(|entry| entry.unchanged.typical());
    let peak = ours
        .and_then(|entry| entry.cold.typical())
        .map(|usage| usage.peak);
    let edit = ours.and_then(|entry| entry.edit.as_ref());
    let our_edit = edit.filter(|edit| edit.is_right()).and_then(Edit::typical);
    let peer_edit = figures
        .peers()
        .filter_map(|entry| entry.edit.as_ref())
        .filter(|edit| edit.is_right())
        .filter_map(Edit::typical)
        .min();
    vec![
        at_least(
            "from nothing at least 15 times faster than the best peer",
            best_peer,
            our_cold,
            15.0,
        ),
        at_most(
            "from nothing at most 8 times the floor",
            our_cold,
            floor,
            8.0,
        ),
        at_most(
            "nothing changed at most 0.3 of from nothing",
            unchanged.map(|usage| usage.wall),
            our_cold,
            0.3,
        ),
        Goal {
            promise: "peak of memory under 250 MiB",
            measured: peak.map_or_else(String::new, |peak| format!("{} MiB", peak / 1024 / 1024)),
            is_kept: peak.map(|peak| peak < PEAK_LIMIT),
        },
        Goal {
            promise: "an edit seen within 50 ms, the neighbour right",
            measured: our_edit.map_or_else(String::new, |edit| format!("{} ms", edit.as_millis())),
            is_kept: our_edit.map(|edit| edit <= EDIT_LIMIT),
        },
        at_least(
            "an edit at least 10 times faster than any peer with the neighbour right",
            peer_edit,
            our_edit,
            10.0,
        ),
    ]
}

impl Figures {
    /// What was measured of one generator.
    pub(super) fn find(&self, generator: Generator) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.generator == generator)
    }

    fn peers(&self) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(|entry| entry.generator.is_peer())
    }
}

fn at_least(
    promise: &'static str,
    theirs: Option<Duration>,
    ours: Option<Duration>,
    least: f64,
) -> Goal {
    let ratio = ratio(theirs, ours);
    Goal {
        promise,
        measured: times(ratio),
        is_kept: ratio.map(|ratio| ratio >= least),
    }
}

/// A promise that something takes at most so many times as long as something else.
pub(super) fn at_most(
    promise: &'static str,
    ours: Option<Duration>,
    base: Option<Duration>,
    most: f64,
) -> Goal {
    let ratio = ratio(ours, base);
    Goal {
        promise,
        measured: times(ratio),
        is_kept: ratio.map(|ratio| ratio <= most),
    }
}

/// How many times the one is the other.
pub(super) fn ratio(one: Option<Duration>, other: Option<Duration>) -> Option<f64> {
    let other = other.filter(|other| !other.is_zero())?;
    Some(one?.as_secs_f64() / other.as_secs_f64())
}

fn times(ratio: Option<f64>) -> String {
    ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"))
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::bench::figures::{Edit, Entry, Figures, Neighbour, Series};
    use crate::bench::generator::Generator;
    use crate::bench::measure::Usage;
    use std::time::Duration;

    fn series(milliseconds: u64) -> Series {
        Series(vec![Usage {
            wall: Duration::from_millis(milliseconds),
            cpu: Duration::from_millis(milliseconds),
            peak: 200 << 20,
        }])
    }

    fn entry(generator: Generator, cold: u64, edit: u64, is_right: bool) -> Entry {
        let second = Duration::from_secs(1);
        Entry {
            cold: series(cold),
            unchanged: series(cold / 4),
            edit: Some(Edit::Served {
                ready: second,
                edits: vec![Duration::from_millis(edit)],
                neighbour: if is_right {
                    Neighbour::Right(second)
                } else {
                    Neighbour::Stale(second)
                },
            }),
            ..Entry::new(generator, String::new())
        }
    }

    fn kept(entries: Vec<Entry>) -> Vec<Option<bool>> {
        let figures = Figures {
            pages: 10,
            markdown: 10,
            processors: 2,
            entries,
        };
        judge(&figures).iter().map(|goal| goal.is_kept).collect()
    }

    #[test]
    fn promises_are_held_against_the_best_peer_and_the_floor() {
        let yes = Some(true);
        let no = Some(false);
        let entries = |ours, their_edit, is_right| {
            vec![
                entry(Generator::Floor, 300, 1, true),
                entry(Generator::Ours, ours, 40, true),
                entry(Generator::Hugo, 30_000, their_edit, is_right),
                entry(Generator::MdBook, 99_000, 90_000, true),
            ]
        };
        assert_eq!(
            kept(entries(2_000, 900, true)),
            [yes, yes, yes, yes, yes, yes]
        );
        assert_eq!(kept(entries(2_500, 200, true)), [no, no, yes, yes, yes, no]);
        // Fast but wrong is not competition.
        assert_eq!(
            kept(entries(2_000, 41, false)),
            [yes, yes, yes, yes, yes, yes]
        );
    }

    #[test]
    fn without_figures_nothing_is_claimed() {
        assert_eq!(kept(Vec::new()), [None; 6]);
    }
}
