//! The fourth stage: pages become documents.

mod desk;
mod environment;
mod mail;
mod page;
mod scope;
mod shared;
mod sheet;
mod social_picture;
mod template_error;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::{Environment, Template, Value};

use crate::BuildMode;
use crate::catalog::{Catalog, Key, View};
use crate::content::{FrontMatter, Page};
use crate::diagnostics::Diagnostic;
use crate::parse::{Commons, Theme};
use crate::pictures::{PictureFile, PictureStore};
use scope::Scope;
use shared::SharedValues;
pub use sheet::Article;

/// Makes documents from pages.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
    shared: Arc<SharedValues>,
}

/// A page as a document.
#[derive(Debug)]
pub struct Document {
    /// The whole HTML.
    pub html: String,
    /// What was looked up for it.
    pub reads: BTreeSet<Key>,
    /// Pictures that were drawn for it.
    pub pictures: Vec<PictureFile>,
}

/// Why there is no document.
#[derive(Debug)]
pub enum Fault {
    /// The page is at fault.
    OfPage(Diagnostic),
    /// The template is; many pages may have met the same fault.
    OfTemplate(Diagnostic),
}

impl Renderer {
    /// Reads all templates; every one that is wrong is an error.
    pub fn new(
        theme: &Theme,
        commons: &Commons,
        store: &Arc<PictureStore>,
        mode: BuildMode,
    ) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self {
            environment: environment::build(theme)?,
            shared: Arc::new(SharedValues::new(commons, store, mode)),
        })
    }

    /// Renders one page, whose text is `html`.
    pub fn render(
        &self,
        page: &Arc<Page>,
        view: &Arc<View>,
        html: String,
        catalog: &Arc<Catalog>,
    ) -> Result<Document, Fault> {
        let Some(front) = &page.front else {
            let error = Diagnostic::about(page.file.path(), "the page cannot be rendered");
            return Err(Fault::OfPage(error));
        };
        let name = format!("{}.html", front.template);
        let Ok(template) = self.environment.get_template(&name) else {
            return Err(self.missing_template(page, front));
        };
        let scope = Scope::of_page(&self.shared, catalog, view, page, html);
        self.finish(&template, scope)
    }

    /// The template that a page names, or the one that all pages have which name none.
    fn missing_template(&self, page: &Page, front: &FrontMatter) -> Fault {
        let message = format!("there is no template \"{}\"", front.template);
        let Some(range) = &front.template_range else {
            let file = environment::template_path(&format!("{}.html", front.template));
            return Fault::OfTemplate(Diagnostic::about(file, message).help(
                "write it, or name another one in the front matter of every page: template = \"…\"",
            ));
        };
        let nearest = environment::nearest_template(&self.environment, &front.template);
        Fault::OfPage(
            page.error(range.clone(), message)
                .help(environment::TEMPLATES_LIE)
                .maybe_help(nearest),
        )
    }

    fn finish(&self, template: &Template<'_, '_>, scope: Scope) -> Result<Document, Fault> {
        let desk = Arc::clone(scope.desk());
        let context = Value::from_object(scope);
        match template.render(context.clone()) {
            Ok(html) => Ok(Document {
                html,
                reads: desk.reads(),
                pictures: desk.pictures(),
            }),
            Err(error) => Err(Fault::OfTemplate(template_error::describe(
                &error,
                &context,
                &self.environment,
            ))),
        }
    }
}

/// A fault of a template comes up on every page; it is told once, with the first of them.
#[must_use]
pub fn tell_once(faults: Vec<(Diagnostic, &Page)>) -> Vec<Diagnostic> {
    let mut pages: BTreeMap<Diagnostic, Vec<&Page>> = BTreeMap::new();
    for (fault, page) in faults {
        pages.entry(fault).or_default().push(page);
    }
    pages
        .into_iter()
        .map(|(fault, pages)| {
            let first = pages.iter().map(|page| page.file.path()).min();
            let first = first.as_deref().unwrap_or("a page");
            match pages.len() {
                0 | 1 => fault.note(format!("while rendering {first}")),
                2 => fault.note(format!("while rendering {first} and 1 more page")),
                count => fault.note(format!(
                    "while rendering {first} and {} more pages",
                    count - 1
                )),
            }
        })
        .collect()
}
