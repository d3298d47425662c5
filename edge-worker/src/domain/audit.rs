//! The log of what happened to accounts: who, what, when, from where; success and failure (ASVS 5.0 16.2 and 16.3).
//!
//! An entry holds no secrets and nothing that somebody typed: it is built from the types below alone. An address that
//! nobody has registered is not kept either, not even as a hash: people type their password into the wrong field, and a hash of
//! what can be guessed is what can be guessed.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::identifiers::UserId;
use super::origin::Origin;
use super::time::Instant;

/// How long an entry is kept.
pub const KEPT_FOR: Duration = Duration::from_hours(400 * 24);

/// Declares the events, so that none can be without its word or missing in the list.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$doc])* $name,)+
        }

        impl Event {
            /// Every event.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The event's word in the API and in the database; it never changes.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

events! {
    /// Somebody made themselves an account, or an operator made them one.
    Registered = "registered",
    /// The person signed in.
    SignIn = "sign_in",
    /// Somebody could not sign in; the detail says why.
    SignInRefused = "sign_in_refused",
    /// The person signed out.
    SignedOut = "signed_out",
    /// One session was ended from another.
    SessionEnded = "session_ended",
    /// All sessions were ended at once.
    SessionsEnded = "sessions_ended",
    /// Name or phone changed.
    ProfileChanged = "profile_changed",
    /// The password changed.
    PasswordChanged = "password_changed",
    /// A change of the password was refused.
    PasswordChangeRefused = "password_change_refused",
    /// Somebody asked for a link to choose another password.
    PasswordResetRequested = "password_reset_requested",
    /// The password was chosen anew by a link.
    PasswordReset = "password_reset",
    /// The stored hash was made anew, stronger, from the same password.
    PasswordRehashed = "password_rehashed",
    /// The address was confirmed.
    EmailVerified = "email_verified",
    /// Another address was asked for.
    EmailChangeRequested = "email_change_requested",
    /// A change of the address was refused.
    EmailChangeRefused = "email_change_refused",
    /// The address changed.
    EmailChanged = "email_changed",
    /// The person took all their data with them.
    DataExported = "data_exported",
    /// The person had their data deleted.
    AccountDeleted = "account_deleted",
    /// A deletion was refused.
    AccountDeletionRefused = "account_deletion_refused",
    /// The door to the account was closed.
    AccountDeactivated = "account_deactivated",
    /// The door to the account was opened again.
    AccountActivated = "account_activated",
    /// The person may do other things than before.
    RoleChanged = "role_changed",
    /// Too many attempts.
    RateLimited = "rate_limited",
    /// Accounts came from the predecessor.
    UsersImported = "users_imported",
    /// Products, payments and the rest came from the predecessor.
    RecordsImported = "records_imported",
    /// The person got a product.
    ProductGranted = "product_granted",
    /// A product was taken away from the person; the detail says why.
    ProductRevoked = "product_revoked",
    /// What was paid for a product has run out.
    ProductEnded = "product_ended",
    /// An operator moved the end of a subscription.
    SubscriptionExtended = "subscription_extended",
    /// A subscription is not to be renewed.
    SubscriptionCancelled = "subscription_cancelled",
    /// A subscription is to be renewed after all.
    SubscriptionResumed = "subscription_resumed",
    /// The person ordered something.
    OrderPlaced = "order_placed",
    /// The person pays by another card first.
    PaymentMethodChosen = "payment_method_chosen",
    /// The person removed a card.
    PaymentMethodRemoved = "payment_method_removed",
    /// The person accepted a document.
    DocumentAccepted = "document_accepted",
    /// A payment came.
    PaymentRecorded = "payment_recorded",
    /// A payment was given back, or a part of it.
    PaymentRefunded = "payment_refunded",
    /// The person asked for a payout.
    PayoutRequested = "payout_requested",
    /// An operator began to pay it.
    PayoutBegun = "payout_begun",
    /// It is paid.
    PayoutPaid = "payout_paid",
    /// It was refused.
    PayoutRejected = "payout_rejected",
    /// The bank could not pay it.
    PayoutFailed = "payout_failed",
    /// A product of the catalogue was added, edited or retired; the detail says which.
    CatalogueChanged = "catalogue_changed",
    /// A new version of a document was published.
    DocumentPublished = "document_published",
    /// An operator took the whole database along.
    DatabaseExported = "database_exported",
    /// An operator filled an empty database.
    DatabaseRestored = "database_restored",
}

/// The word names no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownEvent;

impl FromStr for Event {
    type Err = UnknownEvent;

    fn from_str(word: &str) -> Result<Self, UnknownEvent> {
        Self::ALL
            .iter()
            .copied()
            .find(|event| event.as_str() == word)
            .ok_or(UnknownEvent)
    }
}

impl Event {
    /// Whether the event costs its maker next to nothing, so that a flood of it has to share rows.
    const fn is_cheap(self) -> bool {
        matches!(
            self,
            Self::SignInRefused
                | Self::ProfileChanged
                | Self::PasswordChangeRefused
                | Self::PasswordResetRequested
                | Self::EmailChangeRequested
                | Self::EmailChangeRefused
                | Self::DataExported
                | Self::AccountDeletionRefused
                | Self::RateLimited
                | Self::SubscriptionCancelled
                | Self::SubscriptionResumed
                | Self::PaymentMethodChosen
        )
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The person whose account it is: with a token, a password or a link.
    Person,
    /// Somebody who has not proved who they are.
    Anyone,
    /// An operator.
    Operator(OperatorName),
    /// The service itself.
    System,
}

impl Actor {
    /// Every word for an actor.
    pub const WORDS: [&str; 4] = ["person", "anyone", "operator", "system"];

    /// The actor's word in the API and in the database.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Anyone => "anyone",
            Self::Operator(_) => "operator",
            Self::System => "system",
        }
    }

    /// The operator's name.
    #[must_use]
    pub const fn operator(&self) -> Option<&OperatorName> {
        match self {
            Self::Operator(name) => Some(name),
            Self::Person | Self::Anyone | Self::System => None,
        }
    }
}

