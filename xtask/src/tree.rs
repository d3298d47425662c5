//! Comparing two folders byte by byte.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The first place, in the order of names, where two folders differ; `None` if they are equal.
///
/// # Errors
/// A file or folder cannot be read.
pub(crate) fn first_difference(left: &Path, right: &Path) -> io::Result<Option<String>> {
    let left_files = files(left)?;
    let right_files = files(right)?;
    for file in left_files.union(&right_files) {
        let name = file.display();
        if !right_files.contains(file) {
            return Ok(Some(format!("{name} is in the first only")));
        }
        if !left_files.contains(file) {
            return Ok(Some(format!("{name} is in the second only")));
        }
        let (one, other) = (fs::read(left.join(file))?, fs::read(right.join(file))?);
        if one != other {
            let equal = one
                .iter()
                .zip(&other)
                .take_while(|(one, other)| one == other);
            return Ok(Some(format!("{name} differs from byte {}", equal.count())));
        }
    }
    Ok(None)
}

/// All files below a folder, by their paths relative to it.
///
/// # Errors
/// A folder cannot be read.
pub(crate) fn files(root: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::first_difference;
    use std::fs;
    use std::path::Path;
    use tempfile::TempDir;

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn difference(left: &[(&str, &str)], right: &[(&str, &str)]) -> Option<String> {
        let (left, right) = (folder(left), folder(right));
        first_difference(left.path(), right.path()).unwrap()
    }

    #[test]
    fn equal_folders_have_no_difference() {
        let files = [("index.html", "home"), ("help/index.html", "help")];
        assert_eq!(difference(&files, &files), None);
    }

    #[test]
    fn a_changed_byte_is_named_with_its_place() {
        let found = difference(&[("a/b.css", "red;")], &[("a/b.css", "rot;")]);
        assert_eq!(found.as_deref(), Some("a/b.css differs from byte 1"));
    }

    #[test]
    fn a_longer_file_differs_where_the_shorter_ends() {
        let found = difference(&[("a", "12")], &[("a", "123")]);
        assert_eq!(found.as_deref(), Some("a differs from byte 2"));
    }

    #[test]
    fn a_missing_file_is_named_with_its_side() {
        let found = difference(&[("a", ""), ("b", "")], &[("b", "")]);
        assert_eq!(found.as_deref(), Some("a is in the first only"));
        let found = difference(&[("b", "")], &[("b", ""), ("c", "")]);
        assert_eq!(found.as_deref(), Some("c is in the second only"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        assert!(first_difference(Path::new("/nowhere/a"), Path::new("/nowhere/b")).is_err());
    }
}
