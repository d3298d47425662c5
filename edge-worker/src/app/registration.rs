//! Somebody makes themselves an account, and is signed in by it.

use super::App;
use super::error::{Error, Refusal};
use super::ports::{Store, UserNotAdded, Welcome};
use crate::domain::audit::{Actor, AuditEntry, Event};
use crate::domain::email::Email;
use crate::domain::human_check::{HumanAction, HumanToken};
use crate::domain::language::Language;
use crate::domain::link::LinkPurpose;
use crate::domain::mail::MailName;
use crate::domain::password::NewPassword;
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::session::Session;
use crate::domain::user::{NewUser, ReferralCode, Role, User};

/// What a person says about themselves when they register.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The address.
    pub email: Email,
    /// The phone.
    pub phone: Phone,
    /// The password.
    pub password: NewPassword,
    /// What to call them, if they said.
    pub name: Option<PersonName>,
    /// The code of the link by which they came.
    pub came_by: Option<ReferralCode>,
    /// Their answer about the terms; `None` when they were not asked, as by the predecessor's pages.
    pub terms_accepted: Option<bool>,
    /// What shows that they are a person, where that is asked.
    pub human_token: Option<HumanToken>,
}

/// Somebody who is signed in from now on.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The token of their session.
    pub token: String,
    /// The person.
    pub user: User,
}

impl<S: Store> App<'_, S> {
    /// Makes an account and its first session.
    ///
    /// The mail that asks to confirm the address is in `language`.
    pub async fn register(
        &self,
        registration: Registration,
        language: Language,
    ) -> Result<SignedIn, Error> {
        if registration.terms_accepted == Some(false) {
            return Err(Refusal::TermsDeclined.into());
        }
        let human = self.need_human(HumanAction::Register, registration.human_token.as_ref())?;
        self.limit_registrations().await?;
        self.ask_human(HumanAction::Register, human).await?;
        let now = self.now();
        let session = Session::begin(self.new_session_id()?, now, self.origin);
        let email = registration.email;
        let new_user = NewUser {
            name: registration
                .name
                .unwrap_or_else(|| PersonName::from_address(email.address())),
            email: email.clone(),
            phone: Some(registration.phone),
            role: Role::Client,
            password_hash: self.hash(&registration.password)?,
            referral_code: self.new_referral_code()?,
            came_by: registration.came_by,
            terms_accepted_at: registration.terms_accepted.map(|_| now),
            created_at: now,
        };
        let (link, link_token) = self.new_link(LinkPurpose::VerifyEmail)?;
        let mut mail = self.new_mail(MailName::VerifyEmail, language);
        mail.token = Some(link_token);
        let welcome = Welcome {
            session,
            link,
            mail,
        };
        let audit = self.audit(Event::Registered, Actor::Person);
        let user = self.add_user(new_user, Some(&welcome), &audit).await?;
        self.remember_home(&email).await;
        self.mail_is_due();
        let token = self.issue_token(&welcome.session, user.id)?;
        Ok(SignedIn { token, user })
    }

    /// Adds the user, with another referral code when the first was taken already.
    pub(super) async fn add_user(
        &self,
        mut new_user: NewUser,
        welcome: Option<&Welcome>,
        audit: &AuditEntry,
    ) -> Result<User, Error> {
        /// Codes are drawn from four billion: a second clash in a row means that something else is wrong.
        const DRAWS: usize = 3;
        for _ in 0..DRAWS {
            match self.store.add_user(&new_user, welcome, audit).await {
                Ok(user) => return Ok(user),
                Err(UserNotAdded::EmailTaken) => return Err(Refusal::EmailTaken.into()),
                Err(UserNotAdded::Failure(failure)) => return Err(failure.into()),
                Err(UserNotAdded::ReferralCodeTaken) => {
                    new_user.referral_code = self.new_referral_code()?;
                }
            }
        }
        Err(Error::internal(format!(
            "{DRAWS} referral codes in a row were taken"
        )))
    }
}
