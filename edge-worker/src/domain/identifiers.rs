//! Names of things: one type for each, so that a user's id can never stand where a session's belongs.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// A user's number. Numbers, not UUIDs, because the predecessor's clients know them so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UserId(i64);

impl UserId {
    /// The user with this number.
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

impl fmt::Display for UserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The text is not a UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes the id from 16 random bytes (RFC 9562, version 4).
            #[must_use]
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

random_id! {
    /// A session: what a token names, and what signing out ends.
    SessionId
}

random_id! {
    /// One issued token (RFC 7519, `jti`).
    TokenId
}

random_id! {
    /// One request, told to the client and written to the log, so that the two can be matched.
    RequestId
}

random_id! {
    /// A product of the catalogue.
    ProductId
}

random_id! {
    /// What a client has of a product; also the name of its subscription.
    UserProductId
}

random_id! {
    /// An order.
    OrderId
}

random_id! {
    /// A payment; also the name of the commission that it brought.
    PaymentId
}

random_id! {
    /// A saved way to pay.
    PaymentMethodId
}

random_id! {
    /// A payout.
    PayoutId
}

random_id! {
    /// Transfers of the ledger that were booked together.
    OperationId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_form() {
        let id = SessionId::from_random([0xab; 16]);
        assert_eq!(id.to_string(), "abababab-abab-4bab-abab-abababababab");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("' OR 1=1 --".parse::<SessionId>(), Err(NotAnId));
    }
}
