//! Refunds in the database: the money, what was bought with it, and the partner's share, in one batch.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::record;
use super::ledger::Operation;
use super::payments::{move_paid_end, parse};
use super::sql::ledger::TAKE_BACK;
use super::sql::payments as sql;
use super::statement::{Database, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::payments::{
    AccessAfterRefund, BoughtBefore, EarnedCommission, NewRefund, PaymentToRefund,
};
use crate::domain::audit::AuditEntry;
use crate::domain::commission::RateBp;
use crate::domain::identifiers::{PaymentId, UserId};
use crate::domain::ledger::{Account, AccountKind, TransferCode};
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

impl<D: Database> SqlStore<D> {
    pub(super) async fn read_refundable(
        &self,
        payment: PaymentId,
    ) -> Result<Option<PaymentToRefund>, StoreFailure> {
        let statement = Statement::new(sql::PAYMENT_TO_REFUND, [payment.to_string().into()]);
        match self.last_row(vec![statement]).await? {
            Some(row) => row.read::<PaymentRow>()?.into_payment().map(Some),
            None => Ok(None),
        }
    }

    pub(super) async fn write_refund(
        &self,
        refund: &NewRefund,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let mut statements = vec![guard(refund), give_back(refund), add_refund(refund)];
        statements.extend(end_access(refund));
        statements.extend(take_commission_back(refund));
        statements.push(record(audit));
        self.guarded(statements).await
    }
}

fn guard(refund: &NewRefund) -> Statement {
    let payment = &refund.payment;
    let commission = payment.commission;
    let ends_at = payment.bought.and_then(|bought| bought.ends_at);
    let values: [SqlValue; 5] = [
        payment.id.to_string().into(),
        payment.refunded.number().into(),
        commission
            .map_or(0, |commission| commission.taken_back.number())
            .into(),
        commission
            .is_some_and(|commission| commission.is_matured)
            .into(),
        ends_at.map(Instant::millis).into(),
    ];
    Statement::new(sql::GUARD_REFUND, values)
}

fn give_back(refund: &NewRefund) -> Statement {
    let values: [SqlValue; 3] = [
        refund.payment.id.to_string().into(),
        refund.total.number().into(),
        refund.at.millis().into(),
    ];
    Statement::new(sql::GIVE_BACK, values)
}

fn add_refund(refund: &NewRefund) -> Statement {
    let this_time = refund.total - refund.payment.refunded;
    let values: [SqlValue; 6] = [
        refund.payment.id.to_string().into(),
        refund.total.number().into(),
        this_time.number().into(),
        refund.reason.clone().into(),
        refund.at.millis().into(),
        refund.reference.clone().into(),
    ];
    Statement::new(sql::ADD_REFUND, values)
}

fn end_access(refund: &NewRefund) -> Option<Statement> {
    let bought = refund.payment.bought?;
    match refund.access {
        AccessAfterRefund::Kept => None,
        AccessAfterRefund::EndsAt(ends_at) => Some(move_paid_end(bought.id, ends_at, refund.at)),
        AccessAfterRefund::Revoked => Some(Statement::new(
            sql::REVOKE_REFUNDED,
            [bought.id.to_string().into(), refund.at.millis().into()],
        )),
    }
}

fn take_commission_back(refund: &NewRefund) -> Vec<Statement> {
    let Some(commission) = refund.payment.commission else {
        return Vec::new();
    };
    let amount = refund.taken_back - commission.taken_back;
    if !amount.is_positive() {
        return Vec::new();
    }
    let operation = Operation {
        id: refund.operation,
        at: refund.at,
    };
    let subject = format!("{}:{}", refund.payment.id, refund.total.number());
    let mark: [SqlValue; 2] = [
        refund.payment.id.to_string().into(),
        refund.taken_back.number().into(),
    ];
    let mut statements = vec![Statement::new(TAKE_BACK, mark)];
    if commission.is_matured {
        statements.extend(operation.take_back(&subject, commission.partner, amount));
    } else {
        let pending = Account::Of(commission.partner, AccountKind::Pending);
        statements.push(operation.transfer(
            TransferCode::Reverse,
            &subject,
            [pending, Account::Expense],
            amount,
        ));
    }
    statements.push(operation.post());
    statements
}

/// A row of `payments` with what its refund depends on.
#[derive(Deserialize)]
struct PaymentRow {
    id: String,
    user_id: i64,
    amount: i64,
    refunded: i64,
    status: String,
    period_start: Option<i64>,
    period_end: Option<i64>,
    user_product_id: Option<String>,
    ends_at: Option<i64>,
    revoked_at: Option<i64>,
    partner_id: Option<i64>,
    rate_bp: Option<u16>,
    commission: Option<i64>,
    taken_back: Option<i64>,
    is_matured: i64,
}

impl PaymentRow {
    fn into_payment(self) -> Result<PaymentToRefund, StoreFailure> {
        let bought =
            self.user_product_id
                .as_deref()
                .map(|id| parse(id, "user_products.id"))
                .transpose()?
                .map(|id| BoughtBefore {
                    id,
                    ends_at: self.ends_at.map(Instant::from_millis),
                    revoked_at: self.revoked_at.map(Instant::from_millis),
                    period: self.period_start.zip(self.period_end).map(|(start, end)| {
                        (Instant::from_millis(start), Instant::from_millis(end))
                    }),
                });
        let commission = match (
            self.partner_id,
            self.rate_bp,
            self.commission,
            self.taken_back,
        ) {
            (Some(partner), Some(rate), Some(amount), Some(taken_back)) => Some(EarnedCommission {
                partner: UserId::new(partner),
                rate: RateBp::new(rate)
                    .ok_or_else(|| StoreFailure("commissions.rate_bp is no rate".to_owned()))?,
                amount: Kopecks::new(amount),
                taken_back: Kopecks::new(taken_back),
                is_matured: self.is_matured != 0,
            }),
            _ => None,
        };
        Ok(PaymentToRefund {
            id: parse(&self.id, "payments.id")?,
            user: UserId::new(self.user_id),
            amount: Kopecks::new(self.amount),
            refunded: Kopecks::new(self.refunded),
            status: parse(&self.status, "payments.status")?,
            bought,
            commission,
        })
    }
}
