//! A new site on its way into a folder.
//!
//! A folder that is not there yet is made beside its place and renamed at the end: nothing has to be looked for or
//! renamed file by file, and what is left of a build that was cut off is never taken for a site.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::manifest::{Manifest, Trace, temporary_name};
use super::{Names, OutputFile, Sink, WriteError, Written};

/// The files that were taken in, not visible yet.
#[derive(Debug)]
pub struct Stage {
    folder: PathBuf,
    /// Where files are written: in the folder, or, if it is new, in one that takes its name at the end.
    ground: PathBuf,
    before: Manifest,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    /// Files whose new content waits under a temporary name.
    waiting: Vec<String>,
    traces: HashMap<String, Option<Trace>, FixedState>,
    /// Folders that are there, by their paths below the ground.
    folders: Names,
    /// Those of them that were not there before.
    new_folders: BTreeSet<PathBuf>,
    /// The first thing that went wrong; after it nothing more is taken in.
    failure: Option<WriteError>,
}

impl Stage {
    /// Opens the folder, which need not be there yet.
    pub fn open(folder: &Path) -> Result<Self, WriteError> {
        let before = Manifest::read(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            ground: new_ground(folder).unwrap_or_else(|| folder.to_owned()),
            before,
            taken: Mutex::default(),
        })
    }

    fn is_folder_new(&self) -> bool {
        self.ground != self.folder
    }

    /// Makes everything visible. `names` are all files of the new site, also those that were not taken in because they
    /// are known not to have changed; what the folder has beyond them of ours is removed. `origin` tells what they were
    /// made from.
    pub fn commit(
        self,
        names: &BTreeSet<String>,
        origin: Option<String>,
    ) -> Result<Written, WriteError> {
        let is_folder_new = self.is_folder_new();
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

        if is_folder_new {
            Manifest::new(origin, files).write(&self.ground)?;
            fs::rename(&self.ground, &self.folder).map_err(WriteError::refused(&self.folder))?;
            return Ok(Written {
                changed: taken.traces.len(),
                removed: 0,
            });
        }
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
        if self.is_folder_new() {
            // What stays behind is removed by the next build.
            let _ = fs::remove_dir_all(&self.ground);
            return;
        }
        let taken = self
            .taken
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        for name in &taken.waiting {
            // A temporary file that stays behind is neither published nor in anybody's way.
            let _ = fs::remove_file(temporary_name(&self.folder.join(name)));
        }
        // Only folders that are empty let themselves be removed.
        for folder in taken.new_folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    fn take_in(&self, file: OutputFile) -> Result<(), WriteError> {
        let path = self.ground.join(&file.path);
        if self.is_folder_new() {
            self.create_folder_of(&file.path)?;
            let trace = write(&path, &file.content).map_err(WriteError::refused(&path))?;
            self.taken().traces.insert(file.path, trace);
            return Ok(());
        }
        if !self.before.contains(&file.path) && path.symlink_metadata().is_ok() {
            return Err(WriteError::ForeignFile(path));
        }
        let trace = if fs::read(&path).is_ok_and(|old| old == file.content) {
            let found = fs::metadata(&path).ok();
            found.as_ref().and_then(Trace::of)
        } else {
            self.create_folder_of(&file.path)?;
            let temporary = temporary_name(&path);
            let trace = write(&temporary, &file.content).map_err(WriteError::refused(&path))?;
            self.taken().waiting.push(file.path.clone());
            trace
        };
        self.taken().traces.insert(file.path, trace);
        Ok(())
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn create_folder_of(&self, name: &str) -> Result<(), WriteError> {
        let (name, _) = name.rsplit_once('/').unwrap_or_default();
        if self.taken().folders.contains(name) {
            return Ok(());
        }
        let folder = self.ground.join(name);
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|above| !above.is_dir())
            .map(Path::to_owned)
            .collect();
        fs::create_dir_all(&folder).map_err(WriteError::refused(&folder))?;
        let mut taken = self.taken();
        taken.folders.insert(name.to_owned());
        taken.new_folders.extend(missing);
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

/// An empty folder beside the place of one that is not there; `None` if there can be none.
fn new_ground(folder: &Path) -> Option<PathBuf> {
    if folder.symlink_metadata().is_ok() {
        return None;
    }
    let mut name = OsString::from(".");
    name.push(folder.file_name()?);
    name.push(".site-gen-new");
    let ground = folder.with_file_name(name);
    // A build that was cut off may have left it.
    let _ = fs::remove_dir_all(&ground);
    fs::create_dir(&ground).ok()?;
    Some(ground)
}

fn write(path: &Path, content: &[u8]) -> io::Result<Option<Trace>> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    Ok(Trace::of(&file.metadata()?))
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
