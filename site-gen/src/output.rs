//! The last stage: the finished site is written, and nothing that is not ours is lost.
//!
//! - A file is written only if its content changed, and first under a temporary name beside its own: files of the new
//!   site are taken in while pages are still being checked, and become visible together, by [`Stage::commit`], once
//!   everything is right. [`Stage::discard`] leaves the old site whole.
//! - The names of our files are kept in [`Manifest`]; only those are ever deleted, and last.
//! - A folder that holds files but no manifest is somebody else's and is not touched.

mod manifest;
mod stage;

use std::collections::BTreeSet;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use foldhash::fast::FixedState;
pub use manifest::Manifest;
pub use stage::Stage;

/// A file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its content.
    pub content: Vec<u8>,
}

impl OutputFile {
    /// A file of text.
    #[must_use]
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            content: text.into().into_bytes(),
        }
    }

    /// Whether the file is a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        let extension = Path::new(&self.path).extension();
        extension.is_some_and(|extension| extension == "html")
    }
}

/// The names of files, for looking up one of very many.
pub type Names = HashSet<String, FixedState>;

/// Where the files of a new site go while it is being made.
pub trait Sink: Sync {
    /// Takes a file. Several threads call this at the same time.
    fn accept(&self, file: OutputFile);
}

/// Keeps the files in memory.
impl Sink for Mutex<Vec<OutputFile>> {
    fn accept(&self, file: OutputFile) {
        let mut files = self.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(file);
    }
}

/// Forgets the files: for a check that writes nothing.
impl Sink for () {
    fn accept(&self, _: OutputFile) {}
}

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// How many files are new or have new content.
    pub changed: usize,
    /// How many files were deleted because the site has them no more.
    pub removed: usize,
}

/// Puts one more file into a folder, and leaves all others as they are.
pub fn add(folder: &Path, file: OutputFile) -> Result<(), WriteError> {
    let mut names: BTreeSet<_> = Manifest::read(folder)?.files().keys().cloned().collect();
    names.insert(file.path.clone());
    let stage = Stage::open(folder)?;
    stage.accept(file);
    stage.commit(&names, None)?;
    Ok(())
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

impl WriteError {
    fn refused(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Refused { path, error }
    }
}

#[cfg(test)]
mod tests;
