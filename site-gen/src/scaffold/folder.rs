//! What the pages beside a new page do, so that it does the same.

use std::collections::BTreeMap;
use std::path::Path;

use crate::content::{FrontMatter, Page, PagePath};
use crate::language::Language;
use crate::source::{self, SourceFile};

/// The distance between the places of two pages: room for another between them.
const STEP: i64 = 10;

/// What is known of the pages in the folder of a new page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    /// The template that the new page should have, if not the usual one.
    pub(super) template: Option<String>,
    /// The place after all others.
    pub(super) order: Option<i64>,
}

impl Neighbours {
    pub(super) fn of(root: &Path, language: Language, path: &PagePath) -> Self {
        if path.is_index() {
            return Self {
                template: index_template(root, language, path),
                order: None,
            };
        }
        let fronts = pages_beside(root, language, path);
        let mut templates: BTreeMap<&str, usize> = BTreeMap::new();
        for front in &fronts {
            *templates.entry(&front.template).or_default() += 1;
        }
        let most = templates.into_iter().max_by_key(|(_, count)| *count);
        let last = fronts.iter().map(|front| front.order).max();
        // Pages at the root of a site have each a template of their own.
        let is_section = !path.folder().is_empty();
        Self {
            template: most
                .filter(|_| is_section)
                .map(|(template, _)| template.to_owned()),
            order: last.filter(|_| is_section).map(|last| last + STEP),
        }
    }
}

/// A folder inside a section looks like the section.
fn index_template(root: &Path, language: Language, index: &PagePath) -> Option<String> {
    let above = index.ancestors();
    let nearest = above.iter().rev().find(|page| !page.folder().is_empty())?;
    Some(front_matter(root, language, nearest)?.template)
}

fn pages_beside(root: &Path, language: Language, path: &PagePath) -> Vec<FrontMatter> {
    let folder = path.folder();
    let names = source::list(root, &format!("content/{language}/{folder}")).unwrap_or_default();
    names
        .iter()
        .filter(|name| !name.contains('/'))
        .filter_map(|name| PagePath::from_file(&format!("{folder}/{name}")).ok())
        .filter(|page| !page.is_index())
        .filter_map(|page| front_matter(root, language, &page))
        .collect()
}

/// What a page says about itself; a page with mistakes in it is no example.
fn front_matter(root: &Path, language: Language, path: &PagePath) -> Option<FrontMatter> {
    let name = format!("content/{language}/{}", path.file());
    Page::front_matter(&SourceFile::read(root, &name).ok()?)
}
