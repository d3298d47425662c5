//! Styles, scripts and icons of the theme.
//!
//! Styles and scripts are published under names that hold a hash of their content, so that browsers may keep them for a
//! year and never show an old one.

mod fingerprint;
mod icons;
mod lean;
mod scripts;
mod styles;

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
pub use icons::Icons;

/// A published style or script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its file in the output, which is its address without the first slash.
    pub output: String,
    /// Its value for the attribute `integrity`.
    pub integrity: String,
    /// Its content.
    pub content: String,
}

impl Asset {
    fn new(name: &str, content: String) -> Self {
        Self {
            output: fingerprint::name(name, content.as_bytes()),
            integrity: fingerprint::integrity(content.as_bytes()),
            content,
        }
    }

    /// The address on the site.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/{}", self.output)
    }
}

/// All styles and scripts by their names in the theme: `css/site.css`, `js/login.js`.
#[derive(Debug, Clone, Default)]
pub struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// Builds the assets from files of the theme.
    #[must_use]
    pub fn build(styles: &[SourceFile], scripts: &[SourceFile]) -> (Self, Vec<Diagnostic>) {
        let (mut assets, mut errors) = styles::build(styles);
        let (built, faults) = scripts::build(scripts);
        assets.extend(built);
        errors.extend(faults);
        (Self(assets), errors)
    }

    /// The asset with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.0.get(name)
    }

    /// The names of all assets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All assets.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.0.values()
    }
}

/// The name of a file of the theme: its path below `site-gen/theme/`.
fn name_in_theme(file: &SourceFile) -> String {
    let path = file.path();
    path.strip_prefix(crate::theme::FOLDER)
        .unwrap_or(&path)
        .trim_start_matches('/')
        .to_owned()
}

/// Files as they would lie in a folder of the theme, for the tests of styles and scripts.
#[cfg(test)]
fn theme_files(folder: &str, files: &[(&str, &str)]) -> Vec<SourceFile> {
    let root = crate::theme::FOLDER;
    files
        .iter()
        .map(|(name, text)| SourceFile::new(format!("{root}/{folder}/{name}"), text))
        .collect()
}
