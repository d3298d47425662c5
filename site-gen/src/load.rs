//! The first stage: files are read, nothing is understood yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use crate::BuildMode;
use crate::content::{Messages, PageId, PagePath, Settings};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::mail::{self, MailId};
use crate::published::PublishedAddresses;
use crate::source::{self, SourceFile};
use crate::theme::{self, ThemeSources};

/// Everything that the site is made from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// `content/site.toml`.
    pub settings: SourceFile,
    /// `content/<lang>/messages.toml` of every language that has pages.
    pub messages: BTreeMap<Language, SourceFile>,
    /// The files `content/*.toml`, by name.
    pub values: Vec<SourceFile>,
    /// `content/<lang>/glossary.toml`, where there is one.
    pub glossaries: BTreeMap<Language, SourceFile>,
    /// Texts that pages include, by language and path below its folder.
    pub parts: BTreeMap<Language, BTreeMap<String, SourceFile>>,
    /// The pages.
    pub pages: BTreeMap<PageId, SourceFile>,
    /// The mails that the Worker sends.
    pub mails: BTreeMap<MailId, SourceFile>,
    /// The files of pictures, below the folder of the content.
    pub pictures: BTreeSet<String>,
    /// The addresses that were published before, if they were ever recorded.
    pub published: Option<SourceFile>,
    /// The theme.
    pub theme: ThemeSources,
}

/// The folder of the editors.
pub const CONTENT: &str = "content";
const GLOSSARY: &str = "glossary.toml";
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "webp", "svg", "gif"];

/// Reads everything below `root`.
pub fn load(root: &Path, mode: BuildMode) -> Result<Sources, Vec<Diagnostic>> {
    let settings = SourceFile::read(root, Settings::FILE).map_err(|error| {
        vec![error.help(
            "the generator looks for content/ and site-gen/theme/ in the folder given by --root",
        )]
    })?;
    let names = source::list(root, CONTENT).map_err(|error| vec![error])?;
    let mut errors = Vec::new();
    let (found, misplaced) = find_pages(&names);
    errors.extend(misplaced);
    let read: Vec<_> = found
        .into_par_iter()
        .map(|id| Ok((id.clone(), SourceFile::read(root, &id.source())?)))
        .collect();
    let pages: BTreeMap<_, _> = keep(read, &mut errors).into_iter().collect();
    let (found, misplaced) = mail::find(&names);
    errors.extend(misplaced);
    let read = found
        .into_iter()
        .map(|id| Ok((id.clone(), SourceFile::read(root, &id.source())?)));
    let mails = keep(read, &mut errors).into_iter().collect();
    let languages: BTreeSet<_> = pages.keys().map(|id| id.language).collect();
    let read = languages
        .into_iter()
        .map(|language| Ok((language, read_messages(root, language)?)));
    let messages = keep(read, &mut errors).into_iter().collect();
    let published = names
        .iter()
        .any(|name| name == PublishedAddresses::NAME)
        .then(|| SourceFile::read(root, PublishedAddresses::FILE));
    let published = keep(published, &mut errors).into_iter().next();
    if pages.is_empty() && errors.is_empty() {
        errors.push(
            Diagnostic::about(CONTENT, "there are no pages")
                .help("write the first one: content/ru/index.md"),
        );
    }
    let values = keep(
        names
            .iter()
            .filter(|name| !name.contains('/') && has_extension(name, "toml"))
            .map(|name| SourceFile::read(root, &format!("{CONTENT}/{name}"))),
        &mut errors,
    );
    let (glossaries, parts) = read_shared(root, &names, &mut errors);
    let theme = ThemeSources::load(root, mode).unwrap_or_else(|faults| {
        errors.extend(faults);
        ThemeSources::default()
    });
    if errors.is_empty() {
        Ok(Sources {
            settings,
            messages,
            values,
            glossaries,
            parts,
            pages,
            mails,
            pictures: names
                .iter()
                .filter(|name| is_picture(name))
                .cloned()
                .collect(),
            published,
            theme,
        })
    } else {
        Err(errors)
    }
}

