//! Orders and payments, each order together with what was paid for it.
//!
//! The predecessor wrote the bank's last word on the order, and on the payment whatever its code made of it: a payment that was
//! given back is called failed there. The order counts where that is all; anything else that differs is refused.

use std::collections::{HashMap, HashSet};

use super::report::Fate;
use super::{Found, Planner, Settled};
use crate::app::ports::former_records::{ComingOrder, ComingPayment, KnownBy};
use crate::app::ports::{Store, StoreFailure};
use crate::domain::catalogue::PaidFor;
use crate::domain::former_records::{
    Contradiction, FormerOrder, FormerPayment, FormerTable, OrderStatus, RecordNote, RecordRefused,
};
use crate::domain::identifiers::{OrderId, UserProductId};
use crate::domain::money::Kopecks;
use crate::domain::order::OrderState;
use crate::domain::payment::PaymentStatus;

/// What is here of orders and payments.
struct KnownPurchases {
    orders: HashSet<String>,
    numbers: HashSet<String>,
    payments: HashSet<String>,
    unpaid: HashSet<String>,
    references: HashSet<String>,
}

impl<S: Store> Planner<'_, S> {
    pub(super) async fn plan_purchases(&mut self) -> Result<(), StoreFailure> {
        let orders = self.read(FormerTable::Orders, FormerOrder::read);
        let payments = self.read(FormerTable::Payments, FormerPayment::read);
        let mut known = self.known_purchases(&orders, &payments).await?;
        let mut of_order: HashMap<OrderId, Vec<Found<FormerPayment>>> = HashMap::new();
        for found in payments {
            of_order.entry(found.row.order).or_default().push(found);
        }
        let mut attempts = Vec::new();
        for found in orders {
            let payments = of_order.remove(&found.row.id).unwrap_or_default();
            self.plan_order(found, payments, &mut known, &mut attempts);
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
            self.plan_attempt(found, user, &mut known);
        }
        Ok(())
    }

    async fn known_purchases(
        &self,
        orders: &[Found<FormerOrder>],
        payments: &[Found<FormerPayment>],
    ) -> Result<KnownPurchases, StoreFailure> {
        let order_ids: Vec<_> = orders
            .iter()
            .map(|found| found.row.id.to_string())
            .collect();
        let payment_ids: Vec<_> = payments
            .iter()
            .map(|found| found.row.id.to_string())
            .collect();
        let known_orders = self.store.known_among(KnownBy::Order, &order_ids).await?;
        let known_payments = self
            .store
            .known_among(KnownBy::Payment, &payment_ids)
            .await?;
        let new_orders = orders
            .iter()
            .filter(|found| !known_orders.contains(&found.row.id.to_string()));
        let numbers: Vec<_> = new_orders.map(|found| found.row.number.clone()).collect();
        let new_payments = payments
            .iter()
            .filter(|found| !known_payments.contains(&found.row.id.to_string()));
        let references: Vec<_> = new_payments
            .filter_map(|found| reference(&found.row))
            .collect();
        let unpaid = self.store.known_among(KnownBy::UnpaidPayment, &payment_ids);
        Ok(KnownPurchases {
            unpaid: unpaid.await?,
            numbers: self
                .store
                .known_among(KnownBy::OrderNumber, &numbers)
                .await?,
            references: self
                .store
                .known_among(KnownBy::Reference, &references)
                .await?,
            orders: known_orders,
            payments: known_payments,
        })
    }

    fn plan_order(
        &mut self,
        found: Found<FormerOrder>,
        payments: Vec<Found<FormerPayment>>,
        known: &mut KnownPurchases,
        attempts: &mut Vec<(Found<FormerPayment>, i64)>,
    ) {
        let order = &found.row;
        let rows: Vec<&FormerPayment> = payments.iter().map(|payment| &payment.row).collect();
        let judged = find_settling(order, &rows);
        let settling = judged.ok().flatten();
        let payer = settling
            .and_then(|index| rows.get(index))
            .and_then(|payment| payment.user)
            .or(order.user);
        let is_known = known.orders.contains(&order.id.to_string());
        let planned = if order.is_card_trial || rows.iter().any(|payment| payment.is_card_trial) {
            Err(Fate::Left(RecordNote::CardTrial))
        } else if is_known {
            Err(Fate::There)
        } else {
            judged.map_err(Fate::from).and_then(|_| {
                self.plan_new_order(
                    order,
                    settling.and_then(|index| rows.get(index).copied()),
                    payer,
                    known,
                )
            })
        };
        let fate = planned
            .as_ref()
            .map(|(_, notes)| notes.clone())
            .map_err(|fate| *fate);
        let is_here = matches!(fate, Ok(_) | Err(Fate::There));
        if let (true, Some(index), Some(payer)) = (is_here, settling, payer)
            && let Some(payment) = rows.get(index)
        {
            let is_given_back = order.status == OrderStatus::Refunded;
            let settled = Settled {
                payment: payment.id,
                payer,
                amount: payment.amount,
                refunded: if is_given_back {
                    payment.amount
                } else {
                    Kopecks::ZERO
                },
            };
            self.resolved.settled.insert(order.id, settled);
        }
        if !is_here {
            self.resolved.orders_left_out.insert(order.id);
        }
        let bought = settling
            .and(payer)
            .and_then(|payer| self.bought_by(order, payer));
        let status = order.status;
        let of_payments = match fate {
            Ok(_) | Err(Fate::New) => None,
            Err(Fate::There) => Some(Fate::There),
            Err(Fate::Left(note)) => Some(Fate::Left(note)),
            Err(Fate::Refused(_)) => Some(RecordRefused::RefersToNothing("order").into()),
        };
        self.settle(FormerTable::Orders, &found, Kopecks::ZERO, fate);
        if let Ok((coming, _)) = planned {
            self.records.orders.push(coming);
        }
        for (index, found) in payments.into_iter().enumerate() {
            let is_settling = settling == Some(index);
            let id = found.row.id.to_string();
            let money = if is_settling {
                found.row.amount
            } else {
                money_of(&found.row)
            };
            let fate = if known.payments.contains(&id) {
                // Money that came after an import is somebody's to put down.
                let came_since = is_settling && known.unpaid.contains(&id);
                Some(if came_since {
                    Contradiction::PaidSince.into()
                } else {
                    Fate::There
                })
            } else {
                match of_payments {
                    Some(Fate::There) if is_settling => Some(Contradiction::PaidSince.into()),
                    Some(Fate::There) | None if !is_settling && found.row.is_paid() => {
                        Some(Contradiction::PaidTwice.into())
                    }
                    Some(Fate::There) | None => None,
                    Some(fate) => Some(fate),
                }
            };
            match (fate, payer) {
                (Some(fate), _) => {
                    self.settle(FormerTable::Payments, &found, money, Err(fate));
                }
                (None, Some(payer)) if is_settling => {
                    self.plan_settling(found, payer, bought, status)
                }
                (None, user) => match user.or(found.row.user) {
                    Some(user) => attempts.push((found, user)),
                    None => {
                        let left = Err(Fate::Left(RecordNote::AttemptOfNobody));
                        self.settle(FormerTable::Payments, &found, money, left);
                    }
                },
            }
        }
    }

    fn plan_new_order(
        &mut self,
        order: &FormerOrder,
        settling: Option<&FormerPayment>,
        payer: Option<i64>,
        known: &mut KnownPurchases,
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
        let product = match order.product {
            Some(product) => {
                let here = self.resolved.products.get(&product);
                here.ok_or(RecordRefused::RefersToNothing("product"))?.id
            }
            None => {
                notes.push(RecordNote::ProductGone);
                self.former_product()?
            }
        };
        if let Some(payment) = settling {
            if payment.amount != order.amount {
                return Err(Contradiction::AmountsDiffer.into());
            }
            if reference(payment).is_some_and(|reference| !known.references.insert(reference)) {
                return Err(Contradiction::ReferenceTaken.into());
            }
        }
        if !known.numbers.insert(order.number.clone()) {
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
        bought: Option<UserProductId>,
        of_order: OrderStatus,
    ) {
        let amount = found.row.amount;
        let (status, here) = if of_order == OrderStatus::Refunded {
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
            bought,
        });
    }

    /// A payment of which no money came.
    fn plan_attempt(&mut self, found: Found<FormerPayment>, user: i64, known: &mut KnownPurchases) {
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
        if reference(&payment).is_some_and(|reference| !known.references.insert(reference)) {
            notes.push(RecordNote::ReferenceLeftOut);
            payment.reference = None;
        }
        // A receipt is of money that came.
        payment.receipt = None;
        if self.settle(
            FormerTable::Payments,
            &found,
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

/// Which of the payments settled the order; nothing if it was not paid.
fn find_settling(
    order: &FormerOrder,
    payments: &[&FormerPayment],
) -> Result<Option<usize>, Contradiction> {
    let with = |status: PaymentStatus| -> Vec<usize> {
        let indices = payments.iter().enumerate();
        let mut indices: Vec<_> = indices
            .filter(|(_, payment)| payment.status == status)
            .map(|(index, payment)| (payment.created_at, index))
            .collect();
        indices.sort_unstable();
        indices.into_iter().map(|(_, index)| index).collect()
    };
    let (came, failed, back) = (
        with(PaymentStatus::Success),
        with(PaymentStatus::Failed),
        with(PaymentStatus::Refunded),
    );
    if !order.status.is_paid() {
        return if came.is_empty() && back.is_empty() {
            Ok(None)
        } else {
            Err(Contradiction::OrderAndPaymentDisagree)
        };
    }
    if payments.is_empty() {
        return Err(Contradiction::PaidByNothing);
    }
    let settling = match (
        order.status,
        came.as_slice(),
        failed.as_slice(),
        back.as_slice(),
    ) {
        (OrderStatus::Paid | OrderStatus::PartlyRefunded, [first, ..], _, []) => Some(*first),
        (OrderStatus::Refunded, [], _, [only])
        | (OrderStatus::Refunded | OrderStatus::PartlyRefunded, [], [only], []) => Some(*only),
        _ => None,
    };
    settling
        .map(Some)
        .ok_or(Contradiction::OrderAndPaymentDisagree)
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
fn reference(payment: &FormerPayment) -> Option<String> {
    let reference = payment.reference.as_ref()?;
    Some(format!("{} {reference}", payment.source.as_str()))
}
