//! Files as they were found: text or bytes under a name relative to the root of the project.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
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
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            text.replace('\0', "\u{fffd}").into()
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
            Err(error) => Err(wrong_encoding(path, &bytes, error.valid_up_to())),
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
    fs::read(root.join(path)).map_err(|error| {
        if error.kind() == ErrorKind::NotFound {
            return Diagnostic::about(path, "the file is missing");
        }
        let unreadable = Diagnostic::about(path, format!("the file cannot be read: {error}"));
        let is_forbidden = error.kind() == ErrorKind::PermissionDenied;
        unreadable.maybe_help(is_forbidden.then(|| "give yourself the right to read it".to_owned()))
    })
}

/// An error at the first byte that is not UTF-8.
fn wrong_encoding(path: &str, bytes: &[u8], start: usize) -> Diagnostic {
    let error = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        Diagnostic::about(path, "the file is text in the encoding UTF-16")
    } else {
        let text = SourceFile {
            path: path.into(),
            text: String::from_utf8_lossy(bytes).into(),
        };
        let message = "the file is not text in the encoding UTF-8";
        Diagnostic::at(
            &text,
            start..start + char::REPLACEMENT_CHARACTER.len_utf8(),
            message,
        )
    };
    error.help("save the file in the encoding UTF-8")
}

/// The paths of all files below `folder`, relative to it and sorted. A folder that is not there has no files.
///
/// What editors and systems leave behind (`.name.swp`, `name~`, `.DS_Store`) is passed over; `.well-known` is not.
/// Symbolic links are followed inside the project; one that leads out of it could publish anything of the machine.
pub fn list(root: &Path, folder: &str) -> Result<Vec<String>, Diagnostic> {
    let base = root.join(folder);
    if !base.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |error| unreadable_folder(folder, &error);
    let home = base.canonicalize().map_err(unreadable)?;
    let mut walk = Walk {
        project: root.canonicalize().map_err(unreadable)?,
        home: home.clone(),
        open: vec![home],
        found: Vec::new(),
    };
    walk.enter(&base, folder, "")?;
    walk.found.sort();
    Ok(walk.found)
}

fn unreadable_folder(folder: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::about(folder, format!("the folder cannot be read: {error}"))
}

struct Walk {
    /// The true path of the project.
    project: PathBuf,
    /// The true path of the folder that is listed.
    home: PathBuf,
    /// The true paths of the folder that is read and of those above it that are the targets of links.
    open: Vec<PathBuf>,
    found: Vec<String>,
}

impl Walk {
    /// Lists a folder; `shown` is its path for errors, `prefix` that of its files in the list.
    fn enter(&mut self, folder: &Path, shown: &str, prefix: &str) -> Result<(), Diagnostic> {
        let unreadable = |error| unreadable_folder(shown, &error);
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_passed_over(&name) {
                continue;
            }
            let path = entry.path();
            let shown = format!("{shown}/{name}");
            let mut kind = entry.file_type().map_err(unreadable)?;
            let is_link = kind.is_symlink();
            let target = is_link.then(|| self.follow(&path, &shown)).transpose()?;
            if let Some(target) = &target {
                kind = fs::metadata(target).map_err(unreadable)?.file_type();
            }
            if kind.is_dir() {
                let depth = self.open.len();
                self.open.extend(target);
                self.enter(&path, &shown, &format!("{prefix}{name}/"))?;
                self.open.truncate(depth);
            } else if !kind.is_file() {
                // Reading a pipe would never end.
                return Err(
                    Diagnostic::about(shown, "this is neither a file nor a folder")
                        .help("take it away"),
                );
            } else if !is_trial(&name) {
                self.found.push(format!("{prefix}{name}"));
            }
        }
        Ok(())
    }

    /// Where a symbolic link leads.
    fn follow(&self, link: &Path, shown: &str) -> Result<PathBuf, Diagnostic> {
        let refuse = |message: &str, help: &str| Diagnostic::about(shown, message).help(help);
        let target = link.canonicalize().map_err(|_| {
            refuse(
                "the symbolic link leads nowhere",
                "mend the link or take it away",
            )
        })?;
        if !target.starts_with(&self.project) && !target.starts_with(&self.home) {
            return Err(refuse(
                "the symbolic link leads out of the project",
                "put a copy of the file into the project",
            ));
        }
        let holds_link = self.open.iter().any(|open| open.starts_with(&target))
            || link
                .parent()
                .and_then(|parent| parent.canonicalize().ok())
                .is_some_and(|parent| parent.starts_with(&target));
        if holds_link {
            return Err(refuse(
                "the symbolic link leads to a folder that holds it",
                "take the link away",
            ));
        }
        Ok(target)
    }
}