impl Sources {
    /// Every text that was read.
    pub fn texts(&self) -> impl Iterator<Item = &SourceFile> {
        let theme = &self.theme;
        let of_theme = [
            &theme.templates,
            &theme.styles,
            &theme.scripts,
            &theme.icons,
        ];
        let parts = self.parts.values().flat_map(BTreeMap::values);
        [&self.settings]
            .into_iter()
            .chain(self.messages.values())
            .chain(&self.values)
            .chain(self.glossaries.values())
            .chain(parts)
            .chain(self.pages.values())
            .chain(self.mails.values())
            .chain(&self.published)
            .chain(of_theme.into_iter().flatten())
    }

    /// Whether this path, from the root of the project, is that of a source that was read, or of a folder of such.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        let is_at = |source: &str| {
            let rest = source.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.texts().any(|file| is_at(&file.path()))
            || self
                .pictures
                .iter()
                .any(|name| is_at(&format!("{CONTENT}/{name}")))
            || self
                .theme
                .files
                .iter()
                .any(|file| is_at(&format!("{}/static/{}", theme::FOLDER, file.path)))
    }

    /// Reads one page again, or forgets it if its file is gone. False if the path, from the root of the project, is not
    /// that of a page, or if it was the last page of its language: then everything has to be read.
    pub fn reload_page(&mut self, root: &Path, path: &str) -> bool {
        let Some(id) = page_of(path) else {
            return false;
        };
        if !self.messages.contains_key(&id.language) {
            return false;
        }
        if !root.join(path).exists() {
            self.pages.remove(&id);
            return self.pages.keys().any(|page| page.language == id.language);
        }
        match SourceFile::read(root, path) {
            Ok(file) => {
                self.pages.insert(id, file);
                true
            }
            Err(_) => false,
        }
    }
}

/// The page whose source lies at this path from the root of the project.
#[must_use]
pub fn page_of(path: &str) -> Option<PageId> {
    let (folder, rest) = path
        .strip_prefix(CONTENT)?
        .strip_prefix('/')?
        .split_once('/')?;
    if is_part(rest) {
        return None;
    }
    let language = Language::from_code(folder)?;
    let path = PagePath::from_file(rest).ok()?;
    Some(PageId::new(language, path))
}

type Glossaries = BTreeMap<Language, SourceFile>;
type Parts = BTreeMap<Language, BTreeMap<String, SourceFile>>;

/// What the pages of a language share.
fn read_shared(root: &Path, names: &[String], errors: &mut Vec<Diagnostic>) -> (Glossaries, Parts) {
    let mut glossaries = Glossaries::new();
    let mut parts = Parts::new();
    for name in names {
        let Some((folder, rest)) = name.split_once('/') else {
            continue;
        };
        let Some(language) = Language::from_code(folder) else {
            continue;
        };
        if rest != GLOSSARY && !is_part(rest) {
            continue;
        }
        match SourceFile::read(root, &format!("{CONTENT}/{name}")) {
            Ok(file) if rest == GLOSSARY => {
                glossaries.insert(language, file);
            }
            Ok(file) => {
                let parts = parts.entry(language).or_default();
                parts.insert(rest.to_owned(), file);
            }
            Err(error) => errors.push(error),
        }
    }
    (glossaries, parts)
}

fn is_picture(name: &str) -> bool {
    PICTURES.iter().any(|kind| has_extension(name, kind))
}

/// Whether a file is included by pages and is none itself.
fn is_part(name: &str) -> bool {
    has_page_extension(name) && name.rsplit('/').next().unwrap_or(name).starts_with('_')
}

fn read_messages(root: &Path, language: Language) -> Result<SourceFile, Diagnostic> {
    SourceFile::read(root, &Messages::path(language))
        .map_err(|error| error.help("every language has a file with the words of its interface: copy that of another language and translate it"))
}

