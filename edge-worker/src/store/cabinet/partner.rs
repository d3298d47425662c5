//! Rows of the partner programme. People leave here as masks.

use serde::Deserialize;

use super::parse;
use crate::app::ports::StoreFailure;
use crate::app::ports::cabinet::{Commission, EarnedInMonth, Earnings, Invited, Payout};
use crate::domain::commission::RateBp;
use crate::domain::identifiers::UserId;
use crate::domain::ledger::PartnerBalance;
use crate::domain::masking::{mask_email, mask_name};
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

#[derive(Deserialize)]
pub(super) struct EarningsRow {
    invited: i64,
    paying: i64,
    earned: i64,
    due: i64,
    paid: i64,
    pending: i64,
    available: i64,
    reserved: i64,
    debt: i64,
}

impl EarningsRow {
    pub(super) fn into_earnings(self) -> Earnings {
        let booked = PartnerBalance {
            pending: Kopecks::new(self.pending),
            available: Kopecks::new(self.available),
            reserved: Kopecks::new(self.reserved),
            owed: Kopecks::ZERO - Kopecks::new(self.debt),
        };
        Earnings {
            invited: self.invited,
            paying: self.paying,
            earned: Kopecks::new(self.earned),
            paid: Kopecks::new(self.paid),
            balance: booked.matured(Kopecks::new(self.due)),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct EarnedRow {
    month: String,
    earned: i64,
}

impl EarnedRow {
    pub(super) fn into_month(self) -> EarnedInMonth {
        EarnedInMonth {
            month: self.month,
            earned: Kopecks::new(self.earned),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct InvitedRow {
    user_id: i64,
    email: String,
    name: String,
    bound_at: i64,
    earned: i64,
}

impl InvitedRow {
    pub(super) fn into_invited(self) -> Invited {
        Invited {
            user: UserId::new(self.user_id),
            email: mask_email(&self.email),
            name: mask_name(&self.name),
            earned: Kopecks::new(self.earned),
            at: Instant::from_millis(self.bound_at),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct CommissionRow {
    payment_id: String,
    user_id: i64,
    email: String,
    name: String,
    bound_at: i64,
    base: i64,
    rate_bp: u16,
    amount: i64,
    taken_back: i64,
    held_until: i64,
    created_at: i64,
    ordered_at: i64,
    product_ru: String,
    product_en: String,
}

impl CommissionRow {
    pub(super) fn into_commission(self) -> Result<Commission, StoreFailure> {
        let earned = Kopecks::new(self.amount) - Kopecks::new(self.taken_back);
        Ok(Commission {
            payment: parse("commissions.payment_id", &self.payment_id)?,
            invited: Invited {
                user: UserId::new(self.user_id),
                email: mask_email(&self.email),
                name: mask_name(&self.name),
                earned,
                at: Instant::from_millis(self.bound_at),
            },
            product: [self.product_ru, self.product_en],
            ordered_at: Instant::from_millis(self.ordered_at),
            base: Kopecks::new(self.base),
            rate: RateBp::new(self.rate_bp)
                .ok_or_else(|| StoreFailure("commissions.rate_bp cannot be read".to_owned()))?,
            amount: Kopecks::new(self.amount),
            taken_back: Kopecks::new(self.taken_back),
            held_until: Instant::from_millis(self.held_until),
            created_at: Instant::from_millis(self.created_at),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct PayoutRow {
    id: String,
    amount: i64,
    state: String,
    method: String,
    bank_ref: Option<String>,
    reason: Option<String>,
    requested_at: i64,
    updated_at: i64,
    settled_at: Option<i64>,
}

impl PayoutRow {
    pub(super) fn into_payout(self) -> Result<Payout, StoreFailure> {
        Ok(Payout {
            id: parse("payouts.id", &self.id)?,
            amount: Kopecks::new(self.amount),
            state: parse("payouts.state", &self.state)?,
            method: parse("payouts.method", &self.method)?,
            bank_ref: self.bank_ref,
            reason: self.reason,
            requested_at: Instant::from_millis(self.requested_at),
            updated_at: Instant::from_millis(self.updated_at),
            settled_at: self.settled_at.map(Instant::from_millis),
        })
    }
}
