//! The static site, by the generator of this workspace.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::process::Run;
use crate::process::group::Group;
use crate::project::{self, Project};
use crate::report;
use crate::tree;

const ADVICE: &str = "mend the content as the messages above say";

/// Builds `dist/`.
///
/// # Errors
/// The content has an error.
pub(crate) fn build(project: &Project) -> Result<(), Failure> {
    report::step("site", |_| generate(project, &project.path("dist")))
}

/// Builds the site twice into empty folders and compares, then brings `dist/` up to date.
///
/// # Errors
/// The content has an error, or the two builds differ.
pub(crate) fn build_twice(project: &Project) -> Result<(), Failure> {
    report::step("site, built twice and equal byte by byte", |step| {
        let [first, second] = ["site/first", "site/second"].map(|name| project.target(name));
        for folder in [&first, &second] {
            project::remove_folder(folder)?;
            generate(project, folder)?;
            // The ages of files, which the generator keeps for itself and no two builds share.
            let state = folder.join(".site-gen-state");
            fs::remove_file(&state).map_err(|error| Failure::file("remove", &state, &error))?;
        }
        let difference = tree::first_difference(&first, &second)
            .map_err(|error| Failure::file("compare", &second, &error))?;
        if let Some(difference) = difference {
            return Err(Failure::new(
                format!("two builds of the site differ: {difference}"),
                "make site-gen's output depend on its input only, in a fixed order",
            ));
        }
        let files = tree::files(&first).map_err(|error| Failure::file("read", &first, &error))?;
        step.found(format!("{} files", files.len()));
        generate(project, &project.path("dist"))
    })
}

/// Starts the generator so that it rebuilds `dist/` whenever content or theme change.
///
/// # Errors
/// The generator cannot be started.
pub(crate) fn watch(project: &Project) -> Result<Group, Failure> {
    let mut generator = generator(project);
    generator.args(["build", "--watch"]).stdin(Stdio::null());
    Group::spawn_service(&mut generator).map_err(|error| {
        Failure::new(
            format!("cannot start the site generator: {error}"),
            "run: cargo build -p site-gen",
        )
    })
}

fn generate(project: &Project, folder: &Path) -> Result<(), Failure> {
    let mut generator = generator(project);
    generator.args(["build", "--out"]).arg(folder);
    Run::new(project, "site build", generator)
        .missing("run: cargo build -p site-gen")
        .mend(ADVICE)
        .wait()
        .map(drop)
}

fn generator(project: &Project) -> Command {
    project.command(project.host_binary("site"))
}
