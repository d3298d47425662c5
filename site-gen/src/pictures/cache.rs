//! What was made once is kept on disk, under a name that its making depends on.
//!
//! An entry is one file: a line with the digest of the rest, a line of JSON, then the contents one after another. It is
//! written beside its place and renamed, so that builds at the same time see a whole entry or none. An entry whose
//! digest is wrong is made again. A folder that cannot be written costs time, not the build: contents then stay in
//! memory.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::naming::hexadecimal;

/// Tells apart the entries that this process writes at the same time.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// A file of the finished site that came out of a picture. Cheap to clone: the content is on disk or shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    path: String,
    length: u64,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Memory(Arc<[u8]>),
    Entry { file: Arc<Path>, start: u64 },
}

impl PictureFile {
    /// Its path below the output folder, with `/`. It holds a digest of the content.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The address on the site.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/{}", self.path)
    }

    /// The length of the content in bytes. A published file with this path and this length needs no second look.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The content, read from the cache where it lies there.
    pub fn content(&self) -> io::Result<Arc<[u8]>> {
        match &self.place {
            Place::Memory(content) => Ok(Arc::clone(content)),
            Place::Entry { file, start } => {
                let mut file = File::open(file)?;
                file.seek(SeekFrom::Start(*start))?;
                let mut content = Vec::new();
                file.take(self.length).read_to_end(&mut content)?;
                if content.len() as u64 == self.length {
                    Ok(content.into())
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                }
            }
        }
    }
}

/// What is made: a description and the files that belong to it, with their paths.
#[derive(Debug)]
pub(super) struct Made<T> {
    pub(super) description: T,
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// What was made now or before.
#[derive(Debug)]
pub(super) struct Kept<T> {
    pub(super) description: T,
    pub(super) files: Vec<PictureFile>,
    pub(super) is_new: bool,
}

#[derive(Serialize, Deserialize)]
struct Contents<T> {
    description: T,
    files: Vec<(String, u64)>,
}

/// The key of an entry: everything that its making depends on.
pub(super) fn key(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    hexadecimal(&digest.finalize())
}

/// Gives what is kept under the key, or makes it and keeps it.
pub(super) fn keep<T: Serialize + for<'a> Deserialize<'a>, E>(
    folder: Option<&Path>,
    key: &str,
    produce: impl FnOnce() -> Result<Made<T>, E>,
) -> Result<Kept<T>, E> {
    let entry = folder.map(|folder| folder.join(key));
    if let Some(kept) = entry.as_deref().and_then(find) {
        return Ok(kept);
    }
    let made = produce()?;
    let written = entry.and_then(|entry| {
        write(&entry, &made).ok()?;
        find(&entry)
    });
    let kept = written.unwrap_or_else(|| Kept {
        description: made.description,
        files: made.files.into_iter().map(in_memory).collect(),
        is_new: true,
    });
    Ok(Kept {
        is_new: true,
        ..kept
    })
}

fn in_memory((path, content): (String, Vec<u8>)) -> PictureFile {
    PictureFile {
        path,
        length: content.len() as u64,
        place: Place::Memory(content.into()),
    }
}

/// The entry, if it is there and whole.
fn find<T: for<'a> Deserialize<'a>>(entry: &Path) -> Option<Kept<T>> {
    let bytes = fs::read(entry).ok()?;
    let (digest, rest) = split_line(&bytes)?;
    if digest != hexadecimal(&Sha256::digest(rest)).as_bytes() {
        return None;
    }
    let (description, contents) = split_line(rest)?;
    let Contents { description, files } = serde_json::from_slice(description).ok()?;
    let file: Arc<Path> = entry.into();
    let mut start = (bytes.len() - contents.len()) as u64;
    let files = files
        .into_iter()
        .map(|(path, length)| {
            let place = Place::Entry {
                file: Arc::clone(&file),
                start,
            };
            start += length;
            PictureFile {
                path,
                length,
                place,
            }
        })
        .collect();
    Some(Kept {
        description,
        files,
        is_new: false,
    })
}

fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

fn write<T: Serialize>(entry: &Path, made: &Made<T>) -> io::Result<()> {
    let contents = Contents {
        description: &made.description,
        files: made
            .files
            .iter()
            .map(|(path, content)| (path.clone(), content.len() as u64))
            .collect(),
    };
    let mut rest = serde_json::to_vec(&contents)?;
    rest.push(b'\n');
    for (_, content) in &made.files {
        rest.extend_from_slice(content);
    }
    let mut bytes = hexadecimal(&Sha256::digest(&rest)).into_bytes();
    bytes.push(b'\n');
    bytes.append(&mut rest);

    if let Some(folder) = entry.parent() {
        fs::create_dir_all(folder)?;
    }
    let temporary = temporary(entry);
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, entry)
}

