//! Random commands, told to a model of plain numbers and to the real thing; after each step the two must agree.

use edge_worker::app::payments::Recorded;
use edge_worker::app::payouts::{OperatorsStep, PayoutRefused, StepRefused, Stepped};
use edge_worker::app::refunds::Refunded;
use edge_worker::domain::identifiers::OrderId;
use libtest_mimic::Trial;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::market::{CLIENTS, DAY, Market, PARTNERS};
use super::model::{Asked, Model, Paid};
use crate::engine::Engine;
use crate::sqlite::Memory;
use crate::trials;

/// The tests on an engine.
pub(super) fn trials<E: Engine>() -> Vec<Trial> {
    trials! { E =>
        the_ledger_agrees_with_a_model_of_plain_numbers,
        notices_told_twice_and_in_any_order_come_to_the_same,
    }
}

/// How many series an engine is asked for: D1 answers through two processes.
fn cases<E: Engine>(many: u32) -> Config {
    let is_near = E::NAME == Memory::NAME;
    Config {
        cases: if is_near { many } else { many / 6 },
        failure_persistence: None,
        ..Config::default()
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

fn the_ledger_agrees_with_a_model_of_plain_numbers<E: Engine>() {
    TestRunner::new(cases::<E>(96))
        .run(&commands(), |commands| {
            follow::<E>(&commands);
            Ok(())
        })
        .unwrap();
}

fn follow<E: Engine>(commands: &[Command]) {
    let market = Market::<E>::open();
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

fn obey<E: Engine>(market: &Market<E>, model: &mut Model, command: &Command) {
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

fn pay<E: Engine>(market: &Market<E>, model: &mut Model, client: usize, amount: i64) {
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

fn request<E: Engine>(market: &Market<E>, model: &mut Model, partner: i64, percent: i64) {
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

fn take_step<E: Engine>(market: &Market<E>, model: &mut Model, payout: usize, step: usize) {
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
fn notices_told_twice_and_in_any_order_come_to_the_same<E: Engine>() {
    let told = || {
        let refunds = proptest::collection::vec((0..3_usize, 1..=100_i64), 0..6);
        (
            refunds,
            proptest::collection::vec(0..3_usize, 3..9),
            0..40_i64,
        )
            .prop_flat_map(|(mut refunds, payments, days)| {
                let twice: Vec<_> = refunds.iter().chain(&refunds).copied().collect();
                refunds.sort_unstable();
                (
                    Just(refunds),
                    Just(twice).prop_shuffle(),
                    Just(payments),
                    Just(days),
                )
            })
    };
    TestRunner::new(cases::<E>(48))
        .run(&told(), |(refunds, shuffled, repeats, days)| {
            let once = tell::<E>(&[], days, &refunds);
            let often = tell::<E>(&repeats, days, &shuffled);
            prop_assert_eq!(once, often);
            Ok(())
        })
        .unwrap();
}

/// What there is at the end: of the partners, and of the payments.
fn tell<E: Engine>(
    repeats: &[usize],
    days: i64,
    refunds: &[(usize, i64)],
) -> (Vec<[i64; 4]>, String) {
    const AMOUNTS: [i64; 3] = [900_001, 1_234_567, 77];
    let market = Market::<E>::open();
    let orders: Vec<OrderId> = (AMOUNTS.iter().enumerate())
        .map(|(index, amount)| market.order(index + 1, CLIENTS[index], "once", *amount))
        .collect();
    let record = |index: usize| market.record(orders[index], AMOUNTS[index]).unwrap();
    let payments: Vec<_> = (0..AMOUNTS.len())
        .map(|index| match record(index) {
            Recorded::Now(id) => id,
            other @ Recorded::Before(_) => panic!("{other:?}"),
        })
        .collect();
    for index in repeats {
        record(*index);
    }
    market.native.wait_seconds(days * DAY);
    for (index, percent) in refunds {
        let total = (AMOUNTS[*index] * percent / 100).max(1);
        market.refund(payments[*index], total).unwrap();
    }
    market.assert_invariants();
    let states = "SELECT group_concat(line) FROM (SELECT order_id || refunded || status AS line FROM payments ORDER BY order_id)";
    let purses = PARTNERS.map(|partner| market.amounts(partner));
    (purses.into(), market.native.ask(states))
}
