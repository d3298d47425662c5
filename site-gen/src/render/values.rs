//! Pages as values of templates: a page in a list, and all pages by path.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object};
use minijinja::{Value, context};

use super::desk::Desk;
use crate::catalog::View;
use crate::content::{PageId, PagePath};
use crate::language::Language;

/// A page in a list: `title`, `nav`, `description`, `address`, `order`, `updated`, and whether it is the `current` one.
#[derive(Debug)]
pub(super) struct Summary {
    pub(super) view: Arc<View>,
    pub(super) is_current: bool,
}

impl Summary {
    pub(super) fn value(view: &Arc<View>) -> Value {
        Value::from_object(Self {
            view: Arc::clone(view),
            is_current: false,
        })
    }
}

impl Object for Summary {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let view = &self.view;
        Some(match key.as_str()? {
            "title" => Value::from(Arc::clone(&view.title)),
            "nav" => Value::from(Arc::clone(&view.nav)),
            "description" => Value::from(Arc::clone(&view.description)),
            "address" => Value::from(Arc::clone(&view.address)),
            "order" => Value::from(view.order),
            "updated" => Value::from(super::context::iso_day(view)),
            "current" => Value::from(self.is_current),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&[
            "title",
            "nav",
            "description",
            "address",
            "order",
            "updated",
            "current",
        ])
    }
}

/// `pages["help/index"]`: the pages of the language by their paths.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) desk: Arc<Desk>,
    pub(super) language: Language,
}

impl Object for Pages {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let path = PagePath::from_file(&format!("{}.md", key.as_str()?)).ok()?;
        let id = PageId::new(self.language, path);
        self.desk.page(id).map(Summary::value)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let pages = self.desk.pages_of(self.language);
        let paths = pages.map(|view| Value::from(view.id.path.as_str()));
        Enumerator::Values(paths.collect())
    }
}

/// The sections right below a folder: each with `title`, `description`, `address` of its index and its `pages`.
pub(super) fn sections_below(desk: &Desk, language: Language, folder: &str) -> Vec<Value> {
    let parent_of = |folder: &str| {
        folder
            .rsplit_once('/')
            .map_or("", |(above, _)| above)
            .to_owned()
    };
    let folders: Vec<_> = desk
        .folders_of(language)
        .filter(|below| !below.is_empty() && parent_of(below) == folder)
        .cloned()
        .collect();
    let mut sections: Vec<_> = folders
        .iter()
        .filter_map(|below| {
            let index = desk.page(PageId::new(language, PagePath::index_of(below)))?;
            let pages = desk.section(language, below);
            let pages: Vec<_> = pages
                .iter()
                .flat_map(|section| section.pages().iter().map(Summary::value))
                .collect();
            Some((index, pages))
        })
        .collect();
    sections.sort_by(|(one, _), (other, _)| {
        (one.order, &one.title, &one.id).cmp(&(other.order, &other.title, &other.id))
    });
    sections
        .into_iter()
        .map(|(index, pages)| {
            context! {
                title => Arc::clone(&index.title),
                nav => Arc::clone(&index.nav),
                description => Arc::clone(&index.description),
                address => Arc::clone(&index.address),
                pages,
            }
        })
        .collect()
}
