//! The static-site generator: Markdown in `content/` and the theme in `site-gen/theme/` become static files.
//!
//! Content flows one way:
//!
//! ```text
//! load ──> parse ──> catalogue ──> link ──> render ──> stage ──> folder
//!   └───────────────── workshop ──────────────────┘
//! ```
//!
//! [`load`] reads files, [`parse`] and [`markdown`] understand each by itself. The [`catalog`] knows of every page
//! what others may show of it, its *public face*: address, title, place, anchors. [`links`] looks addresses up there,
//! [`render`] makes pages from templates, and [`output`] stages the files and brings them to disk.
//!
//! The [`workshop`] runs these stages and keeps what they made. It notes what each page looked up; after a change only
//! those pages are made again whose own text changed or that looked at a face which changed. A clean build is the same
//! with nothing kept, so both give the same bytes, with any number of threads.
//!
//! Nothing is published unless everything is right: a mistake in one page leaves the old folder as it was. Errors are
//! values, see [`diagnostics`]; nothing here prints. [`mail`] makes what the Worker sends; [`machines`], [`search`], [`pictures`], [`social`] and [`mod@print`]
//! make what surrounds the pages, [`serve`] and [`scaffold`] are the editor's commands.

pub mod assets;
pub mod catalog;
pub mod content;
pub mod dates;
pub mod diagnostics;
pub mod headers;
pub mod history;
pub mod language;
pub mod links;
pub mod load;
pub mod machines;
pub mod mail;
pub mod markdown;
pub mod markup;
mod origin;
pub mod output;
pub mod parse;
pub mod pictures;
pub mod print;
pub mod published;
pub mod relative;
pub mod render;
pub mod scaffold;
pub mod search;
pub mod serve;
pub mod social;
pub mod source;
pub mod suggestion;
pub mod theme;
mod vocabulary;
pub mod watch;
pub mod workshop;

use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use time::Date;

use diagnostics::Diagnostics;
use output::{Manifest, OutputFile, Stage, WriteError, Written};
use workshop::{Changes, Loaded, Workshop};

/// Who the site is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BuildMode {
    /// Visitors, over HTTPS.
    Publish,
    /// The editor at work, on this machine: pages reload by themselves, drafts are seen, and nothing insists on HTTPS.
    Preview,
}

/// What a build made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many pages the site has.
    pub pages: usize,
    /// What was written.
    pub written: Written,
    /// What does not stop the build, but somebody should look at.
    pub warnings: Diagnostics,
}

/// Why there is no new site.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The content or the theme has mistakes.
    #[error("{0}")]
    Content(#[from] Diagnostics),
    /// The site could not be written.
    #[error("{0}")]
    Write(#[from] WriteError),
}

/// Makes the site and writes it into a folder; if nothing changed since the last time, not even that.
pub fn build(
    root: &Path,
    folder: &Path,
    mode: BuildMode,
    today: Date,
) -> Result<Report, BuildError> {
    let loaded = Loaded::read(root, mode).map_err(Diagnostics::new)?;
    let origin = origin::of(root, &loaded.sources, mode, today);
    let manifest = Manifest::read(folder)?;
    if manifest.is_up_to_date(folder, &origin) {
        return Ok(Report {
            pages: manifest.pages(),
            written: Written::default(),
            warnings: Diagnostics::default(),
        });
    }
    let workshop = Workshop::for_one_build(root, mode, today).with(loaded);
    // The process ends soon and gives everything back at once; a large site takes a while page by page.
    let mut workshop = ManuallyDrop::new(workshop);
    write(&mut workshop, &Changes::Everything, folder, Some(origin))
}

/// Brings a folder up to date with what changed. `origin` is left for the next build to compare with.
fn write(
    workshop: &mut Workshop,
    changes: &Changes,
    folder: &Path,
    origin: Option<String>,
) -> Result<Report, BuildError> {
    let stage = Stage::open(folder)?;
    let round = workshop.update(changes, &stage);
    if !round.is_good() {
        stage.discard();
        return Err(round.diagnostics.into());
    }
    let has_new_mails = workshop.deliver_mails()?;
    // Warnings have to be told again next time, and the mails are a part of what was compared.
    let origin = origin.filter(|_| round.diagnostics.is_empty() && !has_new_mails);
    let written = stage.commit(&workshop.names(), origin)?;
    Ok(Report {
        pages: round.pages,
        written,
        warnings: round.diagnostics,
    })
}

/// Makes the site in memory, its files sorted by path.
pub fn generate(root: &Path, mode: BuildMode, today: Date) -> Result<Vec<OutputFile>, Diagnostics> {
    let files = Mutex::new(Vec::new());
    let round = Workshop::for_one_build(root, mode, today).update(&Changes::Everything, &files);
    if !round.is_good() {
        return Err(round.diagnostics);
    }
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}
