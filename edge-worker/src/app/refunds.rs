//! Money goes back: all of a payment or a part of it, in one step or several, and the partner's share with it.
//!
//! A refund is told by how much of the payment is given back in all. So the same refund told twice is one, in whatever order the
//! bank's notices come.

use super::App;
use super::error::{Error, Refusal};
use super::payments::TRIES;
use super::ports::Store;
use super::ports::payments::{AccessAfterRefund, NewRefund, PaymentToRefund};
use super::upkeep::AT_ONCE;
use crate::domain::access::PaidPeriod;
use crate::domain::audit::{Actor, Event};
use crate::domain::commission::taken_back;
use crate::domain::identifiers::PaymentId;
use crate::domain::money::Kopecks;
use crate::domain::payment::PaymentStatus;
use crate::domain::time::Instant;

/// What became of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refunded {
    /// So much is given back by it.
    Now(Kopecks),
    /// As much had been given back before; nothing was done.
    Before,
}

/// Why nothing was given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundRefused {
    /// There is no such payment.
    UnknownPayment,
    /// The money never came.
    NotPaid,
    /// More than was paid, or nothing.
    WrongAmount {
        /// So much was paid.
        paid: Kopecks,
    },
    /// More than what is left of the payment.
    MoreThanLeft {
        /// So much is left.
        left: Kopecks,
    },
    /// Another refund of this payment is called so already.
    ReferenceTaken {
        /// So much was given back by it.
        amount: Kopecks,
    },
    /// It could not be done.
    Error(Error),
}

impl<E: Into<Error>> From<E> for RefundRefused {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// What an operator says about a refund.
#[derive(Clone, Copy)]
struct Note<'a> {
    reason: Option<&'a str>,
    reference: Option<&'a str>,
}

impl<S: Store> App<'_, S> {
    /// A payment with all that its refund depends on.
    pub async fn find_payment(&self, payment: PaymentId) -> Result<Option<PaymentToRefund>, Error> {
        Ok(self.store.payment_to_refund(payment).await?)
    }

    /// Gives a payment back, until `total` of it is given back in all. Who gets everything back loses what they bought: a
    /// product at once, a subscription the part of the period that they have not used.
    pub async fn refund_payment(
        &self,
        actor: &Actor,
        payment: PaymentId,
        total: Kopecks,
        reason: Option<&str>,
    ) -> Result<Refunded, RefundRefused> {
        for _ in 0..TRIES {
            let found = self.refundable(payment, total).await?;
            if total <= found.refunded {
                return Ok(Refunded::Before);
            }
            let this_time = total - found.refunded;
            let note = Note {
                reason,
                reference: None,
            };
            if self.give_back(actor, found, total, note).await? {
                return Ok(Refunded::Now(this_time));
            }
        }
        Err(Refusal::ChangedMeanwhile.into())
    }

    /// Gives a part of a payment back. A part has a name, which the operator gives it: told twice, it is one.
    pub async fn refund_part(
        &self,
        actor: &Actor,
        payment: PaymentId,
        part: Kopecks,
        reference: &str,
        reason: Option<&str>,
    ) -> Result<Refunded, RefundRefused> {
        for _ in 0..TRIES {
            match self.store.refund_called(payment, reference).await? {
                Some(known) if known == part => return Ok(Refunded::Before),
                Some(amount) => return Err(RefundRefused::ReferenceTaken { amount }),
                None => {}
            }
            let found = self.refundable(payment, part).await?;
            let left = found.amount - found.refunded;
            if part > left {
                return Err(RefundRefused::MoreThanLeft { left });
            }
            let total = found.refunded + part;
            let note = Note {
                reason,
                reference: Some(reference),
            };
            if self.give_back(actor, found, total, note).await? {
                return Ok(Refunded::Now(part));
            }
        }
        Err(Refusal::ChangedMeanwhile.into())
    }

    /// Writes a refund of a payment as it was read. `false` when something that it depends on is another by now.
    async fn give_back(
        &self,
        actor: &Actor,
        mut found: PaymentToRefund,
        total: Kopecks,
        note: Note<'_>,
    ) -> Result<bool, RefundRefused> {
        if let Some(commission) = found.commission.filter(|found| !found.is_matured) {
            let operation = self.new_operation_id()?;
            let partner = Some(commission.partner);
            self.store
                .mature_commissions(partner, AT_ONCE, operation, self.now())
                .await?;
            let so_far = found.refunded;
            found = self.refundable(found.id, total).await?;
            if found.refunded != so_far {
                return Ok(false);
            }
        }
        let audit = self
            .audit(Event::PaymentRefunded, actor.clone())
            .about(found.user)
            .on(found.id);
        let refund = NewRefund {
            taken_back: found.commission.map_or(Kopecks::ZERO, |commission| {
                taken_back(commission.rate, found.amount, total, commission.amount)
            }),
            access: access_after(&found, total, audit.at),
            payment: found,
            total,
            reason: note.reason.map(str::to_owned),
            reference: note.reference.map(str::to_owned),
            at: audit.at,
            operation: self.new_operation_id()?,
        };
        Ok(self.store.add_refund(&refund, &audit).await?)
    }

    async fn refundable(
        &self,
        payment: PaymentId,
        total: Kopecks,
    ) -> Result<PaymentToRefund, RefundRefused> {
        let found = self
            .store
            .payment_to_refund(payment)
            .await?
            .ok_or(RefundRefused::UnknownPayment)?;
        match found.status {
            PaymentStatus::Success | PaymentStatus::Refunded => {}
            PaymentStatus::Pending
            | PaymentStatus::Processing
            | PaymentStatus::Failed
            | PaymentStatus::Cancelled => return Err(RefundRefused::NotPaid),
        }
        if !total.is_positive() || total > found.amount {
            return Err(RefundRefused::WrongAmount { paid: found.amount });
        }
        Ok(found)
    }
}

fn access_after(payment: &PaymentToRefund, total: Kopecks, now: Instant) -> AccessAfterRefund {
    let Some(bought) = payment.bought.filter(|bought| bought.revoked_at.is_none()) else {
        return AccessAfterRefund::Kept;
    };
    if total < payment.amount {
        return AccessAfterRefund::Kept;
    }
    match (bought.period, bought.ends_at) {
        (Some((start, end)), Some(ends_at)) => {
            AccessAfterRefund::EndsAt(PaidPeriod::end_without(start, end, ends_at, now))
        }
        (None, _) => AccessAfterRefund::Revoked,
        (Some(_), None) => AccessAfterRefund::Kept,
    }
}
