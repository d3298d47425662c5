//! `_redirects` and `_headers`, obeyed as the host obeys them.
//!
//! Only what [`crate::headers`] writes is understood: addresses in which `*` may stand for any text.

use std::collections::HashMap;

/// The redirects of a site by the address that is asked for.
#[derive(Debug, Default)]
pub(super) struct Redirects {
    exact: HashMap<String, Redirect>,
    /// Those with `*`, in their order.
    patterns: Vec<(String, Redirect)>,
}

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redirect {
    /// The other address.
    pub(super) target: String,
    /// 200 to show what is there, otherwise the status that sends the browser there.
    pub(super) status: u16,
}

impl Redirects {
    pub(super) fn parse(text: &str) -> Self {
        let rule = |line: &str| {
            let mut words = line.split_whitespace();
            let from = words.next().filter(|from| !from.starts_with('#'))?;
            let target = words.next()?.to_owned();
            // A rule without a status sends the browser there for now.
            let status = words.next().map_or(Ok(302), str::parse).ok()?;
            Some((from.to_owned(), Redirect { target, status }))
        };
        let (patterns, exact): (Vec<_>, Vec<_>) = text
            .lines()
            .filter_map(rule)
            .partition(|(from, _)| from.contains('*'));
        Self {
            exact: exact.into_iter().collect(),
            patterns,
        }
    }

    pub(super) fn find(&self, address: &str) -> Option<&Redirect> {
        let of_pattern = || {
            let mut patterns = self.patterns.iter();
            patterns.find(|(from, _)| matches(from, address))
        };
        self.exact
            .get(address)
            .or_else(|| of_pattern().map(|(_, redirect)| redirect))
    }
}

/// What is sent along with which addresses.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<HeaderRule>);

/// What answers to some addresses are sent with.
#[derive(Debug)]
struct HeaderRule {
    addresses: String,
    /// Headers of earlier rules that this one takes away.
    removed: Vec<String>,
    set: Vec<(String, String)>,
}

impl Headers {
    pub(super) fn parse(text: &str) -> Self {
        let mut rules: Vec<HeaderRule> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if !line.starts_with([' ', '\t']) {
                rules.push(HeaderRule {
                    addresses: line.trim().to_owned(),
                    removed: Vec::new(),
                    set: Vec::new(),
                });
            } else if let Some(rule) = rules.last_mut() {
                if let Some(name) = line.trim().strip_prefix('!') {
                    rule.removed.push(name.trim().to_ascii_lowercase());
                } else if let Some((name, value)) = line.split_once(':') {
                    let name = name.trim().to_ascii_lowercase();
                    rule.set.push((name, value.trim().to_owned()));
                }
            }
        }
        Self(rules)
    }

    /// The headers for an address. One that several rules set gets the values of all, as at the host; what a rule takes away
    /// is gone before it sets its own.
    pub(super) fn of(&self, address: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for rule in &self.0 {
            if !matches(&rule.addresses, address) {
                continue;
            }
            found.retain(|(known, _)| !rule.removed.contains(known));
            for (name, value) in &rule.set {
                match found.iter_mut().find(|(known, _)| known == name) {
                    Some((_, values)) => {
                        values.push_str(", ");
                        values.push_str(value);
                    }
                    None => found.push((name.clone(), value.clone())),
                }
            }
        }
        found
    }
}

/// Whether an address fits a rule, in which each `*` stands for any text.
fn matches(rule: &str, address: &str) -> bool {
    let Some((start, rest)) = rule.split_once('*') else {
        return rule == address;
    };
    let Some(address) = address.strip_prefix(start) else {
        return false;
    };
    let mut ends = address.char_indices().map(|(position, _)| position);
    ends.any(|end| matches(rest, address.get(end..).unwrap_or_default())) || matches(rest, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BuildMode;
    use crate::headers::{self, InlineCode};

    #[test]
    fn the_redirects_that_the_generator_writes_are_understood() {
        let text = headers::redirects(["index.html", "help/index.html"], &[]).unwrap();
        let redirects = Redirects::parse(&format!(
            "# old\n{text}/old.html /new.html\n/past/* /help/ 301\n"
        ));
        for (address, expected) in [
            ("/", Some(("/index.html", 200))),
            ("/help", Some(("/help/", 301))),
            ("/help/", Some(("/help/index.html", 200))),
            ("/old.html", Some(("/new.html", 302))),
            ("/past/a/b.html", Some(("/help/", 301))),
            ("/login.html", None),
            ("#", None),
        ] {
            let found = redirects.find(address);
            let found = found.map(|found| (found.target.as_str(), found.status));
            assert_eq!(found, expected, "{address}");
        }
    }

    #[test]
    fn the_headers_that_the_generator_writes_are_understood() {
        let headers = Headers::parse(
            &headers::headers(
                BuildMode::Preview,
                &InlineCode::default(),
                ["/a/login.html"],
            )
            .unwrap(),
        );
        let value = |address: &str, name: &str| {
            let found = headers.of(address);
            let found = found.into_iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value)
        };
        let policy = value("/a/b.html", "content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"));
        assert_eq!(value("/a/b.html", "cache-control"), None);
        assert_eq!(
            value("/assets/site.css", "cache-control").unwrap(),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(value("/", "x-frame-options").unwrap(), "DENY");
        let policy = value("/a/login.html", "content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' https:"));
        assert!(!policy.contains(", "), "one policy, not two: {policy}");
        let isolation = "cross-origin-embedder-policy";
        assert_eq!(value("/a/b.html", isolation).unwrap(), "require-corp");
        assert_eq!(value("/a/login.html", isolation), None);
    }

    #[test]
    fn a_header_of_two_rules_has_both_values() {
        let headers = Headers::parse("/*\n  Vary: a\n/x/*\n  Vary: b\n");
        assert_eq!(headers.of("/x/y"), [("vary".into(), "a, b".into())]);
    }

    #[test]
    fn a_header_that_a_later_rule_takes_away_has_the_value_of_that_rule_or_none() {
        let headers = Headers::parse("/*\n  Vary: a\n  Age: 1\n/x\n  ! Vary\n  ! age\n  Vary: b\n");
        assert_eq!(headers.of("/x"), [("vary".into(), "b".into())]);
        assert_eq!(headers.of("/y").len(), 2);
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (rule, address, expected) in [
            ("/*", "/", true),
            ("/*", "/ж", true),
            ("/assets/*", "/assets/a.css", true),
            ("/assets/*", "/asset", false),
            ("/*.md", "/help/a.md", true),
            ("/*.md", "/help/a.md.html", false),
            ("/a", "/a/", false),
        ] {
            assert_eq!(matches(rule, address), expected, "{rule} {address}");
        }
    }
}
