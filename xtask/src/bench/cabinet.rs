//! `cargo xtask bench cabinet`: what a client's cabinet costs among a hundred thousand other people, beside the same client among
//! twenty.
//!
//! Both databases have the sample clients of `cargo xtask dev`, one with a crowd around them. Each is served as on this machine by a
//! workerd of its own, and both are asked the same in turn, in pairs. The rows that D1 says it has read are counted apart, because
//! counting takes time; they are what Cloudflare charges for, and must not grow with the crowd.

mod stage;

use std::fmt::Write as _;
use std::time::Duration;

use crate::bench::cabinet::stage::{House, Stage};
use crate::bench::figures::{in_milliseconds, median, nothing, slow};
use crate::bench::goals::{Goal, at_most, ratio};
use crate::bench::measure;
use crate::bench::table::draw_goal;
use crate::failure::Failure;
use crate::process::interrupt;
use crate::project::{self, Project};
use crate::report;
use crate::setup;
use crate::worker::{self, Profile};

/// So many turns are not counted: an engine compiles what it has run often.
const WARM_UP: usize = 50;
/// How many other people there are in the smaller house.
const FEW: u32 = 20;

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// How many other people there are; each has made ten payments.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    users: u32,
    /// How many turns each gets.
    #[arg(long, value_name = "N", default_value_t = 500)]
    rounds: usize,
}

/// Somebody who looks at something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    /// Which sample client; nobody for what the service does by the clock.
    client: Option<&'static str>,
    /// At what.
    path: &'static str,
}

/// What is asked. Anna has bought a few things, Vera is a partner, Gleb has made 2,000 payments.
const LOOKS: [Look; 6] = [
    Look {
        client: Some("anna"),
        path: "/api/client/cabinet/",
    },
    Look {
        client: Some("vera"),
        path: "/api/client/cabinet/",
    },
    Look {
        client: Some("gleb"),
        path: "/api/client/cabinet/",
    },
    Look {
        client: Some("gleb"),
        path: "/api/client/dashboard/",
    },
    Look {
        client: Some("gleb"),
        path: "/api/client/payments/?page=40",
    },
    Look {
        client: None,
        path: "/cdn-cgi/local/scheduled",
    },
];

impl Look {
    fn name(self) -> String {
        match self.client {
            Some(client) => format!("{client}, {}", self.path),
            None => "what the clock does every five minutes".to_owned(),
        }
    }
}

/// What was measured of a look, in the house with few people and in the one with many.
#[derive(Debug)]
struct Figure {
    look: Look,
    rows: [u32; 2],
    times: [Vec<Duration>; 2],
}

impl Figure {
    fn typical(&self) -> [Option<Duration>; 2] {
        self.times
            .each_ref()
            .map(|times| median(times.iter().copied()))
    }

    /// 95 of 100 answers take no longer.
    fn slow(&self) -> [Option<Duration>; 2] {
        self.times
            .each_ref()
            .map(|times| slow(times.iter().copied()))
    }
}

/// Measures and prints.
///
/// # Errors
/// Something does not compile, a server does not start, or an answer is not what it should be.
pub(super) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    report::heading("set-up");
    let target = setup::everything(project)?;
    worker::build(project, &target, Profile::Release)?;
    // The servers want the folder of the site, and nothing in it is asked for.
    project::make_folder(&project.path("dist"))?;
    report::heading("databases");
    let houses = House::build(project, options.users)?;
    report::heading("measuring");
    let figures = measure_all(project, &houses, options.rounds);
    // As large as they are, they go also when something went wrong.
    House::tear_down(project)?;
    report::heading(&draw(&figures?, options.users));
    Ok(())
}

fn measure_all(
    project: &Project,
    houses: &[House; 2],
    rounds: usize,
) -> Result<Vec<Figure>, Failure> {
    let rows = report::step("rows read", |_| {
        let stage = Stage::counted(project, houses)?;
        LOOKS
            .iter()
            .map(|look| stage.count(*look))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let stage = report::step("servers", |_| Stage::set(project, houses))?;
    if let Some(load) = measure::load_of_others() {
        report::line(&format!("  ! {load} other programs are at work here"));
    }
    LOOKS
        .into_iter()
        .zip(rows)
        .map(|(look, rows)| {
            let mut times = [Vec::new(), Vec::new()];
            report::step(&look.name(), |_| {
                for round in 0..WARM_UP + rounds {
                    if interrupt::is_requested() {
                        break;
                    }
                    // Neither always comes first.
                    for turn in 0..2 {
                        let house = (round + turn) % 2;
                        let time = stage.ask(house, look)?;
                        if let Some(times) = times.get_mut(house)
                            && round >= WARM_UP
                        {
                            times.push(time);
                        }
                    }
                }
                Ok(())
            })?;
            Ok(Figure { look, rows, times })
        })
        .collect()
}

// Writing to a string cannot fail.
fn draw(figures: &[Figure], users: u32) -> String {
    let mut text = format!(
        "{:<46}{:>20}{:>22}{:>22}{:>8}",
        format!("among {FEW} people → among {users}"),
        "rows read",
        "median",
        "p95",
        "ratio"
    );
    for figure in figures {
        let [few, many] = figure.typical();
        let times = ratio(many, few).map_or_else(nothing, |ratio| format!("{ratio:.2}×"));
        let pair = |pair: [String; 2]| pair.join(" → ");
        let _ = write!(
            text,
            "\n  {:<44}{:>20}{:>22}{:>22}{times:>8}",
            figure.look.name(),
            pair(figure.rows.map(|rows| rows.to_string())),
            pair([few, many].map(in_milliseconds)),
            pair(figure.slow().map(in_milliseconds)),
        );
    }
    text.push_str("\n\ngoals");
    for goal in judge(figures) {
        text.push_str(&draw_goal(&goal));
    }
    text
}

fn judge(figures: &[Figure]) -> Vec<Goal> {
    let grown = figures.iter().filter(|figure| {
        let [few, many] = figure.rows;
        few != many
    });
    let slowest = figures.iter().max_by(|one, other| {
        let [one, other] = [one, other].map(|figure| {
            let [few, many] = figure.typical();
            ratio(many, few).unwrap_or_default()
        });
        one.total_cmp(&other)
    });
    let [few, many] = slowest.map_or([None, None], Figure::typical);
    let grown = grown.count();
    vec![
        Goal {
            promise: "the rows that are read do not grow with the crowd",
            measured: format!("{} of {} looks", figures.len() - grown, figures.len()),
            is_kept: Some(grown == 0),
        },
        at_most(
            "whatever is looked at takes at most 1.5 times as long",
            many,
            few,
            1.5,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(look: Look, rows: [u32; 2], milliseconds: [u64; 2]) -> Figure {
        let times = milliseconds.map(|time| {
            (0..100)
                .map(|round| Duration::from_micros(time * 1_000 + round))
                .collect()
        });
        Figure { look, rows, times }
    }

    #[test]
    fn each_look_has_its_line_and_the_worst_one_is_judged() {
        let [anna, vera, ..] = LOOKS;
        let table = draw(
            &[
                figure(anna, [40, 40], [4, 5]),
                figure(vera, [90, 91], [4, 8]),
            ],
            100,
        );
        for line in [
            "among 20 people → among 100",
            "anna, /api/client/cabinet/                               40 → 40     4.05 ms → 5.05 ms",
            "1.25×",
            "✗ the rows that are read do not grow with the crowd: 1 of 2 looks",
            "✗ whatever is looked at takes at most 1.5 times as long: 1.99",
        ] {
            assert!(table.contains(line), "{line} is missing in:\n{table}");
        }
    }
}
