//! Money comes: an order is settled, the client gets what they paid for, and the partner who brought them earns.
//!
//! What follows from a payment is reckoned here, from what was read; the batch that writes it begins with guards that all of it
//! is still so. When it is not, it is read and reckoned anew.

use super::App;
use super::error::{Error, Refusal};
use super::ports::Store;
use super::ports::payments::{
    Bought, NewCommission, NewPayment, OrderToPay, RunningSubscription, SettlingPayment,
};
use crate::domain::access::PaidPeriod;
use crate::domain::audit::{Actor, Event};
use crate::domain::calendar::AnchorDay;
use crate::domain::catalogue::PaidFor;
use crate::domain::identifiers::{OrderId, PaymentId, UserId};
use crate::domain::money::Kopecks;
use crate::domain::order::{OrderNumber, OrderState};
use crate::domain::payment::PaymentSource;
use crate::domain::programme::TERMS;
use crate::domain::time::Instant;

/// How often something is reckoned anew because somebody else was quicker.
pub(super) const TRIES: usize = 3;

/// A payment that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Which order it pays.
    pub order: OrderId,
    /// How much came.
    pub amount: Kopecks,
    /// How.
    pub source: PaymentSource,
    /// What the bank or the bookkeeper calls it. Told twice, it is one payment.
    pub reference: Option<String>,
}

/// What became of a payment that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It is put down now.
    Now(PaymentId),
    /// It had been put down before; nothing was done.
    Before(PaymentId),
}

/// Why a payment was not put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentRefused {
    /// There is no such order.
    UnknownOrder,
    /// Nobody with an account made the order, or they had their data deleted.
    NobodyToCredit,
    /// The order is about another amount.
    WrongAmount {
        /// About this one.
        due: Kopecks,
    },
    /// The order was cancelled.
    OrderCancelled,
    /// Another payment has settled the order: this money came twice and is to be given back.
    PaidAlready(PaymentId),
    /// Another payment is called so already.
    ReferenceTaken(PaymentId),
    /// It could not be done.
    Error(Error),
}

impl<E: Into<Error>> From<E> for PaymentRefused {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl<S: Store> App<'_, S> {
    /// The order with this number.
    pub async fn find_order(&self, number: &OrderNumber) -> Result<Option<OrderId>, Error> {
        Ok(self.store.order_by_number(number).await?)
    }

    /// Puts down a payment with all that follows from it.
    pub async fn record_payment(
        &self,
        actor: &Actor,
        incoming: &Incoming,
    ) -> Result<Recorded, PaymentRefused> {
        self.record_payment_of(actor, incoming, None).await
    }

    /// Puts down a payment that came earlier, at an instant that is known.
    pub async fn record_payment_of(
        &self,
        actor: &Actor,
        incoming: &Incoming,
        came_at: Option<Instant>,
    ) -> Result<Recorded, PaymentRefused> {
        for _ in 0..TRIES {
            // Looked up before the order: who tells of the same payment at the same time settles the order in between, and the
            // order then says so.
            let namesake = match &incoming.reference {
                Some(reference) => {
                    self.store
                        .payment_called(incoming.source, reference)
                        .await?
                }
                None => None,
            };
            let order = self
                .store
                .order_to_pay(incoming.order)
                .await?
                .ok_or(PaymentRefused::UnknownOrder)?;
            if let Some(known) = settled_by(&order, incoming)? {
                return Ok(Recorded::Before(known));
            }
            if let Some(other) = namesake {
                return Err(PaymentRefused::ReferenceTaken(other.id));
            }
            let user = order.user.ok_or(PaymentRefused::NobodyToCredit)?;
            let payment = self.reckon(order, user, incoming, came_at)?;
            if self.write_payment(actor, &payment).await? {
                return Ok(Recorded::Now(payment.id));
            }
        }
        Err(Refusal::ChangedMeanwhile.into())
    }

    /// `false` when something that the payment depends on is another by now.
    pub(super) async fn write_payment(
        &self,
        actor: &Actor,
        payment: &NewPayment,
    ) -> Result<bool, Error> {
        let audit = self
            .audit(Event::PaymentRecorded, actor.clone())
            .about(payment.user)
            .with_detail(payment.source.as_str())
            .on(payment.id);
        Ok(self.store.add_payment(payment, &audit).await?)
    }

    /// What follows from a payment. Money that came earlier is dated so, and its commission is held from then on; what the client
    /// bought begins when they get it.
    pub(super) fn reckon(
        &self,
        order: OrderToPay,
        user: UserId,
        incoming: &Incoming,
        came_at: Option<Instant>,
    ) -> Result<NewPayment, Error> {
        let at = self.now();
        let came_at = came_at.unwrap_or(at).min(at);
        let id = self.random().map(PaymentId::from_random)?;
        let bought = match (order.paid_for, order.running) {
            (PaidFor::Every(_), Some(running)) => Bought::Another {
                id: running.id,
                next: PaidPeriod::paid_at(at, running.period, end_of(running)),
            },
            (PaidFor::Every(period), None) => Bought::New {
                id: self.new_user_product_id()?,
                first: Some((period, PaidPeriod::paid_at(at, period, None))),
            },
            (PaidFor::Once, _) => Bought::New {
                id: self.new_user_product_id()?,
                first: None,
            },
        };
        let share = TERMS.rate.share_of(order.amount);
        let commission = order
            .partner
            .filter(|_| share.is_positive())
            .map(|partnership| NewCommission {
                partner: partnership.partner,
                rate: TERMS.rate,
                edition: TERMS.edition,
                amount: share,
                held_until: came_at.plus(TERMS.hold),
            });
        Ok(NewPayment {
            id,
            user,
            source: incoming.source,
            reference: incoming.reference.clone(),
            came_at,
            at,
            new_order: None,
            bought,
            commission,
            operation: self.new_operation_id()?,
            order,
        })
    }
}

fn end_of(running: RunningSubscription) -> Option<(Instant, AnchorDay)> {
    running.ends_at.map(|ends_at| (ends_at, running.anchor))
}

/// The payment that has settled the order, if it is this one.
fn settled_by(
    order: &OrderToPay,
    incoming: &Incoming,
) -> Result<Option<PaymentId>, PaymentRefused> {
    if order.amount != incoming.amount {
        return Err(PaymentRefused::WrongAmount { due: order.amount });
    }
    match (order.state, &order.payment) {
        (_, Some(payment)) if is_same(payment, incoming) => Ok(Some(payment.id)),
        (_, Some(payment)) => Err(PaymentRefused::PaidAlready(payment.id)),
        (OrderState::Waiting, None) => Ok(None),
        (OrderState::Cancelled, None) => Err(PaymentRefused::OrderCancelled),
        (OrderState::Paid, None) => Err(Error::internal("an order is paid by nothing").into()),
    }
}

fn is_same(known: &SettlingPayment, incoming: &Incoming) -> bool {
    (known.source, &known.reference) == (incoming.source, &incoming.reference)
}
