//! The figures for people.

use std::fmt::Write as _;
use std::time::Duration;

use crate::bench::figures::{Edit, Entry, Figures, Neighbour, Series};
use crate::bench::generator::Generator;
use crate::bench::goals::{self, Goal};

/// Everything measured on one site, as lines.
pub(super) fn draw(figures: &Figures) -> String {
    let mut text = format!(
        "{} pages, {} of Markdown, {} processors; medians",
        grouped(figures.pages),
        megabytes(u64::try_from(figures.markdown).unwrap_or(0)),
        figures.processors
    );
    for (title, series) in [
        ("from nothing", Entry::cold as fn(&Entry) -> &Series),
        ("nothing changed", Entry::unchanged),
    ] {
        draw_builds(&mut text, figures, title, series);
    }
    draw_edits(&mut text, figures);
    text.push_str("\n\ngoals (for 10,000 pages on two processors)");
    for goal in goals::judge(figures) {
        text.push_str(&draw_goal(&goal));
    }
    text
}

impl Entry {
    fn cold(&self) -> &Series {
        &self.cold
    }

    fn unchanged(&self) -> &Series {
        &self.unchanged
    }

    fn label(&self) -> String {
        format!("{} {}", self.generator.name(), self.version)
    }
}

// Writing to a string cannot fail, here and below.
fn draw_builds(text: &mut String, figures: &Figures, title: &str, of: fn(&Entry) -> &Series) {
    let ours = figures
        .find(Generator::Ours)
        .and_then(|entry| of(entry).typical())
        .map(|usage| usage.wall);
    let _ = write!(
        text,
        "\n\n{title:<18}{:>9}{:>10}{:>10}{:>9}{:>11}{:>10}",
        "wall", "CPU", "peak", "files", "output", "to ours"
    );
    for entry in &figures.entries {
        let Some(usage) = of(entry).typical() else {
            if of(entry).0.is_empty() && entry.generator != Generator::Floor {
                let _ = write!(text, "\n  {:<16}{:>9}", entry.label(), "too long");
            }
            continue;
        };
        let ratio = goals::ratio(Some(usage.wall), ours);
        let _ = write!(
            text,
            "\n  {:<16}{:>9}{:>10}{:>10}{:>9}{:>11}{:>10}",
            entry.label(),
            seconds(usage.wall),
            seconds(usage.cpu),
            format!("{} MiB", usage.peak / 1024 / 1024),
            grouped(entry.output.files),
            megabytes(entry.output.bytes),
            ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}×")),
        );
    }
}

fn draw_edits(text: &mut String, figures: &Figures) {
    if figures.entries.iter().all(|entry| entry.edit.is_none()) {
        return;
    }
    let _ = write!(
        text,
        "\n\n{:<18}{:>9}{:>10}{:>20}   neighbour after a change of title",
        "an edit", "ready", "median", "from–to"
    );
    for entry in &figures.entries {
        match &entry.edit {
            None => {}
            Some(Edit::Nothing(reason)) => {
                let _ = write!(text, "\n  {:<16}  {reason}", entry.label());
            }
            Some(
                edit @ Edit::Served {
                    ready,
                    edits,
                    neighbour,
                },
            ) => {
                let range = edits.iter().min().zip(edits.iter().max());
                let range = range.map_or_else(String::new, |(least, most)| {
                    format!("{}–{}", least.as_millis(), milliseconds(*most))
                });
                let _ = write!(
                    text,
                    "\n  {:<16}{:>9}{:>10}{range:>20}   {}",
                    entry.label(),
                    seconds(*ready),
                    edit.typical().map_or_else(String::new, milliseconds),
                    in_words(*neighbour),
                );
            }
        }
    }
}

fn in_words(neighbour: Neighbour) -> String {
    match neighbour {
        Neighbour::Right(time) => format!("right, {}", milliseconds(time)),
        Neighbour::Stale(time) => format!("STALE after {}", seconds(time)),
        Neighbour::NotAsked => "not asked: titles stand in SUMMARY.md".to_owned(),
    }
}

/// A promise and whether it was kept, as a line.
pub(super) fn draw_goal(goal: &Goal) -> String {
    let mark = match goal.is_kept {
        Some(true) => '✓',
        Some(false) => '✗',
        None => '·',
    };
    let measured = if goal.measured.is_empty() {
        "not measured"
    } else {
        &goal.measured
    };
    format!("\n  {mark} {}: {measured}", goal.promise)
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn milliseconds(time: Duration) -> String {
    format!(
        "{} ms",
        grouped(usize::try_from(time.as_millis()).unwrap_or(0))
    )
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

/// The number with commas between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{draw, grouped, megabytes};
    use crate::bench::figures::{Edit, Entry, Figures, Neighbour, Series};
    use crate::bench::generator::Generator;
    use crate::bench::measure::Usage;
    use std::time::Duration;

    #[test]
    fn numbers_read_well() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(megabytes(31_460_000), "31.4 MB");
    }

    #[test]
    fn each_generator_has_its_line_with_the_ratio_to_ours() {
        let usage = |milliseconds| {
            Series(vec![Usage {
                wall: Duration::from_millis(milliseconds),
                cpu: Duration::from_millis(milliseconds),
                peak: 1 << 20,
            }])
        };
        let mut hugo = Entry::new(Generator::Hugo, "0.168.0".to_owned());
        hugo.cold = usage(3_000);
        hugo.edit = Some(Edit::Served {
            ready: Duration::from_secs(3),
            edits: vec![Duration::from_millis(900), Duration::from_millis(1_100)],
            neighbour: Neighbour::Stale(Duration::from_secs(20)),
        });
        let mut ours = Entry::new(Generator::Ours, "0.1.0".to_owned());
        ours.cold = usage(200);
        let figures = Figures {
            pages: 1_000,
            markdown: 3_100_000,
            processors: 2,
            entries: vec![ours, hugo],
        };
        let table = draw(&figures);
        for line in [
            "1,000 pages, 3.1 MB of Markdown, 2 processors; medians\n",
            "\n  hugo 0.168.0       3.00 s    3.00 s     1 MiB        0     0.0 MB    15.00×\n",
            "\n  hugo 0.168.0       3.00 s    900 ms        900–1,100 ms   STALE after 20.00 s\n",
            "\n  ✓ from nothing at least 15 times faster than the best peer: 15.00\n",
            "\n  · from nothing at most 8 times the floor: not measured\n",
        ] {
            assert!(table.contains(line), "{line} is missing in:\n{table}");
        }
    }
}
