//! The numbers at the head of the cabinet.

use super::authentication::Caller;
use crate::domain::money::Kopecks;

/// A client's statistics.
///
/// Nothing can be bought yet, so the counts of things bought are zero for everybody; the number of people invited is
/// real.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    /// What the client may spend.
    pub balance: Kopecks,
    /// Products that work now.
    pub active_products: u64,
    /// Subscriptions that work now.
    pub subscriptions: u64,
    /// Payments that went through.
    pub total_payments: u64,
    /// People who came by the client's link.
    pub invites: i64,
    /// What the partner programme brought.
    pub earned: Kopecks,
}

impl Dashboard {
    /// The caller's statistics.
    #[must_use]
    pub const fn of(caller: &Caller) -> Self {
        Self {
            balance: Kopecks::ZERO,
            active_products: 0,
            subscriptions: 0,
            total_payments: 0,
            invites: caller.user.referrals_count,
            earned: Kopecks::ZERO,
        }
    }
}
