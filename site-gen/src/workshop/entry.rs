//! A page with everything that was found out about it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::{Key, View};
use crate::content::{Page, PageId};
use crate::diagnostics::Diagnostic;
use crate::headers::InlineCode;
use crate::links::{AnchorUse, Ids};
use crate::markdown::Usage;
use crate::search::PageTerms;

/// A page in the workshop.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) page: Arc<Page>,
    pub(super) view: Arc<View>,
    /// Whether the page is a draft and the site is built without drafts.
    pub(super) is_left_out: bool,
    /// The words of the page for the search, if it is searched.
    pub(super) terms: Option<Arc<PageTerms>>,
    /// What was looked up when the page was made last.
    pub(super) reads: BTreeSet<Key>,
    /// The ids that its links point to.
    pub(super) anchors: Vec<AnchorUse>,
    /// The ids on the finished page, if there is one.
    pub(super) ids: Option<Ids>,
    /// Pictures that were drawn for it.
    pub(super) files: Vec<String>,
    /// Scripts and styles that stand in the page itself.
    pub(super) inline: InlineCode,
    /// Whether the page has a place for the check for people.
    pub(super) has_check: bool,
    pub(super) text_faults: Vec<Diagnostic>,
    pub(super) page_faults: Vec<Diagnostic>,
    pub(super) anchor_faults: Vec<Diagnostic>,
    pub(super) template_fault: Option<Diagnostic>,
}

/// What came of making a page.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) id: PageId,
    pub(super) anchors: Vec<AnchorUse>,
    pub(super) reads: BTreeSet<Key>,
    pub(super) ids: Option<Ids>,
    pub(super) inline: InlineCode,
    pub(super) has_check: bool,
    pub(super) files: Vec<String>,
    pub(super) faults: Vec<Diagnostic>,
    pub(super) template_fault: Option<Diagnostic>,
}

impl Made {
    /// A page of which only the faults of its links are known.
    pub(super) fn new(id: PageId, faults: Vec<Diagnostic>) -> Self {
        Self {
            id,
            anchors: Vec::new(),
            reads: BTreeSet::new(),
            ids: None,
            inline: InlineCode::default(),
            has_check: false,
            files: Vec::new(),
            faults,
            template_fault: None,
        }
    }
}

impl Entry {
    /// A page that was read and not made yet.
    pub(super) fn new(page: Arc<Page>, view: Arc<View>, text_faults: Vec<Diagnostic>) -> Self {
        Self {
            page,
            view,
            is_left_out: false,
            terms: None,
            reads: BTreeSet::new(),
            anchors: Vec::new(),
            ids: None,
            inline: InlineCode::default(),
            has_check: false,
            files: Vec::new(),
            text_faults,
            page_faults: Vec::new(),
            anchor_faults: Vec::new(),
            template_fault: None,
        }
    }

    /// Keeps what came of making the page; true if its ids are others than before.
    pub(super) fn keep(&mut self, made: Made) -> bool {
        self.anchors = made.anchors;
        self.reads = made.reads;
        self.inline = made.inline;
        self.has_check = made.has_check;
        self.files = made.files;
        self.page_faults = made.faults;
        self.template_fault = made.template_fault;
        let has_new_ids = made.ids != self.ids;
        self.ids = made.ids;
        has_new_ids
    }

    /// Whether visitors can find the page by its words.
    pub(super) fn is_searched(&self) -> bool {
        self.terms.is_some() && !self.is_left_out
    }

    /// Whether its text shows pictures.
    pub(super) fn shows_pictures(&self) -> bool {
        let mut links = self.page.body.links.iter();
        links.any(|written| matches!(written.usage, Usage::Picture { .. }))
    }

    /// Everything that is wrong with the page itself.
    pub(super) fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        let faults = self.text_faults.iter().chain(&self.page_faults);
        faults.chain(&self.anchor_faults)
    }

    /// Whether the page has to be made again although nothing that it looked up changed.
    pub(super) fn is_faulty(&self) -> bool {
        self.template_fault.is_some() || self.faults().next().is_some()
    }
}
