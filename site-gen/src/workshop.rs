//! The site while somebody works on it: everything that was read is kept, and a change makes again only what it reaches.
//!
//! A page is made again if its own text changed, or if the public face of something that it looked up changed: see
//! [`crate::catalog`]. A clean build is the same with nothing kept, so both give the same bytes; a property test holds
//! them to it. Mistakes are kept with their pages and told again until they are mended.

mod checks;
mod entry;
mod faults;
mod files;
mod inventory;
mod mails;
mod making;
mod pictures;
mod reading;
mod searching;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use rayon::prelude::*;
use time::Date;

use crate::BuildMode;
use crate::catalog::Catalog;
use crate::content::PageId;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::headers::InlineCode;
use crate::history::History;
use crate::language::Language;
use crate::links::external::OutsideLink;
use crate::links::{Pictures, Targets};
use crate::load::Sources;
use crate::mail::Letters;
use crate::output::{OutputFile, Sink};
use crate::parse::{Commons, Theme};
use crate::pictures::PictureStore;
use crate::render::Renderer;
use crate::search::SearchIndex;
use entry::{Entry, Made};
use faults::SharedFaults;
use inventory::{Inventory, Pending};
pub use reading::Loaded;
use searching::SearchChanges;

/// What changed since the last update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Anything may have changed.
    Everything,
    /// These files, by their paths from the root of the project.
    Files(BTreeSet<String>),
}

/// What an update came to.
#[derive(Debug)]
pub struct Round {
    /// Errors and warnings of the whole site. With an error the old site stays as it was.
    pub diagnostics: Diagnostics,
    /// How many pages the site has.
    pub pages: usize,
    /// Files that the site has no more.
    pub removed: Vec<String>,
}

impl Round {
    /// Whether there is a new site.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.diagnostics.error_count() == 0
    }
}

/// The site and everything that was read for it.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    mode: BuildMode,
    today: Date,
    /// Whether there will be another update.
    is_kept: bool,
    /// What was read before the first update.
    loaded: Option<Loaded>,
    sources: Option<Sources>,
    commons: Option<Arc<Commons>>,
    theme: Option<Arc<Theme>>,
    renderer: Option<Renderer>,
    /// Errors of the words, the theme and the templates.
    shared_faults: SharedFaults,
    history: History,
    entries: BTreeMap<PageId, Entry>,
    /// The pages that have faults of their own: they are made again in every round until they are mended.
    faulty: BTreeSet<PageId>,
    /// What is to be said of pages as parts of the content, such as an old translation.
    content_faults: BTreeMap<PageId, Vec<Diagnostic>>,
    catalog: Arc<Catalog>,
    /// Pages to be made, some of them since an earlier round that failed.
    stale: BTreeSet<PageId>,
    /// Whether the files that are not pages have to be made.
    are_files_stale: bool,
    /// Files that are not pages, on their way to the sink.
    files: Vec<OutputFile>,
    /// The mails that the Worker sends.
    letters: Letters,
    are_mails_stale: bool,
    store: Arc<PictureStore>,
    pictures: Pictures,
    picture_prints: BTreeMap<String, u64>,
    search: BTreeMap<Language, SearchIndex>,
    search_changes: SearchChanges,
    inventory: Inventory,
    /// The inline code of all pages; `None` if that of a page may have changed.
    inline: Option<InlineCode>,
}

impl Workshop {
    /// A workshop for the project in this folder. Nothing is read yet.
    #[must_use]
    pub fn new(root: &Path, mode: BuildMode, today: Date) -> Self {
        Self {
            root: root.to_owned(),
            mode,
            today,
            is_kept: true,
            loaded: None,
            sources: None,
            commons: None,
            theme: None,
            renderer: None,
            shared_faults: SharedFaults::default(),
            history: History::default(),
            entries: BTreeMap::new(),
            faulty: BTreeSet::new(),
            content_faults: BTreeMap::new(),
            catalog: Arc::default(),
            stale: BTreeSet::new(),
            are_files_stale: true,
            files: Vec::new(),
            letters: Letters::new(),
            are_mails_stale: true,
            store: Arc::new(PictureStore::new(picture_folder(root))),
            pictures: Pictures::new(),
            picture_prints: BTreeMap::new(),
            search: BTreeMap::new(),
            search_changes: SearchChanges::Any,
            inventory: Inventory::default(),
            inline: None,
        }
    }

    /// The same for a single update: what only later ones would need is not kept.
    #[must_use]
    pub fn for_one_build(root: &Path, mode: BuildMode, today: Date) -> Self {
        Self {
            is_kept: false,
            ..Self::new(root, mode, today)
        }
    }

    /// The same after everything was read: the first update makes the site from that.
    #[must_use]
    pub fn with(self, loaded: Loaded) -> Self {
        Self {
            loaded: Some(loaded),
            ..self
        }
    }

