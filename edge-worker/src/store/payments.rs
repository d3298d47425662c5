//! Payments in the database: what came, what it bought, and what a partner earned by it, in one batch.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::record;
use super::ledger::{Operation, accrue};
use super::sql::access::{ADD_HOLDING, ADD_SUBSCRIPTION};
use super::sql::bookkeeping::ADD_ORDER;
use super::sql::payments as sql;
use super::statement::{Database, DatabaseError, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::payments::{
    Bought, NewPayment, NewRefund, OrderToPay, Partnership, PaymentStore, PaymentToRefund,
    RunningSubscription, SettlingPayment,
};
use crate::domain::access::PaidPeriod;
use crate::domain::audit::AuditEntry;
use crate::domain::calendar::{AnchorDay, Period};
use crate::domain::catalogue::PaidFor;
use crate::domain::identifiers::{OrderId, PaymentId, ProductId, UserId, UserProductId};
use crate::domain::money::Kopecks;
use crate::domain::order::OrderNumber;
use crate::domain::time::Instant;

impl<D: Database> PaymentStore for SqlStore<D> {
    async fn order_by_number(&self, number: &OrderNumber) -> Result<Option<OrderId>, StoreFailure> {
        #[derive(Deserialize)]
        struct IdRow {
            id: String,
        }
        let statement = Statement::new(sql::ORDER_BY_NUMBER, [number.as_str().into()]);
        self.last_row(vec![statement])
            .await?
            .map(|row| parse(&row.read::<IdRow>()?.id, "orders.id"))
            .transpose()
    }

    async fn order_to_pay(&self, order: OrderId) -> Result<Option<OrderToPay>, StoreFailure> {
        let id: SqlValue = order.to_string().into();
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(sql::ORDER_TO_PAY, [id.clone()]),
                Statement::new(sql::RUNNING, [id]),
            ])
            .await?
            .into_iter()
            .map(|rows| rows.into_iter().next());
        let (order, running) = (answers.next().flatten(), answers.next().flatten());
        let Some(order) = order else {
            return Ok(None);
        };
        let running = running.map(read_running).transpose()?;
        order.read::<OrderRow>()?.into_order(running).map(Some)
    }

    async fn add_payment(
        &self,
        payment: &NewPayment,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let mut statements: Vec<_> = new_order(payment).into_iter().collect();
        statements.extend([guard_order(payment), guard_running(payment)]);
        if let Some(partnership) = payment.order.partner {
            if !partnership.is_bound {
                statements.extend(bind(payment.user, partnership.partner, payment.at));
            }
            statements.push(guard_partner(payment.user, partnership.partner));
        }
        statements.push(Statement::new(
            sql::SETTLE_ORDER,
            [
                payment.order.id.to_string().into(),
                payment.at.millis().into(),
            ],
        ));
        statements.extend(give(payment));
        statements.push(add_payment(payment));
        if let Some(commission) = &payment.commission {
            let operation = Operation {
                id: payment.operation,
                at: payment.at,
            };
            statements.extend(accrue(
                commission,
                payment.id,
                payment.user,
                payment.order.amount,
                operation,
            ));
        }
        statements.push(record(audit));
        match self.database.batch(statements).await {
            Ok(_) => Ok(true),
            // Somebody was quicker to put down a payment of this name; who looks again finds it.
            Err(error) if error.is_guarded() || error.is_taken("payments.source") => Ok(false),
            Err(DatabaseError(text)) => Err(StoreFailure(text)),
        }
    }

    async fn payment_to_refund(
        &self,
        payment: PaymentId,
    ) -> Result<Option<PaymentToRefund>, StoreFailure> {
        self.read_refundable(payment).await
    }

    async fn add_refund(
        &self,
        refund: &NewRefund,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        self.write_refund(refund, audit).await
    }
}

fn guard_order(payment: &NewPayment) -> Statement {
    let values: [SqlValue; 3] = [
        payment.order.id.to_string().into(),
        payment.order.amount.number().into(),
        payment.user.number().into(),
    ];
    Statement::new(sql::GUARD_ORDER, values)
}

/// An order that is made together with its payment.
fn new_order(payment: &NewPayment) -> Option<Statement> {
    let number = payment.new_order.as_ref()?;
    let order = &payment.order;
    let values: [SqlValue; 6] = [
        order.id.to_string().into(),
        number.as_str().into(),
        payment.user.number().into(),
        order.product.to_string().into(),
        order.amount.number().into(),
        payment.at.millis().into(),
    ];
    Some(Statement::new(ADD_ORDER, values))
}

/// Only subscriptions are prolonged: who buys anything else has it twice, and sees it twice.
fn guard_running(payment: &NewPayment) -> Statement {
    let running = payment.order.running;
    let values: [SqlValue; 3] = [
        payment.order.id.to_string().into(),
        running.map(|running| running.id.to_string()).into(),
        running
            .and_then(|running| running.ends_at)
            .map(Instant::millis)
            .into(),
    ];
    Statement::new(sql::GUARD_RUNNING, values)
}

fn guard_partner(payer: UserId, partner: UserId) -> Statement {
    Statement::new(
        sql::GUARD_PARTNER,
        [payer.number().into(), partner.number().into()],
    )
}

fn bind(payer: UserId, partner: UserId, now: Instant) -> [Statement; 2] {
    let (payer, now): (SqlValue, SqlValue) = (payer.number().into(), now.millis().into());
    [
        Statement::new(
            sql::NAME_PARTNER,
            [payer.clone(), partner.number().into(), now.clone()],
        ),
        Statement::new(sql::BIND, [payer, now]),
    ]
}

