//! Links in the database, and the changes that they prove the right to.
//!
//! Each change is one transaction that begins with a guard: the link or the password is looked at again, and if two use one
//! link at the same instant, the database runs them one after the other and the guard undoes the second.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::record;
use super::outbox::{Owner, queue};
use super::rows::CredentialsRow;
use super::sql::{self, links};
use super::statement::{Database, DatabaseError, PURGED_AT_A_TIME, SqlValue, Statement};
use crate::app::ports::{Checked, Credentials, EmailNotChanged, LinkStore, StoreFailure};
use crate::domain::audit::AuditEntry;
use crate::domain::email::Email;
use crate::domain::identifiers::{SessionId, UserId};
use crate::domain::link::{LinkPurpose, LiveLink, NewLink};
use crate::domain::mail::NewMail;
use crate::domain::one_time_token::TokenDigest;
use crate::domain::password_hash::PasswordHash;
use crate::domain::time::Instant;

/// Adds a link to an active account.
pub(super) fn add_link(owner: Owner<'_>, link: &NewLink) -> Statement {
    let [user, key] = owner.values();
    let values: [SqlValue; 8] = [
        user,
        key,
        link.digest.as_str().into(),
        link.purpose.as_str().into(),
        link.address.as_ref().map(Email::address).into(),
        link.session.as_ref().map(SessionId::to_string).into(),
        link.created_at.millis().into(),
        link.expires_at().millis().into(),
    ];
    Statement::new(links::ADD_LINK, values)
}

/// Drops the links of some purposes that nobody has used.
pub(super) fn drop_open_links(
    owner: Option<UserId>,
    purposes: &[LinkPurpose],
) -> impl Iterator<Item = Statement> {
    let owner: SqlValue = owner.map(UserId::number).into();
    purposes.iter().map(move |purpose| {
        let values: [SqlValue; 2] = [owner.clone(), purpose.as_str().into()];
        Statement::new(links::DROP_OPEN_LINKS, values)
    })
}

/// Drops every link of the account with this address that nobody has used.
pub(super) fn drop_open_links_by_email(email: &Email) -> Statement {
    Statement::new(links::DROP_OPEN_LINKS_BY_EMAIL, [email.key().into()])
}

/// What could undo another password: a link to yet another one, or the account moved to another mailbox.
const MOVES_THE_ACCOUNT: [LinkPurpose; 2] = [LinkPurpose::ResetPassword, LinkPurpose::ChangeEmail];

impl<D: Database> LinkStore for SqlStore<D> {
    async fn credentials_of(&self, user: UserId) -> Result<Option<Credentials>, StoreFailure> {
        let statement = Statement::new(sql::CREDENTIALS_BY_ID, [user.number().into()]);
        match self.last_row(vec![statement]).await? {
            Some(row) => row.read::<CredentialsRow>()?.into_credentials().map(Some),
            None => Ok(None),
        }
    }

    async fn add_link(
        &self,
        owner: Option<UserId>,
        link: &NewLink,
        mail: &NewMail,
        audit: Option<&AuditEntry>,
    ) -> Result<(), StoreFailure> {
        let mut statements: Vec<_> = drop_open_links(owner, &[link.purpose]).collect();
        let owner = Owner::User(owner);
        statements.extend([add_link(owner, link), queue(owner, mail)]);
        statements.extend(audit.map(record));
        self.database.batch(statements).await?;
        Ok(())
    }

    async fn live_link(
        &self,
        digest: &TokenDigest,
        purpose: LinkPurpose,
        now: Instant,
    ) -> Result<Option<LiveLink>, StoreFailure> {
        let statement = Statement::new(links::LIVE_LINK, link_values(digest, purpose, now));
        match self.last_row(vec![statement]).await? {
            Some(row) => Ok(Some(row.read::<LinkRow>()?.into_link(digest.clone()))),
            None => Ok(None),
        }
    }

    async fn reset_password(
        &self,
        link: &LiveLink,
        password_hash: &PasswordHash,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let (user, now) = (link.user, audit.at);
        let mut statements = vec![
            guard_link(link, LinkPurpose::ResetPassword, now),
            set_password(links::RESET_PASSWORD, user, password_hash, now),
            Statement::new(sql::END_SESSIONS_OF, [user.number().into()]),
            use_link(link, now),
            queue(Owner::User(Some(user)), notice),
            record(audit),
        ];
        statements.extend(drop_open_links(Some(user), &MOVES_THE_ACCOUNT));
        self.guarded(statements).await
    }

    async fn verify_email(
        &self,
        link: &LiveLink,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let now = audit.at;
        let values: [SqlValue; 2] = [link.user.number().into(), now.millis().into()];
        let statements = vec![
            guard_link(link, LinkPurpose::VerifyEmail, now),
            Statement::new(links::VERIFY_EMAIL, values),
            use_link(link, now),
            record(audit),
        ];
        self.guarded(statements).await
    }