/// What an operator is called where they work: one line, never empty, at most 64 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorName(String);

impl OperatorName {
    const MAX_CHARS: usize = 64;

    /// The name, cut and cleaned to fit; `unknown` where there is none.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let name: String = name
            .trim()
            .chars()
            .filter(|character| !character.is_control())
            .take(Self::MAX_CHARS)
            .collect();
        Self(if name.is_empty() {
            "unknown".to_owned()
        } else {
            name
        })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An entry of the log, to be written together with what it tells about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// What happened.
    pub event: Event,
    /// To whose account; `None` when nobody has the address that was tried.
    pub user: Option<UserId>,
    /// By whom.
    pub actor: Actor,
    /// When.
    pub at: Instant,
    /// From where.
    pub origin: Origin,
    /// A short code with more to it.
    pub detail: Option<&'static str>,
    /// The name of the product, payment or payout that it is about.
    pub subject: Option<String>,
}

impl AuditEntry {
    /// An entry about nobody in particular yet.
    #[must_use]
    pub const fn new(event: Event, actor: Actor, at: Instant, origin: Origin) -> Self {
        Self {
            event,
            user: None,
            actor,
            at,
            origin,
            detail: None,
            subject: None,
        }
    }

    /// About this person's account.
    #[must_use]
    pub const fn about(mut self, user: UserId) -> Self {
        self.user = Some(user);
        self
    }

    /// With a code that says more.
    #[must_use]
    pub const fn with_detail(mut self, detail: &'static str) -> Self {
        self.detail = Some(detail);
        self
    }

    /// About this product, payment or payout.
    #[must_use]
    pub fn on(mut self, subject: impl fmt::Display) -> Self {
        self.subject = Some(subject.to_string());
        self
    }

