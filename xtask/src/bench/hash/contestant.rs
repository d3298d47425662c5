//! The programs that hash: ours and the crate, compiled as the Worker is and natively, and OpenSSL.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::setup::wasm_target::{self, TRIPLE};
use crate::worker::environment;

const PACKAGE: &str = "hash-bench";
const ITERATIONS: &str = "600000";
/// OpenSSL leaves out what this names: the instructions for SHA of x86 (`man OPENSSL_ia32cap`, bit 29 of the second word).
const WITHOUT_SHA: (&str, &str) = ("OPENSSL_ia32cap", ":~0x20000000");

/// Who hashes, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hasher {
    /// OpenSSL with everything that the processor has.
    OpenSsl,
    /// OpenSSL as on a processor without instructions for SHA-256.
    PlainOpenSsl,
    /// The `pbkdf2` crate, natively.
    Crate,
    /// Our loop, natively.
    Ours,
    /// The `pbkdf2` crate in WebAssembly.
    CrateInWasm,
    /// Our loop in WebAssembly, as the Worker runs it.
    OursInWasm,
}

impl Hasher {
    /// The name in the table.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::OpenSsl => "OpenSSL, native",
            Self::PlainOpenSsl => "OpenSSL, native, without SHA instructions",
            Self::Crate => "crate, native",
            Self::Ours => "ours, native",
            Self::CrateInWasm => "crate, in V8",
            Self::OursInWasm => "ours, in V8",
        }
    }

    const fn is_openssl(self) -> bool {
        matches!(self, Self::OpenSsl | Self::PlainOpenSsl)
    }
}

/// A program that can be measured.
#[derive(Debug)]
pub(super) struct Contestant {
    /// Who it is.
    pub(super) hasher: Hasher,
    program: PathBuf,
}

impl Contestant {
    /// Hashes once.
    pub(super) fn hash(&self, project: &Project) -> Command {
        self.command(project, ITERATIONS, None)
    }

    /// Does everything but the hash.
    pub(super) fn start(&self, project: &Project) -> Command {
        self.command(project, "1", Some("--only-load"))
    }

    fn command(&self, project: &Project, iterations: &str, mode: Option<&str>) -> Command {
        match self.hasher {
            Hasher::OpenSsl => self.openssl(project, iterations),
            Hasher::PlainOpenSsl => {
                let mut command = self.openssl(project, iterations);
                command.env(WITHOUT_SHA.0, WITHOUT_SHA.1);
                command
            }
            Hasher::Crate | Hasher::Ours => {
                let mut command = project.command(&self.program);
                command.arg(iterations);
                command
            }
            Hasher::CrateInWasm | Hasher::OursInWasm => {
                let mut command = node::command(project, "node");
                command
                    .arg(project.path("tests/bench/hash/run.mjs"))
                    .arg(&self.program)
                    .args(mode);
                command
            }
        }
    }

    fn openssl(&self, project: &Project, iterations: &str) -> Command {
        let mut command = project.command(&self.program);
        command.args(["kdf", "-keylen", "32", "-kdfopt", "digest:SHA256"]);
        command.args(["-kdfopt", "pass:lètmein", "-kdfopt", "salt:seasalt"]);
        command.args(["-kdfopt", &format!("iter:{iterations}"), "PBKDF2"]);
        command
    }
}

/// Compiles ours and looks for OpenSSL; without it the others are measured alone.
///
/// # Errors
/// Something does not compile, or there is no compiler for WebAssembly.
pub(super) fn find(project: &Project) -> Result<Vec<Contestant>, Failure> {
    let target = wasm_target::find_or_install(project)?;
    report::step("our loop and the crate, compiled natively", |_| {
        compile(project, project.cargo(), &[])
    })?;
    report::step("our loop and the crate, compiled as the Worker is", |_| {
        let cargo = environment::cargo(project, &target);
        compile(project, cargo, &["--target", TRIPLE])
    })?;
    let native = |name| project.target("release").join(name);
    let wasm = |name: &str| {
        let folder = environment::target_folder(project).join(TRIPLE);
        folder.join("release").join(format!("{name}.wasm"))
    };
    let mut contestants = vec![
        Contestant {
            hasher: Hasher::OpenSsl,
            program: PathBuf::from("openssl"),
        },
        Contestant {
            hasher: Hasher::PlainOpenSsl,
            program: PathBuf::from("openssl"),
        },
        Contestant {
            hasher: Hasher::Crate,
            program: native("hash-crate"),
        },
        Contestant {
            hasher: Hasher::Ours,
            program: native("hash-ours"),
        },
        Contestant {
            hasher: Hasher::CrateInWasm,
            program: wasm("hash-crate"),
        },
        Contestant {
            hasher: Hasher::OursInWasm,
            program: wasm("hash-ours"),
        },
    ];
    if !has_openssl(project, &contestants) {
        report::line("  ! openssl: not on PATH or older than 3.0, skipped");
        contestants.retain(|contestant| !contestant.hasher.is_openssl());
    } else if !cfg!(target_arch = "x86_64") {
        report::line(
            "  ! openssl without SHA instructions: this processor cannot be asked to forget them",
        );
        contestants.retain(|contestant| contestant.hasher != Hasher::PlainOpenSsl);
    }
    Ok(contestants)
}

fn compile(project: &Project, mut cargo: Command, arguments: &[&str]) -> Result<(), Failure> {
    cargo
        .args(["build", "--release", "--package", PACKAGE, "--bins"])
        .args(arguments);
    Run::new(project, "cargo build hash", cargo)
        .mend("mend what the compiler says above")
        .wait()
        .map(drop)
}

fn has_openssl(project: &Project, contestants: &[Contestant]) -> bool {
    contestants
        .iter()
        .find(|contestant| contestant.hasher.is_openssl())
        .and_then(|openssl| openssl.start(project).output().ok())
        .is_some_and(|output| output.status.success())
}
