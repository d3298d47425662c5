//! The sample clients of a fresh local database: made by `tests/sample`, loaded by the operator's tool.
//!
//! A note inside the database's folder remembers them, and vanishes with the database. Empty, it says that they are wanted;
//! otherwise it is what the terminal tells about them. A database without a note is left alone: there may be people in it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::database;
use crate::failure::Failure;
use crate::node;
use crate::process::{Run, last_lines};
use crate::project::{self, Project};
use crate::report;
use crate::setup;

/// The program that makes people.
pub(crate) const PROGRAM: &str = "cabinet-sample";
/// The password of the sample clients, as `tests/sample` has it.
pub(crate) const PASSWORD: &str = "copper kettle 7";

/// What `cargo xtask sample` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder of the local database [default: .wrangler/state].
    #[arg(long, value_name = "FOLDER")]
    state: Option<PathBuf>,
}

/// Fills a local database in which nobody is, and says who is in it now.
///
/// # Errors
/// Somebody is in it, or a step fails.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    let state = options.state.as_deref();
    setup::npm::install(project)?;
    report::step("database, migrated", |_| database::migrate(project, state))?;
    let sample = Sample::of(project, state);
    if sample.table().is_none() {
        sample.wish()?;
        sample.fill()?;
    }
    match sample.table() {
        Some(table) => {
            report::line(&table);
            Ok(())
        }
        None => Err(Failure::new(
            "the database is not empty, and nothing was changed",
            "name another folder with --state, or delete the database",
        )),
    }
}

/// The sample clients of one database.
#[derive(Debug)]
pub(crate) struct Sample<'a> {
    project: &'a Project,
    state: Option<&'a Path>,
}

impl<'a> Sample<'a> {
    /// Those of the database in a folder; without one of the usual one.
    pub(crate) const fn of(project: &'a Project, state: Option<&'a Path>) -> Self {
        Self { project, state }
    }

    /// Says that they are to be there.
    ///
    /// # Errors
    /// The note cannot be written.
    pub(crate) fn wish(&self) -> Result<(), Failure> {
        self.write("")
    }

    /// Makes them if they are wanted and not there yet. Where somebody is in the database already, they are not wanted any more.
    ///
    /// # Errors
    /// They cannot be made or loaded.
    pub(crate) fn fill(&self) -> Result<(), Failure> {
        if !fs::read_to_string(self.note()).is_ok_and(|note| note.is_empty()) {
            return Ok(());
        }
        report::step("sample clients", |step| {
            self.compile()?;
            let archive = self.project.target("sample/clients.jsonl");
            let table = self.make(&archive)?;
            if self.load(&archive)? {
                return self.write(&table);
            }
            step.found("not wanted: somebody is there");
            let note = self.note();
            fs::remove_file(&note).map_err(|error| Failure::file("remove", &note, &error))
        })
    }

    /// Who they are, if they are there.
    pub(crate) fn table(&self) -> Option<String> {
        let table = fs::read_to_string(self.note()).ok()?;
        (!table.is_empty()).then_some(table)
    }

    fn compile(&self) -> Result<(), Failure> {
        let mut cargo = self.project.cargo();
        cargo.args([
            "build",
            "--package=cabinet-sample",
            "--package=edge-worker",
            "--bin=cabinet-sample",
            "--bin=cabinetctl",
        ]);
        Run::new(self.project, "sample compile", cargo)
            .mend("mend what the compiler says above")
            .wait()
            .map(drop)
    }

    fn make(&self, archive: &Path) -> Result<String, Failure> {
        project::make_folder(&self.project.target("sample"))?;
        let program = self.project.host_binary(PROGRAM);
        let mut command = self.project.command(program);
        command.arg("clients").arg(archive);
        Run::new(self.project, PROGRAM, command)
            .mend("a use case has changed: let the clients in tests/sample follow")
            .wait()
    }

    /// Whether the database was empty, and has them now.
    fn load(&self, archive: &Path) -> Result<bool, Failure> {
        let program = self.project.host_binary("cabinetctl");
        let mut command = self.project.command(program);
        command.args(["restore", "--yes", "--operator", "cargo xtask"]);
        command.arg(archive);
        if let Some(state) = self.state {
            command.arg("--persist-to").arg(state);
        }
        command.env("PATH", node::path_with(&[node::bin(self.project)]));
        let finished = Run::new(self.project, "cabinetctl restore", command).finish()?;
        if finished.status.success() {
            return Ok(true);
        }
        if finished.output.contains("the database is not empty") {
            return Ok(false);
        }
        Err(
            Failure::new("the sample clients cannot be loaded", "start again")
                .with_output(last_lines(&finished.output)),
        )
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        let note = self.note();
        fs::write(&note, text).map_err(|error| Failure::file("write", &note, &error))
    }

    fn note(&self) -> PathBuf {
        database::folder(self.project, self.state).join(".sample")
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;
    use crate::project::Project;

    #[test]
    fn a_database_without_a_note_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("v3/d1")).unwrap();
        let project = Project::locate();
        let sample = Sample::of(&project, Some(folder.path()));
        sample.fill().unwrap();
        assert_eq!(sample.table(), None);
        sample.wish().unwrap();
        assert_eq!(sample.table(), None, "wanted, and not there yet");
        sample.write("anna").unwrap();
        sample.fill().unwrap();
        assert_eq!(sample.table().as_deref(), Some("anna"));
    }
}
