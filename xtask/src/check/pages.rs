//! Every published page is a valid document.
//!
//! `html-validate` knows the content model of the living standard, and works offline and without Java. All pages
//! together take it a second or two, so none is left out.

use crate::failure::Failure;
use crate::node;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::tree;

const RULES: &str = "tests/quality/html-validate.config.mjs";

/// Validates every page in `dist/`.
///
/// # Errors
/// A page breaks a rule, or there is no page.
pub(super) fn validate(project: &Project) -> Result<(), Failure> {
    report::step("HTML of every page", |step| {
        let folder = project.path("dist");
        let files = tree::files(&folder).map_err(|error| Failure::file("read", &folder, &error))?;
        let is_page =
            |file: &&std::path::PathBuf| file.extension().is_some_and(|end| end == "html");
        let pages = files.iter().filter(is_page).count();
        if pages == 0 {
            return Err(Failure::new(
                "dist/ holds no pages",
                "run: cargo site build",
            ));
        }
        step.found(format!("{pages} pages"));
        let mut validator = node::command(project, "html-validate");
        validator
            .args(["--config", RULES, "--formatter", "text", "--ext", "html"])
            .arg("dist");
        Run::new(project, "html-validate", validator)
            .missing("run: npm ci --ignore-scripts")
            .mend(format!(
                "mend the template or the text that makes what is named above; the rules stand in {RULES}"
            ))
            .wait()
            .map(drop)
    })
}
