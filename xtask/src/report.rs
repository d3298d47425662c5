//! Everything this program prints goes through here.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this module is the program's voice"
)]

use std::time::Duration;

use crate::failure::Failure;
use crate::process::interrupt;
use crate::stopwatch::Stopwatch;

const TITLE_WIDTH: usize = 46;

/// Prints a line as it is.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Prints a heading.
pub(crate) fn heading(text: &str) {
    println!("\n{text}");
}

/// Prints the failed program's output and then the one line that says what to do.
pub(crate) fn failure(failure: &Failure) {
    if !failure.output().is_empty() {
        eprintln!("{}", failure.output().trim_end());
    }
    eprintln!("error: {failure}");
}

/// A step while it runs: it can say that it will take a while, and what it found.
#[derive(Debug)]
pub(crate) struct Step {
    title: String,
    finding: Option<String>,
}

impl Step {
    /// Says what takes long, before it does.
    pub(crate) fn doing(&self, what: &str) {
        println!("  … {}: {what}", self.title);
    }

    /// Adds a word to the line that is printed at the end.
    pub(crate) fn found(&mut self, finding: impl Into<String>) {
        self.finding = Some(finding.into());
    }
}

/// Runs a step and prints its title with the time it took.
///
/// # Errors
/// The step's own failure, unchanged; the caller decides whether to go on.
pub(crate) fn step<T>(
    title: &str,
    work: impl FnOnce(&mut Step) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let watch = Stopwatch::start();
    let mut step = Step {
        title: title.to_owned(),
        finding: None,
    };
    let result = work(&mut step);
    if !interrupt::is_requested() {
        let mark = if result.is_ok() { '✓' } else { '✗' };
        let title = match &step.finding {
            Some(finding) => format!("{title} ({finding})"),
            None => title.to_owned(),
        };
        println!(
            "  {mark} {title:<TITLE_WIDTH$} {:>8}",
            duration(watch.elapsed())
        );
    }
    result
}

/// A duration for people: tenths of a second up to a minute, then minutes and seconds.
pub(crate) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::duration;
    use std::time::Duration;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(Duration::from_millis(40)), "0.0 s");
        assert_eq!(duration(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
