//! What a person tells about themselves.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::{ProfileChange, Store};
use crate::domain::audit::{Actor, Event};
use crate::domain::user::User;

impl<S: Store> App<'_, S> {
    /// Changes the caller's name or phone. Nothing else can be changed here, whatever a request holds.
    pub async fn change_profile(
        &self,
        caller: Caller,
        change: &ProfileChange,
    ) -> Result<User, Error> {
        if *change == ProfileChange::default() {
            return Ok(caller.user);
        }
        let audit = self
            .audit(Event::ProfileChanged, Actor::Person)
            .about(caller.user.id);
        self.store
            .change_profile(caller.user.id, change, self.now(), &audit)
            .await?
            .ok_or_else(|| {
                Error::new(
                    Refusal::TokenNotValid,
                    "the account was closed or deleted during the request",
                )
            })
    }
}
