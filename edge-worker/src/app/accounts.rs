//! What operators do with accounts, from the command line.

use super::App;
use super::error::Error;
use super::ports::Store;
use crate::domain::audit::{Actor, Event, OperatorName};
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::mail::MailName;
use crate::domain::password::NewPassword;
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::user::{Account, NewUser, Role, User};

/// An account that an operator makes for somebody.
#[derive(Clone, Debug)]
pub struct HandMadeUser {
    /// The address.
    pub email: Email,
    /// The password.
    pub password: NewPassword,
    /// What to call the person, if known.
    pub name: Option<PersonName>,
    /// The phone, if known.
    pub phone: Option<Phone>,
    /// What the person may do.
    pub role: Role,
}

impl<S: Store> App<'_, S> {
    /// Makes an account by hand; nobody is signed in by it, and no terms are accepted for anybody.
    pub async fn create_user(
        &self,
        operator: &OperatorName,
        user: HandMadeUser,
    ) -> Result<User, Error> {
        let new_user = NewUser {
            name: user
                .name
                .unwrap_or_else(|| PersonName::from_address(user.email.address())),
            email: user.email,
            phone: user.phone,
            role: user.role,
            password_hash: self.hash(&user.password)?,
            referral_code: self.new_referral_code()?,
            came_by: None,
            terms_accepted_at: None,
            created_at: self.now(),
        };
        let audit = self.audit(Event::Registered, Actor::Operator(operator.clone()));
        self.add_user(new_user, None, &audit).await
    }

    /// The account with this address.
    pub async fn find_account(&self, email: &Email) -> Result<Option<Account>, Error> {
        Ok(self.store.account_by_email(email).await?)
    }

    /// Gives somebody another password, and signs them out everywhere.
    pub async fn set_password(
        &self,
        operator: &OperatorName,
        email: &Email,
        password: &NewPassword,
        language: Language,
    ) -> Result<Option<User>, Error> {
        let hash = self.hash(password)?;
        let notice = self.new_mail(MailName::PasswordChanged, language);
        let audit = self.audit(Event::PasswordChanged, Actor::Operator(operator.clone()));
        Ok(self
            .store
            .set_password(email, &hash, &notice, &audit)
            .await?)
    }

    /// Opens or closes the door to an account; closing it signs its person out everywhere at once.
    pub async fn set_active(
        &self,
        operator: &OperatorName,
        email: &Email,
        is_active: bool,
    ) -> Result<Option<User>, Error> {
        let event = if is_active {
            Event::AccountActivated
        } else {
            Event::AccountDeactivated
        };
        let audit = self.audit(event, Actor::Operator(operator.clone()));
        Ok(self
            .store
            .set_active(email, is_active, self.now(), &audit)
            .await?)
    }
}
