//! Somebody who is signed in changes what opens their account: the password, or the address.
//!
//! Both ask for the password again (ASVS 5.0 6.2.3 and 7.5.1): a session alone, found on a forgotten screen, is not enough.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::{Checked, EmailNotChanged, Store};
use crate::domain::audit::{Actor, Event};
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::link::{LinkPurpose, LiveLink};
use crate::domain::mail::MailName;
use crate::domain::password::NewPassword;
use crate::domain::password_hash::{PasswordHash, StoredPassword};
use crate::domain::secret::SecretText;

impl<S: Store> App<'_, S> {
    /// Gives the caller another password, ends their other sessions, and tells them by mail.
    pub async fn change_password(
        &self,
        caller: &Caller,
        current: &SecretText,
        new: &NewPassword,
        language: Language,
    ) -> Result<(), Error> {
        let stored = self
            .check_password(caller, current, Event::PasswordChangeRefused)
            .await?;
        self.limit_password_changes(caller.user.id).await?;
        let hash = self.hash(new)?;
        let notice = self.new_mail(MailName::PasswordChanged, language);
        let audit = self
            .audit(Event::PasswordChanged, Actor::Person)
            .about(caller.user.id);
        let is_done = self
            .store
            .change_password(checked(caller, &stored), &hash, &notice, &audit)
            .await?;
        self.done_unless_changed_meanwhile(is_done)
    }

    /// Mails a link to the new address and a notice to the present one. Nothing changes until the link is used.
    ///
    /// That somebody has the new address already is said, as registration says it to anybody; both are limited, and here it
    /// costs as much as a letter that leaves.
    pub async fn request_email_change(
        &self,
        caller: &Caller,
        password: &SecretText,
        email: &Email,
        language: Language,
    ) -> Result<(), Error> {
        let stored = self
            .check_password(caller, password, Event::EmailChangeRefused)
            .await?;
        self.limit_letters(caller.user.id).await?;
        match self.store.account_by_email(email).await? {
            Some(account) if account.user.id != caller.user.id => {
                let audit = self
                    .audit(Event::EmailChangeRefused, Actor::Person)
                    .about(caller.user.id)
                    .with_detail("email_taken");
                self.store.record(&audit).await?;
                return Err(Refusal::EmailTaken.into());
            }
            Some(account) if account.user.email == email.address() => {
                return Err(Refusal::EmailSame.into());
            }
            _ => {}
        }
        let (mut link, token) = self.new_link(LinkPurpose::ChangeEmail)?;
        link.address = Some(email.clone());
        link.session = Some(caller.session);
        let mut confirmation = self.new_mail(MailName::ChangeEmail, language);
        confirmation.to = Some(email.clone());
        confirmation.token = Some(token);
        let mut notice = self.new_mail(MailName::EmailChangeRequested, language);
        notice.about = Some(email.clone());
        let audit = self
            .audit(Event::EmailChangeRequested, Actor::Person)
            .about(caller.user.id);
        let is_done = self
            .store
            .request_email_change(
                checked(caller, &stored),
                &link,
                &[confirmation, notice],
                &audit,
            )
            .await?;
        self.done_unless_changed_meanwhile(is_done)
    }

    /// Makes the address to which the link was sent the account's, and tells the former one.
    pub async fn change_email(&self, link: &LiveLink, language: Language) -> Result<(), Error> {
        let email = Email::parse(&link.address).map_err(|refused| {
            Error::internal(format!("the link has no address to change to: {refused:?}"))
        })?;
        let mut notice = self.new_mail(MailName::EmailChanged, language);
        notice.about = Some(email.clone());
        let audit = self
            .audit(Event::EmailChanged, Actor::Person)
            .about(link.user);
        self.store
            .change_email(link, &email, &notice, &audit)
            .await
            .map_err(|refused| match refused {
                EmailNotChanged::LinkDead => Error::new(Refusal::LinkNotValid, "used meanwhile"),
                EmailNotChanged::EmailTaken => Refusal::EmailTakenMeanwhile.into(),
                EmailNotChanged::Failure(failure) => failure.into(),
            })?;
        self.remember_home(&email).await;
        self.mail_is_due();
        Ok(())
    }

    /// Whether this is the caller's password; always one hash. The stored text, to be compared again at the change.
    pub(super) async fn check_password(
        &self,
        caller: &Caller,
        password: &SecretText,
        refused: Event,
    ) -> Result<StoredPassword, Error> {
        self.limit_wrong_passwords(caller.user.id).await?;
        let stored = self
            .store
            .credentials_of(caller.user.id)
            .await?
            .ok_or_else(|| Error::new(Refusal::TokenNotValid, "the user was deleted"))?
            .password;
        let compared = match stored.hash() {
            Some(hash) => hash,
            None => PasswordHash::of_nobody(self.new_salt()?, self.settings.iterations),
        };
        if self.verify(&compared, password) {
            self.forget_wrong_passwords(caller.user.id).await?;
            return Ok(stored);
        }
        let audit = self
            .audit(refused, Actor::Person)
            .about(caller.user.id)
            .with_detail("wrong_password");
        self.store.record(&audit).await?;
        Err(Refusal::WrongPassword.into())
    }

    pub(super) fn done_unless_changed_meanwhile(&self, is_done: bool) -> Result<(), Error> {
        if !is_done {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        self.mail_is_due();
        Ok(())
    }
}

pub(super) const fn checked<'a>(caller: &Caller, password: &'a StoredPassword) -> Checked<'a> {
    Checked {
        user: caller.user.id,
        session: caller.session,
        password,
    }
}
