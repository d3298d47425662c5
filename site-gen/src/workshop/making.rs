//! The second half of an update: pages are linked and rendered, and what comes out is handed on.

use std::collections::BTreeSet;

use super::entry::{Entry, Made};
use super::files::below_root;
use super::{Workshop, pictures};
use crate::catalog::Key;
use crate::content::PageId;
use crate::headers::{self, InlineCode};
use crate::links::{self, Addresses, Ids, LinkedPage, Targets, repeated_id};
use crate::markup::{Attribute, attributes};
use crate::output::OutputFile;
use crate::parse::Theme;
use crate::render::{Article, Document, Fault, Renderer};

impl Workshop {
    /// Links one page and, where there is a renderer, renders it with all that comes from it; `None` if it is not there
    /// any more.
    pub(super) fn make(
        &self,
        id: &PageId,
        renderer: Option<&Renderer>,
        deliver: &(impl Fn(OutputFile) + Sync),
    ) -> Option<Made> {
        let (entry, theme) = (self.entries.get(id)?, self.theme.as_deref()?);
        let targets = self.targets(theme)?;
        let (linked, faults) = links::link(&entry.page, &targets);
        let mut made = Made::new(id.clone(), faults);
        made.anchors.clone_from(&linked.anchors);
        made.reads.clone_from(&linked.reads);
        let Some(renderer) = renderer else {
            return Some(made);
        };
        if let Some(address) = entry.view.markdown_address() {
            let copy = self.copy_in_markdown(entry, &linked);
            deliver(OutputFile::text(below_root(&address), copy));
        }
        match renderer.render(&entry.page, &entry.view, linked.html, &self.catalog) {
            Ok(document) => {
                let attributes: Vec<_> = attributes(&document.html).collect();
                let ids = self.look_over(entry, theme, (&document, &attributes), &mut made);
                let of_templates = self.all_addresses().anchors(
                    &entry.page,
                    (&attributes, &ids),
                    &made.anchors,
                    &theme.templates,
                );
                made.anchors.extend(of_templates);
                made.ids = Some(ids);
                made.has_check = attributes.iter().any(|(name, _)| *name == headers::CHECK);
                self.deliver_pictures(&document, &mut made, deliver);
                deliver(OutputFile::text(entry.page.output.as_str(), document.html));
                self.make_sheet(entry, &targets, renderer, &mut made, deliver);
            }
            Err(Fault::OfPage(fault)) => made.faults.push(fault),
            Err(Fault::OfTemplate(fault)) => made.template_fault = Some(fault),
        }
        Some(made)
    }

    /// Makes the sheet of the section that the page introduces, if it has one.
    fn make_sheet(
        &self,
        entry: &Entry,
        targets: &Targets<'_>,
        renderer: &Renderer,
        made: &mut Made,
        deliver: &impl Fn(OutputFile),
    ) {
        let Some(theme) = self.theme.as_deref().filter(|_| self.has_sheet(entry)) else {
            return;
        };
        let (language, folder) = (entry.page.id.language, &entry.view.folder);
        let section = self.catalog.section(language, folder);
        let mut articles = Vec::new();
        for view in section.iter().flat_map(|section| section.pages()) {
            let Some(article) = self.entries.get(&view.id) else {
                continue;
            };
            let (linked, _) = links::link(&article.page, targets);
            made.reads.extend(linked.reads);
            made.reads.insert(Key::Text(view.id.clone()));
            articles.push(Article {
                view: view.clone(),
                html: linked.html,
            });
        }
        match renderer.render_sheet(&entry.page, &entry.view, &articles, &self.catalog) {
            Ok(Some(document)) => {
                let attributes: Vec<_> = attributes(&document.html).collect();
                self.look_over(entry, theme, (&document, &attributes), made);
                let name = below_root(&entry.view.sheet_address());
                deliver(OutputFile::text(name, document.html));
            }
            Ok(None) => {}
            Err(Fault::OfPage(fault)) => made.faults.push(fault),
            Err(Fault::OfTemplate(fault)) => made.template_fault = Some(fault),
        }
    }

    /// Hands on the pictures that were drawn for a document.
    fn deliver_pictures(
        &self,
        document: &Document,
        made: &mut Made,
        deliver: &impl Fn(OutputFile),
    ) {
        for file in &document.pictures {
            made.files.push(file.path().to_owned());
            if self.inventory.is_delivered(file.path()) {
                continue;
            }
            match pictures::read(file) {
                Ok(output) => deliver(output),
                Err(fault) => made.faults.push(fault),
            }
        }
    }

    /// The last look at a finished document; the ids on it.
    fn look_over(
        &self,
        entry: &Entry,
        theme: &Theme,
        (document, attributes): (&Document, &[Attribute<'_>]),
        made: &mut Made,
    ) -> Ids {
        made.reads.extend(document.reads.iter().cloned());
        made.inline.extend(&InlineCode::of_page(&document.html));
        let (ids, repeated) = Ids::read(attributes);
        let dead = self.all_addresses().check(attributes, &theme.templates);
        made.faults.extend(dead);
        let own = &entry.page.body.headings;
        // Two headings of the text with one id are told where the second one is written.
        let is_told = |id: &String| own.iter().filter(|heading| heading.id == *id).count() > 1;
        let repeated = repeated.filter(|id| !is_told(id));
        made.faults
            .extend(repeated.map(|id| repeated_id(&entry.page, &id)));
        ids
    }

    fn all_addresses(&self) -> Addresses<'_> {
        Addresses {
            base_url: self.base_url(),
            files: self.inventory.names(),
            catalog: &self.catalog,
        }
    }

    /// The page in plain Markdown: title, description, text, with whole addresses.
    fn copy_in_markdown(&self, entry: &Entry, linked: &LinkedPage) -> String {
        let base_url = self.base_url();
        let addresses: Vec<_> = linked
            .addresses
            .iter()
            .map(|address| match address.strip_prefix('/') {
                Some(path) => format!("{base_url}/{path}"),
                None => address.clone(),
            })
            .collect();
        let view = &entry.view;
        let text = entry.page.body.fill_markdown(&addresses);
        format!(
            "# {}\n\n{}\n\n{}\n",
            view.title,
            view.description,
            text.trim()
        )
    }

    /// Pages that looked up something whose face changed are to be made again.
    pub(super) fn spread(&mut self, changed: &BTreeSet<Key>) {
        if changed.is_empty() {
            return;
        }
        let reached = self
            .entries
            .iter()
            .filter(|(_, entry)| !entry.reads.is_disjoint(changed))
            .map(|(id, _)| id.clone());
        self.stale.extend(reached);
    }
}
