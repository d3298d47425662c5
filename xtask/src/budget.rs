//! The Worker's size, which visitors of a cold edge pay for, and that of the pages.

pub(crate) mod pages;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::Failure;
use crate::project::Project;
use crate::report;
use crate::worker::{self, Profile};

/// The most that the Worker may weigh, in bytes after gzip. The platform's own limit is far above. Sign-in, sessions and mail took
/// 440,000 of it; what clients have, the ledger and the tables for download took 115,000 more.
const WORKER_LIMIT: usize = 580_000;

/// Weighs the release bundle.
///
/// # Errors
/// It is over the limit or cannot be read.
pub(crate) fn check(project: &Project) -> Result<(), Failure> {
    report::step("Worker within its size budget", |step| {
        let bundle = worker::bundle(project, Profile::Release);
        let files = [bundle.join("index.js"), bundle.join("index_bg.wasm")];
        let weight = gzipped(&files).map_err(|error| Failure::file("weigh", &bundle, &error))?;
        step.found(format!(
            "{} of {} gzipped",
            kilobytes(weight),
            kilobytes(WORKER_LIMIT)
        ));
        if weight <= WORKER_LIMIT {
            return Ok(());
        }
        Err(Failure::new(
            format!(
                "the Worker weighs {} gzipped, {} is the limit",
                kilobytes(weight),
                kilobytes(WORKER_LIMIT)
            ),
            "look for a new dependency with: cargo tree -p edge-worker --target wasm32-unknown-unknown",
        ))
    })
}

fn gzipped(files: &[PathBuf]) -> io::Result<usize> {
    files.iter().map(|file| gzipped_file(file)).sum()
}

fn gzipped_file(file: &Path) -> io::Result<usize> {
    let mut encoder = GzEncoder::new(Counter(0), Compression::best());
    io::copy(&mut File::open(file)?, &mut encoder)?;
    Ok(encoder.finish()?.0)
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

/// Counts what is written and keeps nothing.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{gzipped, kilobytes};

    #[test]
    fn the_weight_is_that_after_compression() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("zeros");
        std::fs::write(&file, vec![0; 100_000]).unwrap();
        let weight = gzipped(&[file.clone(), file]).unwrap();
        assert!((40..1000).contains(&weight), "{weight}");
    }

    #[test]
    fn kilobytes_have_one_decimal() {
        assert_eq!(kilobytes(75_249), "75.2 KB");
        assert_eq!(kilobytes(450_000), "450.0 KB");
    }
}
