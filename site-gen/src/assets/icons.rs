//! Icons: small SVG files that are put into the page itself.

use std::collections::BTreeMap;

use roxmltree::{Document, Error, TextPos};

use super::name_in_theme;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::theme;

const EXAMPLE: &str = "<svg viewBox=\"0 0 24 24\"><path d=\"…\"/></svg>";

/// All icons by name, ready for the page.
#[derive(Debug, Clone, Default)]
pub struct Icons(BTreeMap<String, String>);

impl Icons {
    /// Reads the icons. They are decoration: assistive technology passes over them.
    #[must_use]
    pub fn build(files: &[SourceFile]) -> (Self, Vec<Diagnostic>) {
        let mut icons = BTreeMap::new();
        let mut errors = Vec::new();
        for file in files {
            match read(file) {
                Ok((name, svg)) => {
                    icons.insert(name, svg);
                }
                Err(error) => errors.push(error),
            }
        }
        (Self(icons), errors)
    }

    /// The icon with this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The names of all icons.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

fn read(file: &SourceFile) -> Result<(String, String), Diagnostic> {
    let name = name_in_theme(file);
    let stem = name
        .strip_prefix("icons/")
        .and_then(|name| name.strip_suffix(".svg"));
    let Some(stem) = stem else {
        return Err(
            Diagnostic::about(file.path(), "the file is not an icon").help(format!(
                "icons are drawings: {}/icons/name.svg; other files go into {}/static",
                theme::FOLDER,
                theme::FOLDER,
            )),
        );
    };
    let text = file.text().trim();
    let rest = text
        .strip_prefix("<svg")
        .filter(|rest| rest.starts_with(|next: char| next.is_whitespace() || "/>".contains(next)));
    let Some(rest) = rest else {
        let end = file.text().lines().next().map_or(0, str::len);
        let message = "the icon does not begin with `<svg`";
        let help = "take out what stands before it (an XML declaration, a comment); a file that holds no drawing is no icon";
        return Err(Diagnostic::at(file, 0..end, message).help(help));
    };
    let document = match Document::parse(file.text()) {
        Ok(document) => document,
        Err(error) => return Err(damaged(file, &error)),
    };
    if !document.root_element().has_children() {
        let message = "the icon draws nothing: `<svg>` is closed at once";
        return Err(
            Diagnostic::at(file, 0..file.text().trim_end().len(), message)
                .help(format!("write what to draw into it: {EXAMPLE}")),
        );
    }
    Ok((
        stem.to_owned(),
        format!("<svg aria-hidden=\"true\" focusable=\"false\"{rest}"),
    ))
}

/// A drawing that is not closed would swallow the page that it stands in.
fn damaged(file: &SourceFile, error: &Error) -> Diagnostic {
    let TextPos { row, col } = error.pos();
    let before: usize = file
        .text()
        .split_inclusive('\n')
        .take(row.saturating_sub(1) as usize)
        .map(str::len)
        .sum();
    let start = before + col.saturating_sub(1) as usize;
    let message = format!("the icon is not a whole drawing: {error}");
    Diagnostic::at(file, start..start, message).help(format!(
        "every element ends, by its own tag or by `/>`: {EXAMPLE}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "site-gen/theme/icons/key.svg";

    #[test]
    fn an_icon_is_hidden_from_assistive_technology() {
        let file = SourceFile::new(
            PATH,
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0h1\"/></svg>\n",
        );
        let (icons, errors) = Icons::build(&[file]);
        assert_eq!(errors, []);
        assert_eq!(
            icons.get("key"),
            Some(
                "<svg aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1\"/></svg>"
            )
        );
    }

    #[test]
    fn what_is_no_icon_is_told_with_what_to_write_instead() {
        for (path, text, message, help) in [
            (
                PATH,
                "<?xml version=\"1.0\"?><svg><path/></svg>",
                "the icon does not begin with `<svg`",
                "an XML declaration",
            ),
            (
                PATH,
                "<svgx>",
                "does not begin with `<svg`",
                "take out what stands before it",
            ),
            (PATH, "", "does not begin with `<svg`", "holds no drawing"),
            (PATH, "<svg/>", "the icon draws nothing", EXAMPLE),
            (
                PATH,
                "<svg viewBox=\"0 0 1 1\" />",
                "the icon draws nothing",
                EXAMPLE,
            ),
            (PATH, "<svg></svg>", "the icon draws nothing", EXAMPLE),
            (
                PATH,
                "<svg>\n<path>\n</svg>",
                "is not a whole drawing",
                "every element ends",
            ),
            (
                PATH,
                "<svg><path/></svg><svg/>",
                "is not a whole drawing",
                "every element ends",
            ),
            (
                "site-gen/theme/icons/key.png",
                "<svg><path/></svg>",
                "the file is not an icon",
                "site-gen/theme/static",
            ),
        ] {
            let (_, errors) = Icons::build(&[SourceFile::new(path, text)]);
            assert_eq!(errors.len(), 1, "{path} {text}");
            let error = errors[0].to_string();
            assert!(error.contains(message), "{text}: {error}");
            assert!(error.contains(help), "{text}: {error}");
        }
    }
}
