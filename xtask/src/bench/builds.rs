//! Builds by all generators in turn, so that a busy minute of the machine falls on all of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::bench::figures::{Entry, Output};
use crate::bench::measure::{self, Usage};
use crate::bench::tool::Tool;
use crate::failure::Failure;
use crate::project::{self, Project};
use crate::report;
use crate::tree;

/// A generator that takes longer than this has one turn: minutes of waiting would not make its figure more telling.
const SLOW: Duration = Duration::from_secs(20);

/// A generator with its own copy of the site.
#[derive(Debug)]
pub(super) struct Contestant {
    /// The program.
    pub(super) tool: Tool,
    /// Its sources.
    pub(super) root: PathBuf,
    /// Where it writes.
    pub(super) output: PathBuf,
}

/// Measures builds into an empty folder and builds that find nothing changed.
///
/// # Errors
/// A generator fails, or a folder cannot be emptied.
pub(super) fn measure(
    project: &Project,
    contestants: &[Contestant],
    rounds: usize,
    limit: Duration,
) -> Result<Vec<Entry>, Failure> {
    let mut entries: Vec<_> = contestants
        .iter()
        .map(|contestant| Entry::new(contestant.tool.generator, contestant.tool.version.clone()))
        .collect();
    let mut earlier = Vec::new();
    for round in 1..=rounds {
        for (contestant, entry) in contestants.iter().zip(&mut entries) {
            if round == 1 || entry.cold.typical().is_some_and(|usage| usage.wall < SLOW) {
                earlier.extend(set_aside(&contestant.output, round)?);
                take_turn(project, contestant, entry, limit)?;
            }
        }
    }
    for folder in earlier {
        project::remove_folder(&folder)?;
    }
    Ok(entries)
}

/// Puts what an earlier build wrote under another name. It is removed at the end: a file system that has just deleted
/// tens of thousands of files may be slow to make new ones (ext4 passes over inodes for a while after their end), and
/// that would be measured with the next build.
fn set_aside(output: &Path, round: usize) -> Result<Option<PathBuf>, Failure> {
    if !output.exists() {
        return Ok(None);
    }
    let aside = output.with_extension(format!("before-{round}"));
    project::remove_folder(&aside)?;
    fs::rename(output, &aside).map_err(|error| Failure::file("rename", output, &error))?;
    Ok(Some(aside))
}

fn take_turn(
    project: &Project,
    contestant: &Contestant,
    entry: &mut Entry,
    limit: Duration,
) -> Result<(), Failure> {
    let generator = contestant.tool.generator;
    forget(contestant)?;
    let Some(cold) = build(project, contestant, "from nothing", limit)? else {
        return Ok(());
    };
    entry.cold.0.push(cold);
    entry.output = weigh(&contestant.output)?;
    if generator.is_peer() || generator == generator.sources() {
        let unchanged = build(project, contestant, "nothing changed", limit)?;
        entry.unchanged.0.extend(unchanged);
    }
    Ok(())
}

fn build(
    project: &Project,
    contestant: &Contestant,
    what: &str,
    limit: Duration,
) -> Result<Option<Usage>, Failure> {
    let Contestant { tool, root, output } = contestant;
    let name = tool.generator.name();
    measure::settle();
    report::step(&format!("{name}, {what}"), |step| {
        let command = tool.generator.build(&tool.program, root, output);
        let usage = measure::run(project, &format!("bench-{name}"), command, limit)?;
        if usage.is_none() {
            step.found(format!("ended after {}", report::duration(limit)));
        }
        Ok(usage)
    })
}

/// Removes what earlier builds remember.
fn forget(contestant: &Contestant) -> Result<(), Failure> {
    for cache in contestant.tool.generator.caches() {
        let path = contestant.root.join(cache);
        if path.is_dir() {
            project::remove_folder(&path)?;
        } else if path.exists() {
            fs::remove_file(&path).map_err(|error| Failure::file("remove", &path, &error))?;
        }
    }
    Ok(())
}

fn weigh(folder: &Path) -> Result<Output, Failure> {
    let failed = |error: &std::io::Error| Failure::file("read", folder, error);
    let mut output = Output::default();
    for file in tree::files(folder).map_err(|error| failed(&error))? {
        let metadata = fs::metadata(folder.join(file)).map_err(|error| failed(&error))?;
        output.files += 1;
        output.bytes += metadata.len();
    }
    Ok(output)
}
