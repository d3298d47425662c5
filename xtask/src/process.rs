//! Running other programs: one at a time with its output kept in a log, or beside this one as a service.

pub(crate) mod group;
pub(crate) mod interrupt;

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use crate::failure::Failure;
use crate::process::group::Group;
use crate::project::{self, Project};
use crate::stopwatch::Stopwatch;

const SHOWN_LINES: usize = 60;

/// A program that runs to its end while this one waits.
#[derive(Debug)]
pub(crate) struct Run {
    name: String,
    command: Command,
    log: PathBuf,
    missing: String,
    mend: String,
    limit: Option<Duration>,
}

impl Run {
    /// `name` appears in messages and names the log.
    pub(crate) fn new(project: &Project, name: &str, command: Command) -> Self {
        let log = project.log(&name.replace(' ', "-"));
        Self {
            name: name.to_owned(),
            missing: "install it and put its folder on PATH".to_owned(),
            mend: "see the messages above, then run the command again".to_owned(),
            limit: None,
            command,
            log,
        }
    }

    /// The advice for when the program ran and failed.
    pub(crate) fn mend(mut self, advice: impl Into<String>) -> Self {
        self.mend = advice.into();
        self
    }

    /// The advice for when there is no such program.
    pub(crate) fn missing(mut self, advice: impl Into<String>) -> Self {
        self.missing = advice.into();
        self
    }

    /// Ends the program when it takes longer.
    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Runs the program and returns everything it printed.
    ///
    /// # Errors
    /// The program is missing, ended with another status than success, or took too long.
    pub(crate) fn wait(self) -> Result<String, Failure> {
        let mend = self.mend.clone();
        let name = self.name.clone();
        let finished = self.finish()?;
        if finished.status.success() {
            return Ok(finished.output);
        }
        Err(
            Failure::new(format!("{name} failed ({})", finished.status), mend)
                .with_output(last_lines(&finished.output)),
        )
    }

    /// Runs the program and returns how it ended; a bad status is the caller's business.
    ///
    /// # Errors
    /// The program is missing or took too long.
    pub(crate) fn finish(mut self) -> Result<Finished, Failure> {
        self.send_output_to_log()?;
        let mut group = Group::spawn(&mut self.command).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::new(
                format!(
                    "{}: there is no program {}",
                    self.name,
                    self.command.get_program().to_string_lossy()
                ),
                self.missing.clone(),
            ),
            _ => Failure::new(
                format!("cannot start {}: {error}", self.name),
                self.missing.clone(),
            ),
        })?;
        let watch = Stopwatch::start();
        let status = match self.limit {
            None => group.wait(),
            Some(limit) => group.wait_until(|| watch.is_past(limit)),
        };
        let output = fs::read(&self.log).unwrap_or_default();
        let output = String::from_utf8_lossy(&output).into_owned();
        match status {
            Ok(Some(status)) => Ok(Finished { status, output }),
            Ok(None) => Err(Failure::new(
                format!("{} took too long and was ended", self.name),
                self.mend,
            )
            .with_output(last_lines(&output))),
            Err(error) => Err(Failure::new(
                format!("lost {}: {error}", self.name),
                self.mend,
            )),
        }
    }

    fn send_output_to_log(&mut self) -> Result<(), Failure> {
        if let Some(folder) = self.log.parent() {
            project::make_folder(folder)?;
        }
        let file = File::create(&self.log).and_then(|file| Ok((file.try_clone()?, file)));
        let (copy, file) = file.map_err(|error| Failure::file("write", &self.log, &error))?;
        self.command.stdin(Stdio::null()).stdout(copy).stderr(file);
        Ok(())
    }
}

/// How a program ended and what it printed.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Its exit status.
    pub(crate) status: ExitStatus,
    /// Both of its outputs, in the order they were written.
    pub(crate) output: String,
}

/// The end of a long output: compilers and test runners say the essential last.
pub(crate) fn last_lines(output: &str) -> String {
    let lines: Vec<&str> = output.trim_end().lines().collect();
    let hidden = lines.len().saturating_sub(SHOWN_LINES);
    lines.get(hidden..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{SHOWN_LINES, last_lines};

    #[test]
    fn a_short_output_is_shown_whole() {
        assert_eq!(last_lines("one\ntwo\n"), "one\ntwo");
    }

    #[test]
    fn of_a_long_output_the_end_is_shown() {
        let long = (0..200)
            .map(|number| number.to_string())
            .collect::<Vec<_>>();
        let shown = last_lines(&long.join("\n"));
        assert_eq!(shown.lines().count(), SHOWN_LINES);
        assert!(shown.ends_with("199"));
    }
}
