//! The last look at finished pages: every address of this site in them has a file behind it.
//!
//! Links in texts were looked up before, with their place in the file. What is found here was written in a template.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::target::decode;
use crate::catalog::Catalog;
use crate::diagnostics::Diagnostic;
use crate::markup::attributes;
use crate::output::Names;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;

/// Addresses that the Worker answers; no file lies there.
const ANSWERED_BY_WORKER: &str = "/api/";

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
    /// Looks up the addresses in a finished page; where they were written is searched for in the templates.
    #[must_use]
    pub fn check(&self, html: &str, templates: &[SourceFile]) -> Vec<Diagnostic> {
        let dead: BTreeMap<_, _> = attributes(html)
            .filter(|(name, _)| matches!(*name, "href" | "src" | "action"))
            .filter_map(|(_, value)| Some((value, local_path(value, self.base_url)?)))
            .filter(|(_, path)| !self.is_answered(path))
            .collect();
        dead.into_iter()
            .map(|(value, path)| self.missing(value, &path, templates))
            .collect()
    }

    fn is_answered(&self, path: &str) -> bool {
        path.starts_with(ANSWERED_BY_WORKER)
            || self.files.contains(&*file(path))
            || self.catalog.is_alias(path)
    }

    fn missing(&self, value: &str, path: &str, templates: &[SourceFile]) -> Diagnostic {
        let message = format!("there is nothing at the address \"{path}\"");
        let place = templates
            .iter()
            .find_map(|template| Some((template, template.text().find(&format!("\"{value}\""))?)));
        let error = match place {
            Some((template, start)) => {
                Diagnostic::at(template, start + 1..start + 1 + value.len(), message)
            }
            None => Diagnostic::about(crate::theme::FOLDER, message),
        };
        error
            .help("write addresses of pages as {{ pages[\"login\"].address }} and of assets as {{ asset(\"css/site.css\") }}")
            .maybe_help(self.resembling(path))
    }

    /// The address of a file that was perhaps meant.
    fn resembling(&self, path: &str) -> Option<String> {
        let addresses: Vec<_> = self.files.iter().map(|file| address(file)).collect();
        did_you_mean(path, addresses.iter().map(String::as_str))
    }
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
            let errors = addresses.check(html, &[]);
            assert_eq!(errors.len(), count, "{html}: {errors:?}");
        }
    }
}
