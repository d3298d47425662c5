//! Scripts: ES modules whose imports are rewritten to the published names.
//!
//! A module is published after the modules that it imports, because its own name depends on theirs. A circle of imports
//! would therefore never get its names and is an error.

use std::collections::BTreeMap;

use super::imports::{Import, comments, scan};
use super::{Asset, lean, name_in_theme};
use crate::diagnostics::Diagnostic;
use crate::relative;
use crate::source::SourceFile;
use crate::suggestion::{nearest_path, question};

/// Scripts by name.
pub(super) fn build(files: &[SourceFile]) -> (BTreeMap<String, Asset>, Vec<Diagnostic>) {
    let modules: BTreeMap<String, &SourceFile> = files
        .iter()
        .map(|file| (name_in_theme(file), file))
        .collect();
    let mut publisher = Publisher {
        modules: &modules,
        published: BTreeMap::new(),
        errors: Vec::new(),
    };
    for name in modules.keys() {
        publisher.publish(name, &mut Vec::new());
    }
    (publisher.published, publisher.errors)
}

struct Publisher<'a> {
    modules: &'a BTreeMap<String, &'a SourceFile>,
    published: BTreeMap<String, Asset>,
    errors: Vec<Diagnostic>,
}

impl Publisher<'_> {
    fn publish(&mut self, name: &str, chain: &mut Vec<String>) {
        let Some(file) = self.modules.get(name).copied() else {
            return;
        };
        if self.published.contains_key(name) {
            return;
        }
        chain.push(name.to_owned());
        let text = file.text();
        let mut rewritten = String::with_capacity(text.len());
        let mut position = 0;
        for import in scan(text) {
            rewritten.push_str(text.get(position..import.range.start).unwrap_or_default());
            position = import.range.end;
            match self.target(name, file, &import, chain) {
                Ok(target) => {
                    self.publish(&target, chain);
                    rewritten.push_str(&self.relative_address(&target));
                }
                Err(error) => self.errors.push(error),
            }
        }
        rewritten.push_str(text.get(position..).unwrap_or_default());
        chain.pop();
        let published = lean::without(&rewritten, &comments(&rewritten));
        self.published
            .insert(name.to_owned(), Asset::new(name, published));
    }

    /// All scripts are published in one folder.
    fn relative_address(&self, target: &str) -> String {
        let output = self
            .published
            .get(target)
            .map_or("", |asset| asset.output.as_str());
        format!("./{}", output.rsplit('/').next().unwrap_or(output))
    }

    fn target(
        &self,
        name: &str,
        file: &SourceFile,
        import: &Import,
        chain: &[String],
    ) -> Result<String, Diagnostic> {
        let error = |message: String| Diagnostic::at(file, import.range.clone(), message);
        let written = &import.name;
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(target) = name_of_import(folder, written) else {
            return Err(
                error(format!("a browser cannot find the module \"{written}\""))
                    .help("write the path of a script of the theme: \"./name.js\""),
            );
        };
        if let Some(position) = chain.iter().position(|link| *link == target) {
            let circle = chain.get(position..).unwrap_or_default().join(" → ");
            return Err(error(format!(
                "the scripts import each other: {circle} → {target}"
            ))
            .help("move what both need into a third script"));
        }
        if !self.modules.contains_key(&target) {
            let names = self.modules.keys();
            return Err(error(format!("there is no script \"{target}\""))
                .help("scripts lie in site-gen/theme/js")
                .maybe_help(
                    nearest_path(&target, names.map(String::as_str))
                        .map(|near| question(&as_imported(folder, near))),
                ));
        }
        Ok(target)
    }
}

/// The name of a relative import in the theme. A path from the root would be looked for on the site, not in the theme.
fn name_of_import(folder: &str, written: &str) -> Option<String> {
    let is_relative = written.starts_with("./") || written.starts_with("../");
    is_relative.then(|| relative::join(folder, written))?
}

/// The path of a script as another one in `folder` imports it.
fn as_imported(folder: &str, name: &str) -> String {
    let written = relative::written_in(folder, name);
    if written.starts_with('.') {
        written
    } else {
        format!("./{written}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::theme_files;

    fn built(files: &[(&str, &str)]) -> (BTreeMap<String, Asset>, Vec<String>) {
        let (assets, errors) = build(&theme_files("js", files));
        (assets, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn imports_are_rewritten_to_published_names_from_any_folder() {
        let (assets, errors) = built(&[
            ("a.js", "import { b } from \"./part/b.js\";\n"),
            ("part/b.js", "import \"../c.js\";\n"),
            ("c.js", "export const c = 1;\n"),
        ]);
        assert_eq!(errors, [""; 0]);
        let name = |key: &str| assets[key].output.trim_start_matches("assets/").to_owned();
        assert_eq!(
            assets["js/a.js"].content,
            format!("import {{ b }} from \"./{}\";\n", name("js/part/b.js"))
        );
        assert_eq!(
            assets["js/part/b.js"].content,
            format!("import \"./{}\";\n", name("js/c.js"))
        );
    }

    #[test]
    fn a_change_far_down_changes_the_name_of_every_script_above() {
        let names = |bottom: &str| {
            let (assets, _) = built(&[
                ("a.js", "import \"./b.js\""),
                ("b.js", "import \"./c.js\""),
                ("c.js", bottom),
            ]);
            assets
                .values()
                .map(|asset| asset.output.clone())
                .collect::<Vec<_>>()
        };
        for (before, after) in names("1").iter().zip(names("2")) {
            assert_ne!(*before, after);
        }
    }

    #[test]
    fn wrong_imports_are_told_at_their_place() {
        for (first, second, message) in [
            ("\nimport \"./z.js\"", "", "there is no script \"js/z.js\""),
            (
                "\nimport \"lit\"",
                "",
                "a browser cannot find the module \"lit\"",
            ),
            (
                "\nimport \"https://a.example/b.js\"",
                "",
                "a browser cannot find the module",
            ),
            (
                "\nimport \"../../../b.js\"",
                "",
                "a browser cannot find the module",
            ),
            (
                "\nimport \"./a.js\"",
                "",
                "the scripts import each other: js/a.js → js/a.js",
            ),
            (
                "import \"./b.js\"",
                "\nimport \"./a.js\"",
                "the scripts import each other: js/a.js → js/b.js → js/a.js",
            ),
        ] {
            let (_, errors) = built(&[("a.js", first), ("b.js", second)]);
            assert_eq!(errors.len(), 1, "{first}: {errors:?}");
            assert!(errors[0].contains(message), "{first}: {errors:?}");
            assert!(errors[0].contains("js:2:9"), "{first}: {errors:?}");
        }
    }
}
