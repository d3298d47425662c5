//! Payments in the database, with all that each of them sets in motion.

use super::StoreFailure;
use crate::domain::access::PaidPeriod;
use crate::domain::audit::AuditEntry;
use crate::domain::calendar::{AnchorDay, Period};
use crate::domain::catalogue::PaidFor;
use crate::domain::commission::RateBp;
use crate::domain::identifiers::{
    OperationId, OrderId, PaymentId, ProductId, UserId, UserProductId,
};
use crate::domain::money::Kopecks;
use crate::domain::order::{OrderNumber, OrderState};
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::domain::time::Instant;

/// An order as its payment finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderToPay {
    /// Its id.
    pub id: OrderId,
    /// Who pays; `None` while that is somebody without an account.
    pub user: Option<UserId>,
    /// For what.
    pub product: ProductId,
    /// How that is paid for.
    pub paid_for: PaidFor,
    /// How much is to be paid.
    pub amount: Kopecks,
    /// How far it is.
    pub state: OrderState,
    /// The payment that settled it.
    pub payment: Option<SettlingPayment>,
    /// The subscription that the payment prolongs.
    pub running: Option<RunningSubscription>,
    /// Who earns by it.
    pub partner: Option<Partnership>,
}

/// The payment that settled an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlingPayment {
    /// Its id.
    pub id: PaymentId,
    /// How the money came.
    pub source: PaymentSource,
    /// What the bank or the bookkeeper calls it.
    pub reference: Option<String>,
}

/// A subscription that a payment can prolong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningSubscription {
    /// Whose it is a part of.
    pub id: UserProductId,
    /// The end of what is paid.
    pub ends_at: Option<Instant>,
    /// How long a payment lasts.
    pub period: Period,
    /// The day on which its periods begin.
    pub anchor: AnchorDay,
}

/// Who brought the payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partnership {
    /// The partner.
    pub partner: UserId,
    /// Whether the binding stands already; if not, it came with the order, and the payment makes it.
    pub is_bound: bool,
}

/// A payment that came, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayment {
    /// Its id.
    pub id: PaymentId,
    /// The order as it was read; if it is another by now, nothing happens.
    pub order: OrderToPay,
    /// Who pays.
    pub user: UserId,
    /// How the money came.
    pub source: PaymentSource,
    /// What the bank or the bookkeeper calls it.
    pub reference: Option<String>,
    /// When it came.
    pub came_at: Instant,
    /// Now.
    pub at: Instant,
    /// The number of the order, where it does not wait in the database but is made together with its payment.
    pub new_order: Option<OrderNumber>,
    /// What the client gets for it.
    pub bought: Bought,
    /// What the partner earns by it.
    pub commission: Option<NewCommission>,
    /// The name of its transfers.
    pub operation: OperationId,
}

/// What a client gets for a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bought {
    /// A product, with its first period if it is a subscription.
    New {
        /// Its id.
        id: UserProductId,
        /// The period, and how long the next ones are.
        first: Option<(Period, PaidPeriod)>,
    },
    /// Another period of a subscription.
    Another {
        /// Which one.
        id: UserProductId,
        /// The period.
        next: PaidPeriod,
    },
}

impl Bought {
    /// What the client has by it.
    #[must_use]
    pub const fn user_product(&self) -> UserProductId {
        match self {
            Self::New { id, .. } | Self::Another { id, .. } => *id,
        }
    }

    /// The period it pays for.
    #[must_use]
    pub fn period(&self) -> Option<PaidPeriod> {
        match self {
            Self::New { first, .. } => first.map(|(_, period)| period),
            Self::Another { next, .. } => Some(*next),
        }
    }
}

/// What a partner earns by a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewCommission {
    /// The partner.
    pub partner: UserId,
    /// At which rate.
    pub rate: RateBp,
    /// By which edition of the terms.
    pub edition: u16,
    /// How much.
    pub amount: Kopecks,
    /// Until when it waits.
    pub held_until: Instant,
}

/// A payment as its refund finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentToRefund {
    /// Its id.
    pub id: PaymentId,
    /// Who paid.
    pub user: UserId,
    /// How much.
    pub amount: Kopecks,
    /// How much of it was given back so far.
    pub refunded: Kopecks,
    /// What became of it.
    pub status: PaymentStatus,
    /// What was bought.
    pub bought: Option<BoughtBefore>,
    /// What the partner earned by it.
    pub commission: Option<EarnedCommission>,
}

/// What a payment had bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoughtBefore {
    /// What the client has by it.
    pub id: UserProductId,
    /// The end of what is paid, by this payment and others.
    pub ends_at: Option<Instant>,
    /// When it was taken away.
    pub revoked_at: Option<Instant>,
    /// The period that this payment paid for.
    pub period: Option<(Instant, Instant)>,
}

/// What a partner earned by a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarnedCommission {
    /// The partner.
    pub partner: UserId,
    /// At which rate.
    pub rate: RateBp,
    /// How much.
    pub amount: Kopecks,
    /// How much of it was taken back so far.
    pub taken_back: Kopecks,
    /// Whether the hold is over.
    pub is_matured: bool,
}

/// Money that goes back, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// The payment as it was read; if it is another by now, nothing happens.
    pub payment: PaymentToRefund,
    /// How much of it is given back in all, this time included.
    pub total: Kopecks,
    /// Why.
    pub reason: Option<String>,
    /// What an operator calls it.
    pub reference: Option<String>,
    /// When.
    pub at: Instant,
    /// What happens to what was bought.
    pub access: AccessAfterRefund,
    /// How much of the commission is taken back in all.
    pub taken_back: Kopecks,
    /// The name of its transfers.
    pub operation: OperationId,
}

/// What happens to what was bought when its money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessAfterRefund {
    /// Nothing.
    Kept,
    /// It ends then.
    EndsAt(Instant),
    /// It is taken away.
    Revoked,
}

/// Payments. Each method is one round trip, and one transaction.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait PaymentStore {
    /// The id of the order with this number.
    async fn order_by_number(&self, number: &OrderNumber) -> Result<Option<OrderId>, StoreFailure>;

    /// An order with all that its payment depends on.
    async fn order_to_pay(&self, order: OrderId) -> Result<Option<OrderToPay>, StoreFailure>;

    /// Writes a payment with all that follows from it. `false` when something it depends on is another by now; then nothing
    /// has happened.
    async fn add_payment(
        &self,
        payment: &NewPayment,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;

    /// A payment with all that its refund depends on.
    async fn payment_to_refund(
        &self,
        payment: PaymentId,
    ) -> Result<Option<PaymentToRefund>, StoreFailure>;

    /// Writes a refund with all that follows from it. `false` when something it depends on is another by now; then nothing
    /// has happened.
    async fn add_refund(
        &self,
        refund: &NewRefund,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;
}
