//! What the predecessor kept beside its people, read into today's terms: one row of a Django dump at a time.
//!
//! A row here says what its own fields say; whether it agrees with the rows it refers to is found out in `app/import`. How
//! each table comes over:
//!
//! | of the predecessor | here | its name here |
//! |---|---|---|
//! | `Document` (a number) | `documents`, a row of `document_versions` for each version up to its own | the number, plus [`DOCUMENT_NUMBERS`] |
//! | `DocumentAcceptance` | `acceptances` | person, document and version |
//! | `Product` | `products`; or the product here that has the same slug | the predecessor's UUID |
//! | `PaymentMethod` | `payment_methods`; `rebill_id` becomes `charge_id`, which nobody is shown | the predecessor's UUID |
//! | `UserProduct` | `user_products`, and `subscriptions` where it is one | the predecessor's UUID |
//! | `Order` | `orders`; `order_id` stays its number | the predecessor's UUID |
//! | `Payment` | `payments`, with its receipt and its refund | the predecessor's UUID |
//! | `Referral` | `referrals` and `users.referred_by` | the person who came |
//! | `ReferralCommission` | `commissions` with their transfers | the payment of the order |
//! | `ReferralPayout` | `payouts` with their transfers | the predecessor's UUID |
//!
//! Every name follows from the dump alone, so the same row is known again when it comes a second time.

mod access;
mod catalogue;
mod columns;
mod note;
mod partners;
mod purchases;
mod refusal;

use std::fmt;

use columns::{Columns, plain_uuid, uuid_key};

pub use access::{FormerAcceptance, FormerHolding, FormerMethod, HoldingDates, HoldingStatus};
pub use catalogue::{FormerDocument, FormerProduct};
pub use note::RecordNote;
pub use partners::{FormerCommission, FormerPayout, FormerReferral, PayoutStatus};
pub use purchases::{FormerOrder, FormerPayment, OrderStatus};
pub use refusal::{Contradiction, RecordRefused};

/// What is added to the predecessor's number of a document, so that it cannot be that of a document made here.
pub const DOCUMENT_NUMBERS: i64 = 1_000_000;

/// The largest amount that a row may have, in kopecks; the schema says the same.
const MAX_AMOUNT: i64 = 100_000_000_000;

/// A table of the predecessor's whose rows come over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormerTable {
    /// What people agree to.
    Documents,
    /// That they agreed.
    Acceptances,
    /// What is sold.
    Products,
    /// How clients pay.
    PaymentMethods,
    /// What clients have.
    UserProducts,
    /// What clients ordered.
    Orders,
    /// What they paid.
    Payments,
    /// Who brought whom.
    Referrals,
    /// What that brought.
    Commissions,
    /// What of it was paid out.
    Payouts,
}

impl FormerTable {
    /// Every table, in the order in which rows can refer to earlier ones.
    pub const ALL: [Self; 10] = [
        Self::Documents,
        Self::Acceptances,
        Self::Products,
        Self::PaymentMethods,
        Self::UserProducts,
        Self::Orders,
        Self::Payments,
        Self::Referrals,
        Self::Commissions,
        Self::Payouts,
    ];

    /// The table of a model such as `payments.payment`: what the model is called counts, and not the application it is in.
    #[must_use]
    pub fn of_model(model: &str) -> Option<Self> {
        let name = model.rsplit('.').next().unwrap_or_default();
        Some(match name {
            "document" => Self::Documents,
            "documentacceptance" => Self::Acceptances,
            "product" => Self::Products,
            "paymentmethod" => Self::PaymentMethods,
            "userproduct" => Self::UserProducts,
            "order" => Self::Orders,
            "payment" => Self::Payments,
            "referral" => Self::Referrals,
            "referralcommission" | "commission" => Self::Commissions,
            "referralpayout" | "payout" => Self::Payouts,
            _ => return None,
        })
    }

    /// What the table is called, in English.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Acceptances => "acceptances",
            Self::Products => "products",
            Self::PaymentMethods => "payment methods",
            Self::UserProducts => "clients' products",
            Self::Orders => "orders",
            Self::Payments => "payments",
            Self::Referrals => "referrals",
            Self::Commissions => "commissions",
            Self::Payouts => "payouts",
        }
    }
}

impl fmt::Display for FormerTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A row with what was noticed about it.
pub type ReadRecord<T> = Result<(T, Vec<RecordNote>), RecordRefused>;

#[cfg(test)]
mod tests;
