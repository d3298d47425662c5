//! Somebody signs in, and out.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::{Credentials, Store};
use super::registration::SignedIn;
use crate::domain::audit::{Actor, Event};
use crate::domain::email::Email;
use crate::domain::identifiers::UserId;
use crate::domain::language::Language;
use crate::domain::mail::MailName;
use crate::domain::password_hash::PasswordHash;
use crate::domain::secret::SecretText;
use crate::domain::session::Session;

impl<S: Store> App<'_, S> {
    /// Signs a person in.
    ///
    /// Unknown address, wrong password, inactive account and a password that cannot be checked get one answer and cost
    /// one hash each: neither words nor work tell who has an account (ASVS 5.0 6.3.8). The work is equal as long as the
    /// stored hash has as many iterations as this installation gives to new ones.
    ///
    /// Who signs in with a device or from a country that this account has not seen is told by mail, in `language`.
    pub async fn sign_in(
        &self,
        email: &Email,
        password: &SecretText,
        language: Language,
    ) -> Result<SignedIn, Error> {
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
            return Err(self.refuse_sign_in(None, "unknown_address").await);
        };
        let user_id = account.user.id;
        if !password_is_right {
            return Err(self.refuse_sign_in(Some(user_id), "wrong_password").await);
        }
        if !account.is_active {
            return Err(self.refuse_sign_in(Some(user_id), "inactive").await);
        }
        let session = Session::begin(self.new_session_id()?, self.now(), self.origin);
        let audit = self.audit(Event::SignIn, Actor::Person).about(user_id);
        let notice = self.new_mail(MailName::NewDevice, language);
        if !self
            .store
            .open_session(email, &checked, &session, &notice, &audit)
            .await?
        {
            // Somebody changed the account while its password was checked.
            return Err(self.refuse_sign_in(Some(user_id), "changed").await);
        }
        self.mail_is_due();
        let token = self.issue_token(&session, user_id)?;
        Ok(SignedIn {
            token,
            user: account.user,
        })
    }

    /// Ends the caller's session, or all their sessions everywhere.
    pub async fn sign_out(&self, caller: &Caller, everywhere: bool) -> Result<(), Error> {
        let audit = |event| self.audit(event, Actor::Person).about(caller.user.id);
        if everywhere {
            let audit = audit(Event::SessionsEnded);
            self.store.end_sessions_of(caller.user.id, &audit).await?;
        } else {
            let audit = audit(Event::SignedOut);
            self.store.end_session(caller.session, &audit).await?;
        }
        Ok(())
    }

    /// Puts a refused sign-in down, the same way whatever the reason, so that no reason takes longer than another.
    async fn refuse_sign_in(&self, user: Option<UserId>, reason: &'static str) -> Error {
        let mut entry = self
            .audit(Event::SignInRefused, Actor::Anyone)
            .with_detail(reason);
        entry.user = user;
        if let Err(failure) = self.store.record(&entry).await {
            return failure.into();
        }
        let who = user.map_or_else(|| "nobody".to_owned(), |user| format!("user {user}"));
        Error::new(Refusal::InvalidCredentials, format!("{who}: {reason}"))
    }

    pub(super) fn issue_token(&self, session: &Session, user: UserId) -> Result<String, Error> {
        self.mint
            .issue(self.new_token_id()?, session, user)
            .map_err(|refused| {
                Error::internal(format!("the token could not be written: {refused:?}"))
            })
    }
}
