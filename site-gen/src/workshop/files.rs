//! The files of the site that are not pages.

use rayon::prelude::*;

use super::Workshop;
use super::entry::Entry;
use crate::catalog::View;
use crate::content::{PageId, PagePath};
use crate::diagnostics::Diagnostic;
use crate::headers::{self, Alias, InlineCode};
use crate::language::Language;
use crate::machines::{self, Channel, Listing, Publisher};
use crate::output::{Names, OutputFile};
use crate::render::Renderer;

/// What the host is told about the files; made last, for it depends on the finished pages.
pub(super) const HEADERS: &str = "_headers";

impl Workshop {
    /// Makes the files that are not pages and lists the names of all files, if any of that can have changed.
    pub(super) fn prepare_files(&mut self) {
        if !self.are_files_stale || !self.is_renderable() {
            return;
        }
        let ((mut files, mut faults), (mut names, twice)) =
            rayon::join(|| self.other_files(), || self.names_of_pages());
        let (pictures, outputs, more_faults) = self.picture_outputs();
        faults.extend(more_faults);
        let others = files.iter().map(|file| file.path.clone());
        let others = others.chain(pictures.into_keys());
        let more_twice = others.filter_map(|name| names.replace(name));
        let twice = twice.into_iter().chain(more_twice);
        faults.extend(twice.map(|name| {
            Diagnostic::about(name, "two sources make this file of the site").help(
                "rename one of them: pages come from content/, other files from site-gen/theme/static",
            )
        }));
        files.extend(outputs);
        self.files = files;
        self.inventory.list(names);
        self.shared_faults.files = faults;
    }

    /// The names of the files that come from pages, and those that two pages claim.
    fn names_of_pages(&self) -> (Names, Vec<String>) {
        let mut names = Names::from_iter([HEADERS.to_owned()]);
        let of_pages = self
            .listed_entries()
            // Two pages at one address are told by the catalogue.
            .filter(|entry| self.catalog.has_own_address(&entry.view))
            .flat_map(|entry| self.outputs_of(entry));
        let twice = of_pages.filter_map(|name| names.replace(name)).collect();
        (names, twice)
    }

    /// The files that come from one page: the page, its copy in Markdown, the sheet of its section.
    fn outputs_of(&self, entry: &Entry) -> Vec<String> {
        let page = entry.page.output.clone();
        let copy = entry
            .view
            .markdown_address()
            .map(|address| below_root(&address));
        let sheet = self
            .has_sheet(entry)
            .then(|| below_root(&entry.view.sheet_address()));
        [Some(page), copy, sheet].into_iter().flatten().collect()
    }

    /// Whether a page introduces a section that is also made as a sheet to print.
    pub(super) fn has_sheet(&self, entry: &Entry) -> bool {
        let has_template = self.renderer.as_ref().is_some_and(Renderer::has_sheets);
        has_template && self.catalog.has_sheet(&entry.view)
    }

    fn other_files(&self) -> (Vec<OutputFile>, Vec<Diagnostic>) {
        let (Some(theme), Some(commons)) = (&self.theme, &self.commons) else {
            return (Vec::new(), Vec::new());
        };
        let outputs = self
            .listed_entries()
            .map(|entry| entry.page.output.as_str());
        let aliases = self.catalog.aliases().map(|(from, to)| Alias { from, to });
        let (redirects, faults) = match headers::redirects(outputs, &aliases.collect::<Vec<_>>()) {
            Ok(redirects) => (redirects, Vec::new()),
            Err(fault) => (String::new(), vec![fault]),
        };
        let mut files = vec![OutputFile::text("_redirects", redirects)];
        files.extend(
            theme
                .assets
                .iter()
                .map(|asset| OutputFile::text(asset.output.as_str(), asset.content.as_str())),
        );
        files.extend(theme.files.iter().map(|file| OutputFile {
            path: file.path.clone(),
            content: file.content.clone(),
        }));
        let site = commons.settings.value();
        let word = |key: &str| {
            let value = site.get_attr(key).ok();
            value
                .and_then(|value| value.as_str().map(str::to_owned))
                .unwrap_or_default()
        };
        let (brand, support_email) = (word("brand"), word("support_email"));
        let publisher = Publisher {
            base_url: commons.settings.base_url(),
            brand: &brand,
            support_email: &support_email,
        };
        files.extend(self.files_for_machines(&publisher));
        (files, faults)
    }

