//! The last stage: the finished site is written, and nothing that is not ours is lost.
//!
//! - A file is written only if its content changed, through a temporary file beside it, so that a reader never sees
//!   half of one.
//! - The names of our files are kept in [`Manifest`]; only those are ever deleted, and last.
//! - A folder that holds files but no manifest is somebody else's and is not touched.

mod manifest;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use manifest::Manifest;

/// A file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its content.
    pub content: Vec<u8>,
}

impl OutputFile {
    /// Whether the file is a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        let extension = Path::new(&self.path).extension();
        extension.is_some_and(|extension| extension == "html")
    }
}

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many files are new or have new content.
    pub changed: usize,
    /// How many files were deleted because the site has them no more.
    pub removed: usize,
}

/// Why a site was not written, or not in full.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder holds files of someone else.
    #[error(
        "error: the folder {0} is not empty and was not made by the generator\n  \
         = help: name another folder with --out, or empty this one yourself"
    )]
    ForeignFolder(PathBuf),
    /// A file of someone else is in the way.
    #[error(
        "error: {0} was not made by the generator and would be overwritten\n  \
         = help: move the file away; files of the site belong into site-gen/theme/static"
    )]
    ForeignFile(PathBuf),
    /// The system refused.
    #[error("error: {path} cannot be written: {error}")]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Makes `folder` hold these files, in this order of steps: the files, the last of the list after all others, then the
/// removal of what the site has no more.
pub fn write(folder: &Path, files: &[OutputFile]) -> Result<Written, WriteError> {
    let before = Manifest::read(folder)?;
    refuse_to_overwrite(folder, files, &before)?;
    let names: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let orphans: Vec<_> = before.files().difference(&names).cloned().collect();

    create_folders(folder, files)?;
    Manifest::new(before.files().union(&names).cloned().collect()).write(folder)?;
    let mut changed = 0;
    if let Some((last, others)) = files.split_last() {
        changed = others
            .par_iter()
            .map(|file| write_if_changed(folder, file))
            .try_reduce(|| 0, |one, other| Ok(one + other))?;
        changed += write_if_changed(folder, last)?;
    }
    for orphan in &orphans {
        remove(folder, orphan)?;
    }
    Manifest::new(names).write(folder)?;
    Ok(Written {
        changed,
        removed: orphans.len(),
    })
}

/// Puts one more file into `folder`, and leaves all others as they are. A file without a change is not written.
pub fn add(folder: &Path, file: &OutputFile) -> Result<(), WriteError> {
    let before = Manifest::read(folder)?;
    let file = std::slice::from_ref(file);
    refuse_to_overwrite(folder, file, &before)?;
    create_folders(folder, file)?;
    let names = file.iter().map(|file| file.path.clone());
    Manifest::new(before.files().iter().cloned().chain(names).collect()).write(folder)?;
    for file in file {
        write_if_changed(folder, file)?;
    }
    Ok(())
}

fn refuse_to_overwrite(
    folder: &Path,
    files: &[OutputFile],
    before: &Manifest,
) -> Result<(), WriteError> {
    let stranger = files.par_iter().find_first(|file| {
        !before.files().contains(&file.path) && folder.join(&file.path).symlink_metadata().is_ok()
    });
    match stranger {
        Some(file) => Err(WriteError::ForeignFile(folder.join(&file.path))),
        None => Ok(()),
    }
}

fn create_folders(folder: &Path, files: &[OutputFile]) -> Result<(), WriteError> {
    let folders: BTreeSet<_> = files
        .iter()
        .filter_map(|file| Path::new(&file.path).parent())
        .collect();
    for below in folders {
        let path = folder.join(below);
        fs::create_dir_all(&path).map_err(|error| WriteError::Refused { path, error })?;
    }
    Ok(())
}

fn write_if_changed(folder: &Path, file: &OutputFile) -> Result<usize, WriteError> {
    let path = folder.join(&file.path);
    if fs::read(&path).is_ok_and(|old| old == file.content) {
        return Ok(0);
    }
    replace(&path, &file.content).map_err(|error| WriteError::Refused { path, error })?;
    Ok(1)
}

/// Writes beside the file and renames: the file is the old one or the new one at every moment.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".site-gen-new");
    let temporary = path.with_file_name(name);
    fs::write(&temporary, content)?;
    fs::rename(&temporary, path)
}

/// Removes a file of ours, and the folders that it leaves empty.
fn remove(folder: &Path, name: &str) -> Result<(), WriteError> {
    let path = folder.join(name);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(WriteError::Refused { path, error });
        }
        _ => {}
    }
    for above in Path::new(name).ancestors().skip(1) {
        // A folder that is not empty refuses to go, and that is what we want.
        if above.as_os_str().is_empty() || fs::remove_dir(folder.join(above)).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
