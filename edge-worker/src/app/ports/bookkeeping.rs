//! What operators read in the books: orders, payments and payouts, each with whose it is.

use super::StoreFailure;
use super::payments::OrderToPay;
use crate::domain::identifiers::{OrderId, PaymentId, PayoutId, ProductId, UserId};
use crate::domain::money::Kopecks;
use crate::domain::order::{OrderNumber, OrderState};
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::domain::payout::PayoutState;
use crate::domain::payout_destination::{LegalForm, PayoutMethod};
use crate::domain::time::Instant;

/// Whose something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub id: UserId,
    /// Its address; a stand-in once the account is deleted.
    pub email: String,
    /// What its person is called.
    pub name: String,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedOrder {
    /// Its id.
    pub id: OrderId,
    /// What people call it.
    pub number: String,
    /// Whose; `None` while somebody without an account has not paid.
    pub holder: Option<Holder>,
    /// Of which product, by its name in addresses.
    pub product: String,
    /// How much is to be paid.
    pub amount: Kopecks,
    /// How far it is.
    pub state: OrderState,
    /// When it was made.
    pub created_at: Instant,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedPayment {
    /// Its id.
    pub id: PaymentId,
    /// Which order it pays.
    pub order: OrderId,
    /// What people call the order.
    pub order_number: String,
    /// Who paid.
    pub holder: Holder,
    /// For which product.
    pub product: ProductId,
    /// The product's name in addresses.
    pub slug: String,
    /// How much.
    pub amount: Kopecks,
    /// How much of it was given back.
    pub refunded: Kopecks,
    /// What became of it.
    pub status: PaymentStatus,
    /// How the money came.
    pub source: PaymentSource,
    /// What the bank or the bookkeeper calls it.
    pub reference: Option<String>,
    /// The time it pays for.
    pub period: Option<(Instant, Instant)>,
    /// When it came.
    pub created_at: Instant,
}

/// Where a payout goes, as it was written with the request. Empty once the partner had their data deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedDestination {
    /// What the partner is to the tax office.
    pub legal_form: LegalForm,
    /// Who gets the money, by name.
    pub recipient: String,
    /// Who gets the money, by taxpayer's number.
    pub inn: String,
    /// By which way.
    pub method: PayoutMethod,
    /// The bank's number.
    pub bik: Option<String>,
    /// The account's number.
    pub account: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

/// A payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedPayout {
    /// Its id.
    pub id: PayoutId,
    /// Whose.
    pub holder: Holder,
    /// How much.
    pub amount: Kopecks,
    /// How far it is.
    pub state: PayoutState,
    /// Where to.
    pub destination: BookedDestination,
    /// What the bank calls it.
    pub bank_ref: Option<String>,
    /// Why it did not come.
    pub reason: Option<String>,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
    /// When it ended.
    pub settled_at: Option<Instant>,
}

/// The books. Each method is one round trip.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait Bookkeeping {
    /// The order with this number.
    async fn booked_order(&self, number: &OrderNumber)
    -> Result<Option<BookedOrder>, StoreFailure>;

    /// The last orders and payments of somebody, the newest first, at most so many of each.
    async fn books_of(
        &self,
        user: UserId,
        limit: u32,
    ) -> Result<(Vec<BookedOrder>, Vec<BookedPayment>), StoreFailure>;

    /// A payment.
    async fn booked_payment(
        &self,
        payment: PaymentId,
    ) -> Result<Option<BookedPayment>, StoreFailure>;

    /// The payment that came this way and is called so.
    async fn payment_called(
        &self,
        source: PaymentSource,
        reference: &str,
    ) -> Result<Option<BookedPayment>, StoreFailure>;

    /// How much was given back by the refund of a payment that is called so.
    async fn refund_called(
        &self,
        payment: PaymentId,
        reference: &str,
    ) -> Result<Option<Kopecks>, StoreFailure>;

    /// An order as it would be, under an id that is still free, if this person ordered this product for this amount now. `None`
    /// when there is no such person or product.
    async fn order_in_mind(
        &self,
        id: OrderId,
        user: UserId,
        product: ProductId,
        amount: Kopecks,
    ) -> Result<Option<OrderToPay>, StoreFailure>;

    /// Payouts that are so far, at most `limit` of each state: open ones with the oldest first, then the others with the newest
    /// first.
    async fn booked_payouts(
        &self,
        states: &[PayoutState],
        limit: u32,
    ) -> Result<Vec<BookedPayout>, StoreFailure>;

    /// A payout.
    async fn booked_payout(&self, payout: PayoutId) -> Result<Option<BookedPayout>, StoreFailure>;

    /// The last payouts of somebody, the newest first.
    async fn payouts_of(&self, user: UserId, limit: u32)
    -> Result<Vec<BookedPayout>, StoreFailure>;
}
