//! The root of what a template can name: `page`, `pages`, `section`, `t`, the values of `content/*.toml` and a few more.
//!
//! Nothing is computed before a template asks for it, and what is asked of other pages is noted, see [`super::desk`].

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object};

use super::desk::Desk;
use super::page::PageObject;
use super::shared::SharedValues;
use super::social_picture::SocialPicture;
use super::values::{Pages, Summary, subsections};
use crate::catalog::{Catalog, View};
use crate::content::{Page, PageId, PagePath};
use crate::search;

/// What templates can name besides the values of `content/*.toml`.
const NAMES: [&str; 13] = [
    "page",
    "pages",
    "section",
    "section_index",
    "subsections",
    "articles",
    "lang",
    "t",
    "messages_json",
    "live_reload",
    "feed_address",
    "search_index",
    "social_picture",
];

/// What the template of one page can name.
#[derive(Debug)]
pub(super) struct Scope {
    shared: Arc<SharedValues>,
    desk: Arc<Desk>,
    view: Arc<View>,
    page: Value,
    pages: Value,
    /// The articles of a sheet; nothing on other pages.
    articles: Value,
}

impl Scope {
    /// For a page, whose text is `html`.
    pub(super) fn of_page(
        shared: &Arc<SharedValues>,
        catalog: &Arc<Catalog>,
        view: &Arc<View>,
        page: &Arc<Page>,
        html: String,
    ) -> Self {
        let content = Value::from_safe_string(html);
        Self::new(shared, catalog, view, page, (content, None))
    }

    /// For the sheet of a section, whose index page is `page`.
    pub(super) fn of_sheet(
        shared: &Arc<SharedValues>,
        catalog: &Arc<Catalog>,
        view: &Arc<View>,
        page: &Arc<Page>,
        articles: Value,
    ) -> Self {
        Self::new(
            shared,
            catalog,
            view,
            page,
            (Value::from(""), Some(articles)),
        )
    }

    fn new(
        shared: &Arc<SharedValues>,
        catalog: &Arc<Catalog>,
        view: &Arc<View>,
        page: &Arc<Page>,
        (content, articles): (Value, Option<Value>),
    ) -> Self {
        let desk = Desk::new(catalog);
        let page = PageObject {
            shared: Arc::clone(shared),
            desk: Arc::clone(&desk),
            view: Arc::clone(view),
            page: Arc::clone(page),
            content,
            is_sheet: articles.is_some(),
        };
        let pages = Pages {
            desk: Arc::clone(&desk),
            language: view.id.language,
        };
        Self {
            shared: Arc::clone(shared),
            desk,
            view: Arc::clone(view),
            page: Value::from_object(page),
            pages: Value::from_object(pages),
            articles: articles.unwrap_or(Value::from(())),
        }
    }

    pub(super) const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    fn section(&self) -> Value {
        let section = self.desk.section(self.view.id.language, &self.view.folder);
        let pages = section.iter().flat_map(|section| section.pages());
        pages
            .map(|view| {
                Value::from_object(Summary {
                    view: Arc::clone(view),
                    is_current: view.id == self.view.id,
                    sheets: None,
                })
            })
            .collect()
    }

    /// The index page of the section, or none.
    fn section_index(&self) -> Value {
        let path = PagePath::index_of(&self.view.folder);
        let id = PageId::new(self.view.id.language, path);
        self.desk.page(id).map_or(Value::from(()), |view| {
            Value::from_object(Summary {
                view: Arc::clone(view),
                is_current: false,
                sheets: Some(Arc::clone(&self.desk)),
            })
        })
    }

    fn subsections(&self) -> Value {
        if self.view.id.path.is_index() {
            subsections(&self.desk, self.view.id.language, &self.view.folder)
        } else {
            Value::from(Vec::<Value>::new())
        }
    }

    /// The address of the feed of the help, on its pages and where there is one.
    fn feed_address(&self) -> String {
        let language = self.view.id.language;
        if self.desk.has_feed(language) {
            format!("/{}help/feed.xml", language.prefix())
        } else {
            String::new()
        }
    }
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let language = self.view.id.language;
        let words = self.shared.words(language)?;
        Some(match key.as_str()? {
            "page" => self.page.clone(),
            "pages" => self.pages.clone(),
            "section" => self.section(),
            "section_index" => self.section_index(),
            "subsections" => self.subsections(),
            "articles" => self.articles.clone(),
            "lang" => Value::from(language.code()),
            "t" => words.all.clone(),
            "messages_json" => words.of_scripts.clone(),
            "live_reload" => Value::from(self.shared.live_reload),
            "feed_address" => Value::from(self.feed_address()),
            "search_index" => Value::from(format!("/{}", search::manifest_path(language))),
            "social_picture" => Value::from_object(SocialPicture {
                shared: Arc::clone(&self.shared),
                desk: Arc::clone(&self.desk),
                view: Arc::clone(&self.view),
            }),
            name => self.shared.values.get(name)?.clone(),
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let values = self.shared.values.keys().map(String::as_str);
        Enumerator::Values(NAMES.into_iter().chain(values).map(Value::from).collect())
    }
}
