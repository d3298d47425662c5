//! `page`: everything about the page that is rendered.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object};
use minijinja::{Value, context};

use super::desk::Desk;
use super::shared::SharedValues;
use super::values::Summary;
use crate::catalog::View;
use crate::content::{Page, PageId, Robots};
use crate::dates;
use crate::language::Language;
use crate::machines::{self, Crumb, Kind, PageFacts, Procedure, Question};

const KEYS: [&str; 24] = [
    "title",
    "nav",
    "description",
    "address",
    "url",
    "lang",
    "template",
    "order",
    "robots",
    "sample",
    "is_draft",
    "is_help",
    "updated",
    "updated_words",
    "content",
    "toc",
    "alternates",
    "breadcrumbs",
    "previous",
    "next",
    "source",
    "edit_url",
    "markdown_address",
    "structured_data",
];

/// A page, or the sheet with the whole section that it introduces.
#[derive(Debug)]
pub(super) struct PageObject {
    pub(super) shared: Arc<SharedValues>,
    pub(super) desk: Arc<Desk>,
    pub(super) view: Arc<View>,
    pub(super) page: Arc<Page>,
    pub(super) content: Value,
    pub(super) is_sheet: bool,
}

impl PageObject {
    fn address(&self) -> Arc<str> {
        if self.is_sheet {
            self.view.sheet_address().into()
        } else {
            Arc::clone(&self.view.address)
        }
    }

    fn robots(&self) -> &'static str {
        let is_hidden = self.is_sheet || self.view.is_draft;
        let robots = self.view.robots.or(is_hidden.then_some(Robots::NoIndex));
        robots.map_or("", Robots::as_str)
    }

    fn table_of_contents(&self) -> Value {
        let headings = self.page.body.headings.iter();
        headings
            .map(|heading| {
                context! { id => &heading.id, title => &heading.title, level => heading.level }
            })
            .collect()
    }

    /// The same page, or the same sheet, in all of its languages, itself included.
    fn alternates(&self) -> Value {
        Language::ALL
            .into_iter()
            .filter_map(|language| {
                let id = PageId::new(language, self.view.id.path.clone());
                let view = self.desk.page(id)?;
                let address = if self.is_sheet {
                    self.desk
                        .has_sheet(view)
                        .then(|| view.sheet_address().into())?
                } else {
                    Arc::clone(&view.address)
                };
                Some(context! {
                    lang => language.code(),
                    url => self.shared.url(&address),
                    address,
                    title => Arc::clone(&view.title),
                })
            })
            .collect()
    }

    /// The index pages above a page, from the root down, without the page itself; above a sheet stands its index.
    fn above(&self) -> Vec<Arc<View>> {
        let PageId { language, path } = &self.view.id;
        let pages = path.ancestors().into_iter();
        let pages = pages.filter_map(|path| self.desk.page(PageId::new(*language, path)));
        let index = self.is_sheet.then_some(&self.view);
        pages.chain(index).cloned().collect()
    }

    fn breadcrumbs(&self) -> Value {
        let above = self.above().into_iter();
        above
            .map(|view| context! { title => Arc::clone(&view.nav), address => Arc::clone(&view.address) })
            .collect()
    }

    /// The article before this one in the section or the one after it, or none.
    fn neighbour(&self, is_next: bool) -> Value {
        let section = self.desk.section(self.view.id.language, &self.view.folder);
        let neighbours = section.map(|section| section.neighbours(&self.view.id));
        let (previous, next) = neighbours.unwrap_or_default();
        let neighbour = if is_next { next } else { previous };
        neighbour.map_or(Value::from(()), Summary::value)
    }

    /// What the page is, told to search engines that may list it.
    fn structured_data(&self) -> String {
        let view = &self.view;
        if self.is_sheet || !view.is_indexed() {
            return String::new();
        }
        let kind = match view.id.path.as_str() {
            "index" => Kind::Home,
            _ if view.is_help() && !view.id.path.is_index() => Kind::Article,
            _ => Kind::Plain,
        };
        let above = self.above();
        let breadcrumbs = above.iter().map(|view| Crumb {
            title: &view.nav,
            address: &view.address,
        });
        let body = &self.page.body;
        let questions = body.questions.iter().map(|one| Question {
            question: &one.question,
            answer: &one.answer,
        });
        let procedures = body.steps.iter().map(|one| Procedure {
            name: if one.title.is_empty() {
                &view.title
            } else {
                &one.title
            },
            steps: &one.steps,
        });
        let facts = PageFacts {
            kind,
            language: view.id.language,
            address: &view.address,
            title: &view.title,
            description: &view.description,
            updated: view.updated,
            breadcrumbs: &breadcrumbs.collect::<Vec<_>>(),
            questions: &questions.collect::<Vec<_>>(),
            procedures: &procedures.collect::<Vec<_>>(),
        };
        machines::structured_data(&self.shared.publisher(), &facts)
    }
}

impl Object for PageObject {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let front = self.page.front.as_ref()?;
        let view = &self.view;
        let language = view.id.language;
        Some(match key.as_str()? {
            "title" => Value::from(Arc::clone(&view.title)),
            "nav" => Value::from(Arc::clone(&view.nav)),
            "description" => Value::from(Arc::clone(&view.description)),
            "address" => Value::from(self.address()),
            "url" => Value::from(self.shared.url(&self.address())),
            "lang" => Value::from(language.code()),
            "template" => Value::from(front.template.as_str()),
            "order" => Value::from(view.order),
            "robots" => Value::from(self.robots()),
            "sample" => Value::from(front.sample),
            "is_draft" => Value::from(view.is_draft),
            "is_help" => Value::from(view.is_help()),
            "updated" => Value::from(view.updated_for_machines()),
            "updated_words" => {
                let words = view.updated.map(|day| dates::in_words(language, day));
                Value::from(words.unwrap_or_default())
            }
            "content" => self.content.clone(),
            "toc" => self.table_of_contents(),
            "alternates" => self.alternates(),
            "breadcrumbs" => self.breadcrumbs(),
            "previous" => self.neighbour(false),
            "next" => self.neighbour(true),
            "source" => Value::from(self.page.file.path()),
            "edit_url" => Value::from(self.shared.edit_url(&self.page.file.path())),
            "markdown_address" => {
                let copy = view.markdown_address().filter(|_| !self.is_sheet);
                Value::from(copy.unwrap_or_default())
            }
            "structured_data" => Value::from_safe_string(self.structured_data()),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&KEYS)
    }
}
