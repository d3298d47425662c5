//! Where things lie.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;

/// The project's folder and the places in it that the commands share.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The workspace that this program was compiled from.
    pub(crate) fn locate() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: manifest.parent().unwrap_or(manifest).to_owned(),
        }
    }

    /// A path relative to the project's folder.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's folder, where everything that can be made again lives.
    pub(crate) fn target(&self, relative: &str) -> PathBuf {
        self.root.join("target").join(relative)
    }

    /// An installed tool's folder.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.target("tools").join(name)
    }

    /// The file that keeps a step's output.
    pub(crate) fn log(&self, step: &str) -> PathBuf {
        self.target("logs").join(format!("{step}.log"))
    }

    /// A program that the host build made.
    pub(crate) fn host_binary(&self, name: &str) -> PathBuf {
        self.target("debug").join(name)
    }

    /// A command that runs in the project's folder.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// Cargo, the one that runs this program, building into `target/`.
    pub(crate) fn cargo(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = self.command(cargo);
        command.env("CARGO_TARGET_DIR", self.target(""));
        command
    }
}

/// Makes a folder and its parents.
///
/// # Errors
/// The folder cannot be made.
pub(crate) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure::file("make the folder", path, &error))
}

/// Removes a folder with its content; one that is not there is fine.
///
/// # Errors
/// The folder cannot be removed.
pub(crate) fn remove_folder(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::file("remove the folder", path, &error))
        }
        _ => Ok(()),
    }
}
