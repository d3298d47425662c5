//! Somebody has forgotten their password, and chooses another one by a mailed link.

use super::App;
use super::error::{Error, Refusal};
use super::ports::Store;
use crate::domain::audit::{Actor, Event};
use crate::domain::email::Email;
use crate::domain::human_check::{HumanAction, HumanToken};
use crate::domain::language::Language;
use crate::domain::link::{LinkPurpose, LiveLink};
use crate::domain::mail::MailName;
use crate::domain::password::NewPassword;

impl<S: Store> App<'_, S> {
    /// Mails a link to choose another password, if somebody active has this address. Neither the answer nor the work
    /// tells (ASVS 5.0 6.3.8): the same statements run, and sending waits until the answer is out.
    pub async fn request_password_reset(
        &self,
        email: &Email,
        human_token: Option<&HumanToken>,
        language: Language,
    ) -> Result<(), Error> {
        let human = self.need_human(HumanAction::Reset, human_token)?;
        self.limit_resets(email).await?;
        self.ask_human(HumanAction::Reset, human).await?;
        let credentials = self.store.credentials_by_email(email).await?;
        let name = match &credentials {
            Some(found) if found.password.hash().is_none() => MailName::ResetNeeded,
            _ => MailName::PasswordReset,
        };
        let owner = credentials.map(|found| found.account.user.id);
        let (link, token) = self.new_link(LinkPurpose::ResetPassword)?;
        let mut mail = self.new_mail(name, language);
        mail.token = Some(token);
        let mut audit = self.audit(Event::PasswordResetRequested, Actor::Anyone);
        audit.user = owner;
        self.store
            .add_link(owner, &link, &mail, Some(&audit))
            .await?;
        self.mail_is_due();
        Ok(())
    }

    /// Gives the link's owner another password, and ends all their sessions.
    pub async fn reset_password(
        &self,
        link: &LiveLink,
        password: &NewPassword,
        language: Language,
    ) -> Result<(), Error> {
        let hash = self.hash(password)?;
        let notice = self.new_mail(MailName::PasswordChanged, language);
        let audit = self
            .audit(Event::PasswordReset, Actor::Person)
            .about(link.user);
        if !self
            .store
            .reset_password(link, &hash, &notice, &audit)
            .await?
        {
            return Err(Error::new(Refusal::LinkNotValid, "used meanwhile"));
        }
        if let Ok(email) = Email::parse(&link.address) {
            self.remember_home(&email).await;
        }
        self.mail_is_due();
        Ok(())
    }
}
