//! What a client reads in the cabinet, and the small changes they make there.
//!
//! There is one method for reading. It is told what is wanted and answers all of it from one round trip, so no page of the
//! cabinet, however full, asks the database in a loop.

mod catalogue;
mod documents;
mod partner;
mod payment_list;
mod payments;

pub use catalogue::{ClientProduct, Product, Renewal};
pub use documents::{Acceptance, AcceptedVersion, Document, DocumentWanted};
pub use partner::{Commission, EarnedInMonth, Earnings, Invited, Payout};
pub use payment_list::{MonthSpent, PaymentFilter, PaymentOrder, PaymentsWanted};
pub use payments::{
    ClientOrder, ClientPayment, NewRenewal, PaymentMethod, PaymentTotals, Transaction,
};

use super::StoreFailure;
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::{PaymentId, PaymentMethodId, UserId, UserProductId};
use crate::domain::mail::NewMail;
use crate::domain::page::Page;
use crate::domain::time::Instant;

/// A piece of a long list: how many rows, after how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// How many rows stand before it.
    pub offset: i64,
    /// How many rows it holds at most.
    pub limit: i64,
}

impl Slice {
    /// The first rows of a list.
    #[must_use]
    pub const fn first(limit: i64) -> Self {
        Self { offset: 0, limit }
    }
}

impl From<Page> for Slice {
    fn from(page: Page) -> Self {
        Self {
            offset: page.offset(),
            limit: i64::from(page.limit()),
        }
    }
}

/// What of a client's data is wanted.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of one part whether it is wanted; they are independent of each other"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What the client has and had.
    pub products: bool,
    /// What is sold.
    pub on_sale: bool,
    /// Payments.
    pub payments: Option<PaymentsWanted>,
    /// How many payments there are; with the filter of `payments`.
    pub payment_totals: bool,
    /// What payments came to in each of so many months, the present one among them.
    pub months: Option<u16>,
    /// One payment.
    pub payment: Option<PaymentId>,
    /// Saved ways to pay.
    pub methods: bool,
    /// Payments and refunds as one list.
    pub transactions: Option<Slice>,
    /// Documents that everybody accepts, and what the client has accepted of any.
    pub documents: bool,
    /// The figures of the partner programme.
    pub earnings: bool,
    /// What it brought in each month of the last year.
    pub earned_by_month: bool,
    /// Who came by the client's link.
    pub invited: Option<Slice>,
    /// What each payment of theirs brought.
    pub commissions: Option<Slice>,
    /// What was paid out, or asked for.
    pub payouts: Option<Slice>,
}

/// A client's data: what was wanted of it, the rest is empty. Lists have the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientData {
    /// What the client has and had.
    pub products: Vec<ClientProduct>,
    /// What is sold.
    pub on_sale: Vec<Product>,
    /// Payments.
    pub payments: Vec<ClientPayment>,
    /// How many there are.
    pub payment_totals: PaymentTotals,
    /// What payments came to in each month that has any, the oldest first.
    pub months: Vec<MonthSpent>,
    /// The payment that was asked for, if it is the client's.
    pub payment: Option<ClientPayment>,
    /// Saved ways to pay that were not removed; the default one first.
    pub methods: Vec<PaymentMethod>,
    /// Payments and refunds.
    pub transactions: Vec<Transaction>,
    /// How many there are.
    pub transactions_total: i64,
    /// The newest document of each type that everybody accepts.
    pub documents: Vec<Document>,
    /// The latest version of each document that the client has accepted.
    pub accepted: Vec<AcceptedVersion>,
    /// The figures of the partner programme.
    pub earnings: Earnings,
    /// What it brought in each month of the last year, the oldest first.
    pub earned_by_month: Vec<EarnedInMonth>,
    /// Who came by the client's link.
    pub invited: Vec<Invited>,
    /// What each payment of theirs brought.
    pub commissions: Vec<Commission>,
    /// How many there are.
    pub commissions_total: i64,
    /// What was paid out, or asked for.
    pub payouts: Vec<Payout>,
    /// How many there are.
    pub payouts_total: i64,
}

/// Whether a subscription is to be renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewalWish {
    /// It is.
    Resume,
    /// It is not; what is paid works to its end.
    Cancel,
}

/// A client's own data. Each method is one round trip, and one transaction; all of them touch rows of this client only, so that
/// a stranger's row is as unknown as one that never was. Changes that change nothing leave no entry in the audit log.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait CabinetStore {
    /// What is wanted of a client's data at an instant.
    async fn client_data(
        &self,
        user: UserId,
        wanted: &Wanted,
        now: Instant,
    ) -> Result<ClientData, StoreFailure>;

    /// Says whether a subscription that works is to be renewed, and answers the product as it is afterwards: unchanged where it
    /// does not work, or the wish was known. The notice goes out if anything has changed. `None` when the client has no such
    /// product.
    async fn wish_renewal(
        &self,
        user: UserId,
        product: UserProductId,
        wish: RenewalWish,
        notice: Option<&NewMail>,
        audit: &AuditEntry,
    ) -> Result<Option<ClientProduct>, StoreFailure>;

    /// Makes an order for another period of a subscription, unless one waits already, and answers the product and the order
    /// that waits. No order where there is nothing to renew; `None` when the client has no such product.
    async fn order_renewal(
        &self,
        user: UserId,
        renewal: &NewRenewal,
        audit: &AuditEntry,
    ) -> Result<Option<(ClientProduct, Option<ClientOrder>)>, StoreFailure>;

    /// Makes a way to pay the default one, and no other. `None` when the client has no such way to pay.
    async fn choose_method(
        &self,
        user: UserId,
        method: PaymentMethodId,
        audit: &AuditEntry,
    ) -> Result<Option<PaymentMethod>, StoreFailure>;

    /// Removes a way to pay: nothing is charged to it any more. The default one stays as long as there are others; to remove
    /// it twice changes nothing. `None` when the client has no such way to pay.
    async fn remove_method(
        &self,
        user: UserId,
        method: PaymentMethodId,
        audit: &AuditEntry,
    ) -> Result<Option<MethodRemoval>, StoreFailure>;

    /// Accepts the newest version of a document. `None` when there is no such document.
    async fn accept_document(
        &self,
        user: UserId,
        wanted: &DocumentWanted,
        audit: &AuditEntry,
    ) -> Result<Option<Acceptance>, StoreFailure>;
}

/// What became of a way to pay that was to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodRemoval {
    /// It is removed.
    Removed,
    /// It is the default one, and there are others to choose from first.
    IsDefault,
}
