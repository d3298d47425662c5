//! The static-site generator: Markdown in `content/` and the theme in `site-gen/theme/` become static files.
//!
//! Content flows one way, each stage a function from value to value:
//!
//! ```text
//! load ──> parse ──> link ──> render ──> write
//! ```
//!
//! [`load::load`] reads files, [`parse::parse`] understands each by itself, [`links::link`] looks up what they say about
//! each other, [`render::render`] makes the finished site in memory, and [`output::write()`] brings it to disk. Nothing
//! is written unless everything is right, so a mistake in one page leaves the published folder as it was. Errors are
//! values, see [`diagnostics`]; nothing here prints.

pub mod assets;
pub mod content;
pub mod diagnostics;
pub mod headers;
pub mod language;
pub mod links;
pub mod load;
pub mod markdown;
pub mod markup;
pub mod output;
pub mod parse;
pub mod relative;
pub mod render;
pub mod scaffold;
pub mod serve;
pub mod source;
pub mod suggestion;
pub mod theme;
pub mod watch;
pub mod workshop;

use std::path::Path;

use diagnostics::Diagnostics;
use output::{OutputFile, WriteError, Written};

/// Who the site is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildMode {
    /// Visitors, over HTTPS.
    Publish,
    /// The editor at work, on this machine: pages reload by themselves, and nothing insists on HTTPS.
    Preview,
}

/// What a build made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// How many pages the site has.
    pub pages: usize,
    /// What was written.
    pub written: Written,
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

/// Makes the site in memory.
pub fn generate(root: &Path, mode: BuildMode) -> Result<Vec<OutputFile>, Diagnostics> {
    let sources = load::load(root, mode).map_err(Diagnostics::new)?;
    let (parsed, mut errors) = parse::parse(sources).map_err(Diagnostics::new)?;
    let is_renderable = parsed.is_renderable;
    let (linked, faults) = links::link(parsed);
    errors.extend(faults);
    if is_renderable {
        match render::render(&linked, mode) {
            Ok(files) if errors.is_empty() => return Ok(files),
            Ok(_) => {}
            Err(faults) => errors.extend(faults),
        }
    }
    Err(Diagnostics::new(errors))
}

/// Makes the site and writes it into a folder.
pub fn build(root: &Path, folder: &Path, mode: BuildMode) -> Result<Report, BuildError> {
    let files = generate(root, mode)?;
    let written = output::write(folder, &files)?;
    Ok(Report {
        pages: count_pages(&files),
        written,
    })
}

/// How many of the files are pages.
#[must_use]
pub fn count_pages(files: &[OutputFile]) -> usize {
    files.iter().filter(|file| file.is_page()).count()
}
