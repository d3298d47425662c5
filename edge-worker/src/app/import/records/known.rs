//! Which rows of the dump the database knows: asked about all at once, because each question to a database far away takes a
//! second or two.

use std::collections::HashSet;

use super::Rows;
use super::purchases::reference;
use crate::app::ports::StoreFailure;
use crate::app::ports::former_records::{FormerRecordStore, KnownBy};
use crate::domain::former_records::{
    DOCUMENT_NUMBERS, FormerAcceptance, FormerMethod, FormerOrder, FormerPayment, FormerTable,
};

/// What is here of the dump.
#[derive(Default)]
pub(super) struct KnownRecords {
    pub(super) acceptances: HashSet<String>,
    pub(super) methods: HashSet<String>,
    pub(super) holdings: HashSet<String>,
    pub(super) orders: HashSet<String>,
    pub(super) payments: HashSet<String>,
    /// Payments of which no money came.
    pub(super) unpaid: HashSet<String>,
    /// Commissions, by payment.
    pub(super) commissions: HashSet<String>,
    pub(super) payouts: HashSet<String>,
    /// What rows that are new would take a second time: the bank's names of cards,
    pub(super) charges: HashSet<String>,
    /// numbers of orders,
    pub(super) numbers: HashSet<String>,
    /// and the bank's names of payments.
    pub(super) references: HashSet<String>,
}

impl KnownRecords {
    pub(super) async fn ask<S: FormerRecordStore>(
        store: &S,
        rows: &Rows<'_>,
    ) -> Result<Self, StoreFailure> {
        let payments = rows.keys(FormerTable::Payments);
        let asked = [
            (
                KnownBy::Acceptance,
                rows.read(FormerTable::Acceptances, FormerAcceptance::read)
                    .iter()
                    .map(acceptance)
                    .collect(),
            ),
            (KnownBy::Method, rows.keys(FormerTable::PaymentMethods)),
            (KnownBy::Holding, rows.keys(FormerTable::UserProducts)),
            (KnownBy::Order, rows.keys(FormerTable::Orders)),
            (KnownBy::Payment, payments.clone()),
            (KnownBy::UnpaidPayment, payments.clone()),
            (KnownBy::Commission, payments),
            (KnownBy::Payout, rows.keys(FormerTable::Payouts)),
        ];
        let mut found = store.known_among(&asked).await?.into_iter();
        let mut next = || found.next().unwrap_or_default();
        let mut known = Self {
            acceptances: next(),
            methods: next(),
            holdings: next(),
            orders: next(),
            payments: next(),
            unpaid: next(),
            commissions: next(),
            payouts: next(),
            ..Self::default()
        };
        known.ask_about_new(store, rows).await?;
        Ok(known)
    }

    async fn ask_about_new<S: FormerRecordStore>(
        &mut self,
        store: &S,
        rows: &Rows<'_>,
    ) -> Result<(), StoreFailure> {
        let methods = rows.read(FormerTable::PaymentMethods, FormerMethod::read);
        let orders = rows.read(FormerTable::Orders, FormerOrder::read);
        let payments = rows.read(FormerTable::Payments, FormerPayment::read);
        let charges = methods
            .into_iter()
            .filter(|method| !self.methods.contains(&method.id.to_string()))
            .map(|method| method.charge_id);
        let numbers = orders
            .into_iter()
            .filter(|order| !self.orders.contains(&order.id.to_string()))
            .map(|order| order.number);
        let references = payments
            .iter()
            .filter(|payment| !self.payments.contains(&payment.id.to_string()))
            .filter_map(reference);
        let asked = [
            (KnownBy::Charge, charges.collect()),
            (KnownBy::OrderNumber, numbers.collect()),
            (KnownBy::Reference, references.collect()),
        ];
        let mut found = store.known_among(&asked).await?.into_iter();
        let mut next = || found.next().unwrap_or_default();
        (self.charges, self.numbers, self.references) = (next(), next(), next());
        Ok(())
    }
}

/// By what an acceptance is known.
pub(super) fn acceptance(acceptance: &FormerAcceptance) -> String {
    let document = DOCUMENT_NUMBERS.saturating_add(acceptance.document);
    format!("{} {document} {}", acceptance.user, acceptance.version)
}
