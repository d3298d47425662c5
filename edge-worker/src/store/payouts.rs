//! The partners' money in the database: what matures, what there is, and what is paid out.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::record;
use super::ledger::{Operation, open_accounts};
use super::outbox::{Owner, queue};
use super::payments::parse;
use super::sql::ledger as ledger_sql;
use super::sql::payouts as sql;
use super::statement::{Database, DatabaseError, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::partners::{
    NewPayout, OpenedPayout, PartnerStore, PayoutNotAdded, PayoutStep,
};
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::{OperationId, PayoutId, UserId};
use crate::domain::ledger::{Account, AccountKind, PartnerBalance, TransferCode};
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;
use crate::domain::payout_destination::{BankAccount, Route};
use crate::domain::phone::Phone;
use crate::domain::time::Instant;

impl<D: Database> PartnerStore for SqlStore<D> {
    async fn mature_commissions(
        &self,
        partner: Option<UserId>,
        limit: u32,
        operation: OperationId,
        now: Instant,
    ) -> Result<u32, StoreFailure> {
        let due: [SqlValue; 3] = [
            now.millis().into(),
            partner.map(UserId::number).into(),
            i64::from(limit).into(),
        ];
        let mut named = due.to_vec();
        named.push(operation.to_string().into());
        let operation = Operation {
            id: operation,
            at: now,
        };
        let counted = self
            .last_row(vec![
                Statement::new(ledger_sql::GUARD_NEW, [operation.id.to_string().into()]),
                Statement::new(ledger_sql::MATURE, named),
                operation.offset(),
                operation.post(),
                Statement::new(ledger_sql::MARK_MATURED, due),
                Statement::new(ledger_sql::COUNT_CHANGED, []),
            ])
            .await?;
        read_count(counted)
    }

    async fn balance_of(
        &self,
        partner: UserId,
        now: Instant,
    ) -> Result<PartnerBalance, StoreFailure> {
        let values: [SqlValue; 2] = [partner.number().into(), now.millis().into()];
        let row = self
            .last_row(vec![Statement::new(ledger_sql::BALANCE, values)])
            .await?
            .ok_or_else(|| StoreFailure("a balance has no row".to_owned()))?
            .read::<BalanceRow>()?;
        Ok(row.into_balance())
    }

    async fn add_payout(
        &self,
        payout: &NewPayout,
        audit: &AuditEntry,
    ) -> Result<(), PayoutNotAdded> {
        let operation = Operation {
            id: payout.operation,
            at: payout.at,
        };
        let of_partner = |kind| Account::Of(payout.partner, kind);
        let statements = vec![
            Statement::new(sql::GUARD_PARTNER_OPEN, [payout.partner.number().into()]),
            open_accounts(payout.partner),
            add_payout(payout),
            operation.transfer(
                TransferCode::Reserve,
                &payout.id.to_string(),
                [
                    of_partner(AccountKind::Available),
                    of_partner(AccountKind::Reserved),
                ],
                payout.amount,
            ),
            operation.post(),
            record(audit),
        ];
        match self.database.batch(statements).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_guarded() => Err(PayoutNotAdded::PartnerGone),
            Err(error) if error.is_taken("payouts.partner_id") => Err(PayoutNotAdded::AnotherOpen),
            Err(error) if error.is_against("accounts_overdraft") => {
                Err(PayoutNotAdded::Insufficient)
            }
            Err(DatabaseError(text)) => Err(PayoutNotAdded::Failure(StoreFailure(text))),
        }
    }

    async fn payout(&self, payout: PayoutId) -> Result<Option<OpenedPayout>, StoreFailure> {
        let statement = Statement::new(sql::PAYOUT, [payout.to_string().into()]);
        match self.last_row(vec![statement]).await? {
            Some(row) => row.read::<PayoutRow>()?.into_payout().map(Some),
            None => Ok(None),
        }
    }

    async fn step_payout(
        &self,
        step: &PayoutStep,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let payout = &step.payout;
        let so_far: [SqlValue; 2] = [payout.id.to_string().into(), payout.state.as_str().into()];
        let mut statements = vec![Statement::new(sql::GUARD_PAYOUT, so_far), step_payout(step)];
        statements.extend(settle(step));
        statements.push(Statement::new(
            sql::FORGET_DETAILS_OF_DELETED,
            [payout.id.to_string().into()],
        ));
        let owner = Owner::User(Some(payout.partner));
        statements.extend(step.notice.as_ref().map(|notice| queue(owner, notice)));
        statements.push(record(audit));
        self.guarded(statements).await
    }
}

