//! Orders, payments and ways to pay, as a client sees them.

use crate::domain::identifiers::{OrderId, PaymentId, PaymentMethodId, UserProductId};
use crate::domain::language::Language;
use crate::domain::money::Kopecks;
use crate::domain::order::{OrderNumber, OrderState};
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientOrder {
    /// Its id.
    pub id: OrderId,
    /// What people call it.
    pub number: String,
    /// What was ordered, in Russian and English.
    pub product: [String; 2],
    /// How much is to be paid.
    pub amount: Kopecks,
    /// How far it is.
    pub state: OrderState,
    /// Who is to pay, as they said: name, address, telephone.
    pub customer: [Option<String>; 3],
    /// When it was made.
    pub created_at: Instant,
}

impl ClientOrder {
    /// What was ordered.
    #[must_use]
    pub fn product_in(&self, language: Language) -> &str {
        let [russian, english] = &self.product;
        match language {
            Language::Russian => russian,
            Language::English => english,
        }
    }
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientPayment {
    /// Its id.
    pub id: PaymentId,
    /// For which order.
    pub order: ClientOrder,
    /// How much.
    pub amount: Kopecks,
    /// How much of it was given back.
    pub refunded: Kopecks,
    /// What became of it.
    pub status: PaymentStatus,
    /// How the money came.
    pub source: PaymentSource,
    /// The time it pays for.
    pub period: Option<(Instant, Instant)>,
    /// Why it did not come.
    pub failure_reason: Option<String>,
    /// Where its receipt is.
    pub receipt_url: Option<String>,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

/// Figures about a client's payments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaymentTotals {
    /// How many there are, by the filter.
    pub listed: i64,
    /// How many went through, whatever the filter.
    pub successful: i64,
    /// What they brought, less what was given back.
    pub spent: Kopecks,
}

/// A movement of a client's money: a payment that went through, or a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The payment.
    pub payment: ClientPayment,
    /// What was given back in all by this refund and those before it; `None` for the payment itself.
    pub refund: Option<Kopecks>,
    /// How much was moved.
    pub amount: Kopecks,
    /// When.
    pub at: Instant,
}

/// A saved way to pay. By what name the bank charges it is not among what a client sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Its id.
    pub id: PaymentMethodId,
    /// Whose service it is.
    pub provider: String,
    /// The card, as far as it may be shown.
    pub pan_mask: String,
    /// MMYY, as on the card.
    pub expires: Option<String>,
    /// Which system the card belongs to.
    pub card_type: Option<String>,
    /// Whether it is charged first.
    pub is_default: bool,
    /// When it was saved.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

/// An order for another period of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRenewal {
    /// Its id.
    pub id: OrderId,
    /// What people call it.
    pub number: OrderNumber,
    /// Of which subscription.
    pub product: UserProductId,
    /// Whose link the client followed last, if they did.
    pub came_by: Option<ReferralCode>,
}
