//! Links that are mailed to people: what each is for, how long it lives.

use std::time::Duration;

use super::email::Email;
use super::identifiers::{SessionId, UserId};
use super::one_time_token::TokenDigest;
use super::time::Instant;

/// What a link does when its button is pressed. Opening it does nothing: mail gateways open every link they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Gives the account another password.
    ResetPassword,
    /// Shows that the account's address is its owner's.
    VerifyEmail,
    /// Shows that another address is the owner's too, and makes it the account's.
    ChangeEmail,
}

impl LinkPurpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::ResetPassword, Self::VerifyEmail, Self::ChangeEmail];

    /// The purpose's word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset_password",
            Self::VerifyEmail => "verify_email",
            Self::ChangeEmail => "change_email",
        }
    }

    /// How long the link works. What moves an account to other hands lives for an hour, what only confirms an address
    /// for a day.
    #[must_use]
    pub const fn lifetime(self) -> Duration {
        match self {
            Self::ResetPassword | Self::ChangeEmail => Duration::from_hours(1),
            Self::VerifyEmail => Duration::from_hours(24),
        }
    }

    /// The page that the link opens.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset-password.html",
            Self::VerifyEmail => "verify-email.html",
            Self::ChangeEmail => "change-email.html",
        }
    }
}

/// A link that is being made.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// What is stored of its token.
    pub digest: TokenDigest,
    /// What it does.
    pub purpose: LinkPurpose,
    /// Where it is sent, if not to the account's own address.
    pub address: Option<Email>,
    /// The session that stays open when the link ends the others.
    pub session: Option<SessionId>,
    /// Now.
    pub created_at: Instant,
}

impl NewLink {
    /// From this instant on it does nothing.
    #[must_use]
    pub fn expires_at(&self) -> Instant {
        self.created_at.plus(self.purpose.lifetime())
    }
}

/// A link that works now, with what its use needs to know of its owner.
#[derive(Clone, Debug)]
pub struct LiveLink {
    /// What is stored of its token.
    pub digest: TokenDigest,
    /// Whose it is.
    pub user: UserId,
    /// What the owner is called.
    pub name: String,
    /// The owner's address.
    pub email: String,
    /// The owner's phone, if it is known.
    pub phone: Option<String>,
    /// Where the link was sent.
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::one_time_token::OneTimeToken;

    #[test]
    fn links_that_move_an_account_live_for_an_hour_and_others_for_a_day() {
        for (purpose, hours) in [
            (LinkPurpose::ResetPassword, 1),
            (LinkPurpose::ChangeEmail, 1),
            (LinkPurpose::VerifyEmail, 24),
        ] {
            let link = NewLink {
                digest: OneTimeToken::from_random([1; 32]).digest(),
                purpose,
                address: None,
                session: None,
                created_at: Instant::from_seconds(1_800_000_000),
            };
            let expected = Instant::from_seconds(1_800_000_000 + hours * 3_600);
            assert_eq!(link.expires_at(), expected, "{purpose:?}");
        }
    }
}
