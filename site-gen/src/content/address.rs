//! Where a page lies among the sources, in the output and on the site: three names of one thing.

use std::fmt;
use std::sync::Arc;

use crate::language::Language;

/// The path of a page below its language's folder, without `.md`: `index`, `login`, `help/cabinet-access`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PagePath(Arc<str>);

/// Why a file name cannot be part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a page may hold small Latin letters, digits, `-` and `_` only")]
pub struct BadName;

impl PagePath {
    /// The path of a page from the path of its file below the language's folder.
    ///
    /// ```
    /// use site_gen::content::PagePath;
    /// use site_gen::language::Language;
    ///
    /// let path = PagePath::from_file("help/index.md")?;
    /// assert_eq!(path.address(Language::English), "/en/help/");
    /// assert_eq!(path.output(Language::English), "en/help/index.html");
    /// # Ok::<(), site_gen::content::BadName>(())
    /// ```
    pub fn from_file(file: &str) -> Result<Self, BadName> {
        let path = file.strip_suffix(".md").ok_or(BadName)?;
        let is_allowed = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '_')
        };
        let is_name = |name: &str| !name.is_empty() && name.chars().all(is_allowed);
        if path.split('/').all(is_name) {
            Ok(Self(path.into()))
        } else {
            Err(BadName)
        }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of the page below its language's folder.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.md", self.0)
    }

    /// The folder of the page: empty for the root, otherwise without a slash at the end.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether the page is the first of its folder.
    #[must_use]
    pub fn is_index(&self) -> bool {
        self.0.rsplit('/').next() == Some("index")
    }

    /// The address of the page on the site.
    #[must_use]
    pub fn address(&self, language: Language) -> String {
        let prefix = language.prefix();
        match self.0.strip_suffix("index") {
            Some(folder) if self.is_index() => format!("/{prefix}{folder}"),
            _ => format!("/{prefix}{}.html", self.0),
        }
    }

    /// The file of the page in the output folder.
    #[must_use]
    pub fn output(&self, language: Language) -> String {
        format!("{}{}.html", language.prefix(), self.0)
    }

    /// The path of the index page of the page's folder.
    #[must_use]
    pub fn index(&self) -> Self {
        match self.folder() {
            "" => Self("index".into()),
            folder => Self(format!("{folder}/index").into()),
        }
    }

    /// The paths of the index pages above this one, the root first, without the page itself.
    #[must_use]
    pub fn ancestors(&self) -> Vec<Self> {
        let folder = self.folder();
        let mut indexes = vec![Self("index".into())];
        let ends = folder.match_indices('/').map(|(position, _)| position);
        for end in ends.chain((!folder.is_empty()).then_some(folder.len())) {
            let above = folder.get(..end).unwrap_or_default();
            indexes.push(Self(format!("{above}/index").into()));
        }
        indexes.retain(|index| index != self);
        indexes
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_address_and_one_output() {
        for (file, russian, english, output) in [
            ("index.md", "/", "/en/", "index.html"),
            ("login.md", "/login.html", "/en/login.html", "login.html"),
            ("help/index.md", "/help/", "/en/help/", "help/index.html"),
            (
                "help/a-1.md",
                "/help/a-1.html",
                "/en/help/a-1.html",
                "help/a-1.html",
            ),
            (
                "reindex.md",
                "/reindex.html",
                "/en/reindex.html",
                "reindex.html",
            ),
        ] {
            let path = PagePath::from_file(file).unwrap();
            assert_eq!(path.address(Language::Russian), russian);
            assert_eq!(path.address(Language::English), english);
            assert_eq!(path.output(Language::Russian), output);
            assert_eq!(path.file(), file);
        }
    }

    #[test]
    fn names_that_would_make_bad_addresses_are_refused() {
        for file in [
            "Помощь.md",
            "Help.md",
            "a b.md",
            "a.txt",
            ".md",
            "help//a.md",
            "../a.md",
        ] {
            assert_eq!(PagePath::from_file(file), Err(BadName), "{file}");
        }
    }

    #[test]
    fn the_way_to_a_page_leads_through_the_indexes_above_it() {
        for (file, expected) in [
            ("index.md", &[][..]),
            ("login.md", &["index"]),
            ("help/index.md", &["index"]),
            (
                "help/pay/card.md",
                &["index", "help/index", "help/pay/index"],
            ),
        ] {
            let path = PagePath::from_file(file).unwrap();
            let ancestors = path.ancestors();
            let names: Vec<_> = ancestors.iter().map(PagePath::as_str).collect();
            assert_eq!(names, expected, "{file}");
        }
    }
}
