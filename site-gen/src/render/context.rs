//! What templates can use: `page`, `pages`, `section`, `t`, `site` and a few more.
//!
//! Values that many pages share are made once and then only counted.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::BuildMode;
use crate::content::{FrontMatter, PagePath, Robots};
use crate::language::Language;
use crate::links::{Linked, LinkedPage};

/// The values of the whole site, from which those of a page are made.
pub(super) struct Contexts<'a> {
    site: Value,
    base_url: &'a str,
    languages: BTreeMap<Language, LanguageValues>,
    pages: BTreeMap<(Language, &'a PagePath), View<'a>>,
    sections: BTreeMap<(Language, &'a str), Vec<View<'a>>>,
    live_reload: bool,
}

struct LanguageValues {
    messages: Value,
    messages_json: Value,
    pages: Value,
}

/// A page with its front matter.
#[derive(Clone, Copy)]
struct View<'a> {
    linked: &'a LinkedPage,
    front: &'a FrontMatter,
}

impl<'a> View<'a> {
    fn new(linked: &'a LinkedPage) -> Option<Self> {
        let front = linked.page.front.as_ref()?;
        Some(Self { linked, front })
    }

    fn address(&self) -> String {
        self.linked.page.address()
    }

    fn nav(&self) -> &'a str {
        self.front.nav.as_deref().unwrap_or(&self.front.title)
    }
}

impl<'a> Contexts<'a> {
    pub(super) fn new(site: &'a Linked, mode: BuildMode) -> Self {
        let views: Vec<_> = site.pages.iter().filter_map(View::new).collect();
        let languages = site
            .messages
            .iter()
            .map(|(language, messages)| {
                let values = LanguageValues {
                    messages: messages.value(),
                    messages_json: Value::from_safe_string(messages.script_json()),
                    pages: summaries(*language, &views),
                };
                (*language, values)
            })
            .collect();
        Self {
            site: site.settings.value(),
            base_url: site.settings.base_url(),
            languages,
            pages: views
                .iter()
                .map(|view| ((view.linked.page.language, &view.linked.page.path), *view))
                .collect(),
            sections: sections(&views),
            live_reload: mode == BuildMode::Preview,
        }
    }

    /// The values for one page.
    pub(super) fn page(&self, linked: &'a LinkedPage) -> Option<(&'a FrontMatter, Value)> {
        let view = View::new(linked)?;
        let language = linked.page.language;
        let words = self.languages.get(&language)?;
        let context = context! {
            page => self.page_value(view),
            pages => &words.pages,
            section => self.section(view),
            lang => language.code(),
            site => &self.site,
            t => &words.messages,
            messages_json => &words.messages_json,
            live_reload => self.live_reload,
        };
        Some((view.front, context))
    }

    fn page_value(&self, view: View<'_>) -> Value {
        let View { linked, front } = view;
        let page = &linked.page;
        let contents: Vec<_> = page
            .body
            .headings
            .iter()
            .map(|heading| {
                context! { id => &heading.id, title => &heading.title, level => heading.level }
            })
            .collect();
        context! {
            title => &front.title,
            description => &front.description,
            address => view.address(),
            url => self.url(view),
            lang => page.language.code(),
            template => &front.template,
            order => front.order,
            nav => view.nav(),
            robots => front.robots.map_or("", Robots::as_str),
            sample => front.sample,
            content => Value::from_safe_string(linked.html.clone()),
            toc => contents,
            alternates => self.alternates(&page.path),
            source => &*page.file.path(),
            breadcrumbs => self.breadcrumbs(view),
        }
    }

    /// The same page in all of its languages, itself included.
    fn alternates(&self, path: &PagePath) -> Vec<Value> {
        Language::ALL
            .iter()
            .filter_map(|language| {
                let view = *self.pages.get(&(*language, path))?;
                Some(context! {
                    lang => language.code(),
                    address => view.address(),
                    url => self.url(view),
                    title => &view.front.title,
                })
            })
            .collect()
    }

    /// The index pages above a page, from the root down, without the page itself.
    fn breadcrumbs(&self, view: View<'_>) -> Vec<Value> {
        let page = &view.linked.page;
        page.path
            .ancestors()
            .iter()
            .filter_map(|path| self.pages.get(&(page.language, path)))
            .map(|above| context! { title => above.nav(), address => above.address() })
            .collect()
    }

    fn section(&self, current: View<'_>) -> Vec<Value> {
        let page = &current.linked.page;
        self.sections
            .get(&(page.language, page.path.folder()))
            .into_iter()
            .flatten()
            .map(|view| {
                context! {
                    title => &view.front.title,
                    nav => view.nav(),
                    description => &view.front.description,
                    address => view.address(),
                    order => view.front.order,
                    current => view.linked.page.path == page.path,
                }
            })
            .collect()
    }

    fn url(&self, view: View<'_>) -> String {
        format!("{}{}", self.base_url, view.address())
    }
}

fn summaries(language: Language, views: &[View<'_>]) -> Value {
    Value::from_pairs(
        views
            .iter()
            .filter(|view| view.linked.page.language == language)
            .map(|view| {
                let summary = context! {
                    title => &view.front.title,
                    nav => view.nav(),
                    description => &view.front.description,
                    address => view.address(),
                };
                (view.linked.page.path.as_str(), summary)
            }),
    )
}

/// The pages of each folder apart from its index, by order and title.
fn sections<'a>(views: &[View<'a>]) -> BTreeMap<(Language, &'a str), Vec<View<'a>>> {
    let mut sections: BTreeMap<_, Vec<View<'a>>> = BTreeMap::new();
    for view in views {
        let page = &view.linked.page;
        if !page.path.is_index() {
            sections
                .entry((page.language, page.path.folder()))
                .or_default()
                .push(*view);
        }
    }
    for section in sections.values_mut() {
        section.sort_by_key(|view| (view.front.order, &view.front.title, &view.linked.page.path));
    }
    sections
}
