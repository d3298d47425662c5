//! The list of the files that the generator wrote, kept in the output folder.
//!
//! It lies there and not elsewhere so that it is right about every folder that was ever named with `--out`, and is gone
//! when the folder is. Hosts that honour `.assetsignore` do not publish it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use super::{WriteError, replace};

const NAME: &str = ".site-gen";
const IGNORE_NAME: &str = ".assetsignore";
const IGNORE: &str = ".site-gen\n.assetsignore\n.*.site-gen-new\n";

/// The files of the last build.
#[derive(Debug, Clone, Default)]
pub(super) struct Manifest(BTreeSet<String>);

impl Manifest {
    pub(super) const fn new(files: BTreeSet<String>) -> Self {
        Self(files)
    }

    /// The files.
    pub(super) const fn files(&self) -> &BTreeSet<String> {
        &self.0
    }

    /// Reads the list of a folder. A folder that is new or empty has an empty list; one that holds something but no
    /// list is not ours.
    pub(super) fn read(folder: &Path) -> Result<Self, WriteError> {
        let refused = |error| WriteError::Refused {
            path: folder.to_owned(),
            error,
        };
        match fs::read_to_string(folder.join(NAME)) {
            Ok(text) => Ok(Self(
                text.lines()
                    .filter(|name| stays_inside(name))
                    .map(str::to_owned)
                    .collect(),
            )),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
                    Ok(true) => Err(WriteError::ForeignFolder(folder.to_owned())),
                    Ok(false) => Ok(Self::default()),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
                    Err(error) => Err(refused(error)),
                }
            }
            Err(error) => Err(refused(error)),
        }
    }

    /// Writes the list, if it changed.
    pub(super) fn write(&self, folder: &Path) -> Result<(), WriteError> {
        let lines: Vec<_> = self.0.iter().map(|name| format!("{name}\n")).collect();
        for (name, content) in [(NAME, lines.concat()), (IGNORE_NAME, IGNORE.to_owned())] {
            let path = folder.join(name);
            if fs::read(&path).is_ok_and(|old| old == content.as_bytes()) {
                continue;
            }
            let written =
                fs::create_dir_all(folder).and_then(|()| replace(&path, content.as_bytes()));
            written.map_err(|error| WriteError::Refused { path, error })?;
        }
        Ok(())
    }
}

/// A list that was tampered with cannot make us delete files elsewhere.
fn stays_inside(name: &str) -> bool {
    !name.is_empty()
        && Path::new(name)
            .components()
            .all(|component| matches!(component, Component::Normal(_)))
}
