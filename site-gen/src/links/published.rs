//! The last look at finished pages: every address of this site in them has a file behind it.
//!
//! Links in texts were looked up before, with their place in the file. What is found here was written in a template.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::anchors::{AnchorUse, Ids};
use super::target::decode;
use crate::catalog::Catalog;
use crate::content::{Page, PageId};
use crate::diagnostics::Diagnostic;
use crate::markdown::Origin;
use crate::markup::Attribute;
use crate::output::Names;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean_path;

/// Addresses that the Worker answers; no file lies there.
pub(super) const ANSWERED_BY_WORKER: &str = "/api/";

/// A link with this attribute right behind its `href` is opened by a script, which knows the place by another id.
const SCRIPTED: &str = "data-section";

/// All files of the finished site, for looking up addresses in its pages.
#[derive(Debug)]
pub struct Addresses<'a> {
    /// The origin of the site.
    pub base_url: &'a str,
    /// The files.
    pub files: &'a Names,
    /// The pages, for their earlier addresses.
    pub catalog: &'a Catalog,
}

impl Addresses<'_> {
    /// Looks up the addresses among the attributes of a finished page; where they were written is searched for in the
    /// templates.
    #[must_use]
    pub fn check(&self, attributes: &[Attribute<'_>], templates: &[SourceFile]) -> Vec<Diagnostic> {
        let dead: BTreeMap<_, _> = attributes
            .iter()
            .filter(|(name, _)| matches!(*name, "href" | "src" | "action"))
            .filter_map(|(_, value)| Some((value, local_path(value, self.base_url)?)))
            .filter(|(_, path)| !self.is_answered(path))
            .collect();
        dead.into_iter()
            .map(|(value, path)| self.missing(value, &path, templates))
            .collect()
    }

    /// The places on pages that templates let the finished page of `page` point to, apart from those on the page itself
    /// that are among its `ids`. What `known` holds was written in the text and is looked up with its own place.
    #[must_use]
    pub fn anchors(
        &self,
        page: &Page,
        (attributes, ids): (&[Attribute<'_>], &Ids),
        known: &[AnchorUse],
        templates: &[SourceFile],
    ) -> Vec<AnchorUse> {
        let mut found: Vec<AnchorUse> = Vec::new();
        let mut attributes = attributes.iter().peekable();
        while let Some((name, value)) = attributes.next() {
            let is_opened_by_script = attributes.peek().is_some_and(|(next, _)| *next == SCRIPTED);
            if *name != "href" || is_opened_by_script {
                continue;
            }
            let Some((target, id)) = self.target(page, value) else {
                continue;
            };
            // Terms were looked up by their keys.
            let is_term =
                id.starts_with("term-") && self.catalog.glossary(target.language) == Some(&target);
            if is_term || (target == page.id && ids.contains(&id)) {
                continue;
            }
            let is_same = |one: &AnchorUse| one.target == target && one.id == id;
            if known.iter().chain(&found).any(is_same) {
                continue;
            }
            let origin = match written_in(value, templates) {
                Some((template, range)) => Origin::new(template.clone(), range),
                None => Origin::new(page.file.clone(), 0..0),
            };
            found.push(AnchorUse { origin, target, id });
        }
        found
    }

    /// The page and the id that an address with `#` points to.
    fn target(&self, page: &Page, value: &str) -> Option<(PageId, String)> {
        let (address, id) = value.split_once('#').filter(|(_, id)| !id.is_empty())?;
        let id = decode(id);
        if address.is_empty() {
            return Some((page.id.clone(), id));
        }
        let target = self
            .catalog
            .at_address(&local_path(address, self.base_url)?)?;
        Some((target.id.clone(), id))
    }

    fn is_answered(&self, path: &str) -> bool {
        path.starts_with(ANSWERED_BY_WORKER)
            || self.files.contains(&*file(path))
            || self.catalog.is_alias(path)
    }

    fn missing(&self, value: &str, path: &str, templates: &[SourceFile]) -> Diagnostic {
        let message = format!("there is nothing at the address \"{path}\"");
        let error = match written_in(value, templates) {
            Some((template, range)) => Diagnostic::at(template, range, message),
            None => Diagnostic::about(crate::theme::FOLDER, message),
        };
        error
            .help("write addresses of pages as {{ pages[\"login\"].address }} and of assets as {{ asset(\"css/site.css\") }}")
            .maybe_help(self.resembling(path))
    }

    /// The address of a file that was perhaps meant.
    fn resembling(&self, path: &str) -> Option<String> {
        let addresses: Vec<_> = self.files.iter().map(|file| address(file)).collect();
        did_you_mean_path(path, addresses.iter().map(String::as_str))
    }
}

/// Where a template says this, word for word.
fn written_in<'a>(
    value: &str,
    templates: &'a [SourceFile],
) -> Option<(&'a SourceFile, Range<usize>)> {
    templates.iter().find_map(|template| {
        let start = template.text().find(&format!("\"{value}\""))? + 1;
        Some((template, start..start + value.len()))
    })
}

/// The path of an address of this site; `None` for other sites and for places on the same page.
fn local_path<'a>(value: &'a str, base_url: &str) -> Option<Cow<'a, str>> {
    let address = value.strip_prefix(base_url).unwrap_or(value);
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let is_local = path.starts_with('/') && !path.starts_with("//");
    is_local.then(|| {
        if path.contains('%') {
            decode(path).into()
        } else {
            path.into()
        }
    })
}

/// The file behind a path.
fn file(path: &str) -> Cow<'_, str> {
    let name = path.trim_start_matches('/');
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html").into()
    } else {
        name.into()
    }
}

/// The address of a file: a folder is the address of its index page.
fn address(file: &str) -> String {
    let is_index = |folder: &&str| folder.is_empty() || folder.ends_with('/');
    let folder = file.strip_suffix("index.html").filter(is_index);
    format!("/{}", folder.unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::attributes;

    #[test]
    fn only_addresses_of_this_site_without_a_file_are_mistakes() {
        let files = ["index.html", "login.html", "help/index.html", "a b.pdf"];
        let addresses = Addresses {
            base_url: "https://a.example",
            files: &files.into_iter().map(str::to_owned).collect(),
            catalog: &Catalog::default(),
        };
        for (html, count) in [
            (
                "<a href=\"/\"><a href=\"/help/#x\"><a href=\"/login.html?a=b\">",
                0,
            ),
            (
                "<a href=\"#x\"><a href=\"mailto:a@b.example\"><a href=\"https://b.example/x\">",
                0,
            ),
            (
                "<form action=\"/api/auth/login/\"><a href=\"/a%20b.pdf\">",
                0,
            ),
            ("<code>&lt;a href=\"/nope\"&gt;</code>", 0),
            ("<a href=\"https://a.example/help/\">", 0),
            ("<a href=\"https://a.example/nope/\">", 1),
            (
                "<a href=\"/help\"><img src=\"/x.png\"><a href=\"/help\">",
                2,
            ),
        ] {
            let attributes: Vec<_> = attributes(html).collect();
            let errors = addresses.check(&attributes, &[]);
            assert_eq!(errors.len(), count, "{html}: {errors:?}");
        }
    }
}
