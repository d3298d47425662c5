//! `sitemap.xml`: the pages that search engines may list, with their days and their twins in other languages.
//!
//! A file may hold 50,000 addresses and 50 MB (<https://www.sitemaps.org/protocol.html>). A larger site gets several files, and
//! `sitemap.xml` names them.

use std::fmt::Write as _;

use super::Listing;
use crate::dates;
use crate::language::Language;
use crate::markup::escape_xml;
use crate::output::OutputFile;

const MOST_ADDRESSES: usize = 50_000;
const MOST_BYTES: usize = 50_000_000;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const OPENING: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
    xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
const CLOSING: &str = "</urlset>\n";

/// The files of the sitemap; the first one is `sitemap.xml`. Pages that are not to be listed are left out.
#[must_use]
pub fn sitemap(base_url: &str, listings: &[Listing<'_>]) -> Vec<OutputFile> {
    let entries = listings
        .iter()
        .filter(|listing| listing.is_indexed)
        .map(|listing| entry(base_url, listing));
    divided(base_url, entries, MOST_ADDRESSES, MOST_BYTES)
}

/// As few files as the limits allow, the pages in their order.
fn divided(
    base_url: &str,
    entries: impl Iterator<Item = String>,
    most_addresses: usize,
    most_bytes: usize,
) -> Vec<OutputFile> {
    let room = most_bytes - DECLARATION.len() - OPENING.len() - CLOSING.len();
    let mut bodies = vec![String::new()];
    let mut count = 0;
    for entry in entries {
        let is_full = bodies
            .last()
            .is_none_or(|body| count == most_addresses || body.len() + entry.len() > room);
        if is_full {
            bodies.push(String::new());
            count = 0;
        }
        if let Some(body) = bodies.last_mut() {
            body.push_str(&entry);
            count += 1;
        }
    }
    let whole = |body: &str| format!("{DECLARATION}{OPENING}{body}{CLOSING}");
    if let [only] = bodies.as_slice() {
        return vec![file("sitemap.xml".to_owned(), whole(only))];
    }
    let mut names = format!(
        "{DECLARATION}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    let mut files = Vec::with_capacity(bodies.len() + 1);
    for (number, body) in (1..).zip(&bodies) {
        let path = format!("sitemap-{number}.xml");
        let address = escape_xml(&format!("{base_url}/{path}"));
        _ = writeln!(names, "<sitemap><loc>{address}</loc></sitemap>");
        files.push(file(path, whole(body)));
    }
    names.push_str("</sitemapindex>\n");
    files.insert(0, file("sitemap.xml".to_owned(), names));
    files
}

fn entry(base_url: &str, listing: &Listing<'_>) -> String {
    let url = |address: &str| escape_xml(&format!("{base_url}{address}"));
    let mut entry = format!("<url><loc>{}</loc>", url(listing.address));
    if let Some(day) = listing.updated {
        _ = write!(entry, "<lastmod>{}</lastmod>", dates::for_machines(day));
    }
    if listing.alternates.len() > 1 {
        for (language, address) in listing.alternates {
            let default = (*language == Language::ALL[0]).then_some("x-default");
            for code in std::iter::once(language.code()).chain(default) {
                _ = write!(
                    entry,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{}\"/>",
                    url(address)
                );
            }
        }
    }
    entry.push_str("</url>\n");
    entry
}

fn file(path: String, content: String) -> OutputFile {
    OutputFile {
        path,
        content: content.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_above_the_limits_gets_several_files_and_one_that_names_them() {
        let entries: Vec<_> = (0..5)
            .map(|number| format!("<url>{number}</url>\n"))
            .collect();
        for (most_addresses, most_bytes, paths) in [
            (5, MOST_BYTES, &["sitemap.xml"][..]),
            (
                2,
                MOST_BYTES,
                &[
                    "sitemap.xml",
                    "sitemap-1.xml",
                    "sitemap-2.xml",
                    "sitemap-3.xml",
                ],
            ),
            (
                MOST_ADDRESSES,
                DECLARATION.len() + OPENING.len() + CLOSING.len() + 3 * entries[0].len(),
                &["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"],
            ),
        ] {
            let files = divided(
                "https://a.example",
                entries.iter().cloned(),
                most_addresses,
                most_bytes,
            );
            let found: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
            assert_eq!(found, paths);
            let all: String = files
                .iter()
                .map(|file| String::from_utf8(file.content.clone()).unwrap())
                .collect();
            for entry in &entries {
                assert_eq!(all.matches(entry.as_str()).count(), 1, "{entry}");
            }
            for path in paths.iter().skip(1) {
                assert!(all.contains(&format!("<loc>https://a.example/{path}</loc>")));
            }
            let mut full = files.iter().skip(paths.len().min(2) - 1);
            assert!(full.all(|file| file.content.len() <= most_bytes));
        }
    }
}
