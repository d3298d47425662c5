//! How operators read the books, and put down money for which nobody had ordered anything.

use super::App;
use super::cabinet::Look;
use super::error::{Error, Refusal};
use super::payments::{Incoming, PaymentRefused, Recorded, TRIES};
use super::ports::Store;
use super::ports::bookkeeping::{BookedOrder, BookedPayment, BookedPayout};
use super::ports::cabinet::Wanted;
use crate::domain::audit::Actor;
use crate::domain::identifiers::{OrderId, PaymentId, PayoutId, ProductId, UserId};
use crate::domain::money::Kopecks;
use crate::domain::order::OrderNumber;
use crate::domain::payment::PaymentSource;
use crate::domain::payout::PayoutState;
use crate::domain::time::Instant;

/// Money that came without an order in the cabinet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Takings {
    /// Who paid.
    pub user: UserId,
    /// For what.
    pub product: ProductId,
    /// How much.
    pub amount: Kopecks,
    /// How it came.
    pub source: PaymentSource,
    /// What the bookkeeper calls it. Told twice, it is one payment.
    pub reference: Option<String>,
    /// When it came; `None` for now.
    pub came_at: Option<Instant>,
}

/// What operators see of somebody's business with the company.
#[derive(Clone, Debug)]
pub struct ClientFile {
    /// Products, documents and the partner programme, as the client sees them.
    pub look: Look,
    /// The last orders, the newest first.
    pub orders: Vec<BookedOrder>,
    /// The last payments, the newest first.
    pub payments: Vec<BookedPayment>,
    /// The last payouts, the newest first.
    pub payouts: Vec<BookedPayout>,
}

/// How many orders, payments and payouts of somebody a file shows.
const SHOWN: u32 = 10;

impl<S: Store> App<'_, S> {
    /// The order with this number.
    pub async fn booked_order(&self, number: &OrderNumber) -> Result<Option<BookedOrder>, Error> {
        Ok(self.store.booked_order(number).await?)
    }

    /// The last orders and payments of somebody, the newest first.
    pub async fn books_of(
        &self,
        user: UserId,
        limit: u32,
    ) -> Result<(Vec<BookedOrder>, Vec<BookedPayment>), Error> {
        Ok(self.store.books_of(user, limit).await?)
    }

    /// A payment, with whose it is.
    pub async fn booked_payment(&self, payment: PaymentId) -> Result<Option<BookedPayment>, Error> {
        Ok(self.store.booked_payment(payment).await?)
    }

    /// How much was given back by the refund of a payment that is called so.
    pub async fn refund_called(
        &self,
        payment: PaymentId,
        reference: &str,
    ) -> Result<Option<Kopecks>, Error> {
        Ok(self.store.refund_called(payment, reference).await?)
    }

    /// Payouts that are so far, the open ones first, with the oldest of them in front.
    pub async fn booked_payouts(
        &self,
        states: &[PayoutState],
        limit: u32,
    ) -> Result<Vec<BookedPayout>, Error> {
        Ok(self.store.booked_payouts(states, limit).await?)
    }

    /// A payout, with whose it is.
    pub async fn booked_payout(&self, payout: PayoutId) -> Result<Option<BookedPayout>, Error> {
        Ok(self.store.booked_payout(payout).await?)
    }

    /// What there is of somebody's business.
    pub async fn client_file(&self, user: UserId) -> Result<ClientFile, Error> {
        let wanted = Wanted {
            products: true,
            documents: true,
            earnings: true,
            ..Wanted::default()
        };
        let (orders, payments) = self.store.books_of(user, SHOWN).await?;
        Ok(ClientFile {
            look: self.look_at(user, &wanted).await?,
            orders,
            payments,
            payouts: self.store.payouts_of(user, SHOWN).await?,
        })
    }

    /// What is wanted of somebody's data, as they see it themselves.
    pub async fn look_at(&self, user: UserId, wanted: &Wanted) -> Result<Look, Error> {
        let at = self.now();
        let data = self.store.client_data(user, wanted, at).await?;
        Ok(Look { data, at })
    }

    /// Puts down money together with the order that it pays, in one step: no order is ever left waiting for money that is here.
    pub async fn record_takings(
        &self,
        actor: &Actor,
        takings: &Takings,
    ) -> Result<Recorded, PaymentRefused> {
        for _ in 0..TRIES {
            if let Some(reference) = &takings.reference
                && let Some(known) = self.store.payment_called(takings.source, reference).await?
            {
                return if is_same(&known, takings) {
                    Ok(Recorded::Before(known.id))
                } else {
                    Err(PaymentRefused::ReferenceTaken(known.id))
                };
            }
            let id = OrderId::from_random(self.random()?);
            let order = self
                .store
                .order_in_mind(id, takings.user, takings.product, takings.amount)
                .await?
                .ok_or(PaymentRefused::NobodyToCredit)?;
            let incoming = Incoming {
                order: id,
                amount: takings.amount,
                source: takings.source,
                reference: takings.reference.clone(),
            };
            let mut payment = self.reckon(order, takings.user, &incoming, takings.came_at)?;
            payment.new_order = Some(OrderNumber::from_random(self.random()?));
            if self.write_payment(actor, &payment).await? {
                return Ok(Recorded::Now(payment.id));
            }
        }
        Err(Refusal::ChangedMeanwhile.into())
    }
}

fn is_same(known: &BookedPayment, takings: &Takings) -> bool {
    (known.holder.id, known.product, known.amount)
        == (takings.user, takings.product, takings.amount)
}
