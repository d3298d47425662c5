//! Builds again whenever a source changes.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::{BuildError, BuildMode, Report, build, theme};

/// How long the sources must be still before a build: editors write a file in several steps.
const STILLNESS: Duration = Duration::from_millis(50);

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
    mut after_build: impl FnMut(Round) -> ControlFlow<()>,
) -> notify::Result<()> {
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event)) {
            // Nobody listens any more when the watch ends.
            let _ = sender.send(());
        }
    })?;
    for source in sources(root) {
        watcher.watch(&source, RecursiveMode::Recursive)?;
    }
    loop {
        if after_build(timed_build(root, folder)).is_break() || !wait(&changes) {
            return Ok(());
        }
    }
}

fn sources(root: &Path) -> [PathBuf; 2] {
    [root.join("content"), root.join(theme::FOLDER)]
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time a build took is shown to a person and decides nothing"
)]
fn timed_build(root: &Path, folder: &Path) -> Round {
    let start = Instant::now();
    let result = build(root, folder, BuildMode::Preview);
    Round {
        result,
        duration: start.elapsed(),
    }
}

/// Waits for a change and then for stillness; false if there will be no more changes.
fn wait(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    loop {
        match changes.recv_timeout(STILLNESS) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Reading a file is not a change, or every build would start the next one.
fn is_change(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(_))
}
