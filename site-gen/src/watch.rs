//! Notices changes of the sources, and builds into a folder again after each.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use time::Date;

use crate::output::{self, Sink as _, Stage};
use crate::serve::news::{Chronicle, Witness};
use crate::workshop::{Changes, Workshop};
use crate::{BuildError, BuildMode, Report, source, theme};

/// How long the sources must be still before a build: editors write a file in several steps.
const STILLNESS: Duration = Duration::from_millis(12);

/// The sources under watch.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    events: Receiver<Event>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to note changes of the sources below `root`.
    pub fn start(root: &Path) -> notify::Result<Self> {
        // Some systems tell of changes by the true path only.
        let root = root
            .canonicalize()
            .map_err(|error| notify::Error::io(error).add_path(root.to_owned()))?;
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Ok(event) = event {
                // Nobody listens any more when the watch ends.
                let _ = sender.send(event);
            }
        })?;
        for folder in ["content", theme::FOLDER] {
            watcher.watch(&root.join(folder), RecursiveMode::Recursive)?;
        }
        Ok(Self {
            root,
            events,
            _watcher: watcher,
        })
    }

    /// Waits for a change and then for stillness; nothing if there will be no more changes.
    #[must_use]
    pub fn wait(&self) -> Option<Changes> {
        let mut gathered = None;
        loop {
            let next = if gathered.is_some() {
                self.events.recv_timeout(STILLNESS)
            } else {
                self.events.recv().map_err(RecvTimeoutError::from)
            };
            match next {
                Ok(event) => gathered = merge(gathered, changes(&self.root, &event)),
                Err(RecvTimeoutError::Timeout) => return gathered,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

/// What an event tells of the sources; nothing if it does not concern them.
fn changes(root: &Path, event: &Event) -> Option<Changes> {
    // Reading a file is not a change, or every build would start the next one.
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    if event.need_rescan() {
        return Some(Changes::Everything);
    }
    let mut files = BTreeSet::new();
    for path in &event.paths {
        let Ok(below) = path.strip_prefix(root) else {
            return Some(Changes::Everything);
        };
        let names: Vec<_> = below
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        if names.iter().any(|name| source::is_passed_over(name)) {
            continue;
        }
        // A folder that comes or is renamed brings its files along, and nothing is told of them.
        if path.is_dir() {
            return Some(Changes::Everything);
        }
        if names.last().is_some_and(|name| source::is_trial(name)) {
            continue;
        }
        files.insert(names.join("/"));
    }
    (!files.is_empty()).then_some(Changes::Files(files))
}

fn merge(one: Option<Changes>, other: Option<Changes>) -> Option<Changes> {
    match (one, other) {
        (Some(Changes::Files(mut files)), Some(Changes::Files(more))) => {
            files.extend(more);
            Some(Changes::Files(files))
        }
        (Some(_), Some(_)) => Some(Changes::Everything),
        (one, other) => one.or(other),
    }
}

/// One build of a watched site.
#[derive(Debug)]
pub struct Attempt {
    /// What came of it.
    pub result: Result<Report, BuildError>,
    /// How long it took.
    pub duration: Duration,
}

/// Builds a preview, then builds again after every change, until `after_build` breaks off. A site with mistakes leaves
/// the folder as it was, apart from [`crate::serve::news::FILE`], which tells the open pages of them.
pub fn watch(
    root: &Path,
    folder: &Path,
    today: Date,
    mut after_build: impl FnMut(Attempt) -> ControlFlow<()>,
) -> notify::Result<()> {
    let watch = Watch::start(root)?;
    let mut workshop = Workshop::new(root, BuildMode::Preview, today);
    let mut chronicle = Chronicle::default();
    let mut changes = Changes::Everything;
    loop {
        let (result, duration) =
            timed(|| bring_up_to_date(&mut workshop, &changes, &mut chronicle, folder));
        if let Err(BuildError::Write(_)) = &result {
            // What did not reach the folder has to be made again.
            workshop = Workshop::new(root, BuildMode::Preview, today);
        }
        if after_build(Attempt { result, duration }).is_break() {
            return Ok(());
        }
        match watch.wait() {
            Some(next) => changes = next,
            None => return Ok(()),
        }
    }
}

fn bring_up_to_date(
    workshop: &mut Workshop,
    changes: &Changes,
    chronicle: &mut Chronicle,
    folder: &Path,
) -> Result<Report, BuildError> {
    let stage = Stage::open(folder)?;
    let witness = Witness::new(&stage);
    let round = workshop.update(changes, &witness);
    let news = chronicle.note(&round, &witness.into_prints()).as_file();
    if !round.is_good() {
        stage.discard();
        output::add(folder, news)?;
        return Err(round.diagnostics.into());
    }
    workshop.deliver_mails()?;
    let mut names = workshop.names().clone();
    names.insert(news.path.clone());
    stage.accept(news);
    Ok(Report {
        pages: round.pages,
        written: stage.commit(&names, None)?,
        warnings: round.diagnostics,
    })
}

/// Does something and tells how long it took.
#[expect(
    clippy::disallowed_methods,
    reason = "the time a build took is shown to a person and decides nothing"
)]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn told(root: &Path, path: &str) -> Option<Changes> {
        let kind = EventKind::Modify(notify::event::ModifyKind::Any);
        changes(root, &Event::new(kind).add_path(root.join(path)))
    }

    fn files(paths: &[&str]) -> Changes {
        Changes::Files(paths.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_change_names_its_file_and_a_folder_names_everything() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("content/ru/help")).unwrap();
        fs::write(root.join("content/ru/help/a.md"), "").unwrap();
        for (path, expected) in [
            (
                "content/ru/help/a.md",
                Some(files(&["content/ru/help/a.md"])),
            ),
            ("content/ru/gone.md", Some(files(&["content/ru/gone.md"]))),
            ("content/ru/help", Some(Changes::Everything)),
            ("content/ru/gone", Some(files(&["content/ru/gone"]))),
            ("content/ru/.a.md.swp", None),
            ("content/ru/a.md~", None),
            ("content/ru/#a.md#", None),
            ("content/ru/4913", None),
            ("content/.DS_Store", None),
        ] {
            assert_eq!(told(root, path), expected, "{path}");
        }
    }

    #[test]
    fn reading_is_not_a_change() {
        let kind = EventKind::Access(notify::event::AccessKind::Any);
        let event = Event::new(kind).add_path("/site/content/ru/a.md".into());
        assert_eq!(changes(Path::new("/site"), &event), None);
    }

    #[test]
    fn changes_add_up() {
        let all = || Some(Changes::Everything);
        let some = |paths: &[&str]| Some(files(paths));
        for (one, other, sum) in [
            (None, None, None),
            (some(&["a"]), None, some(&["a"])),
            (some(&["b"]), some(&["a"]), some(&["a", "b"])),
            (some(&["a"]), all(), all()),
            (all(), some(&["a"]), all()),
        ] {
            assert_eq!(merge(one, other), sum);
        }
    }
}
