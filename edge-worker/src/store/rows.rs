//! Rows as the database returns them, and the way into the domain.
//!
//! A row that does not fit is a failure with a name, never a guess.

use serde::Deserialize;

use crate::app::ports::{Credentials, SessionOwner, StoreFailure};
use crate::domain::device::Device;
use crate::domain::identifiers::UserId;
use crate::domain::origin::Country;
use crate::domain::password_hash::StoredPassword;
use crate::domain::session::Session;
use crate::domain::time::Instant;
use crate::domain::user::{Account, User};

/// A row of `users`.
#[derive(Debug, Deserialize)]
pub struct UserRow {
    id: i64,
    email: String,
    name: String,
    phone: Option<String>,
    role: String,
    is_active: i64,
    telegram_id: Option<String>,
    email_verified: i64,
    referral_code: String,
    referred_by: Option<i64>,
    referrals_count: i64,
    created_at: i64,
    updated_at: i64,
    offer_accepted_at: Option<i64>,
}

impl UserRow {
    /// The account in the row.
    pub fn into_account(self) -> Result<Account, StoreFailure> {
        let id = self.id;
        let unreadable =
            |column: &str| StoreFailure(format!("users.{column} of user {id} cannot be read"));
        Ok(Account {
            is_active: self.is_active != 0,
            user: User {
                id: UserId::new(id),
                email: self.email,
                name: self.name,
                role: self.role.parse().map_err(|_| unreadable("role"))?,
                phone: self.phone,
                telegram_id: self.telegram_id,
                email_verified: self.email_verified != 0,
                referral_code: self.referral_code,
                referred_by: self.referred_by.map(UserId::new),
                referrals_count: self.referrals_count,
                created_at: Instant::from_millis(self.created_at),
                updated_at: Instant::from_millis(self.updated_at),
                offer_accepted_at: self.offer_accepted_at.map(Instant::from_millis),
            },
        })
    }
}

/// A row of `users` with the stored password.
#[derive(Debug, Deserialize)]
pub struct CredentialsRow {
    password_hash: String,
    #[serde(flatten)]
    user: UserRow,
}

impl CredentialsRow {
    /// The account and its password in the row.
    pub fn into_credentials(self) -> Result<Credentials, StoreFailure> {
        Ok(Credentials {
            account: self.user.into_account()?,
            password: StoredPassword::new(self.password_hash),
        })
    }
}

/// A row of `sessions`, named so that it can stand beside the columns of a user.
#[derive(Debug, Deserialize)]
#[expect(
    clippy::struct_field_names,
    reason = "they are the names of the columns"
)]
pub struct SessionRow {
    session_id: String,
    session_created_at: i64,
    session_expires_at: i64,
    session_last_seen_at: i64,
    session_device: Option<String>,
    session_country: Option<String>,
}

impl SessionRow {
    /// The session in the row.
    pub fn into_session(self) -> Result<Session, StoreFailure> {
        let id = self
            .session_id
            .parse()
            .map_err(|_| StoreFailure("sessions.id cannot be read".to_owned()))?;
        Ok(Session {
            id,
            created_at: Instant::from_millis(self.session_created_at),
            expires_at: Instant::from_millis(self.session_expires_at),
            last_seen_at: Instant::from_millis(self.session_last_seen_at),
            device: read_device(self.session_device.as_deref()),
            country: self.session_country.as_deref().and_then(Country::parse),
        })
    }
}

/// A row of `sessions` joined with its user.
#[derive(Debug, Deserialize)]
pub struct SessionOwnerRow {
    #[serde(flatten)]
    session: SessionRow,
    #[serde(flatten)]
    user: UserRow,
}

impl SessionOwnerRow {
    /// The session and the account in the row.
    pub fn into_owner(self) -> Result<SessionOwner, StoreFailure> {
        Ok(SessionOwner {
            session: self.session.into_session()?,
            account: self.user.into_account()?,
        })
    }
}

/// The device in a column, which is empty where the browser did not say.
pub(super) fn read_device(words: Option<&str>) -> Device {
    words.map(Device::from_words).unwrap_or_default()
}
