//! The partner programme in plain numbers: what the ledger has to agree with.

use std::collections::BTreeMap;

use edge_worker::domain::identifiers::{OrderId, PaymentId, PayoutId};

use super::market::DAY;

#[derive(Debug)]
pub(super) struct Paid {
    pub(super) order: OrderId,
    pub(super) id: PaymentId,
    pub(super) partner: Option<i64>,
    pub(super) amount: i64,
    pub(super) refunded: i64,
    pub(super) held_until: i64,
    pub(super) is_held: bool,
}

impl Paid {
    /// Twenty per cent of what is kept, if there was any of the whole.
    pub(super) fn share(&self) -> i64 {
        (self.amount - self.refunded) * 2_000 / 10_000
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Purse {
    pub(super) pending: i64,
    pub(super) available: i64,
    pub(super) reserved: i64,
    pub(super) owed: i64,
}

impl Purse {
    pub(super) fn receive(&mut self, amount: i64) {
        let repaid = amount.min(self.owed);
        self.owed -= repaid;
        self.available += amount - repaid;
    }
}

#[derive(Debug)]
pub(super) struct Asked {
    pub(super) id: PayoutId,
    pub(super) partner: i64,
    pub(super) amount: i64,
    /// 0 requested, 1 processing, 2 paid, 3 rejected, 4 failed.
    pub(super) state: usize,
}

#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) now: i64,
    pub(super) payments: Vec<Paid>,
    pub(super) payouts: Vec<Asked>,
    pub(super) purses: BTreeMap<i64, Purse>,
}

impl Model {
    pub(super) fn purse(&mut self, partner: i64) -> &mut Purse {
        self.purses.entry(partner).or_default()
    }

    /// In the model the hold ends by itself.
    pub(super) fn wait(&mut self, days: i64) {
        self.now += days * DAY;
        let (now, purses) = (self.now, &mut self.purses);
        for payment in &mut self.payments {
            if payment.is_held && payment.held_until <= now {
                payment.is_held = false;
                if let Some(partner) = payment.partner {
                    let share = payment.share();
                    let purse = purses.entry(partner).or_default();
                    purse.pending -= share;
                    purse.receive(share);
                }
            }
        }
    }

    pub(super) fn refund(&mut self, index: usize, total: i64) {
        let payment = &mut self.payments[index];
        let before = payment.share();
        payment.refunded = total;
        let (back, partner, is_held) = (before - payment.share(), payment.partner, payment.is_held);
        let Some(partner) = partner else { return };
        let purse = self.purse(partner);
        if is_held {
            purse.pending -= back;
        } else {
            let taken = back.min(purse.available);
            purse.available -= taken;
            purse.owed += back - taken;
        }
    }

    pub(super) fn step(&mut self, index: usize, next: usize) {
        let asked = &mut self.payouts[index];
        asked.state = next;
        let (amount, partner) = (asked.amount, asked.partner);
        let purse = self.purse(partner);
        match next {
            2 => purse.reserved -= amount,
            3 | 4 => {
                purse.reserved -= amount;
                purse.receive(amount);
            }
            _ => {}
        }
    }
}
