//! The partner programme as a partner sees it: figures of their own, and people only as masks.

use crate::domain::commission::RateBp;
use crate::domain::identifiers::{PaymentId, PayoutId, UserId};
use crate::domain::language::Language;
use crate::domain::ledger::PartnerBalance;
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;
use crate::domain::payout_destination::PayoutMethod;
use crate::domain::time::Instant;

/// What the programme brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Earnings {
    /// How many people came.
    pub invited: i64,
    /// How many of them have paid for something.
    pub paying: i64,
    /// What their payments brought, less what was taken back.
    pub earned: Kopecks,
    /// What was paid out.
    pub paid: Kopecks,
    /// What there is at this instant, also what has matured since the clock last ran.
    pub balance: PartnerBalance,
}

/// What the programme brought in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnedInMonth {
    /// Which month of Moscow's calendar: `2026-03`.
    pub month: String,
    /// What the payments of that month brought, less what was taken back since.
    pub earned: Kopecks,
}

/// Somebody who came by the partner's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Who.
    pub user: UserId,
    /// Their address, masked.
    pub email: String,
    /// Their name, masked.
    pub name: String,
    /// What their payments brought, less what was taken back.
    pub earned: Kopecks,
    /// When they came.
    pub at: Instant,
}

/// What a payment brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commission {
    /// By which payment.
    pub payment: PaymentId,
    /// Who paid.
    pub invited: Invited,
    /// For what, in Russian and English.
    pub product: [String; 2],
    /// When it was ordered.
    pub ordered_at: Instant,
    /// How much was paid.
    pub base: Kopecks,
    /// At which rate.
    pub rate: RateBp,
    /// What it brought.
    pub amount: Kopecks,
    /// What of it was taken back because of refunds.
    pub taken_back: Kopecks,
    /// Until when it waits.
    pub held_until: Instant,
    /// When it was earned.
    pub created_at: Instant,
}

impl Commission {
    /// For what.
    #[must_use]
    pub fn product_in(&self, language: Language) -> &str {
        let [russian, english] = &self.product;
        match language {
            Language::Russian => russian,
            Language::English => english,
        }
    }
}

/// A payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// Its id.
    pub id: PayoutId,
    /// How much.
    pub amount: Kopecks,
    /// How far it is.
    pub state: PayoutState,
    /// By which way.
    pub method: PayoutMethod,
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
