//! The one place that says how programs are called that compile the Worker.
//!
//! Building, linting and serving must see the same compiler, flags and folders: a difference in any of them
//! makes cargo compile everything again.

use std::path::PathBuf;
use std::process::Command;

use crate::node;
use crate::project::Project;
use crate::setup::crates::WORKER_BUILD;
use crate::setup::debian;
use crate::setup::wasm_target::WasmTarget;

/// Cargo for the Worker.
pub(crate) fn cargo(project: &Project, target: &WasmTarget) -> Command {
    let mut command = project.cargo();
    prepare(&mut command, project, target);
    command
}

/// Clippy for the Worker: of the same version as the compiler, whose metadata it reads.
pub(crate) fn clippy(project: &Project, target: &WasmTarget) -> Command {
    let mut command = match target {
        WasmTarget::Toolchain => project.cargo(),
        WasmTarget::Unpacked { sysroot, .. } => project.command(sysroot.join("bin/cargo-clippy")),
    };
    prepare(&mut command, project, target);
    command.arg("clippy");
    command
}

/// `worker-build`, told where all its tools are so that it downloads none.
pub(crate) fn worker_build(project: &Project, target: &WasmTarget) -> Command {
    let mut command = project.command(WORKER_BUILD.program(project));
    prepare(&mut command, project, target);
    command
        .env("WASM_BINDGEN_BIN", project.host_binary("wasm-bindgen-tool"))
        .env("ESBUILD_BIN", node::bin(project).join("esbuild"))
        .env("WASM_OPT_BIN", node::bin(project).join("wasm-opt"));
    command
}

/// Where cargo puts the compiled Worker: apart from the host's files, so that two compilers never clash.
pub(crate) fn target_folder(project: &Project) -> PathBuf {
    project.target("wasm")
}

fn prepare(command: &mut Command, project: &Project, target: &WasmTarget) {
    let mut folders = vec![node::bin(project)];
    if let WasmTarget::Unpacked { sysroot, linker } = target {
        debian::use_toolchain(command, sysroot, linker);
        // `worker-build` asks the `rustc` on PATH for its sysroot, whatever RUSTC says.
        folders.insert(0, sysroot.join("bin"));
    }
    command
        .env("PATH", node::path_with(&folders))
        .env("CARGO_TARGET_DIR", target_folder(project))
        // `worker-build` sets it, and macros read it: without it here everything would compile twice.
        .env("WASM_BINDGEN_USE_JS_SYS", "1");
}