    fn files_for_machines(&self, publisher: &Publisher<'_>) -> Vec<OutputFile> {
        let views: Vec<_> = self.catalog.pages().collect();
        let rows: Vec<_> = views
            .into_par_iter()
            .map(|view| Row::new(view, self))
            .collect();
        let listings: Vec<_> = rows.iter().map(Row::listing).collect();
        let (mut files, others) = rayon::join(
            || machines::sitemap(publisher.base_url, &listings),
            || self.texts_for_machines(publisher, &listings),
        );
        files.extend(others);
        files
    }

    /// What machines are told beside the sitemap.
    fn texts_for_machines(
        &self,
        publisher: &Publisher<'_>,
        listings: &[Listing<'_>],
    ) -> Vec<OutputFile> {
        let mut files = Vec::new();
        files.push(OutputFile::text(
            "robots.txt",
            machines::robots(publisher.base_url),
        ));
        let home = |language| {
            self.catalog
                .page(&PageId::new(language, PagePath::index_of("")))
        };
        let summary = Language::ALL.into_iter().find_map(home);
        let has_copies = listings.iter().any(|page| page.markdown_address.is_some());
        if let Some(summary) = summary.filter(|_| has_copies) {
            let text = machines::llms(publisher, &summary.description, listings);
            files.push(OutputFile::text("llms.txt", text));
        }
        files.extend(Language::ALL.into_iter().filter_map(|language| {
            let address = format!("/{}help/feed.xml", language.prefix());
            let help = PageId::new(language, PagePath::index_of("help"));
            let help = self.catalog.page(&help)?;
            let channel = Channel {
                language,
                title: &format!("{}: {}", publisher.brand, help.title),
                address: &address,
                page: &help.address,
            };
            let feed = machines::feed(publisher, &channel, listings)?;
            Some(OutputFile::text(below_root(&address), feed))
        }));
        files
    }

    /// The file `_headers`, whose policy lets the inline code of all finished pages through, and Cloudflare's check for
    /// people on the pages that have a place for it, if the site has the setting.
    pub(super) fn headers_file(&mut self) -> Result<OutputFile, Diagnostic> {
        if self.inline.is_none() {
            let mut all = InlineCode::default();
            for entry in self.listed_entries() {
                all.extend(&entry.inline);
            }
            self.inline = Some(all);
        }
        let none = InlineCode::default();
        let commons = self.commons.as_ref();
        let may_check = commons.is_some_and(|commons| commons.settings.uses_turnstile());
        let checking = self
            .listed_entries()
            .filter(|entry| may_check && entry.has_check)
            .map(|entry| &*entry.view.address);
        let inline = self.inline.as_ref().unwrap_or(&none);
        let headers = headers::headers(self.mode, inline, checking)?;
        Ok(OutputFile::text(HEADERS, headers))
    }
}

/// What one row of a list for machines is made from.
struct Row<'a> {
    view: &'a View,
    section: &'a str,
    copy: Option<String>,
    alternates: Vec<(Language, &'a str)>,
}

impl<'a> Row<'a> {
    fn new(view: &'a View, workshop: &'a Workshop) -> Self {
        let catalog = &workshop.catalog;
        let PageId { language, path } = &view.id;
        let index = catalog.page(&PageId::new(*language, PagePath::index_of(&view.folder)));
        let twins = Language::ALL.into_iter().filter_map(|language| {
            let twin = catalog.page(&PageId::new(language, path.clone()))?;
            Some((language, &*twin.address))
        });
        Self {
            view,
            section: index.map_or("", |index| &index.nav),
            copy: view.markdown_address(),
            alternates: twins.collect(),
        }
    }

    fn listing(&self) -> Listing<'_> {
        let view = self.view;
        Listing {
            language: view.id.language,
            address: &view.address,
            title: &view.title,
            description: &view.description,
            updated: view.updated,
            is_help: view.is_help(),
            is_indexed: view.is_indexed(),
            section: self.section,
            markdown_address: self.copy.as_deref(),
            alternates: &self.alternates,
        }
    }
}

/// The file at an address.
pub(super) fn below_root(address: &str) -> String {
    address.trim_start_matches('/').to_owned()
}
