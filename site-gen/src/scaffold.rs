//! `cargo site new`: a page that passes the checks as soon as it is made, for the editor to fill.
//!
//! Nothing is ever overwritten, and either all files are made or none. A folder that is new gets its index page too.

mod folder;
mod text;

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::content::{Messages, PagePath};
use crate::language::Language;
use folder::Neighbours;

/// The page to make.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its path below the folder of a language, as the editor named it: `help/refunds`.
    pub name: String,
    /// Its title; without one the page gets a title to be replaced.
    pub title: Option<String>,
    /// The languages it is made in; if none is named, all that the site has.
    pub languages: Vec<Language>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The files, relative to the root.
    pub files: Vec<String>,
    /// The addresses of the page.
    pub addresses: Vec<String>,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// The name cannot be part of an address.
    #[error("error: \"{name}\" cannot be the name of a page\n  = help: {help}")]
    BadName {
        /// The name.
        name: String,
        /// How to name it.
        help: String,
    },
    /// The title is empty.
    #[error("error: the title is empty\n  = help: write it between quotes, or leave out --title")]
    EmptyTitle,
    /// A page is there already.
    #[error("error: {file} exists and is not overwritten\n  = help: {help}")]
    Exists {
        /// The file.
        file: String,
        /// What else can be done.
        help: String,
    },
    /// The site has no pages in this language.
    #[error(
        "error: the site has no language `{language}`\n  = help: a language begins with its file content/{language}/messages.toml"
    )]
    NoLanguage {
        /// The language.
        language: Language,
    },
    /// There is no site.
    #[error(
        "error: there is no site in {0}\n  = help: --root names the folder that holds content/ and site-gen/theme/"
    )]
    NoSite(PathBuf),
    /// The system refused.
    #[error("error: {file} cannot be written: {error}")]
    Refused {
        /// The file.
        file: String,
        /// What the system said.
        error: io::Error,
    },
}

/// A file that is to be made.
struct Draft {
    file: String,
    text: String,
}

/// Makes the page in all of its languages.
pub fn create(root: &Path, order: &Order) -> Result<Made, ScaffoldError> {
    let path = page_path(&order.name)?;
    let title = order.title.as_deref().map(str::trim);
    if title == Some("") {
        return Err(ScaffoldError::EmptyTitle);
    }
    let languages = languages(root, &order.languages)?;
    let files: Vec<_> = languages
        .iter()
        .map(|language| file(*language, &path))
        .collect();
    if let Some(taken) = files.iter().position(|file| exists(root, file)) {
        return Err(taken_name(root, &path, &languages, taken));
    }
    let mut drafts = Vec::new();
    for language in &languages {
        for index in path.ancestors() {
            let file = file(*language, &index);
            if !exists(root, &file) {
                let neighbours = Neighbours::of(root, *language, &index);
                let text = text::index(*language, &path, &neighbours);
                drafts.push(Draft { file, text });
            }
        }
        let neighbours = Neighbours::of(root, *language, &path);
        drafts.push(Draft {
            file: file(*language, &path),
            text: text::page(*language, title, &neighbours),
        });
    }
    write(root, &drafts)?;
    Ok(Made {
        files: drafts.into_iter().map(|draft| draft.file).collect(),
        addresses: languages
            .iter()
            .map(|language| path.address(*language))
            .collect(),
    })
}

fn page_path(name: &str) -> Result<PagePath, ScaffoldError> {
    let bare = name.trim_start_matches('/');
    let bare = bare.strip_suffix(".md").unwrap_or(bare);
    let path = PagePath::from_file(&format!("{bare}.md")).ok();
    // A name that begins with `_` is a part of other pages and has no address.
    path.filter(|path| !path.as_str().split('/').any(|name| name.starts_with('_')))
        .ok_or_else(|| ScaffoldError::BadName {
            name: name.to_owned(),
            help: text::better_name(bare).map_or_else(
                || {
                    "name it with small Latin letters, digits and `-`, its folder before a `/`: help/refunds"
                        .to_owned()
                },
                |better| format!("the name is part of the address; take {better}"),
            ),
        })
}

fn languages(root: &Path, wanted: &[Language]) -> Result<Vec<Language>, ScaffoldError> {
    let has = |language: &Language| exists(root, &Messages::path(*language));
    let known: Vec<_> = Language::ALL.into_iter().filter(has).collect();
    if known.is_empty() {
        return Err(ScaffoldError::NoSite(root.to_owned()));
    }
    match wanted.iter().find(|language| !known.contains(language)) {
        Some(language) => Err(ScaffoldError::NoLanguage {
            language: *language,
        }),
        None if wanted.is_empty() => Ok(known),
        None => Ok(wanted.to_vec()),
    }
}

fn taken_name(root: &Path, path: &PagePath, languages: &[Language], taken: usize) -> ScaffoldError {
    let free = languages
        .iter()
        .find(|language| !exists(root, &file(**language, path)));
    ScaffoldError::Exists {
        file: languages
            .get(taken)
            .map_or_else(String::new, |language| file(*language, path)),
        help: free.map_or_else(
            || "open it, or take another name".to_owned(),
            |language| {
                format!("to make the other language only: cargo site new {path} --lang {language}")
            },
        ),
    }
}

fn file(language: Language, path: &PagePath) -> String {
    format!("content/{language}/{}", path.file())
}

fn exists(root: &Path, file: &str) -> bool {
    root.join(file).symlink_metadata().is_ok()
}

/// Writes all files; if one cannot be written, those before it are taken back.
fn write(root: &Path, drafts: &[Draft]) -> Result<(), ScaffoldError> {
    for (count, draft) in drafts.iter().enumerate() {
        if let Err(error) = write_new(&root.join(&draft.file), &draft.text) {
            for made in drafts.iter().take(count) {
                // What cannot be removed is a page that passes the checks.
                let _ = fs::remove_file(root.join(&made.file));
            }
            return Err(ScaffoldError::Refused {
                file: draft.file.clone(),
                error,
            });
        }
    }
    Ok(())
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
