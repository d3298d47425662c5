//! Links between pages: every address that an author wrote is looked up before anything is published.
//!
//! Ids on pages can come from templates as well as from headings, so the part after `#` is looked up in the finished
//! HTML, by [`check_anchors`]. [`check_page`] looks up what templates wrote.

mod anchors;
mod index;
mod published;
mod resolution;
mod target;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::content::{Messages, Page, Settings};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::parse::{Parsed, Theme};
pub use anchors::{AnchorUse, check_anchors};
use index::Index;
pub use published::check_page;
use resolution::Resolved;

/// A page whose links lead somewhere.
#[derive(Debug, Clone)]
pub struct LinkedPage {
    /// The page.
    pub page: Page,
    /// Its text as HTML.
    pub html: String,
    /// The ids that its links point to.
    pub anchors: Vec<AnchorUse>,
}

/// The site with its links looked up.
#[derive(Debug, Clone)]
pub struct Linked {
    /// What is true of the whole site.
    pub settings: Settings,
    /// The words of the interface.
    pub messages: BTreeMap<Language, Messages>,
    /// The pages, by language and path.
    pub pages: Vec<LinkedPage>,
    /// The parts of the theme.
    pub theme: Theme,
}

/// The third stage: looks up the links of all pages.
#[must_use]
pub fn link(parsed: Parsed) -> (Linked, Vec<Diagnostic>) {
    let index = Index::new(&parsed.pages, &parsed.theme.files);
    let linked: Vec<_> = parsed
        .pages
        .into_par_iter()
        .map(|page| link_page(page, &index))
        .collect();
    let mut errors = Vec::new();
    let mut pages = Vec::with_capacity(linked.len());
    for (page, faults) in linked {
        errors.extend(faults);
        pages.push(page);
    }
    let linked = Linked {
        settings: parsed.settings,
        messages: parsed.messages,
        pages,
        theme: parsed.theme,
    };
    (linked, errors)
}

fn link_page(page: Page, index: &Index) -> (LinkedPage, Vec<Diagnostic>) {
    let mut attributes = Vec::new();
    let mut anchors = Vec::new();
    let mut errors = Vec::new();
    for written in &page.body.links {
        match resolution::resolve(&page, written, index) {
            Ok(Resolved { attribute, anchor }) => {
                attributes.push(attribute);
                anchors.extend(anchor);
            }
            Err(error) => {
                attributes.push(String::new());
                errors.push(error);
            }
        }
    }
    let html = page.body.fill(&attributes);
    let linked = LinkedPage {
        page,
        html,
        anchors,
    };
    (linked, errors)
}
