//! Brings in what the commands need: pinned, under `target/` or `node_modules/`, and only when missing.
//!
//! | tool | from |
//! |---|---|
//! | Node 22, wrangler, esbuild, wasm-opt, browser | npm, by `package-lock.json` |
//! | the `wasm32-unknown-unknown` target | rustup; else Debian's packages, unpacked into `target/tools` |
//! | `wasm-bindgen`, the site generator | this workspace, by `Cargo.lock` |
//! | `worker-build`, `cargo-deny` | the crates registry, at versions fixed here |
//! | Schemathesis | Python's registry, by `tests/schemathesis/requirements.txt` |
//! | the secret for tokens | the system's randomness, into `.dev.vars` |

pub(crate) mod browser;
pub(crate) mod crates;
pub(crate) mod debian;
pub(crate) mod npm;
pub(crate) mod secrets;
pub(crate) mod wasm_target;

use std::thread;

use crate::failure::Failure;
use crate::process::{Run, interrupt};
use crate::project::Project;
use crate::report;
use crate::setup::wasm_target::WasmTarget;

/// Everything that building and serving the Worker needs. Independent steps run at the same time.
///
/// # Errors
/// The first step that failed; each failure is also shown at once, for the other steps may take minutes.
pub(crate) fn everything(project: &Project) -> Result<WasmTarget, Failure> {
    let (wasm_target, others) = thread::scope(|scope| {
        let others = [
            scope.spawn(|| tell_at_once(npm::install(project))),
            scope.spawn(|| tell_at_once(crates::WORKER_BUILD.install(project))),
            scope.spawn(|| tell_at_once(host_programs(project))),
        ];
        let wasm_target = tell_at_once(wasm_target::find_or_install(project));
        (
            wasm_target,
            others.map(|other| other.join().unwrap_or_else(|_| Err(lost_thread()))),
        )
    });
    others.into_iter().collect::<Result<(), Failure>>()?;
    secrets::ensure(project)?;
    wasm_target
}

/// Shows a failure with its output now, and leaves the line for the end.
fn tell_at_once<T>(result: Result<T, Failure>) -> Result<T, Failure> {
    result.map_err(|failure| {
        if !interrupt::is_requested() {
            report::failure(&failure);
        }
        failure.with_output("")
    })
}

/// Builds the programs of this workspace that run on this machine.
///
/// # Errors
/// They do not compile.
pub(crate) fn host_programs(project: &Project) -> Result<(), Failure> {
    report::step("site generator and wasm-bindgen", |_| {
        compile_host_programs(project)
    })
}

/// The same without a word.
///
/// # Errors
/// They do not compile.
pub(crate) fn compile_host_programs(project: &Project) -> Result<(), Failure> {
    let mut cargo = project.cargo();
    cargo.args([
        "build",
        "--package=site-gen",
        "--package=wasm-bindgen-tool",
        "--bins",
    ]);
    Run::new(project, "cargo build", cargo)
        .mend("mend what the compiler says above")
        .wait()
        .map(drop)
}

fn lost_thread() -> Failure {
    Failure::new(
        "a set-up step ended without a result",
        "run the command again",
    )
}
