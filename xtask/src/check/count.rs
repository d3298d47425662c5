//! How many tests ran, from what the runners print.

use std::ops::AddAssign;

/// Tests that ran.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Count {
    /// Those that did what they should.
    pub(super) passed: u32,
    /// Those that did not.
    pub(super) failed: u32,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Adds up the lines `test result: ok. 12 passed; 0 failed; 1 ignored; …` of `cargo test`.
pub(super) fn in_cargo_output(output: &str) -> Count {
    let mut sum = Count::default();
    for line in output.lines() {
        if let Some((_, rest)) = line.split_once("test result: ") {
            sum += Count {
                passed: before(rest, "passed"),
                failed: before(rest, "failed"),
            };
        }
    }
    sum
}

/// Reads the summary lines `# pass 3` and `# fail 0` of Node's TAP output.
pub(super) fn in_tap(output: &str) -> Count {
    let number = |name: &str| {
        output
            .lines()
            .filter_map(|line| line.strip_prefix(name)?.trim().parse::<u32>().ok())
            .sum()
    };
    let not_ended: u32 = number("# cancelled ");
    Count {
        passed: number("# pass "),
        failed: number("# fail ") + not_ended,
    }
}

/// What is worth reading of a failed `cargo test`: neither what was compiled nor what went well.
pub(super) fn without_the_good_news(output: &str) -> String {
    let is_news = |line: &&str| {
        let is_good =
            line.starts_with("test ") && (line.ends_with("ok") || line.ends_with("ignored"));
        let is_progress = ["   Compiling ", "  Downloaded ", "     Running "]
            .iter()
            .any(|start| line.starts_with(start));
        !is_good && !is_progress && !line.trim().is_empty()
    };
    output
        .lines()
        .filter(is_news)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The part of Node's report that repeats the failing tests, or all of it.
pub(super) fn failing_tests(report: &str) -> &str {
    report
        .split_once("failing tests:\n")
        .map_or(report, |(_, failing)| failing.trim_start())
}

/// The number in front of a word.
fn before(text: &str, word: &str) -> u32 {
    let mut last = "";
    for part in text.split([' ', ';', '.']).filter(|part| !part.is_empty()) {
        if part == word {
            return last.parse().unwrap_or(0);
        }
        last = part;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{Count, failing_tests, in_cargo_output, in_tap, without_the_good_news};

    #[test]
    fn the_results_of_all_test_programs_are_added() {
        let output = "running 2 tests\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(
            in_cargo_output(output),
            Count {
                passed: 15,
                failed: 2
            }
        );
    }

    #[test]
    fn no_result_is_no_test() {
        assert_eq!(
            in_cargo_output("error: could not compile"),
            Count::default()
        );
        assert_eq!(in_tap(""), Count::default());
    }

    #[test]
    fn the_summary_of_node_is_read() {
        let output = "TAP version 13\nok 1 - signs in\n1..1\n# tests 4\n# suites 0\n# pass 3\n\
            # fail 0\n# cancelled 1\n# skipped 0\n# todo 0\n# duration_ms 12.3\n";
        assert_eq!(
            in_tap(output),
            Count {
                passed: 3,
                failed: 1
            }
        );
    }

    #[test]
    fn of_a_report_the_failing_tests_are_shown() {
        let report =
            "✔ good (1ms)\n✖ bad (2ms)\nℹ fail 1\n\n✖ failing tests:\n\ntest at a.mjs:1:1\n";
        assert_eq!(failing_tests(report), "test at a.mjs:1:1\n");
        assert_eq!(failing_tests("crashed"), "crashed");
    }

    #[test]
    fn of_a_failed_run_the_failures_are_kept() {
        let output = "   Compiling a v0.1.0\ntest good ... ok\ntest bad ... FAILED\n\n---- bad ----\npanicked\n";
        assert_eq!(
            without_the_good_news(output),
            "test bad ... FAILED\n---- bad ----\npanicked"
        );
    }
}
