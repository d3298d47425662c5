//! Debian's package servers, asked without installing anything.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process::Run;
use crate::project::{self, Project};

/// The compiler, the sources of its library, and the clippy that reads this compiler's metadata.
const PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "rust-web-clippy"];
/// What must come from the same unpacked folder, even where the system has it installed.
const OWN_COPIES: [&str; 4] = ["rustc-web", "rust-web-", "libstd-rust-web-", "libllvm"];
const ADVICE: &str = "make one of them reachable and run: rustup target add wasm32-unknown-unknown";

/// `apt-get` for people without rights: it may look and download, and keeps its own lists if need be.
pub(super) struct Apt<'project> {
    project: &'project Project,
    state: PathBuf,
}

impl<'project> Apt<'project> {
    pub(super) fn new(project: &'project Project, state: PathBuf) -> Result<Self, Failure> {
        let available = ["apt-get", "dpkg-deb"]
            .iter()
            .all(|program| project.command(program).arg("--version").output().is_ok());
        if available {
            Ok(Self { project, state })
        } else {
            Err(Failure::new(
                "rustup cannot reach its server, and this is not a Debian with packages to use instead",
                "run where the server is reachable: rustup target add wasm32-unknown-unknown",
            ))
        }
    }

    fn command(&self) -> Command {
        let mut apt = self.project.command("apt-get");
        apt.args([
            "-qq",
            "-o",
            "APT::Sandbox::User=",
            "-o",
            "Debug::NoLocking=true",
        ]);
        if self.state.is_dir() {
            apt.arg("-o")
                .arg(format!("Dir::State::Lists={}/lists", self.state.display()));
            apt.arg("-o")
                .arg(format!("Dir::Cache={}/cache", self.state.display()));
        }
        apt
    }

    pub(super) fn update(&self) -> Result<(), Failure> {
        project::make_folder(&self.state.join("lists/partial"))?;
        project::make_folder(&self.state.join("cache/archives/partial"))?;
        let mut apt = self.command();
        apt.arg("update");
        self.run("apt update", apt).map(drop)
    }

    pub(super) fn download(&self, folder: &Path) -> Result<(), Failure> {
        let mut apt = self.command();
        apt.arg("download")
            .args(self.names()?)
            .current_dir(folder.join("packages"));
        self.run("apt download", apt).map(drop)
    }

    /// What is missing here, and of what is present, what the compiler needs in its own folder.
    fn names(&self) -> Result<BTreeSet<String>, Failure> {
        let missing = self.needed(&[])?;
        let all = self.needed(&["-o", "Dir::State::status=/dev/null"])?;
        let own = all
            .into_iter()
            .filter(|name| OWN_COPIES.iter().any(|prefix| name.starts_with(prefix)));
        let missing = missing.into_iter().filter(|name| is_library(name));
        Ok(missing.chain(own).collect())
    }

    fn needed(&self, options: &[&str]) -> Result<BTreeSet<String>, Failure> {
        let mut apt = self.command();
        apt.args(options)
            .args(["--print-uris", "--no-install-recommends", "install"])
            .args(PACKAGES);
        Ok(package_names(&self.run("apt packages", apt)?))
    }

    fn run(&self, name: &str, command: Command) -> Result<String, Failure> {
        Run::new(self.project, name, command)
            .mend(format!(
                "neither rustup's nor Debian's server gave the wasm32 target; {ADVICE}"
            ))
            .wait()
    }
}

/// Of what is missing the compiler needs shared libraries. The C library must be the system's: another one
/// would not match the system's loader.
fn is_library(name: &str) -> bool {
    let is_system = ["libc6", "libc-", "libgcc", "libstdc++"]
        .iter()
        .any(|prefix| name.starts_with(prefix));
    name.starts_with("lib") && !name.ends_with("-dev") && !is_system
}

/// The names in lines like `'http://…/x_1_all.deb' x_1_all.deb 100 SHA256:…`.
fn package_names(listing: &str) -> BTreeSet<String> {
    listing
        .lines()
        .filter(|line| line.starts_with('\''))
        .filter_map(|line| line.split_whitespace().nth(1)?.split('_').next())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_library, package_names};

    #[test]
    fn only_shared_libraries_are_taken_beside_the_compiler() {
        assert!(is_library("libz3-4"));
        assert!(!is_library("libc6"));
        assert!(!is_library("libxml2-dev"));
        assert!(!is_library("gcc"));
    }

    #[test]
    fn package_names_come_from_the_listing() {
        let listing = "Reading package lists...\n\
            'http://host/pool/r/rustc-web_1.96.0%2bdfsg1_amd64.deb' rustc-web_1.96.0_amd64.deb 4450500 SHA256:aa\n\
            'http://host/pool/l/libllvm22_22.1_amd64.deb' libllvm22_22.1_amd64.deb 29378692 \n";
        let names: Vec<_> = package_names(listing).into_iter().collect();
        assert_eq!(names, ["libllvm22", "rustc-web"]);
    }
}
