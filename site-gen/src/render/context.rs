//! What templates can use: `page`, `pages`, `section`, `t`, `site` and a few more.
//!
//! Values that many pages share are made once and then only counted.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::BuildMode;
use crate::content::{FrontMatter, PagePath, Robots};
use crate::dates;
use crate::language::Language;
use crate::links::{Linked, LinkedPage};
use crate::machines::{self, Crumb, Kind, Listing, PageFacts, Publisher};
use crate::output::OutputFile;
use crate::print::{self, PrintedArticle};

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
            section_index => self.section_index(view),
            subsections => self.subsections(view),
            feed_address => "",
            search_index => "",
            lang => language.code(),
            site => &self.site,
            t => &words.messages,
            messages_json => &words.messages_json,
            live_reload => self.live_reload,
        };
        Some((view.front, context))
    }

    /// The values for the sheet with the whole section that an index page of the help introduces.
    pub(super) fn sheet(&self, linked: &'a LinkedPage) -> Option<(String, Value)> {
        let view = View::new(linked)?;
        let page = &linked.page;
        let words = self.languages.get(&page.language)?;
        let articles = self.sections.get(&(page.language, page.path.folder()))?;
        if !self.has_sheet(view) {
            return None;
        }
        let addresses: Vec<_> = articles.iter().map(View::address).collect();
        let printed: Vec<_> = articles
            .iter()
            .zip(&addresses)
            .map(|(article, address)| PrintedArticle {
                address,
                content: &article.linked.html,
            })
            .collect();
        let articles: Vec<_> = articles
            .iter()
            .zip(print::on_one_sheet(&printed))
            .map(|(article, content)| {
                context! {
                    title => &article.front.title,
                    description => &article.front.description,
                    address => article.address(),
                    content => Value::from_safe_string(content),
                }
            })
            .collect();
        let address = format!("{}print.html", view.address());
        let context = context! {
            page => context! {
                url => format!("{}{address}", self.base_url),
                address,
                lang => page.language.code(),
                robots => "noindex",
                alternates => Vec::<Value>::new(),
                breadcrumbs => [
                    self.breadcrumbs(view),
                    vec![context! { title => view.nav(), address => view.address() }],
                ].concat(),
                markdown_address => "",
                structured_data => "",
                ..self.page_value(view)
            },
            articles,
            section_index => self.section_index(view),
            pages => &words.pages,
            lang => page.language.code(),
            site => &self.site,
            t => &words.messages,
            messages_json => &words.messages_json,
            live_reload => self.live_reload,
            feed_address => "",
            search_index => "",
        };
        Some((
            format!(
                "{}print.html",
                page.path
                    .output(page.language)
                    .trim_end_matches("index.html")
            ),
            context,
        ))
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
            is_help => is_help(view),
            updated => updated().map(dates::for_machines).unwrap_or_default(),
            updated_words => updated()
                .map(|day| dates::in_words(page.language, day))
                .unwrap_or_default(),
            edit_url => "",
            markdown_address => "",
            previous => self.neighbour(view, |place| place.checked_sub(1)),
            next => self.neighbour(view, |place| place.checked_add(1)),
            structured_data => Value::from_safe_string(self.structured_data(view)),
        }
    }

    /// The article that stands before or after this one in its section.
    fn neighbour(&self, view: View<'_>, step: impl Fn(usize) -> Option<usize>) -> Value {
        let page = &view.linked.page;
        let section = self.sections.get(&(page.language, page.path.folder()));
        section
            .and_then(|section| {
                let here = section
                    .iter()
                    .position(|other| other.linked.page.path == page.path)?;
                section.get(step(here)?)
            })
            .map_or_else(none, |other| {
                context! { title => &other.front.title, address => other.address() }
            })
    }

    /// The index page of the section that a page belongs to.
    fn section_index(&self, view: View<'_>) -> Value {
        let page = &view.linked.page;
        let path = page.path.index();
        self.pages
            .get(&(page.language, &path))
            .map_or_else(none, |index| {
                let address = index.address();
                let print_address = if self.has_sheet(*index) {
                    format!("{address}print.html")
                } else {
                    String::new()
                };
                context! { title => index.nav(), address, print_address }
            })
    }

    /// Whether an index page introduces a section of the help that fits on one sheet: articles and no further sections.
    fn has_sheet(&self, index: View<'_>) -> bool {
        let page = &index.linked.page;
        let is_section = is_help(index) && page.path.is_index();
        is_section
            && self
                .sections
                .contains_key(&(page.language, page.path.folder()))
            && self.subsections(index).is_empty()
    }

    /// The sections right below the section that an index page introduces.
    fn subsections(&self, view: View<'_>) -> Vec<Value> {
        let page = &view.linked.page;
        if !page.path.is_index() {
            return Vec::new();
        }
        let mut below: Vec<_> = self
            .pages
            .iter()
            .filter(|((language, path), _)| {
                *language == page.language
                    && path.is_index()
                    && path.ancestors().last() == Some(&page.path)
            })
            .map(|(_, index)| *index)
            .collect();
        below.sort_by_key(|index| (index.front.order, &index.front.title));
        below
            .into_iter()
            .map(|index| {
                context! {
                    title => &index.front.title,
                    nav => index.nav(),
                    description => &index.front.description,
                    address => index.address(),
                    articles => self.section(index),
                }
            })
            .collect()
    }

    /// The files that the site has for machines.
    pub(super) fn machine_files(&self) -> Vec<OutputFile> {
        let views: Vec<_> = self.pages.values().copied().collect();
        let addresses: Vec<_> = views.iter().map(View::address).collect();
        let alternates: Vec<Vec<_>> = views
            .iter()
            .map(|view| {
                let path = &view.linked.page.path;
                Language::ALL
                    .into_iter()
                    .filter(|language| self.pages.contains_key(&(*language, path)))
                    .map(|language| (language, path.address(language)))
                    .collect()
            })
            .collect();
        let alternates: Vec<Vec<_>> = alternates
            .iter()
            .map(|twins| {
                let twins = twins.iter();
                twins
                    .map(|(language, address)| (*language, address.as_str()))
                    .collect()
            })
            .collect();
        let listings: Vec<_> = views
            .iter()
            .zip(&addresses)
            .zip(&alternates)
            .map(|((view, address), alternates)| {
                let page = &view.linked.page;
                let path = page.path.index();
                let index = self.pages.get(&(page.language, &path));
                Listing {
                    language: page.language,
                    address,
                    title: &view.front.title,
                    description: &view.front.description,
                    updated: updated(),
                    is_help: is_help(*view),
                    is_indexed: view.front.robots.is_none(),
                    section: index.map_or("", |index| index.nav()),
                    markdown_address: None,
                    alternates,
                }
            })
            .collect();
        let mut files = machines::sitemap(self.base_url, &listings);
        files.push(OutputFile {
            path: "robots.txt".to_owned(),
            content: machines::robots(self.base_url).into_bytes(),
        });
        files
    }

    fn structured_data(&self, view: View<'_>) -> String {
        let page = &view.linked.page;
        if view.front.robots.is_some() {
            return String::new();
        }
        let kind = match page.path.as_str() {
            "index" => Kind::Home,
            _ if is_help(view) && !page.path.is_index() => Kind::Article,
            _ => Kind::Plain,
        };
        let above: Vec<_> = page
            .path
            .ancestors()
            .iter()
            .filter_map(|path| self.pages.get(&(page.language, path)))
            .map(|above| (above.nav(), above.address()))
            .collect();
        let breadcrumbs: Vec<_> = above
            .iter()
            .map(|(title, address)| Crumb { title, address })
            .collect();
        let word = |key: &str| self.site.get_attr(key).unwrap_or_default().to_string();
        let publisher = Publisher {
            base_url: self.base_url,
            brand: &word("brand"),
            support_email: &word("support_email"),
        };
        machines::structured_data(
            &publisher,
            &PageFacts {
                kind,
                language: page.language,
                address: &view.address(),
                title: &view.front.title,
                description: &view.front.description,
                updated: updated(),
                breadcrumbs: &breadcrumbs,
                questions: &[],
                procedures: &[],
            },
        )
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

/// What templates get where there is nothing, unlike `undefined` no error.
fn none() -> Value {
    Value::from(())
}

fn is_help(view: View<'_>) -> bool {
    let folder = view.linked.page.path.folder();
    folder == "help" || folder.starts_with("help/")
}

/// The day of the last change; no source tells it yet.
fn updated() -> Option<time::Date> {
    None
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