    /// The row that this entry shares with others like it, if it has to share one.
    ///
    /// Cheap events of one hour share a row when account, detail and drawer agree. Networks are spread over drawers:
    /// mostly each has its own, and whoever commands a million networks still fills no more than all drawers of the hour,
    /// 16 of an account, 64 of the addresses that nobody has.
    #[must_use]
    pub fn fold_key(&self) -> Option<FoldKey> {
        const HOUR_MILLIS: i64 = 3_600_000;
        if !self.event.is_cheap() {
            return None;
        }
        let hour = self.at.millis().div_euclid(HOUR_MILLIS);
        let (account, drawers) = match self.user {
            Some(user) => (user.to_string(), 16),
            None => ("nobody".to_owned(), 64),
        };
        let drawer = self
            .origin
            .address
            .map_or(0, |address| address.network().spread() % drawers);
        let (event, detail) = (self.event.as_str(), self.detail.unwrap_or_default());
        let subject = self.subject.as_deref().unwrap_or_default();
        Some(FoldKey(format!(
            "{event}/{detail}{subject}/{account}/{hour}/{drawer}"
        )))
    }
}

/// The name of a row that entries share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoldKey(String);

impl fmt::Display for FoldKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::device::Device;

    fn refused(address: &str, seconds: i64) -> AuditEntry {
        let origin = Origin {
            address: address.parse().ok(),
            country: None,
            device: Device::default(),
        };
        AuditEntry::new(
            Event::SignInRefused,
            Actor::Anyone,
            Instant::from_seconds(seconds),
            origin,
        )
    }

    #[test]
    fn every_event_survives_its_word_and_no_two_share_one() {
        let mut words = HashSet::new();
        for event in Event::ALL {
            assert_eq!(event.as_str().parse(), Ok(*event));
            assert!(words.insert(event.as_str()), "{event:?}");
        }
        assert_eq!("world_ended".parse::<Event>(), Err(UnknownEvent));
    }

    #[test]
    fn an_operators_name_is_one_short_line() {
        for (name, expected) in [
            (" anna ", "anna".to_owned()),
            ("an\r\nna", "anna".to_owned()),
            ("", "unknown".to_owned()),
            (&"x".repeat(65), "x".repeat(64)),
        ] {
            assert_eq!(OperatorName::new(name).as_str(), expected);
        }
    }

    #[test]
    fn refusals_share_a_row_only_within_one_account_network_reason_and_hour() {
        let first = refused("203.0.113.7", 7_200).about(UserId::new(1));
        let key = first.fold_key();
        assert!(key.is_some());
        assert_eq!(
            refused("203.0.113.7", 10_799)
                .about(UserId::new(1))
                .fold_key(),
            key
        );
        for other in [
            refused("203.0.113.7", 10_800).about(UserId::new(1)),
            refused("203.0.113.7", 7_200).about(UserId::new(2)),
            refused("203.0.113.7", 7_200),
            refused("203.0.113.8", 7_200).about(UserId::new(1)),
            refused("203.0.113.7", 7_200)
                .about(UserId::new(1))
                .with_detail("inactive"),
        ] {
            assert_ne!(other.fold_key(), key, "{other:?}");
        }
    }

    #[test]
    fn what_takes_a_password_or_a_link_has_its_own_row() {
        let entry = AuditEntry {
            event: Event::SignIn,
            ..refused("203.0.113.7", 0)
        };
        assert_eq!(entry.fold_key(), None);
    }

    #[test]
    fn a_million_networks_fill_no_more_than_the_drawers_of_the_hour() {
        for (user, expected) in [(Some(UserId::new(7)), 16), (None, 64)] {
            let keys: HashSet<_> = (0..20_000_u32)
                .map(|number| {
                    let address = format!("2001:db8:{:x}:{:x}::1", number >> 8, number & 0xff);
                    AuditEntry {
                        user,
                        ..refused(&address, 0)
                    }
                    .fold_key()
                })
                .collect();
            assert_eq!(keys.len(), expected);
        }
    }
}
