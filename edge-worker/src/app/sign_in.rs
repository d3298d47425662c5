//! Somebody signs in, and out.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::{Credentials, Store};
use super::registration::SignedIn;
use crate::domain::email::Email;
use crate::domain::identifiers::UserId;
use crate::domain::password_hash::PasswordHash;
use crate::domain::secret::SecretText;
use crate::domain::session::Session;

impl<S: Store> App<'_, S> {
    /// Signs a person in.
    ///
    /// Unknown address, wrong password, inactive account and a password that cannot be checked get one answer and cost
    /// one hash each: neither words nor work tell who has an account (ASVS 5.0 6.3.8). The work is equal as long as the
    /// stored hash has as many iterations as this installation gives to new ones.
    pub async fn sign_in(&self, email: &Email, password: &SecretText) -> Result<SignedIn, Error> {
        let refused = |log: String| Err(Error::new(Refusal::InvalidCredentials, log));
        let credentials = self.store.credentials_by_email(email).await?;
        let stored = credentials.as_ref().and_then(|found| found.password.hash());
        let compared = match stored {
            Some(hash) => hash,
            None => PasswordHash::of_nobody(self.new_salt()?, self.settings.iterations),
        };
        let password_is_right = compared.verify(password);
        let Some(Credentials {
            account,
            password: checked,
        }) = credentials
        else {
            return refused("nobody has this address".to_owned());
        };
        let user_id = account.user.id;
        if !password_is_right {
            return refused(format!("user {user_id}: wrong password"));
        }
        if !account.is_active {
            return refused(format!("user {user_id}: inactive"));
        }
        let session = Session::begin(self.new_session_id()?, self.now());
        if !self.store.open_session(email, &checked, &session).await? {
            return refused(format!(
                "user {user_id}: changed while the password was checked"
            ));
        }
        let token = self.issue_token(&session, user_id)?;
        Ok(SignedIn {
            token,
            user: account.user,
        })
    }

    /// Ends the caller's session, or all their sessions everywhere.
    pub async fn sign_out(&self, caller: &Caller, everywhere: bool) -> Result<(), Error> {
        if everywhere {
            self.store.end_sessions_of(caller.user.id).await?;
        } else {
            self.store.end_session(caller.session).await?;
        }
        Ok(())
    }

    pub(super) fn issue_token(&self, session: &Session, user: UserId) -> Result<String, Error> {
        self.mint
            .issue(self.new_token_id()?, session, user)
            .map_err(|refused| {
                Error::internal(format!("the token could not be written: {refused:?}"))
            })
    }
}