/// A name that no other process and no other thread writes to.
fn temporary(entry: &Path) -> PathBuf {
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let extension = format!("{}-{number}.new", std::process::id());
    entry.with_extension(extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep_letters(folder: Option<&Path>) -> Kept<String> {
        let made = Made {
            description: "two letters".to_owned(),
            files: vec![
                ("a".to_owned(), b"A\n".to_vec()),
                ("b".to_owned(), b"BB".to_vec()),
            ],
        };
        keep::<_, ()>(folder, "key", || Ok(made)).unwrap()
    }

    fn assert_whole(kept: &Kept<String>) {
        assert_eq!(kept.description, "two letters");
        let files: Vec<_> = kept
            .files
            .iter()
            .map(|file| {
                (
                    file.address(),
                    file.length(),
                    file.content().unwrap().to_vec(),
                )
            })
            .collect();
        let expected = [("/a", 2, &b"A\n"[..]), ("/b", 2, b"BB")];
        assert_eq!(
            files,
            expected.map(|(path, length, content)| (path.to_owned(), length, content.to_vec()))
        );
    }

    #[test]
    fn what_was_made_once_is_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("deep/er");
        let first = keep_letters(Some(&cache));
        assert!(first.is_new);
        assert_whole(&first);
        let second = keep::<String, ()>(Some(&cache), "key", || unreachable!()).unwrap();
        assert!(!second.is_new);
        assert_whole(&second);
        assert_eq!(
            fs::read_dir(&cache).unwrap().count(),
            1,
            "nothing is left over"
        );
    }

    #[test]
    fn every_kind_of_damage_is_healed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path();
        keep_letters(Some(cache));
        let entry = cache.join("key");
        let whole = fs::read(&entry).unwrap();
        for length in 0..whole.len() {
            fs::write(&entry, &whole[..length]).unwrap();
            assert!(keep_letters(Some(cache)).is_new, "cut at {length}");
        }
        for position in 0..whole.len() {
            let mut other = whole.clone();
            other[position] ^= 1;
            fs::write(&entry, &other).unwrap();
            let healed = keep_letters(Some(cache));
            assert!(healed.is_new, "changed at {position}");
            assert_whole(&healed);
        }
        assert_eq!(fs::read(&entry).unwrap(), whole);
    }

    #[test]
    fn without_a_folder_contents_stay_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "in the way").unwrap();
        for cache in [None, Some(file.as_path())] {
            let kept = keep_letters(cache);
            assert!(kept.is_new);
            assert_whole(&kept);
        }
    }

    #[test]
    fn the_parts_of_a_key_do_not_run_together() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
        assert_ne!(key(&[b"a", b""]), key(&[b"a"]));
    }

    #[test]
    fn an_entry_that_vanished_is_an_error_not_an_empty_picture() {
        let folder = tempfile::tempdir().unwrap();
        let kept = keep_letters(Some(folder.path()));
        fs::write(folder.path().join("key"), "short").unwrap();
        assert!(kept.files[0].content().is_err());
    }
}
