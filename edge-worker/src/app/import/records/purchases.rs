//! Orders and payments, each order together with what was paid for it.
//!
//! The predecessor wrote the bank's last word on the order, and on the payment whatever its code made of it: a payment that was
//! given back is called failed there. The order counts where that is all; anything else that differs is refused.

use std::collections::HashMap;

use super::report::Fate;
use super::{Found, Planner, Settled};
use crate::app::ports::Store;
use crate::app::ports::former_records::{ComingOrder, ComingPayment};
use crate::domain::catalogue::PaidFor;
use crate::domain::former_records::{
    Contradiction, FormerOrder, FormerPayment, FormerTable, OrderStatus, RecordNote, RecordRefused,
};
use crate::domain::identifiers::{OrderId, UserProductId};
use crate::domain::money::Kopecks;
use crate::domain::order::OrderState;
use crate::domain::payment::PaymentStatus;

/// What an order decides about its payments.
struct PlannedPayments {
    fate: Fate,
    settling: Option<usize>,
    payer: Option<i64>,
    bought: Option<UserProductId>,
    is_given_back: bool,
}

impl<S: Store> Planner<'_, S> {
    pub(super) fn plan_purchases(&mut self) {
        let orders = self.read(FormerTable::Orders, FormerOrder::read);
        let payments = self.read(FormerTable::Payments, FormerPayment::read);
        let mut of_order: HashMap<OrderId, Vec<Found<FormerPayment>>> = HashMap::new();
        for found in payments {
            of_order.entry(found.row.order).or_default().push(found);
        }
        let mut attempts = Vec::new();
        for found in orders {
            let payments = of_order.remove(&found.row.id).unwrap_or_default();
            self.plan_order(&found, payments, &mut attempts);
        }
        let mut without_order: Vec<_> = of_order.into_values().flatten().collect();
        without_order.sort_by_key(|found| found.place);
        for found in without_order {
            let refused = RecordRefused::RefersToNothing("order");
            self.settle(
                FormerTable::Payments,
                &found,
                money_of(&found.row),
                Err(refused.into()),
            );
        }
        for (found, user) in attempts {
            self.plan_attempt(&found, user);
        }
    }

    fn plan_order(
        &mut self,
        found: &Found<FormerOrder>,
        payments: Vec<Found<FormerPayment>>,
        attempts: &mut Vec<(Found<FormerPayment>, i64)>,
    ) {
        let order = &found.row;
        let rows: Vec<&FormerPayment> = payments.iter().map(|payment| &payment.row).collect();
        let judged = order.settling(&rows);
        let settling = judged.ok().flatten();
        let payment = settling.and_then(|index| rows.get(index).copied());
        let payer = payment.and_then(|payment| payment.user).or(order.user);
        let planned = if order.is_card_trial || rows.iter().any(|payment| payment.is_card_trial) {
            Err(Fate::Left(RecordNote::CardTrial))
        } else if self.known.orders.contains(&order.id.to_string()) {
            Err(Fate::There)
        } else {
            judged
                .map_err(Fate::from)
                .and_then(|_| self.plan_new_order(order, payment, payer))
        };
        let fate_of_payments = match &planned {
            Ok(_) => Fate::New,
            Err(Fate::Refused(_)) => RecordRefused::RefersToNothing("order").into(),
            Err(fate) => *fate,
        };
        if !matches!(fate_of_payments, Fate::New | Fate::There) {
            self.resolved.orders_left_out.insert(order.id);
        } else if let (Some(payment), Some(payer)) = (payment, payer) {
            self.remember_settled(order, payment, payer);
        }
        let planned_payments = PlannedPayments {
            fate: fate_of_payments,
            settling,
            payer,
            bought: payment
                .and(payer)
                .and_then(|payer| self.bought_by(order, payer)),
            is_given_back: order.status == OrderStatus::Refunded,
        };
        let (coming, fate) = match planned {
            Ok((coming, notes)) => (Some(coming), Ok(notes)),
            Err(fate) => (None, Err(fate)),
        };
        self.settle(FormerTable::Orders, found, Kopecks::ZERO, fate);
        self.records.orders.extend(coming);
        for (index, found) in payments.into_iter().enumerate() {
            self.plan_payment(index, found, &planned_payments, attempts);
        }
    }

    fn remember_settled(&mut self, order: &FormerOrder, payment: &FormerPayment, payer: i64) {
        let refunded = if order.status == OrderStatus::Refunded {
            payment.amount
        } else {
            Kopecks::ZERO
        };
        let settled = Settled {
            payment: payment.id,
            payer,
            amount: payment.amount,
            refunded,
        };
        self.resolved.settled.insert(order.id, settled);
    }

    fn plan_payment(
        &mut self,
        index: usize,
        found: Found<FormerPayment>,
        planned: &PlannedPayments,
        attempts: &mut Vec<(Found<FormerPayment>, i64)>,
    ) {
        let is_settling = planned.settling == Some(index);
        let id = found.row.id.to_string();
        let money = if is_settling && planned.fate != Fate::Left(RecordNote::CardTrial) {
            found.row.amount
        } else {
            money_of(&found.row)
        };
        // Money that came after an import is somebody's to put down.
        let fate = match planned.fate {
            _ if self.known.payments.contains(&id) => {
                if is_settling && self.known.unpaid.contains(&id) {
                    Contradiction::PaidSince.into()
                } else {
                    Fate::There
                }
            }
            Fate::There if is_settling => Contradiction::PaidSince.into(),
            Fate::New | Fate::There if !is_settling && found.row.is_paid() => {
                Contradiction::PaidTwice.into()
            }
            Fate::New | Fate::There => Fate::New,
            fate => fate,
        };
        if fate != Fate::New {
            self.settle(FormerTable::Payments, &found, money, Err(fate));
        } else if let (true, Some(payer)) = (is_settling, planned.payer) {
            self.plan_settling(found, payer, planned);
        } else if let Some(user) = planned.payer.or(found.row.user) {
            attempts.push((found, user));
        } else {
            let left = Err(Fate::Left(RecordNote::AttemptOfNobody));
            self.settle(FormerTable::Payments, &found, money, left);
        }
    }

    fn plan_new_order(
        &mut self,
        order: &FormerOrder,
        settling: Option<&FormerPayment>,
        payer: Option<i64>,
    ) -> Result<(ComingOrder, Vec<RecordNote>), Fate> {
        let mut notes = Vec::new();
        let payer = match (payer, settling) {
            (Some(payer), _) => payer,
            (None, Some(_)) => return Err(Contradiction::PaidByNobody.into()),
            (None, None) => return Err(Fate::Left(RecordNote::AttemptOfNobody)),
        };
        if let (Some(payment), Some(user)) = (settling, order.user)
            && payment.user.is_some_and(|payer| payer != user)
        {
            return Err(Contradiction::PayersDiffer.into());
        }
        self.people.check(payer, "user")?;
        let product = if let Some(product) = order.product {
            let here = self.resolved.products.get(&product);
            here.ok_or(RecordRefused::RefersToNothing("product"))?.id
        } else {
            notes.push(RecordNote::ProductGone);
            self.former_product()?
        };
        if let Some(payment) = settling {
            if payment.amount != order.amount {
                return Err(Contradiction::AmountsDiffer.into());
            }
            if reference(payment).is_some_and(|reference| !self.known.references.insert(reference))
            {
                return Err(Contradiction::ReferenceTaken.into());
            }
        }
        if !self.known.numbers.insert(order.number.clone()) {
            return Err(RecordRefused::Unfit("order_id").into());
        }
        if order.user.is_none() {
            notes.push(RecordNote::PayerFromPayment);
        }
        notes.extend(match order.status {
            OrderStatus::UnderWay => Some(RecordNote::UnderWayCancelled),
            OrderStatus::Held => Some(RecordNote::MoneyHeld),
            OrderStatus::PartlyRefunded => Some(RecordNote::PartlyRefunded),
            OrderStatus::Paid | OrderStatus::Refunded | OrderStatus::Ended => None,
        });
        let state = if order.status.is_paid() {
            OrderState::Paid
        } else {
            OrderState::Cancelled
        };
        let order = FormerOrder {
            user: Some(payer),
            ..order.clone()
        };
        Ok((
            ComingOrder {
                order,
                product,
                state,
            },
            notes,
        ))
    }

    /// The payment that settles an order which comes over.
    fn plan_settling(
        &mut self,
        found: Found<FormerPayment>,
        payer: i64,
        planned: &PlannedPayments,
    ) {
        let amount = found.row.amount;
        let (status, here) = if planned.is_given_back {
            (PaymentStatus::Refunded, Kopecks::ZERO)
        } else {
            (PaymentStatus::Success, amount)
        };
        let mut notes = Vec::new();
        if found.row.status == PaymentStatus::Failed && status == PaymentStatus::Refunded {
            notes.push(RecordNote::RefundedNotFailed);
        }
        self.settle(FormerTable::Payments, &found, amount, Ok(notes));
        self.report.comes_as(FormerTable::Payments, here);
        self.records.payments.push(ComingPayment {
            payment: FormerPayment {
                failure_reason: None,
                ..found.row
            },
            user: payer,
            status,
            bought: planned.bought,
        });
    }

    /// A payment of which no money came.
    fn plan_attempt(&mut self, found: &Found<FormerPayment>, user: i64) {
        let mut notes = Vec::new();
        let mut payment = found.row.clone();
        let fate = if payment.user.is_some_and(|payer| payer != user) {
            Err(Contradiction::PayersDiffer.into())
        } else {
            self.people.check(user, "user")
        };
        let status = match payment.status {
            PaymentStatus::Pending | PaymentStatus::Processing => {
                notes.push(RecordNote::UnderWayCancelled);
                PaymentStatus::Cancelled
            }
            status => status,
        };
        if reference(&payment).is_some_and(|reference| !self.known.references.insert(reference)) {
            notes.push(RecordNote::ReferenceLeftOut);
            payment.reference = None;
        }
        // A receipt is of money that came.
        payment.receipt = None;
        if self.settle(
            FormerTable::Payments,
            found,
            Kopecks::ZERO,
            fate.map(|()| notes),
        ) {
            self.records.payments.push(ComingPayment {
                payment,
                user,
                status,
                bought: None,
            });
        }
    }

    /// What was bought, where there is one thing only that it can be. Of subscriptions nobody knows which period was paid: a
    /// refund must not take away what another payment paid for.
    fn bought_by(&self, order: &FormerOrder, payer: i64) -> Option<UserProductId> {
        let product = self.resolved.products.get(&order.product?)?;
        if product.paid_for != PaidFor::Once {
            return None;
        }
        match self
            .resolved
            .bought_once
            .get(&(payer, product.id))?
            .as_slice()
        {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// What came by a payment, as far as its own row says.
fn money_of(payment: &FormerPayment) -> Kopecks {
    if payment.is_paid() && !payment.is_card_trial {
        payment.amount
    } else {
        Kopecks::ZERO
    }
}

/// How a payment came and what the bank calls it: the database has each once.
pub(super) fn reference(payment: &FormerPayment) -> Option<String> {
    let reference = payment.reference.as_ref()?;
    Some(format!("{} {reference}", payment.source.as_str()))
}
