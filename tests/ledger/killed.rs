//! workerd is killed in the middle of payouts and refunds, again and again, and each time the books are true when it comes back.

use std::time::Duration;

use edge_worker::app::payouts::OperatorsStep;
use edge_worker::domain::identifiers::{PaymentId, PayoutId};
use libtest_mimic::Trial;

use super::deeds::mature;
use super::market::{DAY, Market};
use crate::mortal::{Doom, MortalD1};
use crate::trials;

/// During which batch it dies, and how many tenths of a millisecond after that was sent: a refund, a request, the beginning of
/// a payout and its end come in turn, and a batch is done in a millisecond or two.
const DEATHS: [(u8, u64); 6] = [(5, 10), (6, 15), (7, 20), (8, 25), (5, 30), (6, 5)];
const PAYMENTS: usize = 8;

/// The test, on a server of its own.
pub fn trials() -> Vec<Trial> {
    trials! { "workerd": killed_in_the_middle_of_payouts_and_refunds_it_comes_back_with_true_books }
}

fn killed_in_the_middle_of_payouts_and_refunds_it_comes_back_with_true_books() {
    let market = Market::<MortalD1>::open();
    let payments = (1..=PAYMENTS).map(|number| market.pay(number, 3, "once", 50_000_000));
    let mut desk = Desk {
        payments: payments.collect(),
        market: &market,
        refunds: 0,
        open: None,
    };
    market.native.wait_seconds(31 * DAY);
    assert!(mature(&market));

    let engine = market.native.database().engine();
    for (change, tenths) in DEATHS {
        desk.open = market.open_payout();
        engine.expect_death(Doom {
            change,
            after: Duration::from_micros(tenths * 100),
        });
        desk.work();
        engine.revive();
        market.assert_invariants();
        market.assert_sound();
    }
    // What was in doubt is told again, and everything was done once.
    assert!(desk.give_back().is_some());
    let booked = market.native.ask_each(&[
        "SELECT count(*) FROM refunds",
        "SELECT count(*) FROM payouts WHERE state = 'paid'",
    ]);
    assert_eq!(booked[0], desk.refunds.to_string());
    assert_ne!(booked[1], "0");
    market.assert_invariants();
}

/// Somebody who pays out and gives back without a pause.
struct Desk<'a> {
    payments: Vec<PaymentId>,
    market: &'a Market<MortalD1>,
    /// How many parts were given back, as far as is known.
    refunds: usize,
    /// The payout that is to be finished.
    open: Option<PayoutId>,
}

impl Desk<'_> {
    /// Works until nobody answers.
    fn work(&mut self) {
        while self.give_back().is_some() && self.pay_out().is_some() {}
    }

    /// Gives a part of a payment back.
    fn give_back(&mut self) -> Option<()> {
        let payment = self.payments[self.refunds % PAYMENTS];
        let reference = format!("возврат {}", self.refunds);
        self.market.refund_part(payment, 1_000, &reference).ok()?;
        self.refunds += 1;
        Some(())
    }

    /// Asks for a payout, unless one is open, and pays it.
    fn pay_out(&mut self) -> Option<()> {
        let payout = match self.open {
            Some(payout) => payout,
            None => self.market.request(1, 100_000).ok()?,
        };
        self.open = Some(payout);
        // One that was begun before the end came is refused a second beginning, and is paid all the same.
        let _begun = self.market.step(payout, &OperatorsStep::Begin);
        let bank_ref = format!("поручение {payout}");
        let step = OperatorsStep::Pay { bank_ref };
        self.market.step(payout, &step).ok()?;
        self.open = None;
        Some(())
    }
}

impl Market<MortalD1> {
    /// The payout that waits for its end, if there is one.
    fn open_payout(&self) -> Option<PayoutId> {
        let query =
            "SELECT ifnull(max(id), '') FROM payouts WHERE state IN ('requested', 'processing')";
        self.native.ask(query).parse().ok()
    }
}
