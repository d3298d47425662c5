//! Requests that people would not think of, made from the API's own document, as nobody and as somebody who is signed in.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::process::Run;
use crate::project::{self, Project};
use crate::report;
use crate::stamp::{Fingerprint, Stamp};

const FOLDER: &str = "tests/schemathesis";
/// Either run takes well below a minute; a machine that is busy with other things takes longer.
const LIMIT: Duration = Duration::from_mins(3);
const ADVICE: &str = "install Python 3.10 or later with pip, then run the command again";

/// Schemathesis with what it needs, in a folder of its own.
#[derive(Debug)]
pub(super) struct Schemathesis {
    library: PathBuf,
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Caller {
    /// Without a token.
    Nobody,
    /// With the token of somebody new.
    Person,
}

impl Caller {
    /// Everybody.
    pub(super) const ALL: [Self; 2] = [Self::Nobody, Self::Person];

    const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Person => "person",
        }
    }
}

impl Schemathesis {
    /// Brings it in at the versions of the requirements file, unless it is there.
    ///
    /// # Errors
    /// There is no Python, or its registry is out of reach.
    pub(super) fn install(project: &Project) -> Result<Self, Failure> {
        let library = project.tool("schemathesis");
        let requirements = project.path(FOLDER).join("requirements.txt");
        let wanted = Fingerprint::of(std::slice::from_ref(&requirements), &[])?;
        let stamp = Stamp::new(library.join(".installed"));
        if stamp.is(&wanted) {
            return Ok(Self { library });
        }
        report::step("schemathesis, installed", |step| {
            step.doing("downloading what requirements.txt names");
            project::remove_folder(&library)?;
            let mut pip = project.command("python3");
            pip.args(["-m", "pip", "install", "--disable-pip-version-check"])
                .args(["--quiet", "--no-deps", "--only-binary=:all:", "--target"])
                .arg(&library)
                .arg("--requirement")
                .arg(&requirements);
            Run::new(project, "pip install schemathesis", pip)
                .missing(ADVICE)
                .mend(ADVICE)
                .wait()?;
            stamp.set(&wanted)
        })?;
        Ok(Self { library })
    }

    /// Sends its requests to a running server.
    ///
    /// # Errors
    /// An answer is not as the document says, or the server failed.
    pub(super) fn run(
        &self,
        project: &Project,
        address: &str,
        caller: Caller,
    ) -> Result<(), Failure> {
        let name = caller.name();
        report::step(&format!("schemathesis, as {name}"), |step| {
            let command = self.command(project, address, caller)?;
            let output = Run::new(project, &format!("schemathesis {name}"), command)
                .missing(ADVICE)
                .mend(format!(
                    "mend the API or its document; {FOLDER} says what is asked"
                ))
                .within(LIMIT)
                .wait()?;
            step.found(requests(&output).unwrap_or_default());
            Ok(())
        })
    }

    fn command(
        &self,
        project: &Project,
        address: &str,
        caller: Caller,
    ) -> Result<Command, Failure> {
        // It leaves files where it runs.
        let folder = project.target("schemathesis");
        project::make_folder(&folder)?;
        let python_path = env::join_paths([&self.library, &project.path(FOLDER)])
            .map_err(|error| Failure::new(error.to_string(), "move the project"))?;
        let mut python = project.command("python3");
        python
            .current_dir(folder)
            .env("PYTHONPATH", python_path)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            // What it remembers from run to run would make runs differ.
            .env("HYPOTHESIS_STORAGE_DIRECTORY", project.target("hypothesis"))
            .env("SCHEMATHESIS_HOOKS", "hooks")
            .env("NO_COLOR", "1")
            .env("CABINET_URL", address)
            .env("CABINET_AS", caller.name())
            .args(["-m", "schemathesis.cli"])
            .args(["--config-file"])
            .arg(project.path(FOLDER).join("schemathesis.toml"))
            .arg("run")
            .arg(format!("{address}/api/openapi.json"))
            .args(["--checks", "all"]);
        Ok(python)
    }
}

/// How many requests were made, in the words of the report: `853 generated, 853 passed`.
fn requests(output: &str) -> Option<String> {
    let line = output.lines().find(|line| line.contains(" generated"))?;
    Some(line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::requests;

    #[test]
    fn the_report_says_how_much_was_asked() {
        let output = "Test cases:\n  870 generated, 870 passed, 18 skipped\n\nSeed: 7\n";
        assert_eq!(
            requests(output).as_deref(),
            Some("870 generated, 870 passed, 18 skipped")
        );
        assert_eq!(requests(""), None);
    }
}
