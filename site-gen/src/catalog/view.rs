//! The public face of a page: all that other pages, lists and feeds can show of it.

use std::sync::Arc;

use time::Date;

use super::fingerprint;
use crate::content::{Page, PageId, Robots};
use crate::dates;
use crate::history::LastChange;

/// A page as others see it.
#[derive(Debug)]
pub struct View {
    /// Which page it is.
    pub id: PageId,
    /// The folder of its source below the language's folder.
    pub folder: Arc<str>,
    /// The address on the site.
    pub address: Arc<str>,
    /// The title.
    pub title: Arc<str>,
    /// The short title for navigation.
    pub nav: Arc<str>,
    /// One or two sentences.
    pub description: Arc<str>,
    /// The place in the section.
    pub order: i64,
    /// The day of the last change, as far as it is known.
    pub updated: Option<Date>,
    /// What search engines may do.
    pub robots: Option<Robots>,
    /// Whether the page is seen in previews only.
    pub is_draft: bool,
    /// Whether the terms of the glossary are listed on the page.
    pub has_glossary: bool,
    /// Changes with the text.
    pub text: u64,
    /// Changes with anything above but the text, with the earlier addresses and with the ids in its text.
    pub face: u64,
}

impl View {
    /// The face of a page, last changed then.
    #[must_use]
    pub fn new(page: &Page, change: Option<LastChange>) -> Self {
        let front = page.front.clone().unwrap_or_default();
        let nav = front.nav.unwrap_or_else(|| front.title.clone());
        let updated = front.updated.or(change.map(|change| change.day));
        let aliases: Vec<_> = front.aliases.iter().map(|alias| &alias.value).collect();
        let face = fingerprint(&(
            (&page.address, &front.title, &nav, &front.description),
            (front.order, updated, front.robots, front.is_draft),
            (aliases, &page.body.ids),
            page.body.has_glossary,
        ));
        Self {
            folder: page.id.path.folder().into(),
            id: page.id.clone(),
            address: page.address.as_str().into(),
            title: front.title.into(),
            nav: nav.into(),
            description: front.description.into(),
            order: front.order,
            updated,
            robots: front.robots,
            is_draft: front.is_draft,
            has_glossary: page.body.has_glossary,
            text: page.body.fingerprint(),
            face,
        }
    }

    /// `2026-11-23`; empty where the day is not known.
    #[must_use]
    pub fn updated_for_machines(&self) -> String {
        self.updated.map(dates::for_machines).unwrap_or_default()
    }

    /// The address of the copy in Markdown; only pages of the help have one.
    #[must_use]
    pub fn markdown_address(&self) -> Option<String> {
        let name = match self.address.strip_suffix(".html") {
            Some(name) => format!("{name}.md"),
            None => format!("{}index.md", self.address),
        };
        self.is_help().then_some(name)
    }

    /// The address of the sheet with the whole section that this index page introduces.
    #[must_use]
    pub fn sheet_address(&self) -> String {
        format!("{}print.html", self.address)
    }

    /// Whether search engines may show the page.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        self.robots.is_none() && !self.is_draft
    }

    /// Whether the page is part of the help.
    #[must_use]
    pub fn is_help(&self) -> bool {
        &*self.folder == "help" || self.folder.starts_with("help/")
    }
}
