//! `_redirects`: folders show their index pages, and addresses of the past lead to those of today.
//!
//! The host's limits: <https://developers.cloudflare.com/workers/static-assets/redirects/>.

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostic;

/// The file that this module makes.
const FILE: &str = "_redirects";
const MOST_STATIC: usize = 2_000;
const MOST_DYNAMIC: usize = 100;
const LONGEST_LINE: usize = 1_000;

/// An address of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias<'a> {
    /// The old address, `/help/old.html`; `*` at its end stands for anything.
    pub from: &'a str,
    /// The address of the page that took its place.
    pub to: &'a str,
}

/// The file `_redirects`. `outputs` are the files of all pages.
pub fn redirects<'a>(
    outputs: impl IntoIterator<Item = &'a str>,
    aliases: &[Alias<'_>],
) -> Result<String, Vec<Diagnostic>> {
    let mut folders: Vec<_> = outputs
        .into_iter()
        .filter_map(|output| output.strip_suffix("index.html"))
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .collect();
    folders.sort_unstable();
    let of_folders: Vec<_> = folders.into_iter().flat_map(folder_rules).collect();
    let (of_aliases, mut errors) = alias_rules(aliases);
    let (dynamic, fixed): (Vec<_>, Vec<_>) = of_aliases.iter().partition(|rule| rule.is_dynamic);

    let count = of_folders.len() + fixed.len();
    if count > MOST_STATIC {
        errors.push(
            Diagnostic::about(FILE, format!("the site needs {count} redirects; the host takes {MOST_STATIC}"))
                .help(format!(
                    "{} come from folders and {} from `aliases` of pages: take out the oldest aliases, or let one that ends in `*` stand for many",
                    of_folders.len(),
                    fixed.len(),
                )),
        );
    }
    if dynamic.len() > MOST_DYNAMIC {
        errors.push(
            Diagnostic::about(
                FILE,
                format!(
                    "the site needs {} redirects with `*` or `:`; the host takes {MOST_DYNAMIC}",
                    dynamic.len()
                ),
            )
            .help("take out the oldest `aliases` of pages"),
        );
    }
    if errors.is_empty() {
        // The host goes down the list, so exact addresses stand above those with a `*`.
        let lines = fixed.into_iter().chain(dynamic).map(|rule| &rule.line);
        Ok(of_folders.iter().chain(lines).map(String::as_str).collect())
    } else {
        Err(errors)
    }
}

struct AliasRule {
    line: String,
    is_dynamic: bool,
}

fn folder_rules(folder: &str) -> Vec<String> {
    let shown = format!("/{folder} /{folder}index.html 200\n");
    let slashed = folder
        .strip_suffix('/')
        .map(|name| format!("/{name} /{folder} 301\n"));
    std::iter::once(shown).chain(slashed).collect()
}

fn alias_rules(aliases: &[Alias<'_>]) -> (Vec<AliasRule>, Vec<Diagnostic>) {
    let mut targets: BTreeMap<&str, &str> = BTreeMap::new();
    let mut errors = Vec::new();
    for Alias { from, to } in aliases {
        match targets.insert(from, to) {
            Some(before) if before != *to => {
                let message =
                    format!("the old address \"{from}\" would lead both to {before} and to {to}");
                errors.push(
                    Diagnostic::about(FILE, message)
                        .help("leave it in the `aliases` of one page only"),
                );
            }
            _ => {}
        }
    }
    let mut rules = Vec::with_capacity(targets.len());
    for (from, to) in targets {
        let line = format!("{from} {to} 301\n");
        if let Some(fault) = fault(from, &line) {
            let message = format!("the old address \"{from}\" {fault}");
            errors
                .push(Diagnostic::about(FILE, message).help("an alias looks like /help/old.html"));
        }
        rules.push(AliasRule {
            is_dynamic: from.contains('*') || from.contains("/:"),
            line,
        });
    }
    (rules, errors)
}

/// Why the host would not take a rule as it is meant.
fn fault(from: &str, line: &str) -> Option<&'static str> {
    if !from.starts_with('/') {
        Some("does not begin with `/`")
    } else if from.contains(|letter: char| letter.is_whitespace() || matches!(letter, '?' | '#')) {
        Some("holds a space, `?` or `#`")
    } else if line.len() > LONGEST_LINE {
        Some("is too long for the host")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_show_their_index_and_get_their_slash() {
        let outputs = [
            "login.html",
            "index.html",
            "help/index.html",
            "reindex.html",
            "en/index.html",
        ];
        assert_eq!(
            redirects(outputs, &[]).unwrap(),
            "/ /index.html 200\n\
             /en/ /en/index.html 200\n/en /en/ 301\n\
             /help/ /help/index.html 200\n/help /help/ 301\n"
        );
    }

    #[test]
    fn old_addresses_lead_to_new_ones_and_exact_ones_come_first() {
        let alias = |from, to| Alias { from, to };
        let aliases = [
            alias("/old/*", "/help/"),
            alias("/old/b.html", "/help/b.html"),
            alias("/old/a.html", "/help/a.html"),
            alias("/old/a.html", "/help/a.html"),
        ];
        assert_eq!(
            redirects([], &aliases).unwrap(),
            "/old/a.html /help/a.html 301\n/old/b.html /help/b.html 301\n/old/* /help/ 301\n"
        );
    }

    #[test]
    fn aliases_that_the_host_would_misread_are_refused() {
        let long = format!("/{}", "a".repeat(1_000));
        for (from, expected) in [
            (
                "old.html",
                "the old address \"old.html\" does not begin with `/`",
            ),
            ("/a b.html", "holds a space, `?` or `#`"),
            ("/a?b=c", "holds a space, `?` or `#`"),
            (long.as_str(), "is too long for the host"),
        ] {
            let errors = redirects(
                [],
                &[Alias {
                    from,
                    to: "/x.html",
                }],
            )
            .unwrap_err();
            assert_eq!(errors.len(), 1);
            assert!(errors[0].to_string().contains(expected), "{}", errors[0]);
        }
        let twice = ["/a.html", "/b.html"].map(|to| Alias {
            from: "/old.html",
            to,
        });
        let errors = redirects([], &twice).unwrap_err();
        assert!(
            errors[0]
                .to_string()
                .contains("both to /a.html and to /b.html")
        );
    }

    #[test]
    fn more_rules_than_the_host_takes_are_refused_with_the_cure() {
        for (mark, most, help) in [
            ("", 2_000, "0 come from folders and 2001 from `aliases`"),
            ("*", 100, "take out the oldest `aliases`"),
        ] {
            let old: Vec<_> = (0..=most)
                .map(|number| format!("/{number}{mark}"))
                .collect();
            let aliases: Vec<_> = old
                .iter()
                .map(|from| Alias {
                    from,
                    to: "/x.html",
                })
                .collect();
            assert!(redirects([], &aliases[1..]).is_ok());
            let errors = redirects([], &aliases).unwrap_err();
            assert_eq!(errors.len(), 1);
            let error = errors[0].to_string();
            assert!(
                error.contains(&format!("; the host takes {most}")),
                "{error}"
            );
            assert!(error.contains(help), "{error}");
        }
    }
}
