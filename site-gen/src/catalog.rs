//! All pages as others see them: addresses, titles, sections.
//!
//! What one page can show of another is its public face, a [`View`]. Whoever looks something up says so with a
//! [`Key`]; when the face behind a key changes, exactly those who looked are made again.

mod section;
mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use foldhash::quality::FixedState;

use crate::content::{Page, PageId, PagePath};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
pub use section::Section;
pub use view::View;

/// Something that can be looked up in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A page, whether there is one or not.
    Page(PageId),
    /// The pages of a folder.
    Section(Language, Arc<str>),
    /// The sections right below a folder, with their pages.
    Subsections(Language, Arc<str>),
    /// All pages of a language.
    Language(Language),
    /// Which page of a language lists the terms.
    Glossary(Language),
    /// Whether the help of a language has a feed.
    Feed(Language),
    /// The text of a page.
    Text(PageId),
    /// A picture, by its file below the folder of the content.
    Picture(Arc<str>),
}

/// All pages of the site.
#[derive(Debug, Default)]
pub struct Catalog {
    pages: BTreeMap<PageId, Arc<View>>,
    by_address: HashMap<Arc<str>, PageId>,
    aliases: BTreeMap<Arc<str>, Arc<str>>,
    left_out: BTreeSet<PageId>,
    glossaries: BTreeMap<Language, PageId>,
    feeds: BTreeSet<Language>,
    sections: BTreeMap<(Language, Arc<str>), Arc<Section>>,
    folders_below: BTreeMap<(Language, Arc<str>), Vec<Arc<str>>>,
}

impl Catalog {
    /// Lists the pages; two pages at one address are an error. `left_out` are the drafts that are not published.
    #[must_use]
    pub fn new<'a>(
        pages: impl IntoIterator<Item = (&'a Arc<Page>, Arc<View>)>,
        left_out: BTreeSet<PageId>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut catalog = Self {
            left_out,
            ..Self::default()
        };
        let mut errors = Vec::new();
        let mut claims = Vec::new();
        let mut members: BTreeMap<(Language, Arc<str>), Vec<Arc<View>>> = BTreeMap::new();
        for (page, view) in pages {
            let address: Arc<str> = Arc::clone(&view.address);
            if let Some(first) = catalog.by_address.get(&address) {
                errors.push(shared_address(page, &address, first));
            } else {
                catalog.by_address.insert(address, page.id.clone());
            }
            let aliases = page.front.iter().flat_map(|front| &front.aliases);
            claims.extend(aliases.map(|alias| (page, alias)));
            let folder = (view.id.language, Arc::clone(&view.folder));
            let section = members.entry(folder).or_default();
            if !view.id.path.is_index() {
                section.push(Arc::clone(&view));
            }
            if view.has_glossary {
                let first = catalog.glossaries.entry(view.id.language);
                first.or_insert_with(|| view.id.clone());
            }
            if view.is_help() && view.is_indexed() && view.updated.is_some() {
                catalog.feeds.insert(view.id.language);
            }
            catalog.pages.insert(view.id.clone(), view);
        }
        for (page, alias) in claims {
            let name: Arc<str> = alias.value.as_str().into();
            let owner = catalog.by_address.get(&name).map(PageId::source);
            let earlier = catalog.aliases.get(&name).map(ToString::to_string);
            if let Some(taken) = owner.or(earlier) {
                let message = format!("the alias {name} already leads to {taken}");
                errors.push(
                    page.error(alias.range.clone(), message).help(
                        "an address can lead to one page only; take the alias out on one side",
                    ),
                );
            } else {
                catalog.aliases.insert(name, page.address.as_str().into());
            }
        }
        catalog.sections = members
            .into_iter()
            .map(|(folder, views)| (folder, Arc::new(Section::new(views))))
            .collect();
        for (language, folder) in catalog
            .sections
            .keys()
            .filter(|(_, folder)| !folder.is_empty())
        {
            let below = catalog
                .folders_below
                .entry((*language, folder_above(folder).into()));
            below.or_default().push(Arc::clone(folder));
        }
        (catalog, errors)
    }

    /// The page, if there is one.
    #[must_use]
    pub fn page(&self, id: &PageId) -> Option<&Arc<View>> {
        self.pages.get(id)
    }

    /// Whether the page is a draft and the site is built without drafts.
    #[must_use]
    pub fn is_left_out(&self, id: &PageId) -> bool {
        self.left_out.contains(id)
    }

    /// The page of a language that lists the terms of its glossary, the first by path.
    #[must_use]
    pub fn glossary(&self, language: Language) -> Option<&PageId> {
        self.glossaries.get(&language)
    }

    /// The page at an address.
    #[must_use]
    pub fn at_address(&self, address: &str) -> Option<&Arc<View>> {
        self.pages.get(self.by_address.get(address)?)
    }

