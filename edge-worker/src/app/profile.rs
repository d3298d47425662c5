//! What a person tells about themselves.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::{ProfileChange, Store};
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
        self.store
            .change_profile(caller.user.id, change, self.now())
            .await?
            .ok_or_else(|| {
                Error::new(
                    Refusal::TokenNotValid,
                    "the user was deleted during the request",
                )
            })
    }
}
