//! What the links and pictures of a text can lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::target::Target;
use crate::catalog::Catalog;
use crate::content::Page;
use crate::markdown::{Usage, WrittenLink};
use crate::pictures::{PictureError, Prepared};
use crate::relative::join;

/// The pictures that pages show, by their files below the folder of the content.
pub type Pictures = BTreeMap<String, Result<Prepared, PictureError>>;

/// Everything that can be linked or shown.
#[derive(Debug, Clone, Copy)]
pub struct Targets<'a> {
    /// The origin of the site; an address that begins with it is one of this site.
    pub base_url: &'a str,
    /// The pages.
    pub catalog: &'a Catalog,
    /// The addresses of the files that are copied as they are.
    pub files: &'a BTreeSet<String>,
    /// The pictures that pages show, made or refused.
    pub pictures: &'a Pictures,
    /// All files of pictures, below the folder of the content.
    pub picture_files: &'a BTreeSet<String>,
}

/// The file of a picture that is written as a path beside the page: `ru/help/photo.png`, below the folder of the content.
#[must_use]
pub fn picture_file(page: &Page, written: &WrittenLink) -> Option<String> {
    if !matches!(written.usage, Usage::Picture { .. }) {
        return None;
    }
    match Target::parse(&written.target) {
        Target::Site(local) if !local.path.starts_with('/') => {
            let folder = format!("{}/{}", page.id.language, written.folder());
            join(&folder, &local.path)
        }
        _ => None,
    }
}