/// What moves when a payout reaches its end.
fn settle(step: &PayoutStep) -> Vec<Statement> {
    let operation = Operation {
        id: step.operation,
        at: step.at,
    };
    let of_partner = |kind| Account::Of(step.payout.partner, kind);
    let reserved = of_partner(AccountKind::Reserved);
    let subject = step.payout.id.to_string();
    match step.next {
        PayoutState::Requested | PayoutState::Processing => Vec::new(),
        PayoutState::Paid => vec![
            operation.transfer(
                TransferCode::Pay,
                &subject,
                [reserved, Account::Bank],
                step.payout.amount,
            ),
            operation.post(),
        ],
        PayoutState::Rejected | PayoutState::Failed => vec![
            operation.transfer(
                TransferCode::Release,
                &subject,
                [reserved, of_partner(AccountKind::Available)],
                step.payout.amount,
            ),
            operation.offset(),
            operation.post(),
        ],
    }
}

fn step_payout(step: &PayoutStep) -> Statement {
    let settled_at = (!step.next.is_open()).then_some(step.at);
    let values: [SqlValue; 7] = [
        step.payout.id.to_string().into(),
        step.payout.state.as_str().into(),
        step.next.as_str().into(),
        step.bank_ref.clone().into(),
        step.reason.clone().into(),
        settled_at.map(Instant::millis).into(),
        step.at.millis().into(),
    ];
    Statement::new(sql::STEP_PAYOUT, values)
}

fn add_payout(payout: &NewPayout) -> Statement {
    let destination = &payout.destination;
    let (account, phone) = match destination.route() {
        Route::Account(account) => (Some(account), None),
        Route::Sbp(phone) => (None, Some(phone)),
    };
    let values: [SqlValue; 11] = [
        payout.id.to_string().into(),
        payout.partner.number().into(),
        payout.amount.number().into(),
        destination.legal_form().as_str().into(),
        destination.recipient().into(),
        destination.inn().as_str().into(),
        destination.route().method().as_str().into(),
        account.map(BankAccount::bik).into(),
        account.map(BankAccount::account).into(),
        phone.map(Phone::as_str).into(),
        payout.at.millis().into(),
    ];
    Statement::new(sql::ADD_PAYOUT, values)
}

/// Reads how many rows a statement changed.
pub(super) fn read_count(row: Option<Row>) -> Result<u32, StoreFailure> {
    #[derive(Deserialize)]
    struct CountRow {
        count: u32,
    }
    row.ok_or_else(|| StoreFailure("a count has no row".to_owned()))
        .and_then(|row| Ok(row.read::<CountRow>()?.count))
}

#[derive(Deserialize)]
struct BalanceRow {
    pending: i64,
    available: i64,
    reserved: i64,
    owed: i64,
    due: i64,
}

impl BalanceRow {
    fn into_balance(self) -> PartnerBalance {
        let posted = PartnerBalance {
            pending: Kopecks::new(self.pending),
            available: Kopecks::new(self.available),
            reserved: Kopecks::new(self.reserved),
            owed: Kopecks::new(self.owed),
        };
        posted.matured(Kopecks::new(self.due))
    }
}

#[derive(Deserialize)]
struct PayoutRow {
    id: String,
    partner_id: i64,
    amount: i64,
    state: String,
    bank_ref: Option<String>,
}

impl PayoutRow {
    fn into_payout(self) -> Result<OpenedPayout, StoreFailure> {
        Ok(OpenedPayout {
            id: parse(&self.id, "payouts.id")?,
            partner: UserId::new(self.partner_id),
            amount: Kopecks::new(self.amount),
            state: parse(&self.state, "payouts.state")?,
            bank_ref: self.bank_ref,
        })
    }
}
