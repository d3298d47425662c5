//! Builds again whenever a source changes.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecursiveMode, Watcher};

use time::Date;

use crate::workshop::{Changes, Workshop};
use crate::{BuildError, BuildMode, Report, theme, write};

/// How long the sources must be still before a build: editors write a file in several steps.
const STILLNESS: Duration = Duration::from_millis(15);

/// One build of a watched site.
#[derive(Debug)]
pub struct Round {
    /// What came of it.
    pub result: Result<Report, BuildError>,
    /// How long it took.
    pub duration: Duration,
}

/// Builds, then builds again after every change, until `after_build` breaks off. A site with mistakes leaves the folder
/// as it was and is watched on.
pub fn watch(
    root: &Path,
    folder: &Path,
    today: Date,
    mut after_build: impl FnMut(Round) -> ControlFlow<()>,
) -> notify::Result<()> {
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if let Ok(event) = event
            && is_change(&event)
        {
            // Nobody listens any more when the watch ends.
            let _ = sender.send(event.paths);
        }
    })?;
    // Events name whole paths.
    let root = root.canonicalize().map_err(notify::Error::io)?;
    for source in sources(&root) {
        watcher.watch(&source, RecursiveMode::Recursive)?;
    }
    let mut workshop = Workshop::new(&root, BuildMode::Preview, today);
    let mut changed = Changes::Everything;
    loop {
        let round = timed_update(&mut workshop, &changed, folder);
        if let Err(BuildError::Write(_)) = &round.result {
            // What did not reach the folder has to be made again.
            workshop = Workshop::new(&root, BuildMode::Preview, today);
        }
        if after_build(round).is_break() {
            return Ok(());
        }
        match wait(&changes) {
            Some(paths) => changed = Changes::Files(relative(&root, &paths)),
            None => return Ok(()),
        }
    }
}

/// Paths as the workshop names them: from the root, with `/`.
fn relative(root: &Path, paths: &[PathBuf]) -> BTreeSet<String> {
    paths
        .iter()
        .filter_map(|path| path.strip_prefix(root).ok()?.to_str())
        .map(|path| path.replace('\\', "/"))
        .collect()
}

fn sources(root: &Path) -> [PathBuf; 2] {
    [root.join("content"), root.join(theme::FOLDER)]
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time a build took is shown to a person and decides nothing"
)]
fn timed_update(workshop: &mut Workshop, changes: &Changes, folder: &Path) -> Round {
    let start = Instant::now();
    let result = write(workshop, changes, folder, None);
    Round {
        result,
        duration: start.elapsed(),
    }
}

/// Waits for a change and then for stillness; `None` if there will be no more changes.
fn wait(changes: &Receiver<Vec<PathBuf>>) -> Option<Vec<PathBuf>> {
    let mut paths = changes.recv().ok()?;
    loop {
        match changes.recv_timeout(STILLNESS) {
            Ok(more) => paths.extend(more),
            Err(RecvTimeoutError::Timeout) => return Some(paths),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Reading a file is not a change, or every build would start the next one.
fn is_change(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(_))
}
