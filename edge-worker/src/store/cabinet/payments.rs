//! Rows of orders, payments and ways to pay.

use serde::Deserialize;

use super::parse;
use crate::app::ports::StoreFailure;
use crate::app::ports::cabinet::{
    ClientOrder, ClientPayment, PaymentMethod, PaymentTotals, Transaction,
};
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

#[derive(Deserialize)]
pub(super) struct OrderColumns {
    order_id: String,
    order_number: String,
    order_amount: i64,
    order_state: String,
    customer_name: Option<String>,
    customer_email: Option<String>,
    customer_phone: Option<String>,
    order_created_at: i64,
    product_ru: String,
    product_en: String,
}

impl OrderColumns {
    pub(super) fn into_order(self) -> Result<ClientOrder, StoreFailure> {
        Ok(ClientOrder {
            id: parse("orders.id", &self.order_id)?,
            number: self.order_number,
            product: [self.product_ru, self.product_en],
            amount: Kopecks::new(self.order_amount),
            state: parse("orders.state", &self.order_state)?,
            customer: [self.customer_name, self.customer_email, self.customer_phone],
            created_at: Instant::from_millis(self.order_created_at),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct PaymentRow {
    id: String,
    amount: i64,
    refunded: i64,
    status: String,
    source: String,
    period_start: Option<i64>,
    period_end: Option<i64>,
    failure_reason: Option<String>,
    created_at: i64,
    updated_at: i64,
    receipt_url: Option<String>,
    #[serde(flatten)]
    order: OrderColumns,
}

impl PaymentRow {
    pub(super) fn into_payment(self) -> Result<ClientPayment, StoreFailure> {
        let [start, end] =
            [self.period_start, self.period_end].map(|at| at.map(Instant::from_millis));
        Ok(ClientPayment {
            id: parse("payments.id", &self.id)?,
            order: self.order.into_order()?,
            amount: Kopecks::new(self.amount),
            refunded: Kopecks::new(self.refunded),
            status: parse("payments.status", &self.status)?,
            source: parse("payments.source", &self.source)?,
            period: start.zip(end),
            failure_reason: self.failure_reason,
            receipt_url: self.receipt_url,
            created_at: Instant::from_millis(self.created_at),
            updated_at: Instant::from_millis(self.updated_at),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct TotalsRow {
    listed: i64,
    successful: i64,
    spent: i64,
}

impl TotalsRow {
    pub(super) const fn into_totals(self) -> PaymentTotals {
        PaymentTotals {
            listed: self.listed,
            successful: self.successful,
            spent: Kopecks::new(self.spent),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct TransactionRow {
    refunded_by_then: Option<i64>,
    moved_amount: i64,
    moved_at: i64,
    #[serde(flatten)]
    payment: PaymentRow,
}

impl TransactionRow {
    pub(super) fn into_transaction(self) -> Result<Transaction, StoreFailure> {
        Ok(Transaction {
            payment: self.payment.into_payment()?,
            refund: self.refunded_by_then.map(Kopecks::new),
            amount: Kopecks::new(self.moved_amount),
            at: Instant::from_millis(self.moved_at),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct MethodRow {
    id: String,
    provider: String,
    pan_mask: String,
    expires: Option<String>,
    card_type: Option<String>,
    is_default: i64,
    created_at: i64,
    updated_at: i64,
}

impl MethodRow {
    pub(super) fn into_method(self) -> Result<PaymentMethod, StoreFailure> {
        Ok(PaymentMethod {
            id: parse("payment_methods.id", &self.id)?,
            provider: self.provider,
            pan_mask: self.pan_mask,
            expires: self.expires,
            card_type: self.card_type,
            is_default: self.is_default != 0,
            created_at: Instant::from_millis(self.created_at),
            updated_at: Instant::from_millis(self.updated_at),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct RemovedRow {
    pub(super) revoked_at: Option<i64>,
}
