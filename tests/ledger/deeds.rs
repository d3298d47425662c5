//! Everything that moves money, each with a market in which it can be done.

use std::sync::atomic::{AtomicU8, Ordering};

use edge_worker::app::payments::{PaymentRefused, Recorded};
use edge_worker::app::payouts::{OperatorsStep, StepRefused, Stepped};
use edge_worker::app::ports::partners::PartnerStore as _;
use edge_worker::app::refunds::{RefundRefused, Refunded};
use edge_worker::domain::identifiers::{OperationId, PayoutId};
use edge_worker::domain::time::Instant;
use edge_worker::store::SqlStore;

use super::market::{DAY, Market};
use crate::backend::Backend as _;
use crate::engine::Engine;

/// Its name, the market, and what is done there; tells whether it was done.
pub type Deed<E> = (&'static str, fn() -> Market<E>, fn(&Market<E>) -> bool);

/// All of them.
pub fn deeds<E: Engine>() -> [Deed<E>; 9] {
    [
        ("a payment", with_an_order, |market| record(market).is_ok()),
        ("a refund of what is held", with_a_payment, |market| {
            refund(market).is_ok()
        }),
        (
            "a refund of what was paid out",
            || {
                let market = with_a_payout();
                pay_out(&market).unwrap();
                market
            },
            |market| refund(market).is_ok(),
        ),
        ("money without an order", Market::open, |market| {
            market.take(3, 2, 300_000, "счёт 17").is_ok()
        }),
        ("a refund of a part", with_a_payment, |market| {
            let payment = market.native.ask("SELECT id FROM payments");
            let payment = payment.parse().unwrap();
            market.refund_part(payment, 400_000, "возврат 1").is_ok()
        }),
        ("maturing", with_a_matured_payment, mature),
        ("a request", with_a_matured_payment, |market| {
            market.request(1, 100_000).is_ok()
        }),
        ("a payout", with_a_payout, |market| pay_out(market).is_ok()),
        ("a rejection", with_a_payout, |market| {
            let reason = "нет чека".to_owned();
            market
                .step(payout(market), &OperatorsStep::Reject { reason })
                .is_ok()
        }),
    ]
}

pub(super) fn with_an_order<E: Engine>() -> Market<E> {
    let market = Market::open();
    market.order(1, 3, "monthly", 1_000_000);
    market
}

pub(super) fn with_a_payment<E: Engine>() -> Market<E> {
    let market = with_an_order();
    record(&market).unwrap();
    market
}

pub(super) fn with_a_matured_payment<E: Engine>() -> Market<E> {
    let market = with_a_payment();
    market.native.wait_seconds(31 * DAY);
    market
}

pub(super) fn with_a_payout<E: Engine>() -> Market<E> {
    let market = with_a_matured_payment();
    market.request(1, 200_000).unwrap();
    market
}

pub(super) fn record<E: Engine>(market: &Market<E>) -> Result<Recorded, PaymentRefused> {
    let order = "00000000-0000-4000-8000-000000000001".parse().unwrap();
    market.record(order, 1_000_000)
}

pub(super) fn refund<E: Engine>(market: &Market<E>) -> Result<Refunded, RefundRefused> {
    let payment = market
        .native
        .ask("SELECT id FROM payments")
        .parse()
        .unwrap();
    market.refund(payment, 1_000_000)
}

pub(super) fn payout<E: Engine>(market: &Market<E>) -> PayoutId {
    market.native.ask("SELECT id FROM payouts").parse().unwrap()
}

pub(super) fn pay_out<E: Engine>(market: &Market<E>) -> Result<Stepped, StepRefused> {
    let id = payout(market);
    // Told again after everything was done, this step is illegal, and the next says that it was done.
    let _begun = market.step(id, &OperatorsStep::Begin);
    let bank_ref = "777".to_owned();
    market.step(id, &OperatorsStep::Pay { bank_ref })
}

pub(super) fn mature<E: Engine>(market: &Market<E>) -> bool {
    static OPERATIONS: AtomicU8 = AtomicU8::new(0);
    let store = SqlStore::new(market.native.database());
    let operation = OPERATIONS.fetch_add(1, Ordering::Relaxed);
    let operation = OperationId::from_random([operation; 16]);
    let now = Instant::from_seconds(market.native.now());
    pollster::block_on(store.mature_commissions(None, 500, operation, now)).is_ok()
}
