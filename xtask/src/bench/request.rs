//! `cargo xtask bench request`: what an authenticated request costs beside the least that a Worker with a database can do.
//!
//! Both run as they are served on this machine, each on a workerd of its own behind the same rules for files, and are asked
//! in turn, in pairs, by one client over one connection each. A Worker that answers at once shows how much of the time is the way
//! there and back. How much of the database each reads is counted apart, because counting takes time.

mod contestant;

use std::fmt::Write as _;
use std::time::Duration;

use crate::bench::figures::{in_milliseconds, median, nothing, slow};
use crate::bench::goals::{Goal, at_most, ratio};
use crate::bench::measure;
use crate::bench::request::contestant::{Contestant, Reads, Stage};
use crate::bench::table::draw_goal;
use crate::failure::Failure;
use crate::process::interrupt;
use crate::project::{self, Project};
use crate::report;
use crate::setup;
use crate::worker::{self, Profile};

/// So many turns are not counted: an engine compiles what it has run often.
const WARM_UP: usize = 300;

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// How many turns each gets.
    #[arg(long, value_name = "N", default_value_t = 3000)]
    rounds: usize,
}

/// What was measured of one of them.
#[derive(Debug)]
struct Figure {
    contestant: Contestant,
    /// What it asks of the database for one request, if it has one.
    reads: Option<Reads>,
    rounds: Vec<Duration>,
}

impl Figure {
    fn typical(&self) -> Option<Duration> {
        median(self.rounds.iter().copied())
    }

    /// 95 of 100 answers take no longer.
    fn slow(&self) -> Option<Duration> {
        slow(self.rounds.iter().copied())
    }
}

/// Measures and prints.
///
/// # Errors
/// The Worker does not compile, a server does not start, or an answer is not what it should be.
pub(super) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    report::heading("set-up");
    let target = setup::everything(project)?;
    worker::build(project, &target, Profile::Release)?;
    // The servers want the folder of the site, and nothing in it is asked for.
    project::make_folder(&project.path("dist"))?;
    report::heading("measuring");
    let reads = report::step("reads of the database", |_| contestant::count(project))?;
    let stage = report::step("servers", |_| Stage::set(project))?;
    let load = measure::load_of_others();
    if let Some(load) = load {
        report::line(&format!("  ! {load} other programs are at work here"));
    }
    let mut figures: Vec<_> = Contestant::ALL
        .into_iter()
        .map(|contestant| Figure {
            contestant,
            reads: reads
                .iter()
                .find_map(|(counted, reads)| (*counted == contestant).then_some(*reads)),
            rounds: Vec::with_capacity(options.rounds),
        })
        .collect();
    report::step(&format!("{} rounds", options.rounds), |_| {
        for round in 0..WARM_UP + options.rounds {
            if interrupt::is_requested() {
                break;
            }
            // Nobody always comes first.
            figures.rotate_left(1);
            for figure in &mut figures {
                let time = stage.ask(figure.contestant)?;
                if round >= WARM_UP {
                    figure.rounds.push(time);
                }
            }
        }
        Ok(())
    })?;
    figures.sort_by_key(|figure| figure.contestant);
    report::heading(&draw(&figures));
    Ok(())
}

// Writing to a string cannot fail.
fn draw(figures: &[Figure]) -> String {
    let bare = find(figures, Contestant::Bare).and_then(Figure::typical);
    let mut text = format!(
        "{:<42}{:>10}{:>10}{:>10}{:>9}{:>9}{:>11}",
        "one request, wall time", "median", "p95", "to bare", "visits", "queries", "rows read"
    );
    for figure in figures {
        let typical = figure.typical();
        let [median, slow] = [typical, figure.slow()].map(in_milliseconds);
        let times = ratio(typical, bare).map_or_else(nothing, |ratio| format!("{ratio:.2}×"));
        let [visits, queries, rows] = figure.reads.map_or_else(
            || [nothing(), nothing(), nothing()],
            |reads| [reads.visits, reads.queries, reads.rows].map(|count| count.to_string()),
        );
        let _ = write!(
            text,
            "\n  {:<40}{median:>10}{slow:>10}{times:>10}{visits:>9}{queries:>9}{rows:>11}",
            figure.contestant.name(),
        );
    }
    text.push_str("\n\ngoals");
    for goal in judge(figures) {
        text.push_str(&draw_goal(&goal));
    }
    text
}

fn judge(figures: &[Figure]) -> Vec<Goal> {
    let of = |contestant| find(figures, contestant).and_then(Figure::typical);
    vec![at_most(
        "an authenticated request takes at most 1.5 times a bare read of one row",
        of(Contestant::Ours),
        of(Contestant::Bare),
        1.5,
    )]
}

fn find(figures: &[Figure], contestant: Contestant) -> Option<&Figure> {
    figures
        .iter()
        .find(|figure| figure.contestant == contestant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(contestant: Contestant, microseconds: u64, reads: Option<Reads>) -> Figure {
        let rounds = (1..=100).map(|round| Duration::from_micros(microseconds + round));
        Figure {
            contestant,
            reads,
            rounds: rounds.collect(),
        }
    }

    fn reads(visits: u32, queries: u32, rows: u32) -> Reads {
        Reads {
            visits,
            queries,
            rows,
        }
    }

    #[test]
    fn each_has_its_line_and_the_goal_is_held_against_the_bare_one() {
        let table = draw(&[
            figure(Contestant::Ours, 2_950, Some(reads(1, 1, 2))),
            figure(Contestant::Bare, 1_950, Some(reads(1, 1, 1))),
            figure(Contestant::Nothing, 950, None),
        ]);
        for line in [
            "ours, GET /api/auth/profile/               3.00 ms   3.05 ms     1.50×        1        1          2",
            "bare, one row by its key                   2.00 ms   2.05 ms     1.00×        1        1          1",
            "nothing, the way there and back            1.00 ms   1.05 ms     0.50×        ·        ·          ·",
            "✓ an authenticated request takes at most 1.5 times a bare read of one row: 1.50",
        ] {
            assert!(table.contains(line), "{line} is missing in:\n{table}");
        }
    }

    #[test]
    fn what_was_not_measured_is_not_judged() {
        let table = draw(&[figure(Contestant::Ours, 3_000, None)]);
        assert!(
            table.contains("bare read of one row: not measured"),
            "{table}"
        );
    }
}
