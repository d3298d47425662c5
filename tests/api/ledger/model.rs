//! Random commands, told to a model of plain numbers and to the real thing; after each step the two must agree.

use std::collections::BTreeMap;

use edge_worker::app::payments::Recorded;
use edge_worker::app::payouts::{OperatorsStep, PayoutRefused, StepRefused, Stepped};
use edge_worker::app::refunds::Refunded;
use edge_worker::domain::identifiers::{OrderId, PaymentId, PayoutId};
use libtest_mimic::Trial;
use portal_tests::trials;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::market::{CLIENTS, DAY, Market, PARTNERS};

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native":
        the_ledger_agrees_with_a_model_of_plain_numbers,
        notices_told_twice_and_in_any_order_come_to_the_same,
    }
}

#[derive(Clone, Debug)]
enum Command {
    Pay { client: usize, amount: i64 },
    PayAgain { payment: usize },
    Refund { payment: usize, percent: i64 },
    Wait { days: i64 },
    Upkeep,
    Request { partner: usize, percent: i64 },
    Step { payout: usize, step: usize },
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let command = prop_oneof![
        4 => (0..4_usize, 1..3_000_000_i64).prop_map(|(client, amount)| Command::Pay { client, amount }),
        1 => (0..8_usize).prop_map(|payment| Command::PayAgain { payment }),
        3 => (0..8_usize, 0..=110_i64).prop_map(|(payment, percent)| Command::Refund { payment, percent }),
        3 => (0..=40_i64).prop_map(|days| Command::Wait { days }),
        1 => Just(Command::Upkeep),
        3 => (0..2_usize, 1..=120_i64).prop_map(|(partner, percent)| Command::Request { partner, percent }),
        4 => (0..4_usize, 0..4_usize).prop_map(|(payout, step)| Command::Step { payout, step }),
    ];
    proptest::collection::vec(command, 1..30)
}

#[derive(Debug)]
struct Paid {
    order: OrderId,
    id: PaymentId,
    partner: Option<i64>,
    amount: i64,
    refunded: i64,
    held_until: i64,
    is_held: bool,
}

