//! Somebody confirms that the account's address is theirs.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::Store;
use crate::domain::audit::{Actor, Event};
use crate::domain::language::Language;
use crate::domain::link::{LinkPurpose, LiveLink};
use crate::domain::mail::MailName;

impl<S: Store> App<'_, S> {
    /// Mails the link again; earlier ones stop working. `false` when the address is confirmed already.
    pub async fn resend_verification(
        &self,
        caller: &Caller,
        language: Language,
    ) -> Result<bool, Error> {
        if caller.user.email_verified {
            return Ok(false);
        }
        self.limit_letters(caller.user.id).await?;
        let (link, token) = self.new_link(LinkPurpose::VerifyEmail)?;
        let mut mail = self.new_mail(MailName::VerifyEmail, language);
        mail.token = Some(token);
        self.store
            .add_link(Some(caller.user.id), &link, &mail, None)
            .await?;
        self.mail_is_due();
        Ok(true)
    }

    /// Counts the address of the link's owner as confirmed.
    pub async fn verify_email(&self, link: &LiveLink) -> Result<(), Error> {
        let audit = self
            .audit(Event::EmailVerified, Actor::Person)
            .about(link.user);
        if self.store.verify_email(link, &audit).await? {
            Ok(())
        } else {
            Err(Error::new(Refusal::LinkNotValid, "used meanwhile"))
        }
    }
}
