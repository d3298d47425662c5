//! The site while somebody works on it: everything that was read is kept, and a change makes again only what it reaches.
//!
//! A page is made again if its own text changed, or if the public face of something that it looked up changed: see
//! [`crate::catalog`]. A clean build is the same with nothing kept, so both give the same bytes; a property test holds
//! them to it. Mistakes are kept with their pages and told again until they are mended.

mod checks;
mod entry;
mod files;
mod making;
mod pictures;
mod reading;
mod searching;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use time::Date;

use crate::BuildMode;
use crate::catalog::{Catalog, fingerprint};
use crate::content::PageId;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::history::History;
use crate::language::Language;
use crate::links::external::OutsideLink;
use crate::links::{Pictures, Targets, check_anchors};
use crate::load::Sources;
use crate::output::{Names, OutputFile, Sink};
use crate::parse::{Commons, Theme};
use crate::pictures::PictureStore;
use crate::render::{Renderer, tell_once};
use crate::search::SearchIndex;
use entry::{Entry, Made};

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
    sources: Option<Sources>,
    commons: Option<Arc<Commons>>,
    theme: Option<Arc<Theme>>,
    renderer: Option<Renderer>,
    /// Errors of the words, the theme and the templates.
    shared_faults: SharedFaults,
    history: History,
    entries: BTreeMap<PageId, Entry>,
    catalog: Arc<Catalog>,
    /// Pages to be made, some of them since an earlier round that failed.
    stale: BTreeSet<PageId>,
    /// Whether the files that are not pages have to be made.
    are_files_stale: bool,
    /// Files that are not pages, on their way to the sink.
    files: Vec<OutputFile>,
    store: Arc<PictureStore>,
    pictures: Pictures,
    picture_prints: BTreeMap<String, u64>,
    search: BTreeMap<Language, SearchIndex>,
    is_search_stale: bool,
    search_names: BTreeSet<String>,
    /// The files that were delivered, with the fingerprints of their content.
    delivered: BTreeMap<String, u64>,
    names: Names,
}

#[derive(Debug, Default)]
struct SharedFaults {
    words: Vec<Diagnostic>,
    theme: Vec<Diagnostic>,
    templates: Vec<Diagnostic>,
    catalog: Vec<Diagnostic>,
    files: Vec<Diagnostic>,
}

