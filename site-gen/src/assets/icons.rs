//! Icons: small SVG files that are put into the page itself.

use std::collections::BTreeMap;

use super::name_in_theme;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

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
    let rest = file.text().trim().strip_prefix("<svg");
    match (stem, rest) {
        (Some(stem), Some(rest)) if rest.starts_with([' ', '\n', '>']) => Ok((
            stem.to_owned(),
            format!("<svg aria-hidden=\"true\" focusable=\"false\"{rest}"),
        )),
        _ => Err(Diagnostic::about(
            file.path(),
            "the icon is not an SVG file that can be put into a page",
        )
        .help(
            "the file must begin with `<svg`, without an XML declaration or a comment before it",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_hidden_from_assistive_technology() {
        let file = SourceFile::new(
            "site-gen/theme/icons/key.svg",
            "<svg viewBox=\"0 0 1 1\"/>\n",
        );
        let (icons, errors) = Icons::build(&[file]);
        assert_eq!(errors, []);
        assert_eq!(
            icons.get("key"),
            Some("<svg aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 1 1\"/>")
        );
    }

    #[test]
    fn a_file_that_is_no_svg_is_named() {
        for (path, text) in [
            (
                "site-gen/theme/icons/key.svg",
                "<?xml version=\"1.0\"?><svg/>",
            ),
            ("site-gen/theme/icons/key.svg", "<svgx>"),
            ("site-gen/theme/icons/key.png", "<svg >"),
        ] {
            let (_, errors) = Icons::build(&[SourceFile::new(path, text)]);
            assert_eq!(errors.len(), 1, "{path} {text}");
        }
    }
}
