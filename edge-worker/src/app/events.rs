//! What happened to the caller's account lately, for them to see what was not them.

use super::App;
use super::authentication::Caller;
use super::error::Error;
use super::ports::{PastEvents, Store};
use crate::domain::page::Page;

impl<S: Store> App<'_, S> {
    /// The caller's events, the latest first.
    pub async fn own_events(&self, caller: &Caller, page: Page) -> Result<PastEvents, Error> {
        Ok(self.store.events_of(caller.user.id, page).await?)
    }
}
