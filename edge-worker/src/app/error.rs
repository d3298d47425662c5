//! Why a use case did not succeed: one part for the client, one for the log.
//!
//! The two never mix. [`Refusal`] has no texts at all, so nothing internal can reach a client by accident; what only
//! operators may read is in `log`.

use std::time::Duration;

use super::ports::StoreFailure;
use crate::domain::human_check::HumanAction;

/// What the client is told, without words yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody has this address already.
    EmailTaken,
    /// The terms were declined.
    TermsDeclined,
    /// Unknown address, wrong password or inactive account: the client never learns which.
    InvalidCredentials,
    /// No token was given.
    AuthenticationRequired,
    /// The token does not open anything, for whatever reason.
    TokenNotValid,
    /// A mailed link does not work: unknown, used, replaced or too old.
    LinkNotValid,
    /// Somebody who is signed in gave another password than theirs.
    WrongPassword,
    /// The new address is the present one.
    EmailSame,
    /// Somebody has registered with the address since the link to it was mailed.
    EmailTakenMeanwhile,
    /// The account changed between the look at it and the change.
    ChangedMeanwhile,
    /// The subscription does not work at this moment, so there is nothing to cancel and nothing to take back.
    SubscriptionNotActive,
    /// There is nothing to renew: it was taken away, has not begun, or costs nothing.
    NotRenewable,
    /// The default way to pay stays as long as there are others.
    MethodIsDefault,
    /// The document has a newer version than the one that was read.
    DocumentChanged,
    /// The caller's role is not enough for this.
    Forbidden,
    /// There is no such thing, or it is somebody else's: the client never learns which.
    NotFound,
    /// It was tried too often.
    TooManyRequests {
        /// When to try again; at least a second.
        retry_after: Duration,
    },
    /// A person has to show that they are one.
    HumanCheckNeeded {
        /// The key of the widget to show.
        site_key: String,
        /// What the widget is to be solved for.
        action: HumanAction,
    },
    /// Our fault.
    Internal,
}

/// Why a use case did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// For the client.
    pub refusal: Refusal,
    /// For the log: facts, never secrets or personal data. Empty when the refusal says it all.
    pub log: String,
}

impl Error {
    /// A refusal that needs a word in the log.
    #[must_use]
    pub fn new(refusal: Refusal, log: impl Into<String>) -> Self {
        Self {
            refusal,
            log: log.into(),
        }
    }

    /// Something broke on our side.
    #[must_use]
    pub fn internal(log: impl Into<String>) -> Self {
        Self::new(Refusal::Internal, log)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal, "")
    }
}

impl From<StoreFailure> for Error {
    fn from(StoreFailure(log): StoreFailure) -> Self {
        Self::internal(log)
    }
}