impl Paid {
    /// Twenty per cent of what is kept, if there was any of the whole.
    fn share(&self) -> i64 {
        (self.amount - self.refunded) * 2_000 / 10_000
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Purse {
    pending: i64,
    available: i64,
    reserved: i64,
    owed: i64,
}

impl Purse {
    fn receive(&mut self, amount: i64) {
        let repaid = amount.min(self.owed);
        self.owed -= repaid;
        self.available += amount - repaid;
    }
}

#[derive(Debug)]
struct Asked {
    id: PayoutId,
    partner: i64,
    amount: i64,
    /// 0 requested, 1 processing, 2 paid, 3 rejected, 4 failed.
    state: usize,
}

#[derive(Debug, Default)]
struct Model {
    now: i64,
    payments: Vec<Paid>,
    payouts: Vec<Asked>,
    purses: BTreeMap<i64, Purse>,
}

impl Model {
    fn purse(&mut self, partner: i64) -> &mut Purse {
        self.purses.entry(partner).or_default()
    }

    /// In the model the hold ends by itself.
    fn wait(&mut self, days: i64) {
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

    fn refund(&mut self, index: usize, total: i64) {
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

    fn step(&mut self, index: usize, next: usize) {
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

fn the_ledger_agrees_with_a_model_of_plain_numbers() {
    let config = Config {
        cases: 96,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&commands(), |commands| {
            follow(&commands);
            Ok(())
        })
        .unwrap();
}

fn follow(commands: &[Command]) {
    let market = Market::open();
    let mut model = Model::default();
    for command in commands {
        obey(&market, &mut model, command);
        for partner in PARTNERS {
            let purse = *model.purse(partner);
            assert_eq!(
                market.amounts(partner),
                [purse.pending, purse.available, purse.reserved, purse.owed],
                "partner {partner} after {command:?}"
            );
        }
        market.assert_invariants();
    }
}

fn obey(market: &Market, model: &mut Model, command: &Command) {
    match *command {
        Command::Pay { client, amount } => pay(market, model, client, amount),
        Command::PayAgain { payment } => {
            if let Some(payment) = model.payments.get(payment) {
                let again = market.record(payment.order, payment.amount);
                let expected = Recorded::Before(payment.id);
                assert_eq!(again, Ok(expected));
            }
        }
        Command::Refund { payment, percent } => {
            let Some(paid) = model.payments.get(payment) else {
                return;
            };
            let total = paid.amount * percent / 100;
            let outcome = market.refund(paid.id, total);
            if total < 1 || total > paid.amount {
                assert!(outcome.is_err(), "{outcome:?}");
            } else if total <= paid.refunded {
                assert_eq!(outcome, Ok(Refunded::Before));
            } else {
                assert!(matches!(outcome, Ok(Refunded::Now(_))), "{outcome:?}");
                model.refund(payment, total);
            }
        }
        Command::Wait { days } => {
            market.native.wait_seconds(days * DAY);
            model.wait(days);
        }
        Command::Upkeep => {
            market.upkeep();
            let books = market.books();
            market.upkeep();
            assert_eq!(market.books(), books, "upkeep twice is upkeep once");
        }
        Command::Request { partner, percent } => {
            request(market, model, PARTNERS[partner], percent);
        }
        Command::Step { payout, step } => take_step(market, model, payout, step),
    }
}

fn pay(market: &Market, model: &mut Model, client: usize, amount: i64) {
    let number = model.payments.len() + 1;
    let client = CLIENTS[client];
    let product = if number.is_multiple_of(2) {
        "once"
    } else {
        "monthly"
    };
    let order = market.order(number, client, product, amount);
    let recorded = market.record(order, amount).unwrap();
    let Recorded::Now(id) = recorded else {
        panic!("{recorded:?}");
    };
    let partner = match client {
        3 | 4 => Some(1),
        5 => Some(2),
        _ => None,
    };
    let paid = Paid {
        order,
        id,
        partner,
        amount,
        refunded: 0,
        held_until: model.now + 30 * DAY,
        is_held: true,
    };
    if let Some(partner) = partner {
        model.purse(partner).pending += paid.share();
    }
    model.payments.push(paid);
}

fn request(market: &Market, model: &mut Model, partner: i64, percent: i64) {
    let available = model.purse(partner).available;
    let amount = available * percent / 100;
    let has_open = |asked: &Asked| asked.partner == partner && asked.state < 2;
    let is_open = model.payouts.iter().any(has_open);
    match market.request(partner, amount) {
        Ok(id) => {
            assert!(amount >= 100_000 && amount <= available && !is_open);
            let purse = model.purse(partner);
            purse.available -= amount;
            purse.reserved += amount;
            model.payouts.push(Asked {
                id,
                partner,
                amount,
                state: 0,
            });
        }
        Err(PayoutRefused::BelowMinimum { .. }) => assert!(amount < 100_000),
        Err(PayoutRefused::AnotherOpen) => assert!(is_open),
        Err(PayoutRefused::Insufficient) => assert!(amount > available && !is_open),
        Err(PayoutRefused::Error(error)) => panic!("{error:?}"),
    }
}

fn take_step(market: &Market, model: &mut Model, payout: usize, step: usize) {
    let Some(asked) = model.payouts.get(payout) else {
        return;
    };
    let (state, id) = (asked.state, asked.id);
    let next = step + 1;
    let step = match next {
        1 => OperatorsStep::Begin,
        2 => OperatorsStep::Pay {
            bank_ref: format!("bank {payout}"),
        },
        3 => OperatorsStep::Reject {
            reason: "нет чека".to_owned(),
        },
        _ => OperatorsStep::Fail {
            reason: "банк отказал".to_owned(),
        },
    };
    let is_legal = [(0, 1), (0, 3), (1, 2), (1, 4)].contains(&(state, next));
    match market.step(id, &step) {
        Ok(Stepped::Before) => assert_eq!(state, next),
        Ok(Stepped::Now) => {
            assert!(is_legal, "{state} to {next}");
            model.step(payout, next);
        }
        Err(StepRefused::Illegal { .. }) => assert!(!is_legal && state != next),
        Err(other) => panic!("{other:?}"),
    }
}

/// Payments and refunds of three orders, each told one to three times, the refunds in any order.
fn notices_told_twice_and_in_any_order_come_to_the_same() {
    let told = || {
        let refunds = proptest::collection::vec((0..3_usize, 1..=100_i64), 0..6);
        (
            refunds,
            proptest::collection::vec(0..3_usize, 3..9),
            0..40_i64,
        )
            .prop_flat_map(|(refunds, payments, days)| {
                let twice: Vec<_> = refunds.iter().chain(&refunds).copied().collect();
                (
                    Just(refunds),
                    Just(twice).prop_shuffle(),
                    Just(payments),
                    Just(days),
                )
            })
    };
    let config = Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&told(), |(refunds, shuffled, repeats, days)| {
            let once = Market::open();
            let often = Market::open();
            let amounts = [900_001, 1_234_567, 77];
            for market in [&once, &often] {
                for (number, amount) in amounts.iter().enumerate() {
                    market.order(number + 1, CLIENTS[number], "once", *amount);
                }
            }
            let order = |number: usize| -> OrderId {
                format!("00000000-0000-4000-8000-{:012}", number + 1).parse().unwrap()
            };
            let mut payments = [Vec::new(), Vec::new()];
            for (market, payments) in [&once, &often].into_iter().zip(&mut payments) {
                for (number, amount) in amounts.iter().enumerate() {
                    match market.record(order(number), *amount).unwrap() {
                        Recorded::Now(id) => payments.push(id),
                        other @ Recorded::Before(_) => panic!("{other:?}"),
                    }
                }
            }
            for number in repeats {
                often.record(order(number), amounts[number]).unwrap();
            }
            for market in [&once, &often] {
                market.native.wait_seconds(days * DAY);
            }
            let mut sorted = refunds;
            sorted.sort_unstable();
            for (market, refunds, payments) in [(&once, &sorted, &payments[0]), (&often, &shuffled, &payments[1])] {
                for (number, percent) in refunds {
                    let total = (amounts[*number] * percent / 100).max(1);
                    market.refund(payments[*number], total).unwrap();
                }
                market.assert_invariants();
            }
            for partner in PARTNERS {
                prop_assert_eq!(once.amounts(partner), often.amounts(partner));
            }
            let states = "SELECT group_concat(line) FROM (SELECT order_id || refunded || status AS line FROM payments ORDER BY order_id)";
            prop_assert_eq!(once.native.ask(states), often.native.ask(states));
            Ok(())
        })
        .unwrap();
}