impl SharedFaults {
    fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        [
            &self.words,
            &self.theme,
            &self.templates,
            &self.catalog,
            &self.files,
        ]
        .into_iter()
        .flatten()
    }
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
            sources: None,
            commons: None,
            theme: None,
            renderer: None,
            shared_faults: SharedFaults::default(),
            history: History::default(),
            entries: BTreeMap::new(),
            catalog: Arc::default(),
            stale: BTreeSet::new(),
            are_files_stale: true,
            files: Vec::new(),
            store: Arc::new(PictureStore::new(picture_folder(root))),
            pictures: Pictures::new(),
            picture_prints: BTreeMap::new(),
            search: BTreeMap::new(),
            is_search_stale: true,
            search_names: BTreeSet::new(),
            delivered: BTreeMap::new(),
            names: Names::default(),
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

    /// Makes what the changes reach and hands the files that came out different to `sink`. If the round is not good,
    /// what the sink took has to be thrown away.
    pub fn update(&mut self, changes: &Changes, sink: &dyn Sink) -> Round {
        if let Err(errors) = self.read(changes) {
            return self.failed(errors);
        }
        self.prepare_files();
        let mut files = std::mem::take(&mut self.files);
        files.extend(self.update_search());
        let pending = Mutex::new(Vec::new());
        let deliver = |file: OutputFile| self.deliver(file, sink, &pending);
        files.into_par_iter().for_each(deliver);
        let renderer = self.renderer.as_ref().filter(|_| self.is_renderable());
        let stale: Vec<_> = self.stale.iter().collect();
        let made: Vec<_> = stale
            .par_iter()
            .filter_map(|id| self.make(id, renderer, &deliver))
            .collect();
        let changed_ids = self.keep(made);
        let mut faults = self.find_faults(&changed_ids);
        match self.headers_file() {
            Ok(file) => self.deliver(file, sink, &pending),
            Err(fault) => faults.push(fault),
        }
        let pending = pending.into_inner().unwrap_or_else(PoisonError::into_inner);
        let round = Round {
            diagnostics: Diagnostics::new(faults),
            pages: self.catalog.pages().count(),
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
        let of_pages = self.entries.values().flat_map(|entry| &entry.files);
        let names = self.names.iter().chain(&self.search_names);
        names.chain(of_pages).cloned().collect()
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
        self.entries
            .values()
            .all(|entry| entry.page.front.is_some())
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

    /// Hands a file on, unless it was delivered before with the same content.
    fn deliver(&self, file: OutputFile, sink: &dyn Sink, pending: &Mutex<Vec<(String, u64)>>) {
        let print = fingerprint(&file.content);
        if self.delivered.get(&file.path) == Some(&print) {
            return;
        }
        let name = file.path.clone();
        sink.accept(file);
        let mut pending = pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.push((name, print));
    }

    /// Keeps what was made, and tells whose ids are others than before.
    fn keep(&mut self, made: Vec<Made>) -> BTreeSet<PageId> {
        let mut changed = BTreeSet::new();
        for made in made {
            let id = made.id.clone();
            if let Some(entry) = self.entries.get_mut(&id)
                && entry.keep(made)
            {
                changed.insert(id);
            }
        }
        changed
    }

    /// Everything that is wrong now.
    fn find_faults(&mut self, changed_ids: &BTreeSet<PageId>) -> Vec<Diagnostic> {
        self.check_anchors(changed_ids);
        let mut faults: Vec<_> = self.shared_faults.iter().cloned().collect();
        faults.extend(self.listed_entries().flat_map(Entry::faults).cloned());
        let of_templates = self.listed_entries().filter_map(|entry| {
            let fault = entry.template_fault.clone()?;
            Some((fault, &*entry.page))
        });
        faults.extend(tell_once(of_templates.collect()));
        faults.extend(self.check_contents());
        faults
    }

    /// Looks up the ids that links point to, where the links or the ids are new.
    fn check_anchors(&mut self, changed_ids: &BTreeSet<PageId>) {
        if !self.is_renderable() {
            // Ids may come from templates: without documents nobody knows which there are.
            self.entries
                .values_mut()
                .for_each(|entry| entry.anchor_faults.clear());
            return;
        }
        let entries = &self.entries;
        let find = |id: &PageId| {
            let entry = entries.get(id)?;
            Some((&*entry.view.address, entry.ids.as_ref()?))
        };
        let is_concerned = |id: &PageId, entry: &Entry| {
            self.stale.contains(id)
                || entry
                    .anchors
                    .iter()
                    .any(|anchor| changed_ids.contains(&anchor.target))
        };
        let concerned: Vec<_> = entries
            .iter()
            .filter(|(id, entry)| is_concerned(id, entry))
            .map(|(id, entry)| (id.clone(), check_anchors(&entry.anchors, find)))
            .collect();
        for (id, faults) in concerned {
            if let Some(entry) = self.entries.get_mut(&id) {
                entry.anchor_faults = faults;
            }
        }
    }

    /// After a good round: what is to be made next time is only what changes until then.
    fn settle(&mut self, mut round: Round, pending: Vec<(String, u64)>) -> Round {
        self.stale.clear();
        self.are_files_stale = false;
        self.is_search_stale = false;
        self.delivered.extend(pending);
        let names = self.names();
        let delivered = self.delivered.keys();
        let removed = delivered.filter(|name| !names.contains(*name));
        round.removed = removed.cloned().collect();
        self.delivered.retain(|name, _| names.contains(name));
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
            pages: self.catalog.pages().count(),
            removed: Vec::new(),
        }
    }
}

/// Where pictures are kept between builds: in the folder of the compiler, which everybody who builds the generator has.
fn picture_folder(root: &Path) -> Option<PathBuf> {
    let target = root.join("target");
    target.is_dir().then(|| target.join("site-pictures"))
}
