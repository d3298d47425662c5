//! The books in the database, as operators read them.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::payments::{OrderRow, parse, read_running};
use super::sql::bookkeeping as sql;
use super::statement::{Database, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::bookkeeping::{
    BookedDestination, BookedOrder, BookedPayment, BookedPayout, Bookkeeping, Holder,
};
use crate::app::ports::payments::OrderToPay;
use crate::domain::identifiers::{OrderId, PaymentId, PayoutId, ProductId, UserId};
use crate::domain::money::Kopecks;
use crate::domain::order::OrderNumber;
use crate::domain::payment::PaymentSource;
use crate::domain::payout::PayoutState;
use crate::domain::time::Instant;

impl<D: Database> Bookkeeping for SqlStore<D> {
    async fn booked_order(
        &self,
        number: &OrderNumber,
    ) -> Result<Option<BookedOrder>, StoreFailure> {
        let statement = Statement::new(sql::BOOKED_ORDER, [number.as_str().into()]);
        self.only(statement, OrderLine::into_order).await
    }

    async fn books_of(
        &self,
        user: UserId,
        limit: u32,
    ) -> Result<(Vec<BookedOrder>, Vec<BookedPayment>), StoreFailure> {
        let last: [SqlValue; 2] = [user.number().into(), i64::from(limit).into()];
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(sql::ORDERS_OF, last.clone()),
                Statement::new(sql::PAYMENTS_OF, last),
            ])
            .await?;
        let payments = all(answers.pop(), PaymentLine::into_payment)?;
        let orders = all(answers.pop(), OrderLine::into_order)?;
        Ok((orders, payments))
    }

    async fn booked_payment(
        &self,
        payment: PaymentId,
    ) -> Result<Option<BookedPayment>, StoreFailure> {
        let statement = Statement::new(sql::BOOKED_PAYMENT, [payment.to_string().into()]);
        self.only(statement, PaymentLine::into_payment).await
    }

    async fn payment_called(
        &self,
        source: PaymentSource,
        reference: &str,
    ) -> Result<Option<BookedPayment>, StoreFailure> {
        let values: [SqlValue; 2] = [source.as_str().into(), reference.into()];
        let statement = Statement::new(sql::PAYMENT_CALLED, values);
        self.only(statement, PaymentLine::into_payment).await
    }

    async fn refund_called(
        &self,
        payment: PaymentId,
        reference: &str,
    ) -> Result<Option<Kopecks>, StoreFailure> {
        #[derive(Deserialize)]
        struct AmountRow {
            amount: i64,
        }
        let values: [SqlValue; 2] = [payment.to_string().into(), reference.into()];
        let statement = Statement::new(sql::REFUND_CALLED, values);
        self.only(statement, |row: AmountRow| Ok(Kopecks::new(row.amount)))
            .await
    }

    async fn order_in_mind(
        &self,
        id: OrderId,
        user: UserId,
        product: ProductId,
        amount: Kopecks,
    ) -> Result<Option<OrderToPay>, StoreFailure> {
        let (user, product): (SqlValue, SqlValue) =
            (user.number().into(), product.to_string().into());
        let order: [SqlValue; 4] = [
            id.to_string().into(),
            user.clone(),
            product.clone(),
            amount.number().into(),
        ];
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(sql::ORDER_IN_MIND, order),
                Statement::new(sql::RUNNING_IN_MIND, [user, product]),
            ])
            .await?;
        let mut last = || answers.pop().and_then(|rows| rows.into_iter().next());
        let (running, order) = (last(), last());
        let running = running.map(read_running).transpose()?;
        order
            .map(|order| order.read::<OrderRow>()?.into_order(running))
            .transpose()
    }

    async fn booked_payouts(
        &self,
        states: &[PayoutState],
        limit: u32,
    ) -> Result<Vec<BookedPayout>, StoreFailure> {
        let in_state = |state: &PayoutState| {
            let text = if state.is_open() {
                sql::OLDEST_PAYOUTS
            } else {
                sql::NEWEST_PAYOUTS
            };
            let values: [SqlValue; 2] = [state.as_str().into(), i64::from(limit).into()];
            Statement::new(text, values)
        };
        let statements = states.iter().map(in_state).collect();
        let answers = self.database.batch(statements).await?;
        let rows = answers.into_iter().flatten().collect();
        let payouts = all(Some(rows), PayoutLine::into_payout)?;
        let (mut open, mut over): (Vec<_>, Vec<_>) = payouts
            .into_iter()
            .partition(|payout: &BookedPayout| payout.state.is_open());
        open.sort_by_key(|payout| payout.requested_at);
        over.sort_by_key(|payout| std::cmp::Reverse(payout.requested_at));
        open.extend(over);
        Ok(open)
    }

    async fn booked_payout(&self, payout: PayoutId) -> Result<Option<BookedPayout>, StoreFailure> {
        let statement = Statement::new(sql::BOOKED_PAYOUT, [payout.to_string().into()]);
        self.only(statement, PayoutLine::into_payout).await
    }

    async fn payouts_of(
        &self,
        user: UserId,
        limit: u32,
    ) -> Result<Vec<BookedPayout>, StoreFailure> {
        let values: [SqlValue; 2] = [user.number().into(), i64::from(limit).into()];
        let statement = Statement::new(sql::PAYOUTS_OF, values);
        let mut answers = self.database.batch(vec![statement]).await?;
        all(answers.pop(), PayoutLine::into_payout)
    }
}

