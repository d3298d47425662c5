//! When each file of the content was last changed, by one pass over the history that git keeps.
//!
//! A clone that git made shallow does not know the whole history: a file whose last change lies before its boundary
//! would seem to have changed on the day of the boundary. Such files have no date here, and [`History::is_shallow`] says
//! why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use time::{Date, OffsetDateTime};

/// The last change of a file that git knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LastChange {
    /// Seconds since 1970 of the commit, for comparing two files.
    pub moment: i64,
    /// The day of the commit, by UTC.
    pub day: Date,
}

/// The last changes of the files below `content/`, by their paths from the root of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    changes: BTreeMap<String, LastChange>,
    is_shallow: bool,
}

impl History {
    /// Asks git once. Without git or without a repository nothing is known, which is not an error.
    #[must_use]
    pub fn read(root: &Path) -> Self {
        let Some(boundary) = boundary(root) else {
            return Self::default();
        };
        let log = ask_git(
            root,
            &[
                "-c",
                "core.quotePath=false",
                "log",
                "--no-renames",
                "--name-only",
                "--relative",
                "--format=%x01%H %ct",
                "--",
                "content",
            ],
        );
        Self {
            changes: log.map_or_else(BTreeMap::new, |log| newest(&log, &boundary)),
            is_shallow: !boundary.is_empty(),
        }
    }

    /// The last change of a file, as far as it is known.
    #[must_use]
    pub fn last_change(&self, path: &str) -> Option<LastChange> {
        self.changes.get(path).copied()
    }

    /// Whether the clone holds only a part of the history.
    #[must_use]
    pub const fn is_shallow(&self) -> bool {
        self.is_shallow
    }
}

/// The file that changes whenever a commit is made, if there is a repository.
#[must_use]
pub fn log_file(root: &Path) -> Option<PathBuf> {
    let path = ask_git(root, &["rev-parse", "--git-path", "logs/HEAD"])?;
    Some(root.join(path.trim_end()))
}

/// The commits whose parents are missing; empty for a whole history, `None` without one.
fn boundary(root: &Path) -> Option<BTreeSet<String>> {
    let path = ask_git(root, &["rev-parse", "--git-path", "shallow"])?;
    let commits = fs::read_to_string(root.join(path.trim_end())).unwrap_or_default();
    Some(commits.lines().map(str::to_owned).collect())
}

/// Commits come newest first, so the first that names a file is its last change.
fn newest(log: &str, boundary: &BTreeSet<String>) -> BTreeMap<String, LastChange> {
    let mut changes = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for commit in log.split('\u{1}') {
        let mut lines = commit.lines().filter(|line| !line.is_empty());
        let Some((hash, change)) = lines.next().and_then(read_commit) else {
            continue;
        };
        for path in lines {
            if changes.contains_key(path) || unknown.contains(path) {
                continue;
            }
            if boundary.contains(hash) {
                unknown.insert(path);
            } else {
                changes.insert(path.to_owned(), change);
            }
        }
    }
    changes
}

fn read_commit(line: &str) -> Option<(&str, LastChange)> {
    let (hash, seconds) = line.split_once(' ')?;
    let moment = seconds.parse().ok()?;
    let day = OffsetDateTime::from_unix_timestamp(moment).ok()?.date();
    Some((hash, LastChange { moment, day }))
}

/// What git prints; `None` if there is no git, no repository or no commit.
fn ask_git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Month;

    const LOG: &str = "\u{1}cc 1763942400\n\ncontent/ru/a.md\n\
                       \u{1}bb 1763856000\n\ncontent/ru/a.md\ncontent/ru/b.md\n\
                       \u{1}aa 1763769600\n\ncontent/ru/c.md\n";

    #[test]
    fn the_newest_commit_that_names_a_file_is_its_last_change() {
        let changes = newest(LOG, &BTreeSet::new());
        let days: Vec<_> = changes
            .iter()
            .map(|(path, change)| (path.as_str(), change.day.day()))
            .collect();
        assert_eq!(
            days,
            [
                ("content/ru/a.md", 24),
                ("content/ru/b.md", 23),
                ("content/ru/c.md", 22)
            ]
        );
        let day = Date::from_calendar_date(2025, Month::November, 24).unwrap();
        assert_eq!(changes["content/ru/a.md"].day, day);
    }

    #[test]
    fn a_file_last_changed_at_the_boundary_of_a_shallow_clone_has_no_date() {
        let changes = newest(LOG, &BTreeSet::from(["bb".to_owned()]));
        let paths: Vec<_> = changes.keys().map(String::as_str).collect();
        assert_eq!(paths, ["content/ru/a.md", "content/ru/c.md"]);
    }

    #[test]
    fn a_folder_without_a_repository_has_no_history() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(History::read(folder.path()), History::default());
    }
}
