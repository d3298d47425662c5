//! Transfers of the ledger, as statements of a batch.
//!
//! A movement of money is written into `transfers` first; `post` then moves the balances by exactly what was written under the
//! name of the operation. So a transfer that a retry finds already there undoes the whole batch, and no balance can move without its
//! transfer.

use super::sql::ledger as sql;
use super::statement::{SqlValue, Statement};
use crate::app::ports::payments::NewCommission;
use crate::domain::identifiers::{OperationId, PaymentId, UserId};
use crate::domain::ledger::{Account, AccountKind, TransferCode};
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

/// What the transfers of a batch share.
#[derive(Clone, Copy)]
pub(super) struct Operation {
    pub(super) id: OperationId,
    pub(super) at: Instant,
}

impl Operation {
    /// A transfer between two accounts; `subject` is what makes its name its own.
    pub(super) fn transfer(
        self,
        code: TransferCode,
        subject: &str,
        [debit, credit]: [Account; 2],
        amount: Kopecks,
    ) -> Statement {
        let values: [SqlValue; 7] = [
            format!("{}:{subject}", code.as_str()).into(),
            self.id.to_string().into(),
            debit.to_string().into(),
            credit.to_string().into(),
            amount.number().into(),
            code.as_str().into(),
            self.at.millis().into(),
        ];
        Statement::new(sql::TRANSFER, values)
    }

    /// Takes an amount back from a partner: what is available, and a debt for the rest.
    pub(super) fn take_back(
        self,
        subject: &str,
        partner: UserId,
        amount: Kopecks,
    ) -> [Statement; 2] {
        let account = |kind| Account::Of(partner, kind).to_string();
        let name = |code: TransferCode| format!("{}:{subject}", code.as_str());
        let values = |code: TransferCode| -> Vec<SqlValue> {
            vec![
                name(code).into(),
                self.id.to_string().into(),
                account(AccountKind::Available).into(),
                Account::Expense.to_string().into(),
                amount.number().into(),
                self.at.millis().into(),
            ]
        };
        let mut owed = values(TransferCode::Owe);
        owed.push(account(AccountKind::Debt).into());
        [
            Statement::new(sql::CLAW_BACK, values(TransferCode::Clawback)),
            Statement::new(sql::OWE, owed),
        ]
    }

    /// Repays debts out of what became available.
    pub(super) fn offset(self) -> Statement {
        let values: [SqlValue; 2] = [self.id.to_string().into(), self.at.millis().into()];
        Statement::new(sql::OFFSET, values)
    }

    /// Moves the balances. Stands behind every transfer of the operation, once.
    pub(super) fn post(self) -> Statement {
        Statement::new(sql::POST, [self.id.to_string().into()])
    }
}

/// Opens the partner's accounts if they are not open yet.
pub(super) fn open_accounts(partner: UserId) -> Statement {
    Statement::new(sql::OPEN_ACCOUNTS, [partner.number().into()])
}

/// Writes a commission and books it as held.
pub(super) fn accrue(
    commission: &NewCommission,
    payment: PaymentId,
    payer: UserId,
    base: Kopecks,
    operation: Operation,
) -> [Statement; 4] {
    let values: [SqlValue; 9] = [
        payment.to_string().into(),
        commission.partner.number().into(),
        payer.number().into(),
        i64::from(commission.rate.basis_points()).into(),
        base.number().into(),
        commission.amount.number().into(),
        i64::from(commission.edition).into(),
        operation.at.millis().into(),
        commission.held_until.millis().into(),
    ];
    let pending = Account::Of(commission.partner, AccountKind::Pending);
    [
        open_accounts(commission.partner),
        Statement::new(sql::ADD_COMMISSION, values),
        operation.transfer(
            TransferCode::Accrue,
            &payment.to_string(),
            [Account::Expense, pending],
            commission.amount,
        ),
        operation.post(),
    ]
}
