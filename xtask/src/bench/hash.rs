//! `cargo xtask bench hash`: the hash of one password, by our loop, by the crate and by OpenSSL.
//!
//! Each is a program of its own, and what it needs to start is measured apart and taken off. They take turns, and what
//! counts is the time of the processor, which other programs on this machine lengthen least. WebAssembly has no
//! instructions for SHA-256, where most processors have some; so OpenSSL is measured with and without them.

mod contestant;

use std::fmt::Write as _;
use std::time::Duration;

use crate::bench::figures::{median, nothing};
use crate::bench::goals::{Goal, at_most, ratio};
use crate::bench::hash::contestant::{Contestant, Hasher};
use crate::bench::measure;
use crate::bench::table::draw_goal;
use crate::failure::Failure;
use crate::project::Project;
use crate::report;

/// Longer than any of them takes on any machine that is worth measuring on.
const LIMIT: Duration = Duration::from_mins(1);

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// How many turns each gets.
    #[arg(long, value_name = "N", default_value_t = 9)]
    rounds: usize,
}

/// What one of them needed for one hash, a figure a round.
#[derive(Debug)]
struct Figure {
    hasher: Hasher,
    rounds: Vec<Duration>,
}

impl Figure {
    fn typical(&self) -> Option<Duration> {
        median(self.rounds.iter().copied())
    }
}

/// Measures and prints.
///
/// # Errors
/// Something does not compile, or a hash is wrong.
pub(super) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    report::heading("programs");
    let contestants = contestant::find(project)?;
    if let Some(load) = measure::load_of_others() {
        report::line(&format!("  ! {load} other programs are at work here"));
    }
    let mut figures: Vec<_> = contestants
        .iter()
        .map(|contestant| Figure {
            hasher: contestant.hasher,
            rounds: Vec::new(),
        })
        .collect();
    report::step(&format!("{} rounds", options.rounds), |_| {
        for _ in 0..options.rounds {
            for (contestant, figure) in contestants.iter().zip(&mut figures) {
                figure.rounds.push(measure_hash(project, contestant)?);
            }
        }
        Ok(())
    })?;
    report::heading(&draw(&figures));
    Ok(())
}

/// The processor's time for one hash, without that for starting the program.
fn measure_hash(project: &Project, contestant: &Contestant) -> Result<Duration, Failure> {
    let measure = |command| {
        let usage = measure::run(project, "bench-hash", command, LIMIT)?;
        usage.map(|usage| usage.cpu).ok_or_else(|| {
            Failure::new(
                format!("{} takes too long", contestant.hasher.name()),
                "measure on a machine with less to do",
            )
        })
    };
    let start = measure(contestant.start(project))?;
    let whole = measure(contestant.hash(project))?;
    Ok(whole.saturating_sub(start))
}

fn typical(figures: &[Figure], hasher: Hasher) -> Option<Duration> {
    figures
        .iter()
        .find(|figure| figure.hasher == hasher)
        .and_then(Figure::typical)
}

// Writing to a string cannot fail.
fn draw(figures: &[Figure]) -> String {
    let openssl = typical(figures, Hasher::OpenSsl);
    let plain = typical(figures, Hasher::PlainOpenSsl);
    let mut text = format!(
        "{:<44}{:>9}{:>12}{:>14}",
        "600,000 iterations, processor time, median", "CPU", "to OpenSSL", "without SHA"
    );
    for figure in figures {
        let time = figure.typical();
        let in_words =
            |base| ratio(time, base).map_or_else(nothing, |ratio| format!("{ratio:.2}×"));
        let milliseconds = time.map_or(0, |time| time.as_millis());
        let _ = write!(
            text,
            "\n  {:<42}{:>6} ms{:>12}{:>14}",
            figure.hasher.name(),
            milliseconds,
            in_words(openssl),
            in_words(plain)
        );
    }
    text.push_str("\n\ngoals");
    for goal in judge(figures) {
        text.push_str(&draw_goal(&goal));
    }
    text
}

fn judge(figures: &[Figure]) -> Vec<Goal> {
    let of = |hasher| typical(figures, hasher);
    vec![
        at_most(
            "native, at most 1.4 times OpenSSL",
            of(Hasher::Ours),
            of(Hasher::OpenSsl),
            1.4,
        ),
        at_most(
            "in the Worker's engine, at most 1.4 times native OpenSSL on equal terms, without SHA instructions",
            of(Hasher::OursInWasm),
            of(Hasher::PlainOpenSsl),
            1.4,
        ),
        at_most(
            "in the Worker's engine, at most 1.4 times native OpenSSL with everything that this processor has",
            of(Hasher::OursInWasm),
            of(Hasher::OpenSsl),
            1.4,
        ),
        at_most(
            "native, no slower than the crate",
            of(Hasher::Ours),
            of(Hasher::Crate),
            1.0,
        ),
        at_most(
            "in the Worker's engine, no slower than the crate",
            of(Hasher::OursInWasm),
            of(Hasher::CrateInWasm),
            1.0,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(hasher: Hasher, milliseconds: u64) -> Figure {
        Figure {
            hasher,
            rounds: vec![Duration::from_millis(milliseconds); 3],
        }
    }

    #[test]
    fn each_program_has_its_line_with_its_ratios_and_the_goals_are_judged() {
        let figures = [
            figure(Hasher::OpenSsl, 200),
            figure(Hasher::PlainOpenSsl, 400),
            figure(Hasher::Crate, 90),
            figure(Hasher::Ours, 60),
            figure(Hasher::CrateInWasm, 420),
            figure(Hasher::OursInWasm, 300),
        ];
        let table = draw(&figures);
        for line in [
            "ours, in V8                                  300 ms       1.50×         0.75×",
            "✓ native, at most 1.4 times OpenSSL: 0.30",
            "✓ in the Worker's engine, at most 1.4 times native OpenSSL on equal terms, without SHA instructions: 0.75",
            "✗ in the Worker's engine, at most 1.4 times native OpenSSL with everything that this processor has: 1.50",
            "✓ in the Worker's engine, no slower than the crate: 0.71",
        ] {
            assert!(table.contains(line), "{line} is missing in:\n{table}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_judged() {
        let table = draw(&[figure(Hasher::Ours, 60), figure(Hasher::Crate, 90)]);
        assert!(
            table.contains("· native, at most 1.4 times OpenSSL: not measured"),
            "{table}"
        );
        assert!(
            table.contains("✓ native, no slower than the crate: 0.67"),
            "{table}"
        );
    }
}
