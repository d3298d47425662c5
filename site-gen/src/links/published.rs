//! The last look at finished pages: every address of this site in them has a file behind it.
//!
//! Links in texts were looked up before, with their place in the file. What is found here was written in a template.

use std::collections::{BTreeMap, BTreeSet};

use super::target::decode;
use crate::diagnostics::Diagnostic;
use crate::markup::attributes;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;

/// Addresses that the Worker answers; no file lies there.
const ANSWERED_BY_WORKER: &str = "/api/";

/// Looks up the addresses in a finished page. `files` are all files of the finished site.
#[must_use]
pub fn check_page(
    html: &str,
    base_url: &str,
    files: &BTreeSet<&str>,
    templates: &[SourceFile],
) -> Vec<Diagnostic> {
    let written: BTreeMap<_, _> = attributes(html)
        .filter(|(name, _)| matches!(*name, "href" | "src" | "action"))
        .filter_map(|(_, value)| Some((value, local_path(value, base_url)?)))
        .collect();
    written
        .into_iter()
        .filter(|(_, path)| !path.starts_with(ANSWERED_BY_WORKER) && !files.contains(&*file(path)))
        .map(|(value, path)| missing(value, &path, files, templates))
        .collect()
}

/// The path of an address of this site; `None` for other sites and for places on the same page.
fn local_path(value: &str, base_url: &str) -> Option<String> {
    let address = value.strip_prefix(base_url).unwrap_or(value);
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let is_local = path.starts_with('/') && !path.starts_with("//");
    is_local.then(|| decode(path))
}

/// The file behind a path.
fn file(path: &str) -> String {
    let name = path.trim_start_matches('/');
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    }
}

fn missing(
    value: &str,
    path: &str,
    files: &BTreeSet<&str>,
    templates: &[SourceFile],
) -> Diagnostic {
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
        .maybe_help(did_you_mean(&file(path), files.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_without_a_file_are_mistakes() {
        let files = BTreeSet::from(["index.html", "login.html", "help/index.html", "a b.pdf"]);
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
            let errors = check_page(html, "https://a.example", &files, &[]);
            assert_eq!(errors.len(), count, "{html}: {errors:?}");
        }
    }
}