/// The pages among the files of `content/`, and the files that lie where no page can be.
fn find_pages(names: &[String]) -> (Vec<PageId>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for name in names {
        let Some((folder, rest)) = name.split_once('/') else {
            continue;
        };
        let file = format!("{CONTENT}/{name}");
        match Language::from_code(folder) {
            None if folder == mail::FOLDER => {}
            None => {
                let codes: Vec<_> = Language::ALL
                    .iter()
                    .map(|language| language.code())
                    .collect();
                let message = format!("the site has no language `{folder}`");
                let help = format!("the folders of content/ are: {}", codes.join(", "));
                errors.push(Diagnostic::about(file, message).help(help));
            }
            Some(_) if let Some(folder) = page_like_folder(rest) => {
                let message = format!("the folder `{folder}` is named like a page");
                errors.push(Diagnostic::about(file, message).help("take `.md` out of its name"));
            }
            Some(_) if rest == "messages.toml" || rest == GLOSSARY || is_part(rest) => {}
            Some(_) if is_picture(rest) => {}
            Some(_) if !has_page_extension(rest) => {
                let help = format!(
                    "pages end in .md, pictures in {}; other files go into site-gen/theme/static",
                    PICTURES.map(|kind| format!(".{kind}")).join(", ")
                );
                errors.push(Diagnostic::about(file, "the file is not a page").help(help));
            }
            Some(language) => match PagePath::from_file(rest) {
                Ok(path) => found.push(PageId::new(language, path)),
                Err(error) => errors.push(
                    Diagnostic::about(file, error.to_string())
                        .help("rename the file; its name is part of the address of the page"),
                ),
            },
        }
    }
    (found, errors)
}

/// The first folder on the way to a file whose name ends like that of a page.
fn page_like_folder(file: &str) -> Option<&str> {
    let (folders, _) = file.rsplit_once('/')?;
    folders.split('/').find(|folder| has_page_extension(folder))
}

fn has_page_extension(name: &str) -> bool {
    has_extension(name, "md")
}

fn has_extension(name: &str, wanted: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == wanted)
}

/// The values of what succeeded; what failed goes to the errors.
fn keep<T>(
    results: impl IntoIterator<Item = Result<T, Diagnostic>>,
    errors: &mut Vec<Diagnostic>,
) -> Vec<T> {
    results
        .into_iter()
        .filter_map(|result| result.map_err(|error| errors.push(error)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_cannot_be_pages_are_named_with_the_cure() {
        let names = [
            "site.toml",
            "ru/messages.toml",
            "ru/index.md",
            "de/index.md",
            "ru/notes.docx",
            "ru/Помощь.md",
            "ru/a.md/b.png",
        ]
        .map(str::to_owned);
        let (found, errors) = find_pages(&names);
        assert_eq!(found.len(), 1);
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        for (error, message) in errors.iter().zip([
            "the site has no language `de`\n --> content/de/index.md",
            "the file is not a page\n --> content/ru/notes.docx",
            "the name of a page may hold small Latin letters, digits, `-` and `_` only\n --> content/ru/Помощь.md",
            "the folder `a.md` is named like a page\n --> content/ru/a.md/b.png",
        ]) {
            assert!(error.contains(message), "{error}");
        }
        assert_eq!(errors.len(), 4);
    }

    #[test]
    fn the_path_of_a_file_names_its_page() {
        for (path, expected) in [
            ("content/ru/help/a.md", Some("content/ru/help/a.md")),
            ("content/ru/help/_part.md", None),
            ("content/ru/messages.toml", None),
            ("content/site.toml", None),
            ("content/de/a.md", None),
            ("site-gen/theme/templates/page.html", None),
        ] {
            let found = page_of(path).map(|id| id.source());
            assert_eq!(found.as_deref(), expected, "{path}");
        }
    }
}
