//! The types that the theme's scripts state in their comments hold.

use std::fs;

use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::Project;
use crate::report;

const FOLDER: &str = "site-gen/theme/js";

/// What the scripts may use: the language and the browser's interfaces of the last years, and nothing of Node.
const DIALECT: [&str; 16] = [
    "--noEmit",
    "--allowJs",
    "--checkJs",
    "--strict",
    "--pretty",
    "false",
    "--target",
    "es2024",
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
    "--lib",
    "es2024,dom,dom.iterable",
    // A package that somebody else needs brings the types of Node; here are none of any package.
    "--typeRoots",
    FOLDER,
];

/// Runs the type checker over the scripts, each a module of its own.
///
/// # Errors
/// A type does not hold, or there is no script.
pub(super) fn check_types(project: &Project) -> Result<(), Failure> {
    report::step("types of the scripts", |step| {
        let folder = project.path(FOLDER);
        let failed = |error: &std::io::Error| Failure::file("read", &folder, error);
        let mut scripts = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|error| failed(&error))? {
            let path = entry.map_err(|error| failed(&error))?.path();
            if path.extension().is_some_and(|end| end == "js") {
                scripts.push(path);
            }
        }
        scripts.sort();
        step.found(format!("{} modules", scripts.len()));
        let mut compiler = node::command(project, "tsc");
        compiler.args(DIALECT).args(&scripts);
        Run::new(project, "tsc", compiler)
            .missing("run: npm ci --ignore-scripts")
            .mend(format!("mend the types in {FOLDER}"))
            .wait()
            .map(drop)
    })
}
