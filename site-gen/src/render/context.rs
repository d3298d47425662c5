//! What templates can use: `page`, `pages`, `section`, `t`, `site` and a few more.
//!
//! Nothing is computed before a template asks for it, and what is asked of other pages is noted, see [`super::desk`].

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object};
use minijinja::{Value, context};

use super::desk::Desk;
use super::values::{Pages, Summary, sections_below};
use crate::BuildMode;
use crate::catalog::{Catalog, View};
use crate::content::{Page, PageId, PagePath, Robots};
use crate::language::Language;
use crate::parse::Commons;

/// What templates can name besides the values of `content/*.toml`.
const NAMES: [&str; 8] = [
    "page",
    "pages",
    "section",
    "sections",
    "lang",
    "t",
    "messages_json",
    "live_reload",
];

/// The values that all pages of the site share.
#[derive(Debug)]
pub(super) struct SharedValues {
    values: BTreeMap<String, Value>,
    base_url: String,
    languages: BTreeMap<Language, LanguageValues>,
    live_reload: bool,
}

#[derive(Debug)]
struct LanguageValues {
    messages: Value,
    messages_json: Value,
}

impl SharedValues {
    pub(super) fn new(commons: &Commons, mode: BuildMode) -> Self {
        let languages = commons.messages.iter().map(|(language, messages)| {
            let values = LanguageValues {
                messages: messages.value(),
                messages_json: Value::from_safe_string(messages.script_json()),
            };
            (*language, values)
        });
        Self {
            values: commons
                .values
                .iter()
                .map(|(name, value)| (name.to_owned(), value.clone()))
                .collect(),
            base_url: commons.settings.base_url().to_owned(),
            languages: languages.collect(),
            live_reload: mode == BuildMode::Preview,
        }
    }
}

/// The root of what a template can name.
#[derive(Debug)]
pub(super) struct Scope {
    shared: Arc<SharedValues>,
    desk: Arc<Desk>,
    view: Arc<View>,
    page: Value,
    pages: Value,
}

impl Scope {
    /// What the template of a page can name. `html` is the text of the page.
    pub(super) fn new(
        shared: &Arc<SharedValues>,
        catalog: &Arc<Catalog>,
        view: &Arc<View>,
        page: &Arc<Page>,
        html: String,
    ) -> Self {
        let desk = Desk::new(catalog);
        let page = Value::from_object(PageObject {
            base_url: shared.base_url.clone(),
            desk: Arc::clone(&desk),
            view: Arc::clone(view),
            page: Arc::clone(page),
            content: Value::from_safe_string(html),
        });
        let pages = Value::from_object(Pages {
            desk: Arc::clone(&desk),
            language: view.id.language,
        });
        Self {
            shared: Arc::clone(shared),
            desk,
            view: Arc::clone(view),
            page,
            pages,
        }
    }

    pub(super) const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    fn section(&self) -> Vec<Value> {
        let section = self.desk.section(self.view.id.language, &self.view.folder);
        let pages = section.iter().flat_map(|section| section.pages());
        pages
            .map(|view| {
                Value::from_object(Summary {
                    view: Arc::clone(view),
                    is_current: view.id == self.view.id,
                })
            })
            .collect()
    }
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let language = self.view.id.language;
        let words = self.shared.languages.get(&language)?;
        Some(match key.as_str()? {
            "page" => self.page.clone(),
            "pages" => self.pages.clone(),
            "section" => Value::from(self.section()),
            "sections" => Value::from(sections_below(&self.desk, language, &self.view.folder)),
            "lang" => Value::from(language.code()),
            "t" => words.messages.clone(),
            "messages_json" => words.messages_json.clone(),
            "live_reload" => Value::from(self.shared.live_reload),
            name => self.shared.values.get(name)?.clone(),
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let values = self.shared.values.keys().map(String::as_str);
        Enumerator::Values(NAMES.into_iter().chain(values).map(Value::from).collect())
    }
}

/// `page`: everything about the page that is rendered.
#[derive(Debug)]
struct PageObject {
    base_url: String,
    desk: Arc<Desk>,
    view: Arc<View>,
    page: Arc<Page>,
    content: Value,
}

impl PageObject {
    fn table_of_contents(&self) -> Value {
        let headings = self.page.body.headings.iter();
        headings
            .map(|heading| {
                context! { id => &heading.id, title => &heading.title, level => heading.level }
            })
            .collect()
    }

    /// The same page in all of its languages, itself included.
    fn alternates(&self) -> Value {
        Language::ALL
            .into_iter()
            .filter_map(|language| {
                let id = PageId::new(language, self.view.id.path.clone());
                let view = self.desk.page(id)?;
                Some(context! {
                    lang => language.code(),
                    address => Arc::clone(&view.address),
                    url => self.url(view),
                    title => Arc::clone(&view.title),
                })
            })
            .collect()
    }

    /// The index pages above a page, from the root down, without the page itself.
    fn breadcrumbs(&self) -> Value {
        let PageId { language, path } = &self.view.id;
        path.ancestors()
            .into_iter()
            .filter_map(|path| self.desk.page(PageId::new(*language, path)))
            .map(|above| {
                context! { title => Arc::clone(&above.nav), address => Arc::clone(&above.address) }
            })
            .collect()
    }

    /// A neighbour in the section, or none.
    fn neighbour(&self, is_next: bool) -> Value {
        let section = self.desk.section(self.view.id.language, &self.view.folder);
        let neighbours = section.map(|section| section.neighbours(&self.view.id));
        let (previous, next) = neighbours.unwrap_or_default();
        let neighbour = if is_next { next } else { previous };
        neighbour.map_or(Value::from(()), Summary::value)
    }

    /// The index page of the section, or none.
    fn section_index(&self) -> Value {
        let id = PageId::new(self.view.id.language, PagePath::index_of(&self.view.folder));
        self.desk.page(id).map_or(Value::from(()), Summary::value)
    }

    fn url(&self, view: &View) -> String {
        format!("{}{}", self.base_url, view.address)
    }
}

impl Object for PageObject {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let front = self.page.front.as_ref()?;
        let view = &self.view;
        Some(match key.as_str()? {
            "title" => Value::from(Arc::clone(&view.title)),
            "nav" => Value::from(Arc::clone(&view.nav)),
            "description" => Value::from(Arc::clone(&view.description)),
            "address" => Value::from(Arc::clone(&view.address)),
            "url" => Value::from(self.url(view)),
            "lang" => Value::from(view.id.language.code()),
            "template" => Value::from(front.template.as_str()),
            "order" => Value::from(view.order),
            "robots" => Value::from(view.robots.map_or("", Robots::as_str)),
            "sample" => Value::from(front.sample),
            "is_draft" => Value::from(view.is_draft),
            "is_help" => Value::from(view.is_help()),
            "updated" => Value::from(iso_day(view)),
            "content" => self.content.clone(),
            "toc" => self.table_of_contents(),
            "alternates" => self.alternates(),
            "breadcrumbs" => self.breadcrumbs(),
            "previous" => self.neighbour(false),
            "next" => self.neighbour(true),
            "section_index" => self.section_index(),
            "source" => Value::from(self.page.file.path()),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&[
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
            "content",
            "toc",
            "alternates",
            "breadcrumbs",
            "previous",
            "next",
            "section_index",
            "source",
        ])
    }
}

/// `2026-11-23`, or nothing where the day is not known.
pub(super) fn iso_day(view: &View) -> String {
    view.updated.map_or_else(String::new, |day| day.to_string())
}
