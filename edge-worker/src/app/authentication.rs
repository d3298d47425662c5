//! Who is calling: from a token to a person, by one indexed read.

use super::App;
use super::error::{Error, Refusal};
use super::ports::Store;
use crate::domain::identifiers::SessionId;
use crate::domain::session::Session;
use crate::domain::user::{Role, User};

/// Somebody who has shown a token that opens the door.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person.
    pub user: User,
    /// The session that the token names.
    pub session: SessionId,
}

impl<S: Store> App<'_, S> {
    /// Lets the caller in, or not.
    ///
    /// The token names a session row, and the row decides on every request: signed out, disabled or deleted means out
    /// at once (ASVS 5.0 7.4.1). So does the role of this moment, not that of the sign-in (ASVS 5.0 8.3.2).
    pub async fn authenticate(&self, token: Option<&str>, needed: Role) -> Result<Caller, Error> {
        let token = token.ok_or(Refusal::AuthenticationRequired)?;
        let now = self.now();
        let bearer = self
            .mint
            .verify(token, now)
            .map_err(|refused| Error::new(Refusal::TokenNotValid, format!("{refused:?}")))?;
        let Some(owner) = self.store.session_owner(bearer.session).await? else {
            return Err(Error::new(Refusal::TokenNotValid, "the session was ended"));
        };
        let user = owner.account.user;
        let fault = if user.id != bearer.user {
            "the session is another user's"
        } else if !owner.account.is_active {
            "the account is inactive"
        } else if !owner.session.is_live(now) {
            "the session is over"
        } else if !user.role.covers(needed) {
            let (role, needed) = (user.role.as_str(), needed.as_str());
            let log = format!("user {}: {role} is not {needed}", user.id);
            return Err(Error::new(Refusal::Forbidden, log));
        } else {
            self.note_use(&owner.session).await;
            return Ok(Caller {
                user,
                session: bearer.session,
            });
        };
        Err(Error::new(Refusal::TokenNotValid, fault))
    }

    /// Notes every few minutes that the session is used. A note that cannot be written is no reason to refuse anything:
    /// the next request writes it.
    async fn note_use(&self, session: &Session) {
        let now = self.now();
        if session.is_to_be_noted(now) {
            let country = self.origin.country;
            let _noted = self.store.touch_session(session.id, country, now).await;
        }
    }
}
