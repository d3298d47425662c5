//! The pages of one folder in the order in which they are read.

use std::collections::HashMap;
use std::sync::Arc;

use super::View;
use crate::content::PageId;

/// The pages of a folder apart from its index page, by order and title.
#[derive(Debug)]
pub struct Section {
    pages: Vec<Arc<View>>,
    places: HashMap<PageId, usize>,
}

impl Section {
    pub(super) fn new(mut pages: Vec<Arc<View>>) -> Self {
        pages.sort_by(|one, other| {
            let (one_key, other_key) = ((one.order, &one.title), (other.order, &other.title));
            one_key.cmp(&other_key).then_with(|| one.id.cmp(&other.id))
        });
        let places = pages.iter().enumerate();
        let places = places
            .map(|(place, view)| (view.id.clone(), place))
            .collect();
        Self { pages, places }
    }

    /// The pages.
    #[must_use]
    pub fn pages(&self) -> &[Arc<View>] {
        &self.pages
    }

    /// The page before this one and the page after it.
    #[must_use]
    pub fn neighbours(&self, id: &PageId) -> (Option<&Arc<View>>, Option<&Arc<View>>) {
        let Some(place) = self.places.get(id).copied() else {
            return (None, None);
        };
        let before = place.checked_sub(1).and_then(|place| self.pages.get(place));
        (before, self.pages.get(place + 1))
    }
}