    async fn request_email_change(
        &self,
        checked: Checked<'_>,
        link: &NewLink,
        mails: &[NewMail],
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let user = Some(checked.user);
        let mut statements = vec![guard_checked(checked)];
        statements.extend(drop_open_links(user, &[link.purpose]));
        statements.push(add_link(Owner::User(user), link));
        statements.extend(mails.iter().map(|mail| queue(Owner::User(user), mail)));
        statements.push(record(audit));
        self.guarded(statements).await
    }

    async fn change_email(
        &self,
        link: &LiveLink,
        email: &Email,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<(), EmailNotChanged> {
        let (user, now) = (link.user, audit.at);
        let ended: [SqlValue; 2] = [user.number().into(), link.digest.as_str().into()];
        let changed: [SqlValue; 4] = [
            user.number().into(),
            email.address().into(),
            email.key().into(),
            now.millis().into(),
        ];
        let mut statements = vec![
            guard_link(link, LinkPurpose::ChangeEmail, now),
            // Before the change, while the account's address is still the former one.
            queue(Owner::User(Some(user)), notice),
            Statement::new(links::CHANGE_EMAIL, changed),
            Statement::new(links::END_SESSIONS_EXCEPT_OF_LINK, ended),
            use_link(link, now),
            record(audit),
        ];
        statements.extend(drop_open_links(Some(user), &LinkPurpose::ALL));
        match self.database.batch(statements).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_guarded() => Err(EmailNotChanged::LinkDead),
            Err(error) if error.is_taken("users.email_key") => Err(EmailNotChanged::EmailTaken),
            Err(error) => Err(EmailNotChanged::Failure(error.into())),
        }
    }

    async fn change_password(
        &self,
        checked: Checked<'_>,
        password_hash: &PasswordHash,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let (user, now) = (checked.user, audit.at);
        let ended: [SqlValue; 2] = [user.number().into(), checked.session.to_string().into()];
        let mut statements = vec![
            guard_checked(checked),
            set_password(links::CHANGE_PASSWORD, user, password_hash, now),
            Statement::new(links::END_OTHER_SESSIONS, ended),
            queue(Owner::User(Some(user)), notice),
            record(audit),
        ];
        statements.extend(drop_open_links(Some(user), &MOVES_THE_ACCOUNT));
        self.guarded(statements).await
    }

    async fn purge_links(&self, before: Instant) -> Result<(), StoreFailure> {
        let statement = Statement::new(
            links::PURGE_LINKS,
            [before.millis().into(), PURGED_AT_A_TIME.into()],
        );
        self.database.batch(vec![statement]).await?;
        Ok(())
    }
}

impl<D: Database> SqlStore<D> {
    /// Runs statements that begin with a guard; whether it let them pass.
    pub(super) async fn guarded(&self, statements: Vec<Statement>) -> Result<bool, StoreFailure> {
        match self.database.batch(statements).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_guarded() => Ok(false),
            Err(DatabaseError(text)) => Err(StoreFailure(text)),
        }
    }
}

fn link_values(digest: &TokenDigest, purpose: LinkPurpose, now: Instant) -> [SqlValue; 3] {
    [
        digest.as_str().into(),
        purpose.as_str().into(),
        now.millis().into(),
    ]
}

fn guard_link(link: &LiveLink, purpose: LinkPurpose, now: Instant) -> Statement {
    Statement::new(links::GUARD_LINK, link_values(&link.digest, purpose, now))
}

pub(super) fn guard_checked(checked: Checked<'_>) -> Statement {
    let values: [SqlValue; 3] = [
        checked.user.number().into(),
        checked.password.as_str().into(),
        checked.session.to_string().into(),
    ];
    Statement::new(links::GUARD_CHECKED, values)
}

fn use_link(link: &LiveLink, now: Instant) -> Statement {
    let values: [SqlValue; 2] = [link.digest.as_str().into(), now.millis().into()];
    Statement::new(links::USE_LINK, values)
}

fn set_password(
    sql: &'static str,
    user: UserId,
    password_hash: &PasswordHash,
    now: Instant,
) -> Statement {
    let values: [SqlValue; 3] = [
        user.number().into(),
        password_hash.to_string().into(),
        now.millis().into(),
    ];
    Statement::new(sql, values)
}

/// A row of `links` joined with its user.
#[derive(Debug, Deserialize)]
struct LinkRow {
    user_id: i64,
    address: String,
    name: String,
    email: String,
    phone: Option<String>,
}

impl LinkRow {
    fn into_link(self, digest: TokenDigest) -> LiveLink {
        LiveLink {
            digest,
            user: UserId::new(self.user_id),
            name: self.name,
            email: self.email,
            address: self.address,
            phone: self.phone,
        }
    }
}