/// Whether a file or folder of this name is none of the site's: it is hidden, or something that programs leave behind.
pub(crate) fn is_passed_over(name: &str) -> bool {
    let is_hidden = name.starts_with('.') && name != ".well-known";
    let is_copy =
        name.ends_with('~') || name.ends_with("___jb_tmp___") || name.ends_with("___jb_old___");
    let is_lock = name.starts_with("~$") || (name.starts_with('#') && name.ends_with('#'));
    is_hidden || is_copy || is_lock || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// Whether a file is the one that Vim makes for a moment to see whether it may write. A folder may be named so.
pub(crate) fn is_trial(name: &str) -> bool {
    name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_of_other_systems_disappear() {
        assert_eq!(
            SourceFile::new("a.md", "\u{feff}a\r\nb\0\r\nc\r").text(),
            "a\nb\u{fffd}\nc\n"
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
            "#a.md#",
            ".#a.md",
            "a.md___jb_tmp___",
            "~$a.docx",
            ".DS_Store",
            "Thumbs.db",
            "4913",
            "ru/4913/a.md",
            ".well-known/security.txt",
        ] {
            let path = folder.path().join("content").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        assert_eq!(
            list(folder.path(), "content").unwrap(),
            [".well-known/security.txt", "a.md", "b.md", "ru/4913/a.md"]
        );
    }

    #[test]
    fn a_file_in_another_encoding_is_named_with_the_cure() {
        let folder = tempfile::tempdir().unwrap();
        for (bytes, expected) in [
            (
                &b"one\r\nab\xcf\xf0"[..],
                "error: the file is not text in the encoding UTF-8\n --> a.md:2:3\n  |\n2 | ab\u{fffd}\u{fffd}\n  |   ^\n  = help: save the file in the encoding UTF-8\n",
            ),
            (
                b"\xff\xfea\0",
                "error: the file is text in the encoding UTF-16\n --> a.md\n  = help: save the file in the encoding UTF-8\n",
            ),
        ] {
            fs::write(folder.path().join("a.md"), bytes).unwrap();
            let error = SourceFile::read(folder.path(), "a.md").unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_project_only_and_never_in_circles() {
        use std::os::unix::fs::symlink;

        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("secret"), "").unwrap();
        let outside = elsewhere.path().join("secret");
        for (target, expected) in [
            ("../other", Ok(["link/b.md", "ru/a.md"])),
            ("nowhere", Err("the symbolic link leads nowhere")),
            (
                ".",
                Err("the symbolic link leads to a folder that holds it"),
            ),
            (
                "..",
                Err("the symbolic link leads to a folder that holds it"),
            ),
            (
                outside.to_str().unwrap(),
                Err("the symbolic link leads out of the project"),
            ),
        ] {
            let folder = tempfile::tempdir().unwrap();
            for path in ["content/ru/a.md", "other/b.md"] {
                let path = folder.path().join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "").unwrap();
            }
            symlink(target, folder.path().join("content/link")).unwrap();
            match (list(folder.path(), "content"), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(error), Err(message)) => {
                    let start = format!("error: {message}\n --> content/link\n");
                    assert!(error.to_string().starts_with(&start), "{error}");
                }
                (found, _) => panic!("{target}: {found:?}"),
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_named_and_never_waited_for() {
        use std::os::unix::fs::PermissionsExt as _;
        use std::os::unix::net::UnixListener;

        let folder = tempfile::tempdir().unwrap();
        let locked = folder.path().join("locked.md");
        fs::write(&locked, "").unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
        // The superuser may read everything.
        if let Err(error) = SourceFile::read(folder.path(), "locked.md") {
            let error = error.to_string();
            assert!(
                error.contains("= help: give yourself the right to read it"),
                "{error}"
            );
        }
        fs::create_dir(folder.path().join("content")).unwrap();
        let _socket = UnixListener::bind(folder.path().join("content/a.md")).unwrap();
        assert_eq!(
            list(folder.path(), "content").unwrap_err().to_string(),
            "error: this is neither a file nor a folder\n --> content/a.md\n  = help: take it away\n"
        );
    }
}
