//! Names of rows whose keys are not to be shown, or are made of several columns: a partner knows who came by their link by such a
//! name, because the number of the account would tell how many others there are.

use std::fmt;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::identifiers::{PaymentId, UserId};
use super::money::Kopecks;

/// A name that is always the same for the same row, in the form of a UUID (RFC 9562, version 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle(Uuid);

impl Handle {
    /// The binding of `invited` to `partner`.
    #[must_use]
    pub fn of_referral(partner: UserId, invited: UserId) -> Self {
        Self::made_of(&format!("referral\0{partner}\0{invited}"))
    }

    /// The refund after which so much of a payment was given back in all.
    #[must_use]
    pub fn of_refund(payment: PaymentId, total: Kopecks) -> Self {
        Self::made_of(&format!("refund\0{payment}\0{}", total.number()))
    }

    /// The receipt of a payment whose receipt had no name where it came from.
    #[must_use]
    pub fn of_receipt(payment: PaymentId) -> Self {
        Self::made_of(&format!("receipt\0{payment}"))
    }

    /// A client's acceptance of a version of a document.
    #[must_use]
    pub fn of_acceptance(user: UserId, document: i64, version: i64) -> Self {
        Self::made_of(&format!("acceptance\0{user}\0{document}\0{version}"))
    }

    fn made_of(text: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(text).into();
        let mut bytes = [0; 16];
        for (byte, digested) in bytes.iter_mut().zip(digest) {
            *byte = digested;
        }
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_its_name_and_shares_it_with_no_other() {
        let referral =
            |partner, invited| Handle::of_referral(UserId::new(partner), UserId::new(invited));
        assert_eq!(referral(1, 23), referral(1, 23));
        assert_ne!(referral(1, 23), referral(12, 3));
        assert_ne!(referral(1, 2), referral(2, 1));
        let accepted = |document, version| Handle::of_acceptance(UserId::new(1), document, version);
        assert_ne!(accepted(1, 23), accepted(12, 3));
        let payment = PaymentId::from_random([7; 16]);
        let refund = |total| Handle::of_refund(payment, Kopecks::new(total));
        assert_eq!(refund(100).to_string().len(), 36);
        assert_ne!(refund(100), refund(200));
    }
}
