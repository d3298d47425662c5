//! A page: found, then read.

use std::ops::Range;

use super::address::PageId;
use super::front_matter::{FrontMatter, split};
use crate::diagnostics::Diagnostic;
use crate::markdown::{self, Body, Surroundings};
use crate::source::SourceFile;

/// A page as it was read. Its links are not looked up yet.
#[derive(Debug, Clone)]
pub struct Page {
    /// Which page it is.
    pub id: PageId,
    /// The file it was read from, for errors.
    pub file: SourceFile,
    /// What the page says about itself; `None` if that is wrong, which is an error of its own.
    pub front: Option<FrontMatter>,
    /// The text.
    pub body: Body,
    /// The address on the site.
    pub address: String,
    /// The file in the output folder.
    pub output: String,
}

impl Page {
    /// Reads a page. There always is one, so that links to it and in it are checked even if its front matter is wrong.
    #[must_use]
    pub fn parse(
        id: &PageId,
        file: &SourceFile,
        surroundings: &Surroundings<'_>,
    ) -> (Self, Vec<Diagnostic>) {
        let (front, start) = split(file);
        let (front, mut errors) = match front {
            Ok(front) => (Some(front.typeset(id.language)), Vec::new()),
            Err(errors) => (None, errors),
        };
        let (body, faults) = markdown::parse(file, start, surroundings);
        errors.extend(faults);
        let slug = front.as_ref().and_then(|front| front.slug.as_ref());
        let published = match slug {
            Some(slug) if id.path.is_index() => {
                errors.push(
                    Diagnostic::at(
                        file,
                        slug.range.clone(),
                        "the first page of a folder cannot have a slug",
                    )
                    .help("its address is that of the folder; rename the folder instead"),
                );
                id.path.clone()
            }
            Some(slug) => id.path.with_slug(&slug.value),
            None => id.path.clone(),
        };
        let page = Self {
            id: id.clone(),
            file: file.clone(),
            front,
            body,
            address: published.address(id.language),
            output: published.output(id.language),
        };
        (page, errors)
    }

    /// What the page in a file says about itself, if nothing of it is wrong.
    #[must_use]
    pub fn front_matter(file: &SourceFile) -> Option<FrontMatter> {
        split(file).0.ok()
    }

    /// An error at a place of the page's file.
    pub fn error(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(&self.file, range, message)
    }
}
