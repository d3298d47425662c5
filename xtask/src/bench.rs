//! `cargo xtask bench`: our work beside that of others. [`hash`] is about the hash of passwords, [`request`]
//! about an authenticated request, [`cabinet`] about a client's cabinet among many; the rest is `cargo xtask bench site`: our
//! generator beside its peers and beside the floor, on the same synthetic site.
//!
//! All generators have a comparable theme (`tests/bench`): the section beside the text, the way up, the contents, the
//! neighbours, highlighted code and a search index. They take turns, so that a busy minute of the machine falls on all.
//! These are measurements, not tests: nothing fails because something was slow.

mod builds;
mod cabinet;
mod corpus;
mod dialect;
mod edits;
mod figures;
mod generator;
mod goals;
mod ground;
mod hash;
mod json;
mod measure;
mod request;
mod sources;
mod table;
mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::bench::builds::Contestant;
use crate::bench::corpus::Corpus;
use crate::bench::figures::Figures;
use crate::bench::generator::Generator;
use crate::bench::ground::Ground;
use crate::bench::tool::Tool;
use crate::failure::Failure;
use crate::project::{self, Project};
use crate::report;

/// An edit that takes longer than this, and than five builds from nothing, is not waited for.
const SHORTEST_LIMIT_OF_EDITS: Duration = Duration::from_secs(30);

/// What `cargo xtask bench` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Debug, clap::Subcommand)]
enum Subject {
    /// Compare the site generator with its peers.
    Site(SiteOptions),
    /// Compare the hash of passwords with OpenSSL and with the plain crate.
    Hash(hash::Options),
    /// Compare an authenticated request with a bare Worker that reads one row.
    Request(request::Options),
    /// Compare a client's cabinet among a hundred thousand people with the same one among twenty.
    Cabinet(cabinet::Options),
}

#[derive(Debug, clap::Args)]
struct SiteOptions {
    /// How many pages the synthetic site has; several sizes are measured one after another.
    #[arg(
        long,
        value_name = "N",
        value_delimiter = ',',
        default_value = "1000,10000"
    )]
    pages: Vec<usize>,
    /// Whom to measure [default: everyone who is there].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<Generator>,
    /// How many turns each gets; whoever takes longer than 20 seconds gets one.
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
    /// How many seconds a single build or edit may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    limit: u64,
    /// Where they read and write [default: memory, where it has room].
    #[arg(long, value_name = "GROUND")]
    on: Option<Ground>,
    /// Measure builds only, no edits.
    #[arg(long)]
    builds_only: bool,
    /// Write the figures into a file, too.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Measures and prints.
///
/// # Errors
/// Ours does not compile, or a generator fails.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Failure> {
    match &options.subject {
        Subject::Site(options) => run_site(project, options),
        Subject::Hash(options) => hash::run(project, options),
        Subject::Request(options) => request::run(project, options),
        Subject::Cabinet(options) => cabinet::run(project, options),
    }
}

fn run_site(project: &Project, options: &SiteOptions) -> Result<(), Failure> {
    let wanted = if options.only.is_empty() {
        &Generator::ALL
    } else {
        options.only.as_slice()
    };
    report::heading("generators");
    let mut all = Vec::new();
    for pages in &options.pages {
        let tools = tool::find(project, wanted)?;
        let ground = options.on.unwrap_or_else(|| Ground::fitting(*pages));
        report::heading(&format!("{pages} pages, {ground}"));
        if let Some(load) = measure::load_of_others() {
            report::line(&format!(
                "  ! {load} other programs are at work here: trust the CPU times more than the wall"
            ));
        }
        let folder = ground.folder(project, *pages);
        let figures = measure_site(project, tools, *pages, &folder, options);
        if ground.is_scarce() {
            project::remove_folder(&folder)?;
        }
        let figures = figures?;
        report::heading(&table::draw(&figures));
        all.push(json::write(&figures));
    }
    match &options.json {
        Some(path) => fs::write(path, format!("{:#}\n", Value::from(all)))
            .map_err(|error| Failure::file("write", path, &error)),
        None => Ok(()),
    }
}

fn measure_site(
    project: &Project,
    tools: Vec<Tool>,
    pages: usize,
    folder: &Path,
    options: &SiteOptions,
) -> Result<Figures, Failure> {
    let limit = Duration::from_secs(options.limit);
    let corpus = Corpus::new(pages);
    let mut contestants: Vec<Contestant> = Vec::new();
    let mut markdown = 0;
    for tool in tools {
        let generator = tool.generator;
        let root = folder.join(generator.sources().name());
        if contestants.iter().all(|other| other.root != root) {
            markdown = report::step(
                &format!("sources of {}", generator.sources().name()),
                |_| sources::write(project, generator.sources(), &corpus, &root),
            )?;
        }
        let output = folder.join(format!("{}-output", generator.name()));
        contestants.push(Contestant { tool, root, output });
    }
    let mut entries = builds::measure(project, &contestants, options.rounds, limit)?;
    for (contestant, entry) in contestants.iter().zip(&mut entries) {
        // Whoever could not build within the limit will not serve within it either.
        let Some(cold) = entry.cold.typical() else {
            continue;
        };
        if entry.generator != Generator::Floor && !options.builds_only {
            let limit = limit.min(SHORTEST_LIMIT_OF_EDITS.max(cold.wall * 5));
            let name = entry.generator.name();
            let edit = report::step(&format!("{name}, edits"), |_| {
                edits::measure(project, contestant, &corpus, limit)
            })?;
            entry.edit = Some(edit);
        }
    }
    Ok(Figures {
        pages,
        markdown,
        processors: thread::available_parallelism().map_or(1, usize::from),
        entries,
    })
}
