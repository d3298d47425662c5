//! Where the generators work: in memory, or on the disk.
//!
//! Making tens of thousands of files takes a disk very different times from run to run: on one machine the same build took
//! 1.3, 6.4 and 12 seconds of the system's time, depending on what had been deleted before it (ext4 passes over inodes
//! for a while after their end). Whoever is fastest suffers most. In memory the generators themselves are measured.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use nix::sys::statvfs::statvfs;

use crate::project::Project;

/// The memory file system that every Linux has.
const MEMORY: &str = "/dev/shm";
/// What all generators together write for a page, every round of it, with room to spare.
const BYTES_PER_PAGE: u64 = 400_000;

/// What the files are kept in.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum Ground {
    /// Memory.
    Memory,
    /// The disk that holds the project.
    Disk,
}

impl Ground {
    /// The memory if it has room for a site of so many pages, else the disk.
    pub(super) fn fitting(pages: usize) -> Self {
        let pages = u64::try_from(pages).unwrap_or(u64::MAX);
        if room(Path::new(MEMORY)) >= pages.saturating_mul(BYTES_PER_PAGE) {
            Self::Memory
        } else {
            Self::Disk
        }
    }

    /// The folder for the sources and for what is made of them.
    pub(super) fn folder(self, project: &Project, pages: usize) -> PathBuf {
        match self {
            Self::Memory => Path::new(MEMORY).join(format!("site-gen-bench/{pages}")),
            Self::Disk => project.target(&format!("bench/{pages}")),
        }
    }

    /// Whether what is left lies in other programs' way.
    pub(super) fn is_scarce(self) -> bool {
        self == Self::Memory
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Memory => "files in memory",
            Self::Disk => "files on the disk",
        })
    }
}

/// How many bytes may still be written there; none where there is no such folder.
#[allow(
    clippy::useless_conversion,
    reason = "the fields are narrower on other systems"
)]
fn room(folder: &Path) -> u64 {
    statvfs(folder).map_or(0, |found| {
        u64::from(found.blocks_available()).saturating_mul(u64::from(found.fragment_size()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_memory_cannot_hold_goes_to_the_disk() {
        assert_eq!(Ground::fitting(usize::MAX), Ground::Disk);
        assert_eq!(room(Path::new("/no/such/folder")), 0);
        assert!(room(Path::new(env!("CARGO_MANIFEST_DIR"))) > 0);
    }
}
