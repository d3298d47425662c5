//! Which payments are listed, and what they came to by the month.

use super::Slice;
use crate::domain::money::Kopecks;
use crate::domain::payment::PaymentStatus;
use crate::domain::time::Instant;
use crate::domain::word::words;

words! {
    /// In which order payments are listed.
    #[derive(Default)]
    PaymentOrder {
        /// The newest first.
        #[default]
        Newest = "newest",
        /// The oldest first.
        Oldest = "oldest",
        /// The largest amount first.
        Largest = "largest",
        /// The smallest amount first.
        Smallest = "smallest",
    }
}

/// Which payments, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentFilter {
    /// With this status only.
    pub status: Option<PaymentStatus>,
    /// Begun at this instant or later.
    pub since: Option<Instant>,
    /// Begun before this instant.
    pub before: Option<Instant>,
    /// In this order.
    pub order: PaymentOrder,
}

impl PaymentFilter {
    /// All of them, the newest first.
    pub const ALL: Self = Self {
        status: None,
        since: None,
        before: None,
        order: PaymentOrder::Newest,
    };
}

/// A piece of the list of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentsWanted {
    /// Which payments.
    pub filter: PaymentFilter,
    /// How many of them.
    pub slice: Slice,
}

/// What a client's payments of one month came to, less what was given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSpent {
    /// The month in Moscow, as `2026-03`.
    pub month: String,
    /// The sum.
    pub spent: Kopecks,
}
