//! Pages as values of templates: a page in a list, and all pages by path.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object};
use minijinja::{Value, context};

use super::desk::Desk;
use crate::catalog::View;
use crate::content::{PageId, PagePath};
use crate::language::Language;

const KEYS: [&str; 7] = [
    "title",
    "nav",
    "description",
    "address",
    "order",
    "updated",
    "current",
];

/// A page in a list: `title`, `nav`, `description`, `address`, `order`, `updated`, and whether it is the `current` one.
/// The index page of a section also has a `print_address`, empty where there is no sheet.
#[derive(Debug)]
pub(super) struct Summary {
    pub(super) view: Arc<View>,
    pub(super) is_current: bool,
    /// Where to ask for the sheet of the section that the page introduces.
    pub(super) sheets: Option<Arc<Desk>>,
}

impl Summary {
    pub(super) fn value(view: &Arc<View>) -> Value {
        Value::from_object(Self {
            view: Arc::clone(view),
            is_current: false,
            sheets: None,
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
            "updated" => Value::from(view.updated_for_machines()),
            "current" => Value::from(self.is_current),
            "print_address" => {
                let has_sheet = self.sheets.as_ref()?.has_sheet(view);
                Value::from(if has_sheet {
                    view.sheet_address()
                } else {
                    String::new()
                })
            }
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let print = self.sheets.is_some().then_some("print_address");
        Enumerator::Values(KEYS.into_iter().chain(print).map(Value::from).collect())
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

/// The sections right below a folder, by order and title of their index pages: each with `title`, `nav`,
/// `description`, `address`, `order` and its `articles`.
pub(super) fn subsections(desk: &Desk, language: Language, folder: &str) -> Value {
    let mut sections = desk.subsections(language, folder);
    sections.sort_by(|(one, _), (other, _)| {
        (one.order, &one.title, &one.id).cmp(&(other.order, &other.title, &other.id))
    });
    sections
        .into_iter()
        .map(|(index, section)| {
            let articles: Value = section.pages().iter().map(Summary::value).collect();
            context! {
                title => Arc::clone(&index.title),
                nav => Arc::clone(&index.nav),
                description => Arc::clone(&index.description),
                address => Arc::clone(&index.address),
                order => index.order,
                articles,
            }
        })
        .collect()
}
