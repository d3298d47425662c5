//! What the import of everything beside the predecessor's people needs of the database.
//!
//! People are meant by the predecessor's numbers throughout: those who come over in the same batch have no other yet.

use std::collections::{BTreeMap, HashSet};

use super::StoreFailure;
use crate::domain::calendar::{AnchorDay, Period};
use crate::domain::catalogue::{DocumentType, PaidFor, Slug};
use crate::domain::commission::RateBp;
use crate::domain::former_records::{
    FormerAcceptance, FormerHolding, FormerMethod, FormerOrder, FormerPayment, FormerPayout,
    FormerProduct, HoldingDates,
};
use crate::domain::identifiers::{PaymentId, ProductId, UserProductId};
use crate::domain::ledger::PartnerBalance;
use crate::domain::money::Kopecks;
use crate::domain::order::OrderState;
use crate::domain::payment::PaymentStatus;
use crate::domain::payout::PayoutState;
use crate::domain::time::Instant;
use crate::domain::wording::{Prose, Title};

/// A document that is new here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingDocument {
    /// Its number here.
    pub id: i64,
    /// Its name in addresses.
    pub slug: Slug,
    /// What it is for.
    pub document_type: DocumentType,
    /// Since when.
    pub created_at: Instant,
    /// Since when nobody is asked to accept it.
    pub retired_at: Option<Instant>,
}

/// A version of a document that is new here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingVersion {
    /// The document's number here.
    pub document: i64,
    /// Which.
    pub version: i64,
    /// Its title.
    pub title: Title,
    /// Its words; `None` where the dump does not have them.
    pub text: Option<Prose>,
    /// Since when.
    pub published_at: Instant,
}

/// An acceptance that is new here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingAcceptance {
    /// As the predecessor had it.
    pub acceptance: FormerAcceptance,
    /// The document's number here.
    pub document: i64,
}

/// A product that is new here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingProduct {
    /// As the predecessor had it.
    pub product: FormerProduct,
    /// The number here of what a subscriber agrees to.
    pub terms: Option<i64>,
}

/// The repeating part of what a client has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComingSubscription {
    /// How long a payment lasts.
    pub period: Period,
    /// On which day periods begin.
    pub anchor: AnchorDay,
    /// When the last paid one begins.
    pub period_start: Instant,
    /// What the next one costs.
    pub renewal_price: Kopecks,
}

/// What a client has or had, new here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingHolding {
    /// As the predecessor had it; its card only if it may be charged.
    pub holding: FormerHolding,
    /// The product here.
    pub product: ProductId,
    /// From what its state follows.
    pub dates: HoldingDates,
    /// The repeating part.
    pub subscription: Option<ComingSubscription>,
}

/// An order that is new here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingOrder {
    /// As the predecessor had it, with the person that the payment told.
    pub order: FormerOrder,
    /// The product here.
    pub product: ProductId,
    /// How far it is.
    pub state: OrderState,
}

/// A payment that is new here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingPayment {
    /// As the predecessor had it.
    pub payment: FormerPayment,
    /// Who paid, by the predecessor's number.
    pub user: i64,
    /// What became of it.
    pub status: PaymentStatus,
    /// What was bought with it, if the dump leaves no doubt.
    pub bought: Option<UserProductId>,
}

/// Somebody imported before, who was brought by somebody, as it turns out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComingBinding {
    /// Who came.
    pub came: i64,
    /// Who brought them.
    pub partner: i64,
    /// When.
    pub at: Instant,
}

/// A commission that is new here. What of it is taken back follows from what was given back of the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComingCommission {
    /// Which payment brought it.
    pub payment: PaymentId,
    /// To whom.
    pub partner: i64,
    /// Which share.
    pub rate: RateBp,
    /// Since when.
    pub at: Instant,
}

/// A payout that is new here; every one has come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingPayout {
    /// As the predecessor had it.
    pub payout: FormerPayout,
    /// How it ended.
    pub state: PayoutState,
}

/// Everything that is new here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormerRecords {
    /// What people agree to.
    pub documents: Vec<ComingDocument>,
    /// Its versions.
    pub versions: Vec<ComingVersion>,
    /// That they agreed.
    pub acceptances: Vec<ComingAcceptance>,
    /// What is sold.
    pub products: Vec<ComingProduct>,
    /// How clients pay.
    pub methods: Vec<FormerMethod>,
    /// What clients have.
    pub holdings: Vec<ComingHolding>,
    /// What they ordered.
    pub orders: Vec<ComingOrder>,
    /// What they paid.
    pub payments: Vec<ComingPayment>,
    /// Who brought whom, of those imported before.
    pub bindings: Vec<ComingBinding>,
    /// What that brought.
    pub commissions: Vec<ComingCommission>,
    /// What of it was paid out.
    pub payouts: Vec<ComingPayout>,
}

impl FormerRecords {
    /// How many rows of the predecessor's that are.
    #[must_use]
    pub fn rows(&self) -> usize {
        [
            self.documents.len(),
            self.acceptances.len(),
            self.products.len(),
            self.methods.len(),
            self.holdings.len(),
            self.orders.len(),
            self.payments.len(),
            self.bindings.len(),
            self.commissions.len(),
            self.payouts.len(),
        ]
        .iter()
        .sum()
    }

    /// Whether there is nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows() == 0 && self.versions.is_empty()
    }
}

/// A document that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDocument {
    /// Its number.
    pub id: i64,
    /// Its name in addresses.
    pub slug: String,
    /// What it is for.
    pub document_type: DocumentType,
    /// Whether people are asked to accept it.
    pub is_in_use: bool,
    /// Its versions.
    pub versions: Vec<i64>,
}

/// A product that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownProduct {
    /// Its name for programs.
    pub id: ProductId,
    /// Its name in addresses.
    pub slug: String,
    /// How it is paid for.
    pub paid_for: PaidFor,
    /// What it costs.
    pub price: Kopecks,
}

/// What rows are known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// An acceptance: the person's former number, the document and the version, with spaces between them.
    Acceptance,
    /// A saved card.
    Method,
    /// The bank's name of a card.
    Charge,
    /// What a client has.
    Holding,
    /// An order.
    Order,
    /// The number of an order.
    OrderNumber,
    /// A payment.
    Payment,
    /// A payment of which no money came.
    UnpaidPayment,
    /// How a payment came and what the bank calls it, with a space between them.
    Reference,
    /// The payment of a commission.
    Commission,
    /// A payout.
    Payout,
}

/// The database, as the import of records sees it.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait FormerRecordStore {
    /// All documents and products.
    async fn known_catalogue(
        &self,
    ) -> Result<(Vec<KnownDocument>, Vec<KnownProduct>), StoreFailure>;

    /// Which of these there are, for each question.
    async fn known_among(
        &self,
        asked: &[(KnownBy, Vec<String>)],
    ) -> Result<Vec<HashSet<String>>, StoreFailure>;

    /// What partners have here, by their former numbers; who has nothing is left out.
    async fn balances_of(
        &self,
        partners: &[i64],
    ) -> Result<BTreeMap<i64, PartnerBalance>, StoreFailure>;
}
