//! What one run of a program costs: time on the wall, time of the processors, and memory at its peak.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::failure::Failure;
use crate::process::group::Group;
use crate::process::last_lines;
use crate::project::{self, Project};
use crate::stopwatch::Stopwatch;

/// What a run cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Usage {
    /// From start to end.
    pub(super) wall: Duration,
    /// The time of all processors, for the program and for the system on its behalf.
    pub(super) cpu: Duration,
    /// The most memory it held at once, in bytes.
    pub(super) peak: u64,
}

/// Runs a program to its end; nothing if it took longer than the limit.
///
/// # Errors
/// The program cannot be started or fails.
pub(super) fn run(
    project: &Project,
    name: &str,
    mut command: Command,
    limit: Duration,
) -> Result<Option<Usage>, Failure> {
    let log = open_log(project, name)?;
    let copy = log
        .try_clone()
        .map_err(|error| Failure::file("write", &project.log(name), &error))?;
    command.stdin(Stdio::null()).stdout(copy).stderr(log);
    let watch = Stopwatch::start();
    let mut group = Group::spawn(&mut command).map_err(|error| lost(name, &error))?;
    let ended = group.wait_measured(|| watch.is_past(limit));
    let wall = watch.elapsed();
    let Some(used) = ended.map_err(|error| lost(name, &error))? else {
        return Ok(None);
    };
    if !used.status.success() {
        let output = std::fs::read_to_string(project.log(name)).unwrap_or_default();
        return Err(Failure::new(
            format!("{name} failed ({})", used.status),
            "mend what it says above",
        )
        .with_output(last_lines(&output)));
    }
    Ok(Some(Usage {
        wall,
        cpu: used.rusage.utime + used.rusage.stime,
        peak: used.rusage.maxrss,
    }))
}

/// The log of a program.
///
/// # Errors
/// It cannot be written.
pub(super) fn open_log(project: &Project, name: &str) -> Result<File, Failure> {
    project::make_folder(&project.target("logs"))?;
    let path = project.log(name);
    File::create(&path).map_err(|error| Failure::file("write", &path, &error))
}

/// Lets the disk finish what the last program left it to write, so that the next one does not pay for it.
pub(super) fn settle() {
    // Where there is no such program the figures are a little less steady.
    let _ = Command::new("sync").status();
}

/// How many other programs want the processors, where the system tells and it matters.
pub(super) fn load_of_others() -> Option<f64> {
    let averages = std::fs::read_to_string("/proc/loadavg").ok()?;
    let load: f64 = averages.split_whitespace().next()?.parse().ok()?;
    (load > 0.5).then_some(load)
}

fn lost(name: &str, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("cannot run {name}: {error}"),
        "run the command again",
    )
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::project::Project;
    use std::process::Command;
    use std::time::Duration;

    fn shell(script: &str, limit: Duration) -> Result<Option<super::Usage>, String> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let name = format!("measured {}", script.len());
        run(&Project::locate(), &name, command, limit).map_err(|failure| failure.to_string())
    }

    #[test]
    fn time_at_work_and_time_asleep_are_told_apart() {
        let asleep = shell("sleep 0.3", Duration::from_secs(20))
            .unwrap()
            .unwrap();
        assert!(asleep.wall >= Duration::from_millis(300), "{asleep:?}");
        assert!(asleep.cpu < Duration::from_millis(200), "{asleep:?}");
        let script = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        let at_work = shell(script, Duration::from_mins(1)).unwrap().unwrap();
        assert!(at_work.cpu > asleep.cpu, "{at_work:?}");
        assert!(at_work.peak > 100_000, "{at_work:?}");
    }

    #[test]
    fn a_run_beyond_the_limit_has_no_figures_and_a_failed_one_is_a_failure() {
        assert_eq!(
            shell("sleep 60 # long", Duration::from_millis(100)),
            Ok(None)
        );
        let failure = shell("exit 3", Duration::from_secs(20)).unwrap_err();
        assert!(failure.contains("exit status: 3"), "{failure}");
    }
}
