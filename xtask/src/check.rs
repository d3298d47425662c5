//! `cargo xtask test`: every check and every test.
//!
//! All of them run, also after one has failed, except where one needs what another makes. The last line is
//! the verdict.

mod count;
mod end_to_end;
mod host;
mod pages;
mod schemathesis;
mod scripts;

use std::process::ExitCode;
use std::thread;

use crate::budget;
use crate::check::count::Count;
use crate::failure::Failure;
use crate::process::interrupt;
use crate::project::Project;
use crate::report;
use crate::setup;
use crate::setup::crates::CARGO_DENY;
use crate::setup::wasm_target::WasmTarget;
use crate::site;
use crate::stopwatch::Stopwatch;
use crate::worker::{self, Profile};

/// What `cargo xtask test` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Leave out what needs the compiled Worker or a browser.
    #[arg(long)]
    fast: bool,
}

/// Runs everything and prints the verdict.
///
/// # Errors
/// Somebody asked to stop.
pub(crate) fn run(project: &Project, options: &Options) -> Result<ExitCode, Failure> {
    let watch = Stopwatch::start();
    let mut verdict = Verdict::default();
    report::heading(if options.fast {
        "checks"
    } else {
        "checks, and set-up beside them"
    });
    let worker_target = thread::scope(|scope| {
        // Tools download and compile while the checks that need none of them run.
        let deny = scope.spawn(|| CARGO_DENY.install(project));
        let set_up = (!options.fast).then(|| scope.spawn(|| setup::everything(project)));
        host_checks(project, &mut verdict, options.fast);
        let deny = deny.join().unwrap_or_else(|_| Err(lost_thread()));
        verdict.check(deny.and_then(|()| host::deny(project)));
        set_up.map(|thread| thread.join().unwrap_or_else(|_| Err(lost_thread())))
    });
    let site = verdict.check(site::build_twice(project));
    if let Some(target) = worker_target
        && let Some(target) = verdict.check(target)
    {
        report::heading("what browsers get");
        verdict.check(scripts::check_types(project));
        if site.is_some() {
            verdict.check(pages::validate(project));
            verdict.check(budget::pages::check(project));
        }
        report::heading("the Worker");
        worker_checks(project, &mut verdict, &target, site.is_some());
    }
    if interrupt::is_requested() {
        return Err(Failure::new("interrupted", "start it again"));
    }
    Ok(verdict.announce(&report::duration(watch.elapsed())))
}

fn host_checks(project: &Project, verdict: &mut Verdict, is_fast: bool) {
    verdict.check(host::format(project));
    verdict.check(host::merged(project));
    verdict.check(host::lint(project));
    verdict.test(host::test(project));
    verdict.check(host::document(project));
    if is_fast {
        verdict.check(setup::host_programs(project));
    }
}

fn worker_checks(project: &Project, verdict: &mut Verdict, target: &WasmTarget, has_site: bool) {
    let lint = report::step("clippy, wasm32", |_| worker::lint(project, target));
    verdict.check(lint);
    let built = verdict.check(worker::build(project, target, Profile::Release));
    if built.is_none() || !has_site {
        verdict.check::<()>(Err(Failure::new(
            "the tests against the running product did not run",
            "mend the build of the site and the Worker first",
        )));
        return;
    }
    verdict.check(budget::check(project));
    report::heading("the running product");
    end_to_end::run(project, verdict);
}

fn lost_thread() -> Failure {
    Failure::new("a step ended without a result", "run the command again")
}

/// What is known so far.
#[derive(Debug, Default)]
struct Verdict {
    count: Count,
    failures: Vec<Failure>,
}

impl Verdict {
    /// Notes a check that is not a test: it counts only when it fails.
    fn check<T>(&mut self, result: Result<T, Failure>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(failure) => {
                self.failures.push(failure);
                self.count.failed += 1;
                None
            }
        }
    }

    /// Notes the tests that ran; a run that failed without naming a test counts as one failure.
    fn test(&mut self, (count, result): (Count, Result<(), Failure>)) {
        self.count.passed += count.passed;
        self.count.failed += count.failed;
        if let Err(failure) = result {
            self.failures.push(failure);
            if count.failed == 0 {
                self.count.failed += 1;
            }
        }
    }

    fn announce(&self, time: &str) -> ExitCode {
        if !self.failures.is_empty() {
            report::heading("what failed");
        }
        self.failures.iter().for_each(report::failure);
        report::heading(&format!("done in {time}"));
        report::line(&format!(
            "{} passed, {} failed",
            self.count.passed, self.count.failed
        ));
        if self.count.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Verdict};
    use crate::failure::Failure;

    fn failure() -> Failure {
        Failure::new("it broke", "mend it")
    }

    #[test]
    fn checks_count_only_when_they_fail() {
        let mut verdict = Verdict::default();
        verdict.check(Ok(()));
        assert_eq!(
            verdict.count,
            Count {
                passed: 0,
                failed: 0
            }
        );
        verdict.check::<()>(Err(failure()));
        assert_eq!(
            verdict.count,
            Count {
                passed: 0,
                failed: 1
            }
        );
    }

    #[test]
    fn a_test_run_that_dies_counts_as_a_failure() {
        let mut verdict = Verdict::default();
        verdict.test((
            Count {
                passed: 3,
                failed: 0,
            },
            Err(failure()),
        ));
        assert_eq!(
            verdict.count,
            Count {
                passed: 3,
                failed: 1
            }
        );
        verdict.test((
            Count {
                passed: 2,
                failed: 2,
            },
            Err(failure()),
        ));
        assert_eq!(
            verdict.count,
            Count {
                passed: 5,
                failed: 3
            }
        );
    }
}