    /// Whether a page is the one at its address: of two with one address, the first has it.
    #[must_use]
    pub fn has_own_address(&self, view: &View) -> bool {
        self.by_address.get(&view.address) == Some(&view.id)
    }

    /// The pages of a folder.
    #[must_use]
    pub fn section(&self, language: Language, folder: &Arc<str>) -> Option<&Arc<Section>> {
        self.sections.get(&(language, Arc::clone(folder)))
    }

    /// All pages, by language and path.
    pub fn pages(&self) -> impl Iterator<Item = &Arc<View>> {
        self.pages.values()
    }

    /// How many pages there are.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Whether a page is at the address, or was.
    #[must_use]
    pub fn leads_somewhere(&self, address: &str) -> bool {
        self.by_address.contains_key(address) || self.is_alias(address)
    }

    /// The pages of a language, by path.
    pub fn pages_of(&self, language: Language) -> impl Iterator<Item = &Arc<View>> {
        self.pages()
            .filter(move |view| view.id.language == language)
    }

    /// The sections right below a folder, each with its index page; a folder without one is no section.
    #[must_use]
    pub fn subsections(
        &self,
        language: Language,
        folder: &str,
    ) -> Vec<(&Arc<View>, &Arc<Section>)> {
        let below = self.folders_below.get(&(language, folder.into()));
        below
            .into_iter()
            .flatten()
            .filter_map(|below| {
                let index = PageId::new(language, PagePath::index_of(below));
                Some((self.page(&index)?, self.section(language, below)?))
            })
            .collect()
    }

    /// Whether a page introduces a section of the help that fits on one sheet: articles and no further sections.
    #[must_use]
    pub fn has_sheet(&self, index: &View) -> bool {
        let language = index.id.language;
        let section = self.section(language, &index.folder);
        index.is_help()
            && index.id.path.is_index()
            && section.is_some_and(|section| !section.pages().is_empty())
            && self.subsections(language, &index.folder).is_empty()
    }

    /// Whether any article of the help has a day of last change: without one there is nothing to feed.
    #[must_use]
    pub fn has_feed(&self, language: Language) -> bool {
        self.feeds.contains(&language)
    }

    /// Earlier addresses and where they lead.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.aliases
            .iter()
            .map(|(alias, address)| (&**alias, &**address))
    }

    /// Whether this is an earlier address of a page.
    #[must_use]
    pub fn is_alias(&self, address: &str) -> bool {
        self.aliases.contains_key(address)
    }

    /// All addresses that lead to a page, aliases included.
    #[must_use]
    pub fn addresses(&self) -> BTreeSet<&str> {
        let pages = self.pages().map(|view| &*view.address);
        pages
            .chain(self.aliases.keys().map(|alias| &**alias))
            .collect()
    }

    /// The keys whose face differs from that in an earlier catalogue.
    #[must_use]
    pub fn changes_since(&self, earlier: &Self) -> BTreeSet<Key> {
        let mut changed = BTreeSet::new();
        let ids = self.pages.keys().chain(earlier.pages.keys());
        for id in ids {
            let faces = [self, earlier].map(|catalog| catalog.page(id).map(|view| view.face));
            if faces.first() != faces.last() && changed.insert(Key::Page(id.clone())) {
                let folder = id.path.folder();
                changed.insert(Key::Section(id.language, folder.into()));
                changed.insert(Key::Subsections(id.language, folder_above(folder).into()));
                changed.insert(Key::Language(id.language));
            }
        }
        let moved = Language::ALL.into_iter();
        let moved =
            moved.filter(|language| self.glossary(*language) != earlier.glossary(*language));
        changed.extend(moved.map(Key::Glossary));
        let feeds = self.feeds.symmetric_difference(&earlier.feeds);
        changed.extend(feeds.copied().map(Key::Feed));
        changed
    }

    /// Whether an address that an earlier catalogue has leads nowhere in this one.
    #[must_use]
    pub fn has_lost_address_of(&self, earlier: &Self) -> bool {
        earlier
            .by_address
            .keys()
            .any(|address| !self.by_address.contains_key(address))
    }
}

/// The folder that holds this one.
fn folder_above(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(above, _)| above)
}

fn shared_address(page: &Page, address: &str, first: &PageId) -> Diagnostic {
    let slug = page.front.as_ref().and_then(|front| front.slug.as_ref());
    let range = slug.map_or(0..3, |slug| slug.range.clone());
    let message = format!(
        "the address {address} is already that of {}",
        first.source()
    );
    page.error(range, message)
        .help("give one of the pages another name or another slug")
}

/// The hash of something, the same in every run of one build of the generator.
#[must_use]
pub fn fingerprint(of: &impl Hash) -> u64 {
    FixedState::default().hash_one(of)
}
