//! The part of an address after `#`: is there an element with that id on the page?

use std::collections::BTreeSet;

use crate::content::{Page, PageId};
use crate::diagnostics::Diagnostic;
use crate::markdown::Origin;
use crate::markup::Attribute;
use crate::suggestion::{nearest, question};

/// An id that a link points to.
#[derive(Debug, Clone)]
pub struct AnchorUse {
    /// Where the link is.
    pub origin: Origin,
    /// The page with the id.
    pub target: PageId,
    /// The id.
    pub id: String,
}

/// The ids of a finished page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids(BTreeSet<Box<str>>);

impl Ids {
    /// The ids among the attributes of a page, and the first one that stands there twice.
    #[must_use]
    pub fn read(attributes: &[Attribute<'_>]) -> (Self, Option<String>) {
        let mut ids = BTreeSet::new();
        let mut repeated = None;
        for (name, id) in attributes {
            if *name == "id" && !ids.insert((*id).into()) && repeated.is_none() {
                repeated = Some((*id).to_owned());
            }
        }
        (Self(ids), repeated)
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.0.contains(id)
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|id| &**id)
    }

    fn listed(&self) -> String {
        if self.0.is_empty() {
            return "the page has no headings; write a link to the page as a whole".to_owned();
        }
        let all: Vec<_> = self.iter().map(|id| format!("#{id}")).collect();
        format!("its places are: {}", all.join(", "))
    }
}

/// Looks up ids in finished pages; `find` gives the address and the ids of a page. Pages that were not finished are
/// passed over.
pub fn check_anchors<'a, 'b>(
    uses: impl IntoIterator<Item = &'a AnchorUse>,
    find: impl Fn(&PageId) -> Option<(&'b str, &'b Ids)>,
) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    for anchor in uses {
        let Some((address, ids)) = find(&anchor.target) else {
            continue;
        };
        if ids.contains(&anchor.id) {
            continue;
        }
        let message = format!("the page {address} has no place \"#{}\"", anchor.id);
        errors.push(
            anchor.origin.error(message).help(ids.listed()).maybe_help(
                nearest(&anchor.id, ids.iter()).map(|near| question(&format!("#{near}"))),
            ),
        );
    }
    errors
}

/// An id that stands twice on the finished page, at its heading if that is where somebody wrote it.
#[must_use]
pub fn repeated_id(page: &Page, id: &str) -> Diagnostic {
    let message = format!("the id \"{id}\" stands twice on the finished page");
    let written = format!("{{#{id}}}");
    let error = match page.file.text().find(&written) {
        Some(start) => page.error(start..start + written.len(), message),
        None => Diagnostic::about(page.file.path(), message),
    };
    error.help("give the heading another {#id}; one of the two may come from the template")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::attributes;

    fn read(html: &str) -> (Ids, Option<String>) {
        Ids::read(&attributes(html).collect::<Vec<_>>())
    }

    #[test]
    fn ids_are_found_wherever_they_stand_in_a_tag() {
        let html =
            "<h2 id=\"как-войти\">a</h2><form class=\"x\" id=\"login\"></form><p data-id=\"no\">";
        let (ids, repeated) = read(html);
        assert_eq!(ids.iter().collect::<Vec<_>>(), ["login", "как-войти"]);
        assert_eq!(repeated, None);
    }

    #[test]
    fn an_id_that_stands_twice_on_a_page_is_found() {
        let (_, repeated) = read("<p id=\"a\"><p id=\"b\"><p id=\"b\"><p id=\"a\">");
        assert_eq!(repeated.as_deref(), Some("b"));
    }
}
