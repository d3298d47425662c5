//! Users and sessions in the database.

use super::audit::{record_if_changed, record_if_changed_of};
use super::links::{add_link, drop_open_links_by_email};
use super::outbox::{Owner, queue, queue_if_new_device};
use super::partners::bind_newcomer;
use super::rows::{CredentialsRow, SessionOwnerRow, UserRow};
use super::sessions::drop_sessions_beyond;
use super::sql;
use super::statement::{Database, DatabaseError, Row, SqlValue, Statement};
use crate::app::ports::{
    Credentials, ProfileChange, SessionOwner, Store, StoreFailure, UserNotAdded, Welcome,
};
use crate::domain::audit::AuditEntry;
use crate::domain::email::Email;
use crate::domain::identifiers::{SessionId, UserId};
use crate::domain::mail::NewMail;
use crate::domain::origin::Country;
use crate::domain::password_hash::{PasswordHash, StoredPassword};
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::session::Session;
use crate::domain::time::Instant;
use crate::domain::user::{Account, NewUser, ReferralCode, User};

/// The store over any database that speaks SQLite.
pub struct SqlStore<D> {
    pub(super) database: D,
}

impl<D: Database> SqlStore<D> {
    /// A store over this database.
    pub const fn new(database: D) -> Self {
        Self { database }
    }

    /// Runs the statements and answers the first row of the last one.
    pub(super) async fn last_row(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Option<Row>, DatabaseError> {
        let rows = self
            .database
            .batch(statements)
            .await?
            .pop()
            .unwrap_or_default();
        Ok(rows.into_iter().next())
    }

    /// Runs the statements, the last of which reads a user.
    pub(super) async fn last_account(
        &self,
        statements: Vec<Statement>,
    ) -> Result<Option<Account>, StoreFailure> {
        match self.last_row(statements).await? {
            Some(row) => row.read::<UserRow>()?.into_account().map(Some),
            None => Ok(None),
        }
    }
}

impl<D: Database> Store for SqlStore<D> {
    async fn add_user(
        &self,
        user: &NewUser,
        welcome: Option<&Welcome>,
        audit: &AuditEntry,
    ) -> Result<User, UserNotAdded> {
        let mut statements = vec![
            add_user(user),
            record_if_changed_of(audit, &user.email),
            bind_newcomer(&user.email, user.created_at),
        ];
        if let Some(welcome) = welcome {
            let password = StoredPassword::from(&user.password_hash);
            let owner = Owner::Address(&user.email);
            statements.extend([
                open_session(&user.email, &password, &welcome.session),
                add_link(owner, &welcome.link),
                queue(owner, &welcome.mail),
            ]);
        }
        statements.push(user_by_email(&user.email));
        let row = self.last_row(statements).await.map_err(|error| {
            if error.is_taken("users.email_key") {
                UserNotAdded::EmailTaken
            } else if error.is_taken("users.referral_code") {
                UserNotAdded::ReferralCodeTaken
            } else {
                UserNotAdded::Failure(error.into())
            }
        })?;
        row.ok_or_else(|| StoreFailure("the user just added is not there".to_owned()))
            .and_then(|row| row.read::<UserRow>()?.into_account())
            .map(|account| account.user)
            .map_err(UserNotAdded::Failure)
    }

    async fn account_by_email(&self, email: &Email) -> Result<Option<Account>, StoreFailure> {
        self.last_account(vec![user_by_email(email)]).await
    }

    async fn credentials_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<Credentials>, StoreFailure> {
        let statement = Statement::new(sql::CREDENTIALS_BY_EMAIL, [email.key().into()]);
        match self.last_row(vec![statement]).await? {
            Some(row) => row.read::<CredentialsRow>()?.into_credentials().map(Some),
            None => Ok(None),
        }
    }

    async fn open_session(
        &self,
        email: &Email,
        checked: &StoredPassword,
        session: &Session,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let ended: [SqlValue; 2] = [email.key().into(), session.created_at.millis().into()];
        let statements = vec![
            Statement::new(sql::DROP_ENDED_SESSIONS, ended),
            queue_if_new_device(email, checked, notice),
            open_session(email, checked, session),
            record_if_changed(audit),
            drop_sessions_beyond(email, session.id),
            Statement::new(sql::SESSION_EXISTS, [session.id.to_string().into()]),
        ];
        Ok(self.last_row(statements).await?.is_some())
    }

