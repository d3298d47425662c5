//! The finished site in memory, answered as the host would answer it.

use std::collections::HashMap;

use axum::body::Bytes;
use percent_encoding::percent_decode_str;

use super::content_type;
use super::rules::{Headers, Redirects};
use crate::BuildMode;
use crate::headers::{self, InlineCode};
use crate::output::OutputFile;

/// The files of the last good build.
#[derive(Debug)]
pub(super) struct Site {
    files: HashMap<String, Bytes>,
    redirects: Redirects,
    headers: Headers,
}

/// What is sent for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl Site {
    /// A site that has no files yet.
    pub(super) fn new() -> Self {
        Self {
            files: HashMap::new(),
            redirects: Redirects::default(),
            headers: Headers::parse(&first_headers()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Takes over what changed.
    pub(super) fn follow(&mut self, changed: Vec<OutputFile>, removed: &[String]) {
        for name in removed {
            self.files.remove(name);
        }
        for file in changed {
            match file.path.as_str() {
                "_redirects" => {
                    self.redirects = Redirects::parse(&String::from_utf8_lossy(&file.content));
                }
                "_headers" => {
                    self.headers = Headers::parse(&String::from_utf8_lossy(&file.content));
                }
                _ => {
                    self.files.insert(file.path, file.content.into());
                }
            }
        }
    }

    /// The answer to a request for `address`, a path that begins with `/`.
    pub(super) fn answer(&self, address: &str) -> Answer {
        let redirect = self.redirects.find(address);
        if let Some(redirect) = redirect.filter(|redirect| redirect.status != 200) {
            return Answer {
                status: redirect.status,
                headers: vec![("location".to_owned(), redirect.target.clone())],
                body: Bytes::new(),
            };
        }
        let shown = redirect.map_or(address, |redirect| &redirect.target);
        let name = shown.trim_start_matches('/');
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        let exact = self.files.get_key_value(decoded.as_ref());
        let (status, found) = match exact {
            Some(found) => (200, Some(found)),
            None => (404, self.not_found_page(&decoded)),
        };
        let (name, body) = found.map_or(("404.txt", Bytes::from_static(b"404\n")), |found| {
            (found.0.as_str(), found.1.clone())
        });
        let mut answer = Answer {
            status,
            headers: self.headers.of(address),
            body,
        };
        answer.set_default("content-type", content_type::of(name));
        answer.set_default("cache-control", "no-cache");
        answer
    }

    /// What goes along with answers that are not files of the site.
    pub(super) fn headers(&self, address: &str) -> Vec<(String, String)> {
        self.headers.of(address)
    }

    /// The page that says in the visitor's language that there is nothing: the nearest one on the way up.
    fn not_found_page(&self, name: &str) -> Option<(&String, &Bytes)> {
        let mut folder = name;
        while let Some((above, _)) = folder.rsplit_once('/') {
            let page = self.files.get_key_value(&format!("{above}/404.html"));
            if page.is_some() {
                return page;
            }
            folder = above;
        }
        self.files.get_key_value("404.html")
    }
}

impl Answer {
    fn set_default(&mut self, name: &str, value: &str) {
        if !self.headers.iter().any(|(known, _)| known == name) {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The value of a header.
    #[cfg(test)]
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What goes along with answers before there is a site: its policy, without inline code.
fn first_headers() -> String {
    headers::headers(BuildMode::Preview, &InlineCode::default(), []).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<OutputFile> {
        let file = |(path, content): &(&str, &str)| OutputFile::text(*path, *content);
        files.iter().map(file).collect()
    }

    fn site() -> Site {
        let mut site = Site::new();
        let redirects =
            headers::redirects(["index.html", "help/index.html", "en/index.html"], &[]).unwrap();
        let files = files(&[
            ("index.html", "home"),
            ("help/index.html", "help"),
            ("help/a.html", "a"),
            ("assets/site.0123456789.css", "css"),
            ("files/смета.txt", "смета"),
            ("404.html", "nothing (ru)"),
            ("en/404.html", "nothing (en)"),
            ("_redirects", &redirects),
            ("_headers", &first_headers()),
        ]);
        site.follow(files, &[]);
        site
    }

    #[test]
    fn every_address_is_answered_as_the_host_does() {
        let site = site();
        for (address, status, body) in [
            ("/", 200, "home"),
            ("/help/", 200, "help"),
            ("/help/index.html", 200, "help"),
            ("/help/a.html", 200, "a"),
            ("/help/a", 404, "nothing (ru)"),
            ("/nope.html", 404, "nothing (ru)"),
            ("/en/deep/nope.html", 404, "nothing (en)"),
            ("/files/%D1%81%D0%BC%D0%B5%D1%82%D0%B0.txt", 200, "смета"),
            ("/_headers", 404, "nothing (ru)"),
            ("/_redirects", 404, "nothing (ru)"),
            ("/../../etc/passwd", 404, "nothing (ru)"),
            ("/help/%2e%2e/index.html", 404, "nothing (ru)"),
        ] {
            let answer = site.answer(address);
            assert_eq!(answer.status, status, "{address}");
            assert_eq!(answer.body, body.as_bytes(), "{address}");
        }
    }

    #[test]
    fn a_folder_without_its_slash_is_sent_to_it() {
        let answer = site().answer("/help");
        assert_eq!(answer.status, 301);
        assert_eq!(answer.header("location"), Some("/help/"));
    }

    #[test]
    fn files_have_their_types_and_the_headers_of_the_site() {
        let site = site();
        let page = site.answer("/help/");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(page.header("cache-control"), Some("no-cache"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("trusted-types offline-page"));
        let style = site.answer("/assets/site.0123456789.css");
        assert_eq!(
            style.header("content-type"),
            Some("text/css; charset=utf-8")
        );
        assert!(style.header("cache-control").unwrap().contains("immutable"));
    }

    #[test]
    fn a_change_replaces_and_removes() {
        let mut site = site();
        let removed = ["help/a.html", "404.html"].map(str::to_owned);
        site.follow(files(&[("index.html", "new")]), &removed);
        assert_eq!(site.answer("/").body, "new");
        let gone = site.answer("/help/a.html");
        assert_eq!((gone.status, &gone.body[..]), (404, &b"404\n"[..]));
    }
}
