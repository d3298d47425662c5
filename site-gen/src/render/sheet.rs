//! A whole section of the help on one sheet, for printing, where the theme has a template for it.

use std::sync::Arc;

use minijinja::{Value, context};

use super::scope::Scope;
use super::{Document, Fault, Renderer};
use crate::catalog::{Catalog, View};
use crate::content::Page;
use crate::print::{self, PrintedArticle};

/// The template of sheets.
const TEMPLATE: &str = "print.html";

/// An article with its text.
#[derive(Debug)]
pub struct Article {
    /// The article.
    pub view: Arc<View>,
    /// Its text as HTML.
    pub html: String,
}

impl Renderer {
    /// Whether the theme has a template for sheets.
    #[must_use]
    pub fn has_sheets(&self) -> bool {
        self.environment.get_template(TEMPLATE).is_ok()
    }

    /// Renders the sheet of the section that `page` introduces.
    pub fn render_sheet(
        &self,
        page: &Arc<Page>,
        view: &Arc<View>,
        articles: &[Article],
        catalog: &Arc<Catalog>,
    ) -> Result<Option<Document>, Fault> {
        let Ok(template) = self.environment.get_template(TEMPLATE) else {
            return Ok(None);
        };
        let printed: Vec<_> = articles
            .iter()
            .map(|article| PrintedArticle {
                address: &article.view.address,
                content: &article.html,
            })
            .collect();
        let contents = print::on_one_sheet(&printed);
        let articles: Value = articles
            .iter()
            .zip(contents)
            .map(|(Article { view, .. }, content)| {
                context! {
                    title => Arc::clone(&view.title),
                    description => Arc::clone(&view.description),
                    address => Arc::clone(&view.address),
                    content => Value::from_safe_string(content),
                }
            })
            .collect();
        let scope = Scope::of_sheet(&self.shared, catalog, view, page, articles);
        self.finish(&template, scope).map(Some)
    }
}
