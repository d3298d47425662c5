//! The local D1 database and its migrations.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::{self, Project};
use crate::stamp::{Fingerprint, Stamp};
use crate::tree;

const STAMP: &str = ".migrated";

/// The folder of the local D1.
pub(crate) fn folder(project: &Project, state: Option<&Path>) -> PathBuf {
    let usual = project.path(".wrangler/state");
    state.unwrap_or(&usual).join("v3/d1")
}

/// Whether there is no local D1 yet that this program has made.
pub(crate) fn is_new(project: &Project, state: Option<&Path>) -> bool {
    !folder(project, state).join(STAMP).exists()
}

/// Brings the local D1 up to date; asks wrangler only when the migrations are not those of the last time.
///
/// # Errors
/// A migration is wrong.
pub(crate) fn migrate(project: &Project, state: Option<&Path>) -> Result<(), Failure> {
    // Inside the database's folder, so that it vanishes with the database.
    let stamp = Stamp::new(folder(project, state).join(STAMP));
    let migrations = migrations(project)?;
    if stamp.is(&migrations) {
        return Ok(());
    }
    let mut wrangler = node::wrangler(project);
    wrangler.args(["d1", "migrations", "apply", "DB", "--local"]);
    if let Some(state) = state {
        wrangler.arg("--persist-to").arg(state);
    }
    Run::new(project, "d1 migrations", wrangler)
        .mend("mend the SQL in edge-worker/migrations that is named above")
        .wait()?;
    stamp.set(&migrations)
}

/// Makes a local D1 in which nobody is, in place of the one that was in the folder.
///
/// # Errors
/// The folder cannot be emptied, or a migration is wrong.
pub(crate) fn make_anew(project: &Project, state: &Path) -> Result<(), Failure> {
    project::remove_folder(state)?;
    migrate(project, Some(state))
}

fn migrations(project: &Project) -> Result<Fingerprint, Failure> {
    let folder = project.path("edge-worker/migrations");
    let names = tree::files(&folder).map_err(|error| Failure::file("read", &folder, &error))?;
    let words: Vec<_> = names.iter().map(|name| name.to_string_lossy()).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let files: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    Fingerprint::of(&files, &words)
}
