//! The wasm32 target from Debian's packages, without installing any of them.
//!
//! The packages are downloaded and unpacked into `target/tools/rust-wasm`: nothing outside the project
//! changes and nobody needs to be root. The compiler finds its sysroot by its own place. Its package has no
//! library for wasm32, so that is compiled once from the library's sources, with bitcode for LTO.

mod apt;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::{self, Project};
use crate::setup::debian::apt::Apt;
use crate::setup::wasm_target::{self, TRIPLE};

const SCRATCH: &str = "std-for-wasm";

/// The sysroot, if an earlier run finished it.
pub(super) fn installed(project: &Project) -> Option<PathBuf> {
    let sysroot = project.tool("rust-wasm/usr");
    libraries(&sysroot).is_dir().then_some(sysroot)
}

/// Downloads, unpacks and completes the toolchain; returns its sysroot.
///
/// # Errors
/// This is not Debian, or its package servers are out of reach too.
pub(super) fn install(project: &Project) -> Result<PathBuf, Failure> {
    let partial = project.tool("rust-wasm.partial");
    project::remove_folder(&partial)?;
    project::make_folder(&partial.join("packages"))?;
    let apt = Apt::new(project, partial.join("apt"))?;
    if apt.download(&partial).is_err() {
        // The machine's package lists are missing or older than the servers' packages.
        apt.update()?;
        apt.download(&partial)?;
    }
    unpack(project, &partial)?;
    let sysroot = partial.join("usr");
    compile_library(project, &partial, &sysroot)?;
    for rest in ["packages", "apt", SCRATCH, "usr/src", "usr/share"] {
        project::remove_folder(&partial.join(rest))?;
    }
    let complete = project.tool("rust-wasm");
    project::remove_folder(&complete)?;
    fs::rename(&partial, &complete).map_err(|error| Failure::file("make", &complete, &error))?;
    Ok(complete.join("usr"))
}

/// Makes a command use the unpacked compiler.
pub(crate) fn use_toolchain(command: &mut Command, sysroot: &Path, linker: &Path) {
    let libraries = fs::read_dir(sysroot.join("lib"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|folder| folder.to_string_lossy().ends_with("-linux-gnu"));
    if let Some(libraries) = libraries {
        command.env(
            "LD_LIBRARY_PATH",
            node::library_path_with(libraries.as_os_str()),
        );
    }
    command
        .env("RUSTC", sysroot.join("bin/rustc"))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
}

fn libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TRIPLE).join("lib")
}

fn unpack(project: &Project, partial: &Path) -> Result<(), Failure> {
    let folder = partial.join("packages");
    let packages = fs::read_dir(&folder).map_err(|error| Failure::file("read", &folder, &error))?;
    for package in packages.flatten() {
        let mut dpkg = project.command("dpkg-deb");
        dpkg.arg("--extract").arg(package.path()).arg(partial);
        Run::new(project, "dpkg-deb", dpkg)
            .mend("free some space on the disk, then run the command again")
            .wait()?;
    }
    Ok(())
}

/// Compiles the standard library for the target and puts it where the compiler looks.
fn compile_library(project: &Project, partial: &Path, sysroot: &Path) -> Result<(), Failure> {
    let scratch = partial.join(SCRATCH);
    project::make_folder(&scratch.join("src"))?;
    let manifest = "[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
                    [lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n";
    for (name, text) in [("Cargo.toml", manifest), ("src/lib.rs", "")] {
        let path = scratch.join(name);
        fs::write(&path, text).map_err(|error| Failure::file("write", &path, &error))?;
    }
    let mut cargo = project.cargo();
    cargo
        .args([
            "build",
            "--release",
            "-Zbuild-std=std,panic_abort",
            "--target",
            TRIPLE,
        ])
        .current_dir(&scratch)
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        // Unstable options on a stable compiler, for the library's own sources only.
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode LTO ends with "Can't find section .llvmbc".
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    use_toolchain(
        &mut cargo,
        sysroot,
        &wasm_target::toolchain_linker(project)?,
    );
    Run::new(project, "std for wasm", cargo)
        .mend(
            "see target/logs/std-for-wasm.log; where the server is reachable, rustup target add \
               wasm32-unknown-unknown does without this step",
        )
        .wait()?;

    let compiled = scratch.join("target").join(TRIPLE).join("release/deps");
    let destination = libraries(sysroot);
    project::make_folder(&destination)?;
    let files =
        fs::read_dir(&compiled).map_err(|error| Failure::file("read", &compiled, &error))?;
    for file in files
        .flatten()
        .map(|file| file.path())
        .filter(|file| is_library(file))
    {
        let name = file.file_name().unwrap_or_default();
        fs::copy(&file, destination.join(name))
            .map_err(|error| Failure::file("copy", &file, &error))?;
    }
    Ok(())
}

fn is_library(file: &Path) -> bool {
    let is_of_kind = file
        .extension()
        .is_some_and(|kind| kind == "rlib" || kind == "rmeta");
    is_of_kind
        && file
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("lib"))
}

#[cfg(test)]
mod tests {
    use super::is_library;
    use std::path::Path;

    #[test]
    fn libraries_are_told_from_other_products() {
        assert!(is_library(Path::new("deps/libcore-d7b4.rlib")));
        assert!(is_library(Path::new("deps/libcore-d7b4.rmeta")));
        assert!(!is_library(Path::new("deps/core-d7b4.d")));
        assert!(!is_library(Path::new("deps/nothing.wasm")));
    }
}