    /// Makes what the changes reach and hands the files that came out different to `sink`. If the round is not good,
    /// what the sink took has to be thrown away.
    pub fn update(&mut self, changes: &Changes, sink: &dyn Sink) -> Round {
        if let Err(errors) = self.read(changes) {
            return self.failed(errors);
        }
        self.prepare_files();
        self.update_mails();
        let files = std::mem::take(&mut self.files);
        let mut search = std::mem::take(&mut self.search);
        let pending = Pending::default();
        let deliver = |file: OutputFile| self.inventory.deliver(file, sink, &pending);
        let renderer = self.renderer.as_ref().filter(|_| self.is_renderable());
        let stale: Vec<_> = self.stale.iter().collect();
        let (made, search_names) = rayon::join(
            || {
                files.into_par_iter().for_each(deliver);
                let made = stale.par_iter();
                made.filter_map(|id| self.make(id, renderer, &deliver))
                    .collect::<Vec<_>>()
            },
            || self.update_search(&mut search, &deliver),
        );
        self.search = search;
        if let Some(names) = search_names {
            self.inventory.list_search(names);
        }
        let changed_ids = self.keep(made);
        let mut faults = self.find_faults(&changed_ids);
        match self.headers_file() {
            Ok(file) => self.inventory.deliver(file, sink, &pending),
            Err(fault) => faults.push(fault),
        }
        let round = Round {
            diagnostics: Diagnostics::new(faults),
            pages: self.catalog.page_count(),
            removed: Vec::new(),
        };
        if round.is_good() {
            self.settle(round, pending)
        } else {
            round
        }
    }

    /// Reads everything and looks for mistakes; nothing is delivered.
    pub fn check(&mut self) -> Round {
        self.update(&Changes::Everything, &())
    }

    /// All files of the site, after a good round.
    #[must_use]
    pub fn names(&self) -> BTreeSet<String> {
        self.inventory.all()
    }

    /// All addresses that lead to a page.
    #[must_use]
    pub fn addresses(&self) -> BTreeSet<&str> {
        self.catalog.addresses()
    }

    /// The pages of the site, without the drafts that are left out.
    fn listed_entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter(|entry| !entry.is_left_out)
    }

    fn is_renderable(&self) -> bool {
        let has_words = self.shared_faults.words.is_empty();
        has_words
            && self.shared_faults.theme.is_empty()
            && self.renderer.is_some()
            && self.has_good_fronts()
    }

    fn has_good_fronts(&self) -> bool {
        // Front matter that cannot be read is a fault.
        self.faulty_entries()
            .all(|(_, entry)| entry.page.front.is_some())
    }

    /// The links of all published texts to other sites, page by page.
    pub fn outside_links(&self) -> impl Iterator<Item = OutsideLink> {
        self.listed_entries()
            .flat_map(|entry| OutsideLink::of(&entry.page, self.base_url()))
    }

    /// The origin of the site; empty as long as the settings cannot be read.
    #[must_use]
    pub fn base_url(&self) -> &str {
        let commons = self.commons.as_ref();
        commons.map_or("", |commons| commons.settings.base_url())
    }

    /// Keeps what was made, and tells whose ids are others than before.
    fn keep(&mut self, made: Vec<Made>) -> BTreeSet<PageId> {
        let mut changed = BTreeSet::new();
        for made in made {
            let id = made.id.clone();
            let Some(entry) = self.entries.get_mut(&id) else {
                continue;
            };
            self.inventory.redraw(&entry.files, &made.files);
            if entry.inline != made.inline {
                self.inline = None;
            }
            if entry.keep(made) {
                changed.insert(id.clone());
            }
            self.note_faults(id);
        }
        changed
    }

    /// After a good round: what is to be made next time is only what changes until then.
    fn settle(&mut self, mut round: Round, pending: Pending) -> Round {
        if !self.is_kept {
            return round;
        }
        self.stale.clear();
        self.are_files_stale = false;
        self.search_changes = SearchChanges::default();
        let pending = pending.into_inner().unwrap_or_else(PoisonError::into_inner);
        round.removed = self.inventory.settle(pending);
        round
    }

    fn targets<'a>(&'a self, theme: &'a Theme) -> Option<Targets<'a>> {
        Some(Targets {
            base_url: self.base_url(),
            catalog: &self.catalog,
            files: &theme.addresses,
            pictures: &self.pictures,
            picture_files: &self.sources.as_ref()?.pictures,
        })
    }

    fn failed(&self, errors: Vec<Diagnostic>) -> Round {
        Round {
            diagnostics: Diagnostics::new(errors),
            pages: self.catalog.page_count(),
            removed: Vec::new(),
        }
    }
}

/// Where pictures are kept between builds: in the folder of the compiler, which everybody who builds the generator has.
fn picture_folder(root: &Path) -> Option<PathBuf> {
    let target = root.join("target");
    target.is_dir().then(|| target.join("site-pictures"))
}
