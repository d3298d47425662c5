//! `_redirects`: folders show their index pages, and addresses of the past lead to those of today.
//!
//! The host's limits: <https://developers.cloudflare.com/workers/static-assets/redirects/>.

use crate::diagnostics::Diagnostic;

/// The file that this module makes.
const FILE: &str = "_redirects";
/// How many rules the host takes that name one address each. Rules with `*` are another hundred; none is made here.
const MOST: usize = 2_000;

/// An address of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias<'a> {
    /// The old address, `/help/old.html`: one that the front matter took.
    pub from: &'a str,
    /// The address of the page that took its place.
    pub to: &'a str,
}

/// The file `_redirects`. `outputs` are the files of all pages; no two `aliases` begin at one address.
pub fn redirects<'a>(
    outputs: impl IntoIterator<Item = &'a str>,
    aliases: &[Alias<'_>],
) -> Result<String, Diagnostic> {
    let mut folders: Vec<_> = outputs
        .into_iter()
        .filter_map(|output| output.strip_suffix("index.html"))
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .collect();
    folders.sort_unstable();
    let of_folders: Vec<_> = folders.into_iter().flat_map(folder_rules).collect();
    let mut aliases = aliases.to_vec();
    aliases.sort_unstable();
    let count = of_folders.len() + aliases.len();
    if count > MOST {
        let message = format!("the site needs {count} redirects; the host takes {MOST}");
        return Err(Diagnostic::about(FILE, message).help(format!(
            "{} come from folders and {} from `aliases` of pages: take out the oldest aliases",
            of_folders.len(),
            aliases.len(),
        )));
    }
    let of_aliases = aliases
        .iter()
        .map(|Alias { from, to }| format!("{from} {to} 301\n"));
    Ok(of_folders.into_iter().chain(of_aliases).collect())
}

fn folder_rules(folder: &str) -> Vec<String> {
    let shown = format!("/{folder} /{folder}index.html 200\n");
    let slashed = folder
        .strip_suffix('/')
        .map(|name| format!("/{name} /{folder} 301\n"));
    std::iter::once(shown).chain(slashed).collect()
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
    fn old_addresses_lead_to_new_ones_after_the_folders() {
        let aliases = ["b", "a"].map(|name| (format!("/old/{name}.html"), format!("/{name}.html")));
        let aliases: Vec<_> = aliases
            .iter()
            .map(|(from, to)| Alias { from, to })
            .collect();
        assert_eq!(
            redirects(["index.html"], &aliases).unwrap(),
            "/ /index.html 200\n/old/a.html /a.html 301\n/old/b.html /b.html 301\n"
        );
    }

    #[test]
    fn more_rules_than_the_host_takes_are_refused_with_the_cure() {
        let old: Vec<_> = (0..=MOST).map(|number| format!("/{number}")).collect();
        let to = "/x.html";
        let aliases: Vec<_> = old.iter().map(|from| Alias { from, to }).collect();
        assert!(redirects([], &aliases[1..]).is_ok());
        assert_eq!(
            redirects([], &aliases).unwrap_err().to_string(),
            "error: the site needs 2001 redirects; the host takes 2000\n --> _redirects\n  \
             = help: 0 come from folders and 2001 from `aliases` of pages: take out the oldest aliases\n"
        );
    }
}
