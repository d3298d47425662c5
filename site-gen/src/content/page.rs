//! A page: found, then read.

use std::ops::Range;

use super::address::PagePath;
use super::front_matter::{FrontMatter, split};
use super::messages::Messages;
use super::settings::Settings;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::{self, Body};
use crate::source::SourceFile;

/// A page as it was found.
#[derive(Debug, Clone)]
pub struct PageSource {
    /// The language of the folder it lies in.
    pub language: Language,
    /// Its path below that folder.
    pub path: PagePath,
    /// Its text.
    pub file: SourceFile,
}

/// A page as it was read. Its links are not looked up yet.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language.
    pub language: Language,
    /// The path below the language's folder.
    pub path: PagePath,
    /// The file it was read from, for errors.
    pub file: SourceFile,
    /// What the page says about itself; `None` if that is wrong, which is an error of its own.
    pub front: Option<FrontMatter>,
    /// The text.
    pub body: Body,
}

impl Page {
    /// Reads a page. There always is one, so that links to it and in it are checked even if its front matter is wrong.
    #[must_use]
    pub fn parse(
        source: &PageSource,
        settings: &Settings,
        messages: &Messages,
    ) -> (Self, Vec<Diagnostic>) {
        let (front, start) = split(&source.file);
        let (front, mut errors) = match front {
            Ok(front) => (Some(front), Vec::new()),
            Err(errors) => (None, errors),
        };
        let (body, faults) = markdown::parse(&source.file, start, settings, messages);
        errors.extend(faults);
        let page = Self {
            language: source.language,
            path: source.path.clone(),
            file: source.file.clone(),
            front,
            body,
        };
        (page, errors)
    }

    /// What the page in a file says about itself, if nothing of it is wrong.
    #[must_use]
    pub fn front_matter(file: &SourceFile) -> Option<FrontMatter> {
        split(file).0.ok()
    }

    /// The address of the page on the site.
    #[must_use]
    pub fn address(&self) -> String {
        self.path.address(self.language)
    }

    /// An error at a place of the page's file.
    pub fn error(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(&self.file, range, message)
    }
}