/// What the client gets.
fn give(payment: &NewPayment) -> Vec<Statement> {
    match payment.bought {
        Bought::New { id, first } => {
            let mut statements = vec![add_holding(payment, id, first.map(|(_, period)| period))];
            if let Some((period, first)) = first {
                statements.push(add_subscription(id, period, first));
            }
            statements
        }
        Bought::Another { id, next } => {
            let period: [SqlValue; 3] = [
                id.to_string().into(),
                next.start.millis().into(),
                i64::from(next.anchor.number()).into(),
            ];
            vec![
                Statement::new(sql::NEXT_PERIOD, period),
                move_paid_end(id, next.end, payment.at),
            ]
        }
    }
}

fn add_holding(payment: &NewPayment, id: UserProductId, first: Option<PaidPeriod>) -> Statement {
    let starts_at = first.map_or(payment.at, |period| period.start);
    let values: [SqlValue; 8] = [
        id.to_string().into(),
        payment.user.number().into(),
        payment.order.product.to_string().into(),
        starts_at.millis().into(),
        first.map(|period| period.end.millis()).into(),
        SqlValue::Null,
        SqlValue::Null,
        payment.at.millis().into(),
    ];
    Statement::new(ADD_HOLDING, values)
}

/// Makes a subscription of what a client has; it is renewed at the price of today.
pub(super) fn add_subscription(id: UserProductId, period: Period, first: PaidPeriod) -> Statement {
    let values: [SqlValue; 4] = [
        id.to_string().into(),
        period.as_str().into(),
        i64::from(first.anchor.number()).into(),
        first.start.millis().into(),
    ];
    Statement::new(ADD_SUBSCRIPTION, values)
}

pub(super) fn move_paid_end(id: UserProductId, ends_at: Instant, now: Instant) -> Statement {
    let values: [SqlValue; 3] = [
        id.to_string().into(),
        ends_at.millis().into(),
        now.millis().into(),
    ];
    Statement::new(sql::MOVE_PAID_END, values)
}

fn add_payment(payment: &NewPayment) -> Statement {
    let period = payment.bought.period();
    let values: [SqlValue; 11] = [
        payment.id.to_string().into(),
        payment.order.id.to_string().into(),
        payment.user.number().into(),
        payment.bought.user_product().to_string().into(),
        payment.order.amount.number().into(),
        payment.source.as_str().into(),
        period.map(|period| period.start.millis()).into(),
        period.map(|period| period.end.millis()).into(),
        payment.reference.clone().into(),
        payment.came_at.millis().into(),
        payment.at.millis().into(),
    ];
    Statement::new(sql::ADD_PAYMENT, values)
}

/// Reads the word or the id in a column.
pub(super) fn parse<T: std::str::FromStr>(text: &str, column: &str) -> Result<T, StoreFailure> {
    text.parse()
        .map_err(|_| StoreFailure(format!("{column} cannot be read")))
}

pub(super) fn parse_some<T: std::str::FromStr>(
    text: Option<&str>,
    column: &str,
) -> Result<Option<T>, StoreFailure> {
    text.map(|text| parse(text, column)).transpose()
}

/// A row of `orders` with what its payment depends on.
#[derive(Deserialize)]
pub(super) struct OrderRow {
    id: String,
    user_id: Option<i64>,
    product_id: String,
    kind: String,
    period: Option<String>,
    amount: i64,
    state: String,
    payment_id: Option<String>,
    payment_source: Option<String>,
    payment_ref: Option<String>,
    partner_id: Option<i64>,
    is_bound: i64,
}

impl OrderRow {
    pub(super) fn into_order(
        self,
        running: Option<RunningSubscription>,
    ) -> Result<OrderToPay, StoreFailure> {
        let period = parse_some(self.period.as_deref(), "products.period")?;
        let paid_for = PaidFor::new(parse(&self.kind, "products.kind")?, period)
            .ok_or_else(|| StoreFailure("products.period does not fit the kind".to_owned()))?;
        let payment = match (self.payment_id, self.payment_source) {
            (Some(id), Some(source)) => Some(SettlingPayment {
                id: parse(&id, "payments.id")?,
                source: parse(&source, "payments.source")?,
                reference: self.payment_ref,
            }),
            _ => None,
        };
        Ok(OrderToPay {
            id: parse(&self.id, "orders.id")?,
            user: self.user_id.map(UserId::new),
            product: parse::<ProductId>(&self.product_id, "products.id")?,
            paid_for,
            amount: Kopecks::new(self.amount),
            state: parse(&self.state, "orders.state")?,
            payment,
            running,
            partner: self.partner_id.map(|partner| Partnership {
                partner: UserId::new(partner),
                is_bound: self.is_bound != 0,
            }),
        })
    }
}

pub(super) fn read_running(row: Row) -> Result<RunningSubscription, StoreFailure> {
    #[derive(Deserialize)]
    struct RunningRow {
        id: String,
        ends_at: Option<i64>,
        period: String,
        anchor_day: i64,
    }
    let row = row.read::<RunningRow>()?;
    Ok(RunningSubscription {
        id: parse(&row.id, "user_products.id")?,
        ends_at: row.ends_at.map(Instant::from_millis),
        period: parse(&row.period, "subscriptions.period")?,
        anchor: AnchorDay::from_number(row.anchor_day)
            .ok_or_else(|| StoreFailure("subscriptions.anchor_day is no day".to_owned()))?,
    })
}