impl<D: Database> SqlStore<D> {
    async fn only<R: for<'de> Deserialize<'de>, T>(
        &self,
        statement: Statement,
        into: impl Fn(R) -> Result<T, StoreFailure>,
    ) -> Result<Option<T>, StoreFailure> {
        match self.last_row(vec![statement]).await? {
            Some(row) => into(row.read()?).map(Some),
            None => Ok(None),
        }
    }
}

fn all<R: for<'de> Deserialize<'de>, T>(
    rows: Option<Vec<Row>>,
    into: impl Fn(R) -> Result<T, StoreFailure>,
) -> Result<Vec<T>, StoreFailure> {
    rows.unwrap_or_default()
        .into_iter()
        .map(|row| into(row.read()?))
        .collect()
}

#[derive(Deserialize)]
struct OrderLine {
    id: String,
    number: String,
    slug: String,
    amount: i64,
    state: String,
    created_at: i64,
    user_id: Option<i64>,
    email: Option<String>,
    name: Option<String>,
}

impl OrderLine {
    fn into_order(self) -> Result<BookedOrder, StoreFailure> {
        Ok(BookedOrder {
            id: parse(&self.id, "orders.id")?,
            number: self.number,
            holder: self.user_id.map(|id| Holder {
                id: UserId::new(id),
                email: self.email.unwrap_or_default(),
                name: self.name.unwrap_or_default(),
            }),
            product: self.slug,
            amount: Kopecks::new(self.amount),
            state: parse(&self.state, "orders.state")?,
            created_at: Instant::from_millis(self.created_at),
        })
    }
}

#[derive(Deserialize)]
struct HolderColumns {
    user_id: i64,
    email: String,
    name: String,
}

impl From<HolderColumns> for Holder {
    fn from(columns: HolderColumns) -> Self {
        Self {
            id: UserId::new(columns.user_id),
            email: columns.email,
            name: columns.name,
        }
    }
}

#[derive(Deserialize)]
struct PaymentLine {
    id: String,
    order_id: String,
    number: String,
    product_id: String,
    slug: String,
    amount: i64,
    refunded: i64,
    status: String,
    source: String,
    provider_ref: Option<String>,
    period_start: Option<i64>,
    period_end: Option<i64>,
    created_at: i64,
    #[serde(flatten)]
    holder: HolderColumns,
}

impl PaymentLine {
    fn into_payment(self) -> Result<BookedPayment, StoreFailure> {
        let [start, end] =
            [self.period_start, self.period_end].map(|at| at.map(Instant::from_millis));
        Ok(BookedPayment {
            id: parse(&self.id, "payments.id")?,
            order: parse(&self.order_id, "payments.order_id")?,
            order_number: self.number,
            holder: self.holder.into(),
            product: parse(&self.product_id, "orders.product_id")?,
            slug: self.slug,
            amount: Kopecks::new(self.amount),
            refunded: Kopecks::new(self.refunded),
            status: parse(&self.status, "payments.status")?,
            source: parse(&self.source, "payments.source")?,
            reference: self.provider_ref,
            period: start.zip(end),
            created_at: Instant::from_millis(self.created_at),
        })
    }
}

#[derive(Deserialize)]
struct PayoutLine {
    id: String,
    amount: i64,
    state: String,
    legal_form: String,
    recipient: String,
    inn: String,
    method: String,
    bik: Option<String>,
    account: Option<String>,
    phone: Option<String>,
    bank_ref: Option<String>,
    reason: Option<String>,
    requested_at: i64,
    updated_at: i64,
    settled_at: Option<i64>,
    #[serde(flatten)]
    holder: HolderColumns,
}

impl PayoutLine {
    fn into_payout(self) -> Result<BookedPayout, StoreFailure> {
        Ok(BookedPayout {
            id: parse(&self.id, "payouts.id")?,
            holder: self.holder.into(),
            amount: Kopecks::new(self.amount),
            state: parse(&self.state, "payouts.state")?,
            destination: BookedDestination {
                legal_form: parse(&self.legal_form, "payouts.legal_form")?,
                recipient: self.recipient,
                inn: self.inn,
                method: parse(&self.method, "payouts.method")?,
                bik: self.bik,
                account: self.account,
                phone: self.phone,
            },
            bank_ref: self.bank_ref,
            reason: self.reason,
            requested_at: Instant::from_millis(self.requested_at),
            updated_at: Instant::from_millis(self.updated_at),
            settled_at: self.settled_at.map(Instant::from_millis),
        })
    }
}
