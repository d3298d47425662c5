//! The mails that the Worker sends, kept and brought up to date.

use super::Workshop;
use crate::mail::{self, Letters, PostOffice};
use crate::output::WriteError;

impl Workshop {
    /// Makes the mails, if any of them can have changed.
    pub(super) fn update_mails(&mut self) {
        // Which pages there are may change without the whole list being made anew.
        let is_faulty = !self.shared_faults.mails.is_empty();
        if !(self.are_mails_stale || is_faulty) || !self.is_renderable() {
            return;
        }
        let (Some(sources), Some(commons), Some(renderer)) =
            (&self.sources, &self.commons, &self.renderer)
        else {
            return;
        };
        let office = PostOffice {
            commons,
            renderer,
            catalog: &self.catalog,
        };
        let (letters, faults) = office.make(&sources.mails);
        self.letters = letters;
        self.shared_faults.mails = faults;
        self.are_mails_stale = false;
    }

    /// After a good round, writes the mails where the Worker takes them in; true if they are others than before.
    pub fn deliver_mails(&self) -> Result<bool, WriteError> {
        mail::deliver(&self.root, &self.letters)
    }

    /// All mails, after a good round.
    #[must_use]
    pub const fn letters(&self) -> &Letters {
        &self.letters
    }
}
