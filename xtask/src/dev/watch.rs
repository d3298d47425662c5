//! Noticing that files have changed, by looking at their times and sizes.
//!
//! A few hundred files are looked at in about a millisecond, which needs no service of the operating system
//! and works on every kind of disk.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

/// Files and folders under watch.
#[derive(Debug)]
pub(crate) struct Watched {
    paths: Vec<PathBuf>,
    settled: u64,
    latest: u64,
}

impl Watched {
    /// Remembers how the files look now.
    pub(crate) fn new(paths: Vec<PathBuf>) -> Self {
        let settled = look(&paths);
        Self {
            paths,
            settled,
            latest: settled,
        }
    }

    /// Whether the files have changed and then stayed the same for two looks: an editor that writes several
    /// files, or one in pieces, causes one rebuild.
    pub(crate) fn has_changed(&mut self) -> bool {
        let now = look(&self.paths);
        let is_still = now == self.latest;
        self.latest = now;
        let has_changed = is_still && now != self.settled;
        if has_changed {
            self.settled = now;
        }
        has_changed
    }
}

fn look(paths: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        look_at(path, &mut hasher);
    }
    hasher.finish()
}

fn look_at(path: &Path, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    // What cannot be read looks like what is not there; it will be looked at again.
    let Ok(metadata) = fs::metadata(path) else {
        return;
    };
    if metadata.is_dir() {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut inside: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        inside.sort();
        for path in inside {
            look_at(&path, hasher);
        }
    } else {
        metadata.len().hash(hasher);
        metadata.modified().ok().hash(hasher);
    }
}

#[cfg(test)]
mod tests {
    use super::Watched;
    use std::fs;

    #[test]
    fn a_change_counts_once_and_after_it_has_settled() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/lib.rs");
        fs::create_dir(folder.path().join("deep")).unwrap();
        fs::write(&file, "one").unwrap();
        let mut watched = Watched::new(vec![folder.path().to_owned()]);
        assert!(!watched.has_changed());

        fs::write(&file, "three").unwrap();
        assert!(!watched.has_changed(), "still being written, perhaps");
        assert!(watched.has_changed());
        assert!(!watched.has_changed());

        fs::write(folder.path().join("new.rs"), "").unwrap();
        watched.has_changed();
        assert!(watched.has_changed());
    }
}
