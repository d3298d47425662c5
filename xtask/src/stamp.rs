//! Stamps: a step is skipped when what went into it is what went into it last time.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::project;

/// A digest of everything that a step's result depends on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Fingerprint(String);

impl Fingerprint {
    /// Digests the content of `files` and the `words`, such as versions, in this order.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn of(files: &[PathBuf], words: &[&str]) -> Result<Self, Failure> {
        let mut digest = Sha256::new();
        for word in words {
            add(&mut digest, word.as_bytes());
        }
        for file in files {
            let content = fs::read(file).map_err(|error| Failure::file("read", file, &error))?;
            add(&mut digest, &content);
        }
        Ok(Self(hex(&digest.finalize())))
    }
}

/// Each part is preceded by its length, so that no two lists of parts look alike.
fn add(digest: &mut Sha256, part: &[u8]) {
    digest.update(part.len().to_be_bytes());
    digest.update(part);
}

/// Two lower-case digits for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The place where a finished step leaves its fingerprint.
#[derive(Debug)]
pub(crate) struct Stamp(PathBuf);

impl Stamp {
    /// A stamp in the given file; put it into the folder that the step makes, so that they vanish together.
    pub(crate) fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// Whether the step ended last time with just this input.
    pub(crate) fn is(&self, fingerprint: &Fingerprint) -> bool {
        fs::read_to_string(&self.0).is_ok_and(|found| found == fingerprint.0)
    }

    /// Remembers the input after the step has succeeded.
    ///
    /// # Errors
    /// The stamp cannot be written.
    pub(crate) fn set(&self, fingerprint: &Fingerprint) -> Result<(), Failure> {
        project::make_folder(self.0.parent().unwrap_or(Path::new(".")))?;
        fs::write(&self.0, &fingerprint.0).map_err(|error| Failure::file("write", &self.0, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Stamp, hex};
    use std::slice;

    #[test]
    fn a_stamp_holds_until_the_input_changes() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("input");
        let stamp = Stamp::new(folder.path().join("deep/stamp"));
        std::fs::write(&input, "one").unwrap();
        let first = Fingerprint::of(slice::from_ref(&input), &["1.0"]).unwrap();
        assert!(!stamp.is(&first));
        stamp.set(&first).unwrap();
        assert!(stamp.is(&first));

        std::fs::write(&input, "two").unwrap();
        let second = Fingerprint::of(&[input], &["1.0"]).unwrap();
        assert!(!stamp.is(&second));
    }

    #[test]
    fn bytes_are_written_with_two_digits() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }

    #[test]
    fn words_do_not_run_together() {
        let joined = Fingerprint::of(&[], &["ab", "c"]).unwrap();
        let parted = Fingerprint::of(&[], &["a", "bc"]).unwrap();
        assert_ne!(joined, parted);
    }
}
