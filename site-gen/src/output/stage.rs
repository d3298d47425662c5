//! A new site on its way into a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::manifest::{Manifest, Trace, temporary_name};
use super::{OutputFile, Sink, WriteError, Written};

/// The files that were taken in, not visible yet.
#[derive(Debug)]
pub struct Stage {
    folder: PathBuf,
    before: Manifest,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    /// Files whose new content waits under a temporary name.
    waiting: Vec<String>,
    traces: BTreeMap<String, Option<Trace>>,
    folders: BTreeSet<PathBuf>,
    /// The first thing that went wrong; after it nothing more is taken in.
    failure: Option<WriteError>,
}

impl Stage {
    /// Opens the folder, which need not be there yet.
    pub fn open(folder: &Path) -> Result<Self, WriteError> {
        Ok(Self {
            folder: folder.to_owned(),
            before: Manifest::read(folder)?,
            taken: Mutex::default(),
        })
    }

    /// Makes everything visible. `names` are all files of the new site, also those that were not taken in because they
    /// are known not to have changed; what the folder has beyond them of ours is removed. `origin` tells what they were
    /// made from.
    pub fn commit(
        self,
        names: &BTreeSet<String>,
        origin: Option<String>,
    ) -> Result<Written, WriteError> {
        let failure = self.taken().failure.take();
        if let Some(failure) = failure {
            self.discard();
            return Err(failure);
        }
        let taken = self
            .taken
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let before = self.before.files();
        let orphans: Vec<_> = before
            .keys()
            .filter(|name| !names.contains(*name))
            .collect();
        let mut files: BTreeMap<_, _> = names
            .iter()
            .map(|name| {
                let known = taken.traces.get(name).or_else(|| before.get(name));
                (name.clone(), known.copied().flatten())
            })
            .collect();

        // Until the end the list names the old files and the new ones, so that an interrupted build can be taken up.
        let old = orphans.iter().map(|name| ((*name).clone(), None));
        let both = files.clone().into_iter().chain(old).collect();
        Manifest::new(None, both).write(&self.folder)?;
        taken.waiting.par_iter().try_for_each(|name| {
            let path = self.folder.join(name);
            fs::rename(temporary_name(&path), &path).map_err(WriteError::refused(&path))
        })?;
        for orphan in &orphans {
            remove(&self.folder, orphan)?;
        }
        files.retain(|name, _| names.contains(name));
        Manifest::new(origin, files).write(&self.folder)?;
        Ok(Written {
            changed: taken.waiting.len(),
            removed: orphans.len(),
        })
    }

    /// Forgets what was taken in: the folder keeps the site it had.
    pub fn discard(self) {
        let taken = self
            .taken
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        for name in &taken.waiting {
            // A temporary file that stays behind is neither published nor in anybody's way.
            let _ = fs::remove_file(temporary_name(&self.folder.join(name)));
        }
        // Only folders that are empty let themselves be removed.
        for folder in taken.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    fn take_in(&self, file: OutputFile) -> Result<(), WriteError> {
        let path = self.folder.join(&file.path);
        if !self.before.contains(&file.path) && path.symlink_metadata().is_ok() {
            return Err(WriteError::ForeignFile(path));
        }
        let found = if fs::read(&path).is_ok_and(|old| old == file.content) {
            fs::metadata(&path)
        } else {
            self.create_folder_of(&path)?;
            let temporary = temporary_name(&path);
            fs::write(&temporary, &file.content).map_err(WriteError::refused(&path))?;
            self.taken().waiting.push(file.path.clone());
            fs::metadata(&temporary)
        };
        let trace = found.ok().as_ref().and_then(Trace::of);
        self.taken().traces.insert(file.path, trace);
        Ok(())
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn create_folder_of(&self, path: &Path) -> Result<(), WriteError> {
        let Some(folder) = path.parent() else {
            return Ok(());
        };
        let mut missing = Vec::new();
        let mut above = Some(folder);
        while let Some(one) = above.filter(|one| !self.taken().folders.contains(*one)) {
            if one.is_dir() {
                break;
            }
            missing.push(one.to_owned());
            above = one.parent();
        }
        if !missing.is_empty() {
            fs::create_dir_all(folder).map_err(WriteError::refused(folder))?;
            self.taken().folders.extend(missing);
        }
        Ok(())
    }
}

impl Sink for Stage {
    fn accept(&self, file: OutputFile) {
        if self.taken().failure.is_none()
            && let Err(failure) = self.take_in(file)
        {
            self.taken().failure = Some(failure);
        }
    }
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
