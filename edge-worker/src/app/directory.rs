//! How operators find accounts, look at one, say what its person may do, and help them to a password.

use super::App;
use super::error::Error;
use super::ports::Store;
use super::ports::directory::{AccountFile, AccountFilter, AccountPage};
use crate::domain::audit::{Actor, Event, OperatorName};
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::link::LinkPurpose;
use crate::domain::mail::MailName;
use crate::domain::user::{Role, User};

/// What became of a link to a new password that an operator wanted mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkForPassword {
    /// It is in the outbox, for this person.
    Mailed(Box<User>),
    /// The account is closed: its person could not sign in with a new password either.
    Closed,
    /// Nobody has the address.
    Nobody,
}

impl<S: Store> App<'_, S> {
    /// A page of the accounts that the filter lets through; pages are counted from 1.
    pub async fn list_accounts(
        &self,
        filter: &AccountFilter,
        page: u32,
        limit: u32,
    ) -> Result<AccountPage, Error> {
        let limit = i64::from(limit);
        let skip = i64::from(page.saturating_sub(1)).saturating_mul(limit);
        Ok(self.store.list_accounts(filter, skip, limit).await?)
    }

    /// Everything about the account with this address.
    pub async fn account_file(&self, email: &Email) -> Result<Option<AccountFile>, Error> {
        Ok(self.store.account_file(email, self.now()).await?)
    }

    /// Says what a person may do; it holds from their next request on.
    pub async fn set_role(
        &self,
        operator: &OperatorName,
        email: &Email,
        role: Role,
    ) -> Result<Option<User>, Error> {
        let audit = self
            .audit(Event::RoleChanged, Actor::Operator(operator.clone()))
            .with_detail(role.as_str());
        Ok(self.store.set_role(email, role, &audit).await?)
    }

    /// Mails a link to choose another password, as if the person had asked for it. Nothing else changes: the old password
    /// works until the link is used.
    pub async fn mail_password_link(
        &self,
        operator: &OperatorName,
        email: &Email,
        language: Language,
    ) -> Result<LinkForPassword, Error> {
        let Some(found) = self.store.credentials_by_email(email).await? else {
            return Ok(LinkForPassword::Nobody);
        };
        if !found.account.is_active {
            return Ok(LinkForPassword::Closed);
        }
        let name = match found.password.hash() {
            Some(_) => MailName::PasswordReset,
            None => MailName::ResetNeeded,
        };
        let user = found.account.user;
        let (link, token) = self.new_link(LinkPurpose::ResetPassword)?;
        let mut mail = self.new_mail(name, language);
        mail.token = Some(token);
        // The detail keeps the entry apart from those that the person caused, which share rows.
        let audit = self
            .audit(
                Event::PasswordResetRequested,
                Actor::Operator(operator.clone()),
            )
            .about(user.id)
            .with_detail("by_operator");
        self.store
            .add_link(Some(user.id), &link, &mail, Some(&audit))
            .await?;
        self.mail_is_due();
        Ok(LinkForPassword::Mailed(Box::new(user)))
    }
}
