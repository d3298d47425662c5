//! The ledger of the partner programme: money is moved from one account to another, never made and never lost.
//!
//! | account | holds | bound |
//! |---|---|---|
//! | `partner:N:pending` | commissions that are held | not below 0 |
//! | `partner:N:available` | what the partner may ask for | not below 0 |
//! | `partner:N:reserved` | what the partner has asked for | not below 0 |
//! | `partner:N:debt` | what was taken back after it had been paid out; negative | not above 0 |
//! | `service:expense` | what the programme costs; negative | |
//! | `service:bank` | what was paid out | |
//!
//! | transfer | from | to | when |
//! |---|---|---|---|
//! | `accrue` | expense | pending | a payment of somebody brought came |
//! | `mature` | pending | available | the hold is over |
//! | `offset` | available | debt | money became available while there was a debt |
//! | `reverse` | pending | expense | a refund, while held |
//! | `clawback` | available | expense | a refund, afterwards |
//! | `owe` | debt | expense | a refund, where there was not enough available |
//! | `reserve` | available | reserved | a payout is asked for |
//! | `pay` | reserved | bank | a payout is paid |
//! | `release` | reserved | available | a payout is rejected or failed |
//! | `advance` | debt | available | the predecessor had paid out more than there was |
//!
//! A balance is what came in less what went out. What always holds, and is proved by `tests/api/ledger.rs` against a model, on
//! SQLite, and by the operator's `doctor` on any database:
//!
//! 1. All balances together are nothing.
//! 2. Each balance is the sum of its transfers.
//! 3. Pending, available and reserved are never negative, a debt never positive.
//! 4. What is reserved is the sum of the partner's open payouts.
//! 5. What went to the bank is the sum of the payouts that were paid.
//! 6. A payment brings one commission at most.
//! 7. A partner has one open payout at most.
//! 8. A payout takes legal steps only.
//! 9. What a payment brought, less what was taken back, is the partner's share of what the company keeps.
//! 10. The same thing told again, in whatever order, changes nothing.
//! 11. No transfer is ever changed or deleted.
//! 12. Nothing is charged to a payment method that was revoked: the method of a subscription is read together with the charge.
//!
//! And two that follow from how a debt is repaid: what is pending is the sum of the held commissions (13), and nobody has
//! both a debt and something available (14).

use std::fmt;

use super::identifiers::UserId;
use super::money::Kopecks;
use super::word::words;

words! {
    /// What an account is for.
    AccountKind {
        /// Commissions that are held.
        Pending = "pending",
        /// What the partner may ask for.
        Available = "available",
        /// What the partner has asked for.
        Reserved = "reserved",
        /// What the partner owes, as a negative balance.
        Debt = "debt",
        /// What the programme costs, as a negative balance.
        Expense = "expense",
        /// What was paid out.
        Bank = "bank",
    }
}

/// An account of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// What the programme costs.
    Expense,
    /// What was paid out.
    Bank,
    /// One of a partner's.
    Of(UserId, AccountKind),
}

impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expense => formatter.write_str("service:expense"),
            Self::Bank => formatter.write_str("service:bank"),
            Self::Of(partner, kind) => write!(formatter, "partner:{partner}:{}", kind.as_str()),
        }
    }
}

words! {
    /// What a transfer is for; the module's head says from where to where each goes.
    TransferCode {
        /// A commission is earned.
        Accrue = "accrue",
        /// Its hold is over.
        Mature = "mature",
        /// It is taken back while held.
        Reverse = "reverse",
        /// It is taken back later.
        Clawback = "clawback",
        /// It is taken back when there is nothing left to take.
        Owe = "owe",
        /// A debt is repaid.
        Offset = "offset",
        /// A payout is asked for.
        Reserve = "reserve",
        /// A payout is paid.
        Pay = "pay",
        /// A payout does not come.
        Release = "release",
        /// The predecessor had paid out what was not there.
        Advance = "advance",
    }
}

/// What a partner has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartnerBalance {
    /// Commissions that are held.
    pub pending: Kopecks,
    /// What the partner may ask for.
    pub available: Kopecks,
    /// What the partner has asked for.
    pub reserved: Kopecks,
    /// What the partner owes; never negative here.
    pub owed: Kopecks,
}

impl PartnerBalance {
    /// The balance once commissions whose hold is over, `due` in all, have matured: a debt is repaid first. What a
    /// partner reads is right also between two runs of the clock.
    #[must_use]
    pub fn matured(self, due: Kopecks) -> Self {
        let repaid = due.min(self.owed);
        Self {
            pending: self.pending - due,
            available: self.available + due - repaid,
            reserved: self.reserved,
            owed: self.owed - repaid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_named_by_whose_they_are_and_what_for() {
        for (account, name) in [
            (Account::Expense, "service:expense"),
            (Account::Bank, "service:bank"),
            (
                Account::Of(UserId::new(42), AccountKind::Available),
                "partner:42:available",
            ),
        ] {
            assert_eq!(account.to_string(), name);
        }
    }

    #[test]
    fn a_debt_is_repaid_before_anything_is_available() {
        let balance = |pending, available, owed| PartnerBalance {
            pending: Kopecks::new(pending),
            available: Kopecks::new(available),
            reserved: Kopecks::new(7),
            owed: Kopecks::new(owed),
        };
        for (before, due, after) in [
            (balance(100, 50, 0), 0, balance(100, 50, 0)),
            (balance(100, 50, 0), 60, balance(40, 110, 0)),
            (balance(100, 0, 30), 60, balance(40, 30, 0)),
            (balance(100, 0, 90), 60, balance(40, 0, 30)),
        ] {
            assert_eq!(before.matured(Kopecks::new(due)), after);
        }
    }
}
