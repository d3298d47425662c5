//! The numbers at the head of the cabinet.

use super::cabinet::Look;
use super::ports::cabinet::{ClientPayment, PaymentFilter, PaymentsWanted, Slice, Wanted};
use crate::domain::money::Kopecks;

/// A client's statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard<'a> {
    /// What the client earned as a partner and may ask to be paid out.
    pub balance: Kopecks,
    /// Products that work now.
    pub active_products: usize,
    /// Subscriptions that work now.
    pub subscriptions: usize,
    /// Payments that went through.
    pub total_payments: i64,
    /// The newest payments.
    pub recent: &'a [ClientPayment],
    /// People who came by the client's link.
    pub invites: i64,
    /// What the partner programme brought.
    pub earned: Kopecks,
}

impl Dashboard<'_> {
    /// How many payments it shows.
    const RECENT: usize = 5;

    /// What it is made of.
    pub const WANTED: Wanted = Wanted {
        products: true,
        payments: Some(PaymentsWanted {
            filter: PaymentFilter::ALL,
            slice: Slice::first(5),
        }),
        payment_totals: true,
        months: None,
        earnings: true,
        earned_by_month: false,
        on_sale: false,
        payment: None,
        methods: false,
        transactions: None,
        documents: false,
        invited: None,
        commissions: None,
        payouts: None,
    };
}

impl<'a> Dashboard<'a> {
    /// The statistics in a client's data, of which [`Self::WANTED`] was read at least.
    #[must_use]
    pub fn of(look: &'a Look) -> Self {
        let Look { data, at } = look;
        let products = &data.products;
        let earnings = data.earnings;
        Self {
            balance: earnings.balance.available,
            active_products: products
                .iter()
                .filter(|product| product.dates.is_open_at(*at))
                .count(),
            subscriptions: products
                .iter()
                .filter(|product| product.is_open_subscription_at(*at))
                .count(),
            total_payments: data.payment_totals.successful,
            recent: data.payments.get(..Self::RECENT).unwrap_or(&data.payments),
            invites: earnings.invited,
            earned: earnings.earned,
        }
    }
}
