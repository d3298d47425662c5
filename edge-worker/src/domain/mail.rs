//! Mails: which there are, what they are filled with, and when sending is tried again.

pub mod facts;
pub mod schedule;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use self::facts::MailFacts;
use super::email::Email;
use super::language::Language;
use super::link::LinkPurpose;
use super::one_time_token::OneTimeToken;
use super::origin::Origin;
use super::time::Instant;

/// A mail that the service can send. Its texts are in `content/mail`, by the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailName {
    /// The link to another password.
    PasswordReset,
    /// The same link for somebody who came from the predecessor with a password that cannot be checked here.
    ResetNeeded,
    /// The link that confirms the address of a new account.
    VerifyEmail,
    /// The link that confirms another address, sent there.
    ChangeEmail,
    /// A notice to the present address: somebody asked for another one.
    EmailChangeRequested,
    /// A notice to the former address: it is the account's no more.
    EmailChanged,
    /// A notice: the password is another one.
    PasswordChanged,
    /// A notice: somebody signed in from a device or a country that was never seen with this account.
    NewDevice,
    /// A notice: the account is gone.
    AccountDeleted,
    /// A notice: an operator opened a product to its reader.
    AccessGranted,
    /// A notice: an operator noted that a subscription is not to be renewed.
    SubscriptionCancelled,
    /// A notice: a payout is on its way.
    PayoutPaid,
    /// A notice: a payout does not come, and why.
    PayoutRefused,
}

/// The word names no mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownMail;

impl MailName {
    /// Every mail.
    pub const ALL: [Self; 13] = [
        Self::PasswordReset,
        Self::ResetNeeded,
        Self::VerifyEmail,
        Self::ChangeEmail,
        Self::EmailChangeRequested,
        Self::EmailChanged,
        Self::PasswordChanged,
        Self::NewDevice,
        Self::AccountDeleted,
        Self::AccessGranted,
        Self::SubscriptionCancelled,
        Self::PayoutPaid,
        Self::PayoutRefused,
    ];

    /// How long a mail without a link is tried: later it is no news any more.
    const PATIENCE: Duration = Duration::from_hours(24);

    /// The mail's name in the database and among the texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PasswordReset => "password-reset",
            Self::ResetNeeded => "reset-needed",
            Self::VerifyEmail => "verify-email",
            Self::ChangeEmail => "change-email",
            Self::EmailChangeRequested => "email-change-requested",
            Self::EmailChanged => "email-changed",
            Self::PasswordChanged => "password-changed",
            Self::NewDevice => "new-device",
            Self::AccountDeleted => "account-deleted",
            Self::AccessGranted => "access-granted",
            Self::SubscriptionCancelled => "subscription-cancelled",
            Self::PayoutPaid => "payout-paid",
            Self::PayoutRefused => "payout-refused",
        }
    }

    /// What the link in the mail is for, where there is one.
    #[must_use]
    pub const fn link(self) -> Option<LinkPurpose> {
        match self {
            Self::PasswordReset | Self::ResetNeeded => Some(LinkPurpose::ResetPassword),
            Self::VerifyEmail => Some(LinkPurpose::VerifyEmail),
            Self::ChangeEmail => Some(LinkPurpose::ChangeEmail),
            Self::EmailChangeRequested
            | Self::EmailChanged
            | Self::PasswordChanged
            | Self::NewDevice
            | Self::AccountDeleted
            | Self::AccessGranted
            | Self::SubscriptionCancelled
            | Self::PayoutPaid
            | Self::PayoutRefused => None,
        }
    }

    /// From when on there is no sense in sending it: its link is dead, or a day has passed.
    #[must_use]
    pub fn deadline(self, created_at: Instant) -> Instant {
        let patience = self.link().map_or(Self::PATIENCE, LinkPurpose::lifetime);
        created_at.plus(patience.min(Self::PATIENCE))
    }
}

impl FromStr for MailName {
    type Err = UnknownMail;

    fn from_str(name: &str) -> Result<Self, UnknownMail> {
        Self::ALL
            .into_iter()
            .find(|mail| mail.as_str() == name)
            .ok_or(UnknownMail)
    }
}

/// A mail that is being written into the outbox. What its reader is called, and the address when it is the account's own,
/// are taken from the account in the same statement.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Which one.
    pub name: MailName,
    /// In which language.
    pub language: Language,
    /// Where to, if not to the account's own address.
    pub to: Option<Email>,
    /// The token of its link.
    pub token: Option<OneTimeToken>,
    /// From where it happened.
    pub origin: Origin,
    /// Another address that the mail tells about.
    pub about: Option<Email>,
    /// What it tells of products and money.
    pub facts: MailFacts,
    /// Now.
    pub created_at: Instant,
}

/// A mail's number in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailId(i64);

impl MailId {
    /// The mail with this number.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number itself.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for MailId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A mail in the outbox. After it was sent or given up, nothing is left of what it said.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its number.
    pub id: MailId,
    /// Which one.
    pub name: MailName,
    /// In which language.
    pub language: Language,
    /// Where to.
    pub to: String,
    /// The token of its link.
    pub token: Option<OneTimeToken>,
    /// What its reader is called.
    pub person: Option<String>,
    /// The device from which it happened, in words.
    pub device: Option<String>,
    /// The country from which it happened, as two letters.
    pub country: Option<String>,
    /// Another address that the mail tells about.
    pub about: Option<String>,
    /// What it tells of products and money.
    pub facts: MailFacts,
    /// When it happened.
    pub created_at: Instant,
    /// From when on there is no sense in sending it.
    pub deadline: Instant,
    /// How often sending was tried, the present try included.
    pub attempts: u32,
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// It will be tried, or tried again.
    Waiting {
        /// When.
        next_attempt_at: Instant,
    },
    /// It was sent, or kept on a developer's machine.
    Sent {
        /// When.
        at: Instant,
    },
    /// It was tried long enough.
    GivenUp {
        /// When.
        at: Instant,
    },
}

/// A mail with its fate, as operators see it.
#[derive(Clone, Debug)]
pub struct OutboxEntry {
    /// The mail.
    pub mail: Mail,
    /// Where it stands.
    pub state: MailState,
    /// Why the last attempt failed, as a code.
    pub last_error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mail_survives_its_name() {
        for mail in MailName::ALL {
            assert_eq!(mail.as_str().parse(), Ok(mail));
        }
        assert_eq!("newsletter".parse::<MailName>(), Err(UnknownMail));
    }

    #[test]
    fn a_mail_is_not_sent_when_its_link_is_dead_or_its_news_old() {
        let now = Instant::from_seconds(1_800_000_000);
        for (mail, hours) in [
            (MailName::PasswordReset, 1),
            (MailName::ResetNeeded, 1),
            (MailName::ChangeEmail, 1),
            (MailName::VerifyEmail, 24),
            (MailName::PasswordChanged, 24),
            (MailName::AccountDeleted, 24),
        ] {
            let expected = Instant::from_seconds(1_800_000_000 + hours * 3_600);
            assert_eq!(mail.deadline(now), expected, "{mail:?}");
        }
    }
}
