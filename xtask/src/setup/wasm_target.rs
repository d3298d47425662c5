//! A compiler that can make WebAssembly.
//!
//! Normally rustup adds the target to the toolchain in a second. Where its server is out of reach, Debian's
//! own packages have a compiler and the sources of its library, see [`super::debian`].

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::setup::debian;

/// The name that the compiler knows the target by.
pub(crate) const TRIPLE: &str = "wasm32-unknown-unknown";

const RUSTUP_LIMIT: Duration = Duration::from_mins(3);

/// Where the target's library is.
#[derive(Clone, Debug)]
pub(crate) enum WasmTarget {
    /// In the toolchain that compiles everything else.
    Toolchain,
    /// In a second toolchain, for this target only.
    Unpacked {
        /// The second toolchain's sysroot.
        sysroot: PathBuf,
        /// The linker, which the first toolchain lends.
        linker: PathBuf,
    },
}

/// Finds the target or installs it.
///
/// # Errors
/// Neither rustup nor Debian can supply it.
pub(crate) fn find_or_install(project: &Project) -> Result<WasmTarget, Failure> {
    report::step("wasm32 target", |step| {
        if toolchain_has_target(project) {
            return Ok(WasmTarget::Toolchain);
        }
        if let Some(sysroot) = debian::installed(project) {
            return unpacked(project, sysroot);
        }
        step.doing("asking rustup for it");
        let mut rustup = project.command("rustup");
        rustup
            .args(["target", "add", TRIPLE])
            .env("RUSTUP_MAX_RETRIES", "1");
        let rustup = Run::new(project, "rustup target", rustup)
            .within(RUSTUP_LIMIT)
            .wait();
        if rustup.is_ok() && toolchain_has_target(project) {
            return Ok(WasmTarget::Toolchain);
        }
        step.doing("rustup has no way to its server; unpacking Debian's compiler, a minute or two");
        let sysroot = debian::install(project)?;
        unpacked(project, sysroot)
    })
}

fn unpacked(project: &Project, sysroot: PathBuf) -> Result<WasmTarget, Failure> {
    let linker = toolchain_linker(project)?;
    Ok(WasmTarget::Unpacked { sysroot, linker })
}

fn toolchain_has_target(project: &Project) -> bool {
    rustc(project, &["--target", TRIPLE, "--print", "target-libdir"])
        .is_some_and(|folder| PathBuf::from(folder).is_dir())
}

/// `rust-lld`, which every rustup toolchain carries.
///
/// # Errors
/// The toolchain has none.
pub(super) fn toolchain_linker(project: &Project) -> Result<PathBuf, Failure> {
    rustc(project, &["--print", "target-libdir"])
        .and_then(|libraries| Some(PathBuf::from(libraries).parent()?.join("bin/rust-lld")))
        .filter(|linker| linker.is_file())
        .ok_or_else(|| {
            Failure::new(
                "the Rust toolchain has no rust-lld to link WebAssembly with",
                "install Rust with rustup, see https://rustup.rs, then run the command again",
            )
        })
}

/// What the toolchain's compiler prints on one line.
fn rustc(project: &Project, arguments: &[&str]) -> Option<String> {
    let mut rustc: Command = project.command("rustc");
    let output = rustc.args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
