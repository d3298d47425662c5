//! Styles: `@import "tokens.css";` is replaced by the file, so that a page waits for one style sheet, not for a chain.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lean::{self, quoted_length};
use super::{Asset, name_in_theme};
use crate::diagnostics::Diagnostic;
use crate::relative;
use crate::source::SourceFile;
use crate::suggestion::{nearest_path, question};

/// An `@import` of a style sheet.
struct Import {
    range: Range<usize>,
    /// The file, if the import has the one form that is understood.
    file: Option<String>,
}

/// Style sheets by name. Those that another one imports are part of it and not published on their own.
pub(super) fn build(files: &[SourceFile]) -> (BTreeMap<String, Asset>, Vec<Diagnostic>) {
    let sheets: BTreeMap<String, &SourceFile> = files
        .iter()
        .map(|file| (name_in_theme(file), file))
        .collect();
    let mut inliner = Inliner {
        sheets: &sheets,
        imported: BTreeSet::new(),
        errors: Vec::new(),
    };
    let whole: Vec<_> = sheets
        .keys()
        .map(|name| (name, inliner.inline(name, &mut Vec::new())))
        .collect();
    let assets = whole
        .into_iter()
        .filter(|(name, _)| !inliner.imported.contains(*name))
        .map(|(name, content)| {
            let published = lean::without_comments(&content);
            (name.clone(), Asset::new(name, published))
        })
        .collect();
    (assets, inliner.errors)
}

struct Inliner<'a> {
    sheets: &'a BTreeMap<String, &'a SourceFile>,
    imported: BTreeSet<String>,
    errors: Vec<Diagnostic>,
}

impl Inliner<'_> {
    fn inline(&mut self, name: &str, chain: &mut Vec<String>) -> String {
        let Some(file) = self.sheets.get(name).copied() else {
            return String::new();
        };
        chain.push(name.to_owned());
        let text = file.text();
        let mut whole = String::with_capacity(text.len());
        let mut position = 0;
        for import in imports(text) {
            whole.push_str(text.get(position..import.range.start).unwrap_or_default());
            position = import.range.end;
            match self.target(name, file, &import, chain) {
                Ok(None) => {}
                Ok(Some(target)) => {
                    whole.push_str(self.inline(&target, chain).trim_end());
                    self.imported.insert(target);
                }
                Err(error) => self.errors.push(error),
            }
        }
        whole.push_str(text.get(position..).unwrap_or_default());
        chain.pop();
        whole
    }

    /// The sheet that is imported; nothing where a circle closes that is told at another of its imports.
    fn target(
        &self,
        name: &str,
        file: &SourceFile,
        import: &Import,
        chain: &[String],
    ) -> Result<Option<String>, Diagnostic> {
        let error = |message: String| Diagnostic::at(file, import.range.clone(), message);
        let Some(written) = &import.file else {
            return Err(error("this form of @import is not understood".to_owned())
                .help("write @import \"name.css\"; with a file of the same folder"));
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let target = relative::join(folder, written).unwrap_or_else(|| written.clone());
        if let Some(position) = chain.iter().position(|link| *link == target) {
            let circle = chain.get(position..).unwrap_or_default();
            // Every sheet is read on its own, too, so the circle is met once from each of its sheets.
            if circle.iter().any(|link| *link < target) {
                return Ok(None);
            }
            let circle = circle.join(" → ");
            return Err(error(format!(
                "the style sheets import each other: {circle} → {target}"
            ))
            .help("take one of these imports out"));
        }
        if !self.sheets.contains_key(&target) {
            let names = self.sheets.keys();
            return Err(error(format!("there is no style sheet \"{target}\""))
                .help("imported style sheets lie in site-gen/theme/css")
                .maybe_help(
                    nearest_path(&target, names.map(String::as_str))
                        .map(|near| question(&relative::written_in(folder, near))),
                ));
        }
        Ok(Some(target))
    }
}

/// The imports of a style sheet, comments and strings passed over.
fn imports(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    let mut position = 0;
    while let Some(rest) = text.get(position..).filter(|rest| !rest.is_empty()) {
        let skipped = if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + 4)
        } else if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
            quoted_length(rest, quote)
        } else if rest.starts_with("@import") {
            let length = rest.find(';').map_or(rest.len(), |end| end + 1);
            found.push(Import {
                range: position..position + length,
                file: imported_file(rest.get(..length).unwrap_or_default()),
            });
            length
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        position += skipped;
    }
    found
}

/// The file in `@import "file";`.
fn imported_file(statement: &str) -> Option<String> {
    let inner = statement.strip_prefix("@import")?.strip_suffix(';')?.trim();
    let quote = inner
        .chars()
        .next()
        .filter(|quote| "\"'".contains(*quote))?;
    let file = inner.strip_prefix(quote)?.strip_suffix(quote)?;
    let is_local = !file.is_empty() && !file.contains([quote, ':']) && !file.starts_with('/');
    is_local.then(|| file.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::theme_files;

    fn built(files: &[(&str, &str)]) -> (BTreeMap<String, Asset>, Vec<String>) {
        let (assets, errors) = build(&theme_files("css", files));
        (assets, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn imports_are_replaced_and_what_is_imported_is_not_published_again() {
        let (assets, errors) = built(&[
            (
                "site.css",
                "/* @import \"no.css\"; */\n@import \"a.css\";\np::before{content:\"@import 'x';\"}\n",
            ),
            ("a.css", "@import './b.css';\na{}\n"),
            ("b.css", "b{}\n"),
        ]);
        assert_eq!(errors, [""; 0]);
        let names: Vec<_> = assets.keys().collect();
        assert_eq!(names, ["css/site.css"]);
        assert_eq!(
            assets["css/site.css"].content,
            "b{}\na{}\np::before{content:\"@import 'x';\"}\n"
        );
    }

    #[test]
    fn a_change_of_an_imported_sheet_changes_the_published_name() {
        let published = |inner: &str| {
            let (assets, _) = built(&[("site.css", "@import \"a.css\";"), ("a.css", inner)]);
            assets["css/site.css"].output.clone()
        };
        assert_ne!(published("a{}"), published("b{}"));
    }

    #[test]
    fn wrong_imports_are_told_at_their_place() {
        for (first, second, message) in [
            (
                "\n@import \"tokns.css\";",
                "",
                "there is no style sheet \"css/tokns.css\"",
            ),
            (
                "\n@import \"tokens.css\";",
                "\n@import \"site.css\";",
                "import each other: css/site.css → css/tokens.css → css/site.css",
            ),
            (
                "\n@import \"https://a.example/b.css\";",
                "",
                "this form of @import is not understood",
            ),
            (
                "\n@import url(tokens.css);",
                "",
                "this form of @import is not understood",
            ),
            (
                "\n@import \"tokens.css\" print;",
                "",
                "this form of @import is not understood",
            ),
        ] {
            let (_, errors) = built(&[("site.css", first), ("tokens.css", second)]);
            assert_eq!(errors.len(), 1, "{first}: {errors:?}");
            assert!(errors[0].contains(message), "{first}: {errors:?}");
            assert!(errors[0].contains("css:2:1"), "{first}: {errors:?}");
        }
    }
}
