//! Files as they were found: text or bytes under a name relative to the root of the project.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostics::Diagnostic;

/// A text file. Cheap to clone; line ends are `\n` and there is neither a byte order mark nor a NUL, whatever the
/// editor wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    path: Arc<str>,
    text: Arc<str>,
}

impl SourceFile {
    /// A file with this path (relative to the root, with `/`) and text.
    pub fn new(path: impl Into<Arc<str>>, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = if text.contains(['\r', '\0']) {
            text.replace("\r\n", "\n").replace('\0', "\u{fffd}").into()
        } else {
            text.into()
        };
        Self {
            path: path.into(),
            text,
        }
    }

    /// Reads a text file; a file that is missing or is not UTF-8 is an error.
    pub fn read(root: &Path, path: &str) -> Result<Self, Diagnostic> {
        let bytes = read_bytes(root, path)?;
        match str::from_utf8(&bytes) {
            Ok(text) => Ok(Self::new(path, text)),
            Err(error) => Err(Diagnostic::about(
                path,
                format!(
                    "the file is not UTF-8 text from byte {}",
                    error.valid_up_to()
                ),
            )
            .help("save the file in the encoding UTF-8")),
        }
    }

    /// The path relative to the root of the project.
    #[must_use]
    pub fn path(&self) -> Arc<str> {
        Arc::clone(&self.path)
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Reads a file as bytes.
pub fn read_bytes(root: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    fs::read(root.join(path))
        .map_err(|error| Diagnostic::about(path, format!("the file cannot be read: {error}")))
}

/// The paths of all files below `folder`, relative to it and sorted. A folder that is not there has no files.
///
/// What editors and systems leave behind (`.name.swp`, `name~`, `.DS_Store`) is passed over; `.well-known` is not.
pub fn list(root: &Path, folder: &str) -> Result<Vec<String>, Diagnostic> {
    let mut found = Vec::new();
    let base = root.join(folder);
    if base.is_dir() {
        walk(&base, "", &mut found).map_err(|error| {
            Diagnostic::about(folder, format!("the folder cannot be read: {error}"))
        })?;
        found.sort();
    }
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_passed_over(&name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file or folder of this name is none of the site's.
pub(crate) fn is_passed_over(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known") || name.ends_with('~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_of_other_systems_disappear() {
        assert_eq!(
            SourceFile::new("a.md", "\u{feff}a\r\nb\0\r\n").text(),
            "a\nb\u{fffd}\n"
        );
    }

    #[test]
    fn leftovers_of_editors_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b.md",
            "a.md",
            ".a.md.swp",
            "a.md~",
            ".well-known/security.txt",
        ] {
            let path = folder.path().join("content").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        assert_eq!(
            list(folder.path(), "content").unwrap(),
            [".well-known/security.txt", "a.md", "b.md"]
        );
    }

    #[test]
    fn a_file_in_another_encoding_is_named_with_the_cure() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), b"ab\xcf\xf0").unwrap();
        let error = SourceFile::read(folder.path(), "a.md").unwrap_err();
        assert_eq!(
            error.to_string(),
            "error: the file is not UTF-8 text from byte 2\n --> a.md\n  = help: save the file in the encoding UTF-8\n"
        );
    }
}
