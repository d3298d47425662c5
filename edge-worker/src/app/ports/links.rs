//! Links in the database, and the changes that they prove the right to.

use super::{Credentials, StoreFailure};
use crate::domain::audit::AuditEntry;
use crate::domain::email::Email;
use crate::domain::identifiers::{SessionId, UserId};
use crate::domain::link::{LinkPurpose, LiveLink, NewLink};
use crate::domain::mail::NewMail;
use crate::domain::one_time_token::TokenDigest;
use crate::domain::password_hash::{PasswordHash, StoredPassword};
use crate::domain::time::Instant;

/// Why an address did not become the account's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailNotChanged {
    /// The link was used, replaced or ended meanwhile.
    LinkDead,
    /// Somebody else registered with the address meanwhile. The link stays as it was.
    EmailTaken,
    /// The store failed.
    Failure(StoreFailure),
}

/// A change by somebody who is signed in and gave their password.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// Whose account.
    pub user: UserId,
    /// The session of the request.
    pub session: SessionId,
    /// The stored password that theirs was compared with. If it is another one by now, nothing happens: hashing takes a
    /// while, and an operator or the owner may have acted meanwhile.
    pub password: &'a StoredPassword,
}

/// Links, and what they prove the right to. Each method is one round trip, and one transaction, and its entry of the audit
/// log is written if it happened; the entry also says when it happened.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait LinkStore {
    /// An account and its password, for a change that asks for it.
    async fn credentials_of(&self, user: UserId) -> Result<Option<Credentials>, StoreFailure>;

    /// Adds a link with its mail; earlier links of the same purpose stop working. Nothing happens when there is no owner
    /// or the account is inactive, and the same statements run then: the work does not tell who has an account.
    async fn add_link(
        &self,
        owner: Option<UserId>,
        link: &NewLink,
        mail: &NewMail,
        audit: Option<&AuditEntry>,
    ) -> Result<(), StoreFailure>;

    /// The link with this token, if it works now.
    async fn live_link(
        &self,
        digest: &TokenDigest,
        purpose: LinkPurpose,
        now: Instant,
    ) -> Result<Option<LiveLink>, StoreFailure>;

    /// Uses up a link and gives its owner another password. Every session ends, every other link that moves the account
    /// stops working, and the address counts as confirmed: the link was read there. `false` when the link does not
    /// work any more; then nothing has happened.
    async fn reset_password(
        &self,
        link: &LiveLink,
        password_hash: &PasswordHash,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;

    /// Uses up a link and counts the address as confirmed. `false` when the link does not work any more.
    async fn verify_email(&self, link: &LiveLink, audit: &AuditEntry)
    -> Result<bool, StoreFailure>;

    /// Adds a link that will make another address the account's, with its mails. `false` when the account, its password
    /// or the session changed meanwhile; then nothing has happened.
    async fn request_email_change(
        &self,
        checked: Checked<'_>,
        link: &NewLink,
        mails: &[NewMail],
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;

    /// Uses up a link and makes its address the account's. Every session ends but the one that asked for the change, and
    /// every link that went to the former address stops working.
    async fn change_email(
        &self,
        link: &LiveLink,
        email: &Email,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<(), EmailNotChanged>;

    /// Gives an account another password. Every other session ends, and every link that moves the account stops working.
    /// `false` when the account, its password or the session changed meanwhile; then nothing has happened.
    async fn change_password(
        &self,
        checked: Checked<'_>,
        password_hash: &PasswordHash,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;

    /// Forgets links that ended before this instant.
    async fn purge_links(&self, before: Instant) -> Result<(), StoreFailure>;
}
