//! The programs that npm installs, always under the Node that the lock file names.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

use crate::project::Project;

/// A command that finds `node_modules/.bin` first, and so Node 22 before any other.
pub(crate) fn command(project: &Project, program: &str) -> Command {
    let installed = bin(project).join(program);
    let mut command = if installed.exists() {
        project.command(installed)
    } else {
        project.command(program)
    };
    command.env("PATH", path_with(&[bin(project)]));
    command
}

/// `wrangler`, silent about itself.
pub(crate) fn wrangler(project: &Project) -> Command {
    let mut command = command(project, "wrangler");
    quiet_wrangler(&mut command, project);
    command
}

/// Settings for `wrangler`, also where another program starts it: nothing is sent to anybody, and its logs
/// go to `target/`.
pub(crate) fn quiet_wrangler(command: &mut Command, project: &Project) {
    command
        .env("WRANGLER_SEND_METRICS", "false")
        .env("WRANGLER_SEND_ERROR_REPORTS", "false")
        .env("WRANGLER_LOG_PATH", project.target("logs/wrangler"))
        // Without it the local runtime asks a server for the visitor's country at every start.
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
        .env("FORCE_COLOR", "0");
}

/// The folder of installed commands.
pub(crate) fn bin(project: &Project) -> PathBuf {
    project.path("node_modules/.bin")
}

/// `PATH` with some folders in front.
pub(crate) fn path_with(folders: &[PathBuf]) -> OsString {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&inherited));
    env::join_paths(all).unwrap_or(inherited)
}

/// A list of folders for the dynamic linker, ours before those that cargo set for this program.
pub(crate) fn library_path_with(folder: &OsStr) -> OsString {
    let inherited = env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let all = [PathBuf::from(folder)]
        .into_iter()
        .chain(env::split_paths(&inherited));
    env::join_paths(all).unwrap_or(inherited)
}
