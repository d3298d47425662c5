//! The list of the files that the generator wrote, kept in the output folder.
//!
//! It lies there and not elsewhere so that it is right about every folder that was ever named with `--out`, and is gone
//! when the folder is. Hosts that honour `.assetsignore` do not publish it.
//!
//! A second file, the state, tells what the files were made from and how old and how long they are. If all of that is
//! still so, there is nothing to do. The list is the same wherever the same site is built; the state is not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;

use super::WriteError;

const NAME: &str = ".site-gen";
const IGNORE_NAME: &str = ".assetsignore";
const IGNORE: &str = ".site-gen\n.site-gen-state\n.assetsignore\n.*.site-gen-new\n";
const STATE_NAME: &str = ".site-gen-state";

/// The files of the last build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// What the files were made from, if all of them were finished.
    origin: Option<String>,
    files: BTreeMap<String, Option<Trace>>,
}

/// What tells without reading a file whether somebody changed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trace {
    length: u64,
    /// Nanoseconds since 1970.
    modified: u128,
}

impl Trace {
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        let age = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            length: metadata.len(),
            modified: age.as_nanos(),
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (length, modified) = text.split_once(' ')?;
        Some(Self {
            length: length.parse().ok()?,
            modified: modified.parse().ok()?,
        })
    }
}

impl Manifest {
    pub(super) const fn new(
        origin: Option<String>,
        files: BTreeMap<String, Option<Trace>>,
    ) -> Self {
        Self { origin, files }
    }

    /// Whether the generator wrote a file with this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The files.
    pub(super) const fn files(&self) -> &BTreeMap<String, Option<Trace>> {
        &self.files
    }

    /// How many files the list names.
    #[must_use]
    pub fn pages(&self) -> usize {
        let is_page = |name: &&String| {
            Path::new(name)
                .extension()
                .is_some_and(|kind| kind == "html")
        };
        self.files.keys().filter(is_page).count()
    }

    /// Whether the folder holds exactly the files that are made from this, untouched.
    #[must_use]
    pub fn is_up_to_date(&self, folder: &Path, origin: &str) -> bool {
        let is_untouched = |(name, trace): (&String, &Option<Trace>)| {
            trace.is_some()
                && fs::metadata(folder.join(name)).is_ok_and(|found| Trace::of(&found) == *trace)
        };
        self.origin.as_deref() == Some(origin) && self.files.par_iter().all(is_untouched)
    }

    /// Reads the list of a folder. A folder that is new or empty has an empty list; one that holds something but no
    /// list is not ours.
    pub fn read(folder: &Path) -> Result<Self, WriteError> {
        match fs::read_to_string(folder.join(NAME)) {
            Ok(list) => {
                let state = fs::read_to_string(folder.join(STATE_NAME));
                Ok(Self::parse(&list, &state.unwrap_or_default()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
                    Ok(true) => Err(WriteError::ForeignFolder(folder.to_owned())),
                    Ok(false) => Ok(Self::default()),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
                    Err(error) => Err(WriteError::refused(folder)(error)),
                }
            }
            Err(error) => Err(WriteError::refused(folder)(error)),
        }
    }

    fn parse(list: &str, state: &str) -> Self {
        let mut lines = state.lines();
        let origin = lines.next().filter(|origin| !origin.is_empty());
        let traces: BTreeMap<_, _> = lines
            .filter_map(|line| {
                let (trace, name) = line.split_once('\t')?;
                Some((name, Trace::read(trace)?))
            })
            .collect();
        let files = list.lines().filter(|name| stays_inside(name));
        Self {
            origin: origin.map(str::to_owned),
            files: files
                .map(|name| (name.to_owned(), traces.get(name).copied()))
                .collect(),
        }
    }

    /// Writes the list and the state, if they changed.
    pub(super) fn write(&self, folder: &Path) -> Result<(), WriteError> {
        let list: String = self.files.keys().flat_map(|name| [name, "\n"]).collect();
        let mut state = self.origin.clone().unwrap_or_default() + "\n";
        for (name, trace) in &self.files {
            if let Some(Trace { length, modified }) = trace {
                // Writing into a string cannot fail.
                let _ = writeln!(state, "{length} {modified}\t{name}");
            }
        }
        let files = [
            (NAME, list.as_str()),
            (IGNORE_NAME, IGNORE),
            (STATE_NAME, &state),
        ];
        for (name, content) in files {
            let path = folder.join(name);
            if fs::read(&path).is_ok_and(|old| old == content.as_bytes()) {
                continue;
            }
            let written = fs::create_dir_all(folder).and_then(|()| replace(&path, content));
            written.map_err(WriteError::refused(&path))?;
        }
        Ok(())
    }
}

/// Writes beside the file and renames: the file is the old one or the new one at every moment.
fn replace(path: &Path, content: &str) -> io::Result<()> {
    let temporary = temporary_name(path);
    fs::write(&temporary, content)?;
    fs::rename(&temporary, path)
}

/// The name under which the new content of a file waits.
pub(super) fn temporary_name(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".site-gen-new");
    path.with_file_name(name)
}

/// A list that was tampered with cannot make us delete files elsewhere.
fn stays_inside(name: &str) -> bool {
    !name.is_empty()
        && Path::new(name)
            .components()
            .all(|component| matches!(component, Component::Normal(_)))
}
