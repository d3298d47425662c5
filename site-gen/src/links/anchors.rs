//! The part of an address after `#`: is there an element with that id on the page?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostics::Diagnostic;
use crate::markup::attributes;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;

/// An id that a link points to.
#[derive(Debug, Clone)]
pub struct AnchorUse {
    /// The file with the link.
    pub file: SourceFile,
    /// Where the link is.
    pub range: Range<usize>,
    /// The address of the page with the id.
    pub address: String,
    /// The id.
    pub id: String,
}

/// Looks up ids in finished pages, given by address. Pages that were not finished are passed over.
pub fn check_anchors<'a>(
    uses: impl IntoIterator<Item = &'a AnchorUse>,
    pages: &BTreeMap<String, &str>,
) -> Vec<Diagnostic> {
    let mut known: BTreeMap<&'a str, BTreeSet<&str>> = BTreeMap::new();
    let mut errors = Vec::new();
    for anchor in uses {
        let Some(html) = pages.get(&anchor.address) else {
            continue;
        };
        let ids = known.entry(&anchor.address).or_insert_with(|| ids(html));
        if ids.contains(anchor.id.as_str()) {
            continue;
        }
        let message = format!(
            "the page {} has no place \"#{}\"",
            anchor.address, anchor.id
        );
        errors.push(
            Diagnostic::at(&anchor.file, anchor.range.clone(), message)
                .help(format!("its places are: {}", listed(ids)))
                .maybe_help(did_you_mean(&anchor.id, ids.iter().copied())),
        );
    }
    errors
}

fn listed(ids: &BTreeSet<&str>) -> String {
    if ids.is_empty() {
        return "none; give a heading an id".to_owned();
    }
    let all: Vec<_> = ids.iter().map(|id| format!("#{id}")).collect();
    all.join(", ")
}

/// The values of all `id` attributes.
fn ids(html: &str) -> BTreeSet<&str> {
    attributes(html)
        .filter(|(name, _)| *name == "id")
        .map(|(_, id)| id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_wherever_they_stand_in_a_tag() {
        let html =
            "<h2 id=\"как-войти\">a</h2><form class=\"x\" id=\"login\"></form><p data-id=\"no\">";
        assert_eq!(ids(html), BTreeSet::from(["login", "как-войти"]));
    }
}
