//! Links between pages: every address that an author wrote is looked up before anything is published.
//!
//! Ids on pages can come from templates as well as from headings, so the part after `#` is looked up in the finished
//! HTML, by [`check_anchors`]. [`Addresses`] looks up what templates wrote.

mod anchors;
pub mod external;
mod lookup;
mod published;
mod resolution;
mod target;
mod targets;

use std::collections::BTreeSet;

use crate::catalog::Key;
use crate::content::Page;
use crate::diagnostics::Diagnostic;
pub use anchors::{AnchorUse, Ids, check_anchors, repeated_id};
use lookup::Lookup;
pub use published::Addresses;
pub use targets::{Pictures, Targets, picture_file};

/// A page whose links were looked up.
#[derive(Debug)]
pub struct LinkedPage {
    /// Its text as HTML.
    pub html: String,
    /// The addresses of its links and pictures, whole, in the order of the text's links.
    pub addresses: Vec<String>,
    /// The ids that its links point to.
    pub anchors: Vec<AnchorUse>,
    /// What was looked up.
    pub reads: BTreeSet<Key>,
}

/// The third stage, for one page: looks up its links and pictures.
#[must_use]
pub fn link(page: &Page, targets: &Targets<'_>) -> (LinkedPage, Vec<Diagnostic>) {
    let mut lookup = Lookup::new(targets);
    let mut fillings = Vec::new();
    let mut addresses = Vec::new();
    let mut anchors = Vec::new();
    let mut errors = Vec::new();
    for written in &page.body.links {
        match resolution::resolve(page, written, &mut lookup) {
            Ok(resolved) => {
                fillings.push(resolved.filling);
                addresses.push(resolved.address);
                anchors.extend(resolved.anchor);
            }
            Err(error) => {
                fillings.push(String::new());
                addresses.push(String::new());
                errors.push(error);
            }
        }
    }
    let linked = LinkedPage {
        html: page.body.fill(&fillings),
        addresses,
        anchors,
        reads: lookup.into_reads(),
    };
    (linked, errors)
}
