//! The theme: templates, styles, scripts, icons, and files that are copied as they are.

use std::path::Path;

use crate::BuildMode;
use crate::diagnostics::Diagnostic;
use crate::source::{self, SourceFile};

/// Where the theme lies.
pub const FOLDER: &str = "site-gen/theme";

/// How the names of templates end whose text is not HTML.
pub(crate) const PLAIN: &str = ".txt";

/// How the names of scripts and styles begin that keep a previewed page up to date. They are never published.
const OF_PREVIEWS: [&str; 3] = ["js/live-reload.", "js/preview-", "css/preview"];

/// The files of the theme as they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeSources {
    /// `templates/*.html`, and `templates/*.txt` for plain text.
    pub templates: Vec<SourceFile>,
    /// `css/*.css`.
    pub styles: Vec<SourceFile>,
    /// `js/*.js`.
    pub scripts: Vec<SourceFile>,
    /// `icons/*.svg`.
    pub icons: Vec<SourceFile>,
    /// `static/**`.
    pub files: Vec<StaticFile>,
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// Its path in the output.
    pub path: String,
    /// Its content.
    pub content: Vec<u8>,
}

impl ThemeSources {
    /// Reads the theme.
    pub fn load(root: &Path, mode: BuildMode) -> Result<Self, Vec<Diagnostic>> {
        let mut errors = Vec::new();
        let mut read = |folder: &str, extension: &str| {
            texts(root, folder, extension).unwrap_or_else(|faults| {
                errors.extend(faults);
                Vec::new()
            })
        };
        let mut templates = read("templates", ".html");
        templates.extend(read("templates", PLAIN));
        let mut styles = read("css", ".css");
        let mut scripts = read("js", ".js");
        let icons = read("icons", ".svg");
        if mode == BuildMode::Publish {
            for files in [&mut styles, &mut scripts] {
                files.retain(|file| !is_of_previews(&file.path()));
            }
        }
        let files = static_files(root).unwrap_or_else(|error| {
            errors.push(error);
            Vec::new()
        });
        if errors.is_empty() {
            Ok(Self {
                templates,
                styles,
                scripts,
                icons,
                files,
            })
        } else {
            Err(errors)
        }
    }
}

fn is_of_previews(path: &str) -> bool {
    let name = path
        .strip_prefix(FOLDER)
        .and_then(|name| name.strip_prefix('/'));
    name.is_some_and(|name| OF_PREVIEWS.iter().any(|start| name.starts_with(start)))
}

fn texts(root: &Path, folder: &str, extension: &str) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
    let folder = format!("{FOLDER}/{folder}");
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for name in source::list(root, &folder).map_err(|error| vec![error])? {
        if !name.ends_with(extension) {
            continue;
        }
        match SourceFile::read(root, &format!("{folder}/{name}")) {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(files)
    } else {
        Err(errors)
    }
}

fn static_files(root: &Path) -> Result<Vec<StaticFile>, Diagnostic> {
    let folder = format!("{FOLDER}/static");
    source::list(root, &folder)?
        .into_iter()
        .map(|path| {
            let content = source::read_bytes(root, &format!("{folder}/{path}"))?;
            Ok(StaticFile { path, content })
        })
        .collect()
}