    async fn session_owner(
        &self,
        session: SessionId,
    ) -> Result<Option<SessionOwner>, StoreFailure> {
        let statement = Statement::new(sql::SESSION_OWNER, [session.to_string().into()]);
        match self.last_row(vec![statement]).await? {
            Some(row) => row.read::<SessionOwnerRow>()?.into_owner().map(Some),
            None => Ok(None),
        }
    }

    async fn end_session(
        &self,
        session: SessionId,
        audit: &AuditEntry,
    ) -> Result<(), StoreFailure> {
        let end = Statement::new(sql::END_SESSION, [session.to_string().into()]);
        self.database
            .batch(vec![end, record_if_changed(audit)])
            .await?;
        Ok(())
    }

    async fn end_sessions_of(&self, user: UserId, audit: &AuditEntry) -> Result<(), StoreFailure> {
        let end = Statement::new(sql::END_SESSIONS_OF, [user.number().into()]);
        self.database
            .batch(vec![end, record_if_changed(audit)])
            .await?;
        Ok(())
    }

    async fn change_profile(
        &self,
        user: UserId,
        change: &ProfileChange,
        now: Instant,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure> {
        let values: [SqlValue; 4] = [
            user.number().into(),
            change.name.as_ref().map(PersonName::as_str).into(),
            change.phone.as_ref().map(Phone::as_str).into(),
            now.millis().into(),
        ];
        let change = Statement::new(sql::CHANGE_PROFILE, values);
        let read = Statement::new(sql::USER_BY_ID, [user.number().into()]);
        Ok(self
            .last_account(vec![change, record_if_changed(audit), read])
            .await?
            .filter(|account| account.is_active)
            .map(|account| account.user))
    }

    async fn set_password(
        &self,
        email: &Email,
        password_hash: &PasswordHash,
        now: Instant,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure> {
        let values: [SqlValue; 3] = [
            email.key().into(),
            password_hash.to_string().into(),
            now.millis().into(),
        ];
        let set = Statement::new(sql::SET_PASSWORD, values);
        Ok(self
            .last_account(vec![
                set,
                record_if_changed_of(audit, email),
                end_sessions_by_email(email),
                drop_open_links_by_email(email),
                user_by_email(email),
            ])
            .await?
            .map(|account| account.user))
    }

    async fn set_active(
        &self,
        email: &Email,
        is_active: bool,
        now: Instant,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure> {
        let values: [SqlValue; 3] = [email.key().into(), is_active.into(), now.millis().into()];
        let mut statements = vec![
            Statement::new(sql::SET_ACTIVE, values),
            record_if_changed_of(audit, email),
        ];
        if !is_active {
            statements.extend([
                end_sessions_by_email(email),
                drop_open_links_by_email(email),
            ]);
        }
        statements.push(user_by_email(email));
        Ok(self
            .last_account(statements)
            .await?
            .map(|account| account.user))
    }
}

fn add_user(user: &NewUser) -> Statement {
    let values: [SqlValue; 10] = [
        user.email.address().into(),
        user.email.key().into(),
        user.password_hash.to_string().into(),
        user.name.as_str().into(),
        user.phone.as_ref().map(Phone::as_str).into(),
        user.role.as_str().into(),
        user.referral_code.as_str().into(),
        user.came_by.as_ref().map(ReferralCode::as_str).into(),
        user.terms_accepted_at.map(Instant::millis).into(),
        user.created_at.millis().into(),
    ];
    Statement::new(sql::ADD_USER, values)
}

fn open_session(email: &Email, password: &StoredPassword, session: &Session) -> Statement {
    let values: [SqlValue; 7] = [
        session.id.to_string().into(),
        email.key().into(),
        session.created_at.millis().into(),
        session.expires_at.millis().into(),
        password.as_str().into(),
        session.device.words().into(),
        session.country.as_ref().map(Country::to_string).into(),
    ];
    Statement::new(sql::OPEN_SESSION, values)
}

fn end_sessions_by_email(email: &Email) -> Statement {
    Statement::new(sql::END_SESSIONS_BY_EMAIL, [email.key().into()])
}

fn user_by_email(email: &Email) -> Statement {
    Statement::new(sql::USER_BY_EMAIL, [email.key().into()])
}
