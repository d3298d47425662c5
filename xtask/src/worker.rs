//! The Worker: Rust to WebAssembly to a module that `wrangler` serves and deploys.
//!
//! Cargo compiles first, by itself: it alone knows what has changed, and its messages are the best. Only
//! when the result differs does `worker-build` pack it, into a folder aside; the finished files then
//! replace the old ones, so that a server that watches them never sees half of a build.

pub(crate) mod environment;

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::process::Run;
use crate::project::{self, Project};
use crate::report;
use crate::setup::crates::WORKER_BUILD;
use crate::setup::wasm_target::{TRIPLE, WasmTarget};
use crate::stamp::{Fingerprint, Stamp};

const PACKAGE: &str = "edge-worker";

/// How the Worker is compiled.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Profile {
    /// Quick to compile, for `cargo xtask dev`.
    Dev,
    /// Small and fast, for deployment and for the tests.
    Release,
}

impl Profile {
    fn cargo_flag(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Release => &["--release"],
        }
    }

    fn worker_build_flag(self) -> &'static str {
        match self {
            Self::Dev => "--dev",
            Self::Release => "--release",
        }
    }

    fn cargo_folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }

    /// The bundle's folder below `target/`; `wrangler.toml` names the one of the release.
    fn bundle_folder(self) -> &'static str {
        match self {
            Self::Dev => "worker-dev",
            Self::Release => "worker",
        }
    }
}

/// The folder with the finished module.
pub(crate) fn bundle(project: &Project, profile: Profile) -> PathBuf {
    project.target(profile.bundle_folder())
}

/// The module that a server starts with.
pub(crate) fn entry(project: &Project, profile: Profile) -> PathBuf {
    bundle(project, profile).join("index.js")
}

/// Compiles and packs the Worker; each part that is up to date takes a fraction of a second.
///
/// # Errors
/// The Worker does not compile, or a tool fails.
pub(crate) fn build(
    project: &Project,
    target: &WasmTarget,
    profile: Profile,
) -> Result<(), Failure> {
    report::step("Worker, compiled", |_| compile(project, target, profile))?;
    report::step("Worker, packed", |_| pack(project, target, profile))
}

/// Compiles and packs without a word unless it fails.
///
/// # Errors
/// The Worker does not compile, or a tool fails.
pub(crate) fn rebuild(
    project: &Project,
    target: &WasmTarget,
    profile: Profile,
) -> Result<(), Failure> {
    compile(project, target, profile)?;
    pack(project, target, profile)
}

/// Runs clippy as the Worker's own compiler sees the code.
///
/// # Errors
/// Clippy has something to say.
pub(crate) fn lint(project: &Project, target: &WasmTarget) -> Result<(), Failure> {
    let mut clippy = environment::clippy(project, target);
    clippy
        .args(["--package", PACKAGE, "--lib", "--target", TRIPLE])
        // The profile of the build that follows: macros and build scripts then compile once.
        .args(Profile::Release.cargo_flag())
        .args(["--", "--deny", "warnings"]);
    Run::new(project, "clippy wasm32", clippy)
        .mend("mend what clippy says above")
        .wait()
        .map(drop)
}

fn compile(project: &Project, target: &WasmTarget, profile: Profile) -> Result<(), Failure> {
    let mut cargo = environment::cargo(project, target);
    cargo
        .args(["build", "--package", PACKAGE, "--lib", "--target", TRIPLE])
        .args(profile.cargo_flag());
    Run::new(project, "worker compile", cargo)
        .mend("mend what the compiler says above")
        .wait()
        .map(drop)
}

fn pack(project: &Project, target: &WasmTarget, profile: Profile) -> Result<(), Failure> {
    let compiled = environment::target_folder(project)
        .join(TRIPLE)
        .join(profile.cargo_folder())
        .join("edge_worker.wasm");
    let bundle = bundle(project, profile);
    let input = Fingerprint::of(&[compiled], &[WORKER_BUILD.version()])?;
    let stamp = Stamp::new(bundle.join(".packed"));
    if stamp.is(&input) && bundle.join("index.js").is_file() {
        return Ok(());
    }
    let aside = project
        .target("worker-packing")
        .join(profile.bundle_folder());
    let mut packer = environment::worker_build(project, target);
    packer
        .arg(profile.worker_build_flag())
        .arg("--out-dir")
        .arg(&aside)
        .current_dir(project.path(PACKAGE));
    Run::new(project, "worker-build", packer)
        .mend("see target/logs/worker-build.log; if a tool is broken, remove target/tools and run again")
        .wait()?;
    publish(&aside, &bundle)?;
    stamp.set(&input)
}

/// Moves the module's files over the old ones: first the WebAssembly, then the script that loads it.
fn publish(from: &Path, to: &Path) -> Result<(), Failure> {
    project::make_folder(to)?;
    let entries = fs::read_dir(from).map_err(|error| Failure::file("read", from, &error))?;
    let files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    for kind in ["wasm", "js"] {
        let of_kind = files
            .iter()
            .filter(|file| file.extension().is_some_and(|found| found == kind));
        for file in of_kind {
            let destination = to.join(file.file_name().unwrap_or_default());
            fs::rename(file, &destination)
                .map_err(|error| Failure::file("replace", &destination, &error))?;
        }
    }
    Ok(())
}
