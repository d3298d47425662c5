//! The partners' money in the database.

use super::StoreFailure;
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::{OperationId, PayoutId, UserId};
use crate::domain::ledger::PartnerBalance;
use crate::domain::mail::NewMail;
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;
use crate::domain::payout_destination::PayoutDestination;
use crate::domain::time::Instant;

/// A payout that a partner asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayout {
    /// Its id.
    pub id: PayoutId,
    /// Whose.
    pub partner: UserId,
    /// How much.
    pub amount: Kopecks,
    /// Where to.
    pub destination: PayoutDestination,
    /// The name of its transfers.
    pub operation: OperationId,
    /// When.
    pub at: Instant,
}

/// Why a payout was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayoutNotAdded {
    /// There is less available.
    Insufficient,
    /// Another one is open.
    AnotherOpen,
    /// The partner's account was closed or deleted meanwhile.
    PartnerGone,
    /// The store failed.
    Failure(StoreFailure),
}

/// A payout as an operator finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedPayout {
    /// Its id.
    pub id: PayoutId,
    /// Whose.
    pub partner: UserId,
    /// How much.
    pub amount: Kopecks,
    /// How far it is.
    pub state: PayoutState,
    /// What the bank calls the payment.
    pub bank_ref: Option<String>,
}

/// A step of a payout.
#[derive(Clone, Debug)]
pub struct PayoutStep {
    /// The payout as it was read; if it is another by now, nothing happens.
    pub payout: OpenedPayout,
    /// Where it goes.
    pub next: PayoutState,
    /// What the bank calls the payment.
    pub bank_ref: Option<String>,
    /// Why it does not come.
    pub reason: Option<String>,
    /// The name of its transfers.
    pub operation: OperationId,
    /// What the partner is told by mail.
    pub notice: Option<NewMail>,
    /// When.
    pub at: Instant,
}

/// The partners' money. Each method is one round trip, and one transaction.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait PartnerStore {
    /// Makes commissions available whose hold is over, the oldest first, at most `limit`: of one partner or of everybody. A
    /// debt is repaid first. How many there were.
    async fn mature_commissions(
        &self,
        partner: Option<UserId>,
        limit: u32,
        operation: OperationId,
        now: Instant,
    ) -> Result<u32, StoreFailure>;

    /// What a partner has now, as if every commission whose hold is over had matured.
    async fn balance_of(
        &self,
        partner: UserId,
        now: Instant,
    ) -> Result<PartnerBalance, StoreFailure>;

    /// Writes a payout and sets its amount aside.
    async fn add_payout(
        &self,
        payout: &NewPayout,
        audit: &AuditEntry,
    ) -> Result<(), PayoutNotAdded>;

    /// A payout.
    async fn payout(&self, payout: PayoutId) -> Result<Option<OpenedPayout>, StoreFailure>;

    /// Takes a step. `false` when the payout is another by now; then nothing has happened.
    async fn step_payout(
        &self,
        step: &PayoutStep,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;
}
