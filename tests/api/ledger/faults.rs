//! What happens when the database breaks in the middle, or answers nobody.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use edge_worker::app::payments::{PaymentRefused, Recorded};
use edge_worker::app::payouts::{OperatorsStep, PayoutRefused, StepRefused, Stepped};
use edge_worker::app::ports::partners::PartnerStore as _;
use edge_worker::app::refunds::{RefundRefused, Refunded};
use edge_worker::domain::identifiers::{OperationId, PayoutId};
use edge_worker::domain::time::Instant;
use edge_worker::store::SqlStore;
use libtest_mimic::Trial;
use portal_tests::backend::Backend as _;
use portal_tests::sqlite::Fault;
use portal_tests::trials;

use super::market::{DAY, Market};

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native":
        a_statement_that_fails_leaves_no_half_state,
        an_answer_that_is_lost_and_asked_for_again_books_once,
        of_fifty_requests_for_the_whole_balance_at_once_one_succeeds,
        a_payment_told_by_many_at_once_is_booked_once,
        no_statement_that_moves_money_reads_a_whole_table,
    }
}

/// Everything that moves money, with a market in which it can be done; each tells whether it was done.
type Deed = (&'static str, fn() -> Market, fn(&Market) -> bool);

const DEEDS: [Deed; 9] = [
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
];

fn with_an_order() -> Market {
    let market = Market::open();
    market.order(1, 3, "monthly", 1_000_000);
    market
}

fn with_a_payment() -> Market {
    let market = with_an_order();
    record(&market).unwrap();
    market
}

fn with_a_matured_payment() -> Market {
    let market = with_a_payment();
    market.native.wait_seconds(31 * DAY);
    market
}

fn with_a_payout() -> Market {
    let market = with_a_matured_payment();
    market.request(1, 200_000).unwrap();
    market
}

fn record(market: &Market) -> Result<Recorded, PaymentRefused> {
    let order = "00000000-0000-4000-8000-000000000001".parse().unwrap();
    market.record(order, 1_000_000)
}

fn refund(market: &Market) -> Result<Refunded, RefundRefused> {
    let payment = market
        .native
        .ask("SELECT id FROM payments")
        .parse()
        .unwrap();
    market.refund(payment, 1_000_000)
}

fn payout(market: &Market) -> PayoutId {
    market.native.ask("SELECT id FROM payouts").parse().unwrap()
}

fn pay_out(market: &Market) -> Result<Stepped, StepRefused> {
    let id = payout(market);
    // Told again after everything was done, this step is illegal, and the next says that it was done.
    let _begun = market.step(id, &OperatorsStep::Begin);
    let bank_ref = "777".to_owned();
    market.step(id, &OperatorsStep::Pay { bank_ref })
}

fn mature(market: &Market) -> bool {
    static OPERATIONS: AtomicU8 = AtomicU8::new(0);
    let store = SqlStore::new(market.native.database());
    let operation = OPERATIONS.fetch_add(1, Ordering::Relaxed);
    let operation = OperationId::from_random([operation; 16]);
    let now = Instant::from_seconds(market.native.now());
    pollster::block_on(store.mature_commissions(None, 500, operation, now)).is_ok()
}

/// How many rows there are; their names are drawn anew with each try.
fn lasting(books: &str) -> usize {
    books.lines().count()
}

fn a_statement_that_fails_leaves_no_half_state() {
    for (name, prepare, deed) in DEEDS {
        let whole = prepare();
        assert!(deed(&whole), "{name}");
        let after = lasting(&whole.books());
        let mut broken = 0;
        loop {
            let market = prepare();
            let fault = Fault::AtStatement(broken + 1);
            market.native.database().expect_fault(fault);
            let is_done = deed(&market);
            let has_happened = !market.native.database().forget_fault();
            market.assert_invariants();
            if !has_happened {
                break;
            }
            broken += 1;
            assert!(!is_done, "{name}, statement {broken}");
            // Done again, it comes to the same as if nothing had ever gone wrong.
            assert!(deed(&market), "{name}, again after statement {broken}");
            market.assert_invariants();
            assert_eq!(market.amounts(1), whole.amounts(1), "{name}");
            assert_eq!(
                lasting(&market.books()),
                after,
                "{name}, statement {broken}"
            );
        }
        assert!(broken >= 5, "{name}: only {broken} statements");
    }
}

fn an_answer_that_is_lost_and_asked_for_again_books_once() {
    for (name, prepare, deed) in DEEDS {
        let whole = prepare();
        deed(&whole);
        for batch in 1..8 {
            let market = prepare();
            market
                .native
                .database()
                .expect_fault(Fault::AnswerLost(batch));
            deed(&market);
            market.native.database().forget_fault();
            market.assert_invariants();
            // A request for a payout is refused then, because there is one; everything else says that it was done before.
            let is_done = deed(&market);
            assert!(is_done || name == "a request", "{name}, batch {batch}");
            market.assert_invariants();
            assert_eq!(market.amounts(1), whole.amounts(1), "{name}, batch {batch}");
            assert_eq!(
                lasting(&market.books()),
                lasting(&whole.books()),
                "{name}, batch {batch}"
            );
        }
    }
}

fn of_fifty_requests_for_the_whole_balance_at_once_one_succeeds() {
    let market = with_a_matured_payment();
    let outcomes: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..50)
            .map(|_| scope.spawn(|| market.request(1, 200_000)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), refused.len()), (1, 49));
    assert!(
        refused
            .iter()
            .all(|refused| *refused == Err(PayoutRefused::AnotherOpen)),
        "{refused:?}"
    );
    assert_eq!(market.amounts(1), [0, 0, 200_000, 0]);
    market.assert_invariants();
}

fn a_payment_told_by_many_at_once_is_booked_once() {
    let market = with_an_order();
    let outcomes: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..20).map(|_| scope.spawn(|| record(&market))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap().unwrap())
            .collect()
    });
    let now = |outcome: &&Recorded| matches!(outcome, Recorded::Now(_));
    assert_eq!(outcomes.iter().filter(now).count(), 1);
    assert_eq!(market.amounts(1), [200_000, 0, 0, 0]);
    market.assert_invariants();
}

/// What is looked at as a whole, and why that is no more than is wanted.
const WHOLE: [(&str, &str); 3] = [
    (
        "outbox USING INDEX outbox_of_nobody",
        "the index holds what is to be deleted",
    ),
    ("kinds", "four rows of the statement's own"),
    ("moved", "rows of the statement's own, of one operation"),
];

/// What the clock does is bounded by an index as well: among a million commissions it finds those that are due.
fn no_statement_that_moves_money_reads_a_whole_table() {
    let mut texts = BTreeSet::new();
    for (name, prepare, deed) in DEEDS {
        let market = prepare();
        assert!(deed(&market), "{name}");
        market.upkeep();
        market.balance(1);
        texts.extend(market.native.sql());
    }
    assert!(texts.len() > 35, "only {} texts", texts.len());
    let market = Market::open();
    for text in texts {
        let mut scans = market.native.database().scans(text);
        scans.retain(|scan| !WHOLE.iter().any(|(known, _)| scan.starts_with(known)));
        assert!(scans.is_empty(), "{scans:?} in {text}");
    }
    let scan = market
        .native
        .database()
        .scans("SELECT id FROM payments AS paid WHERE amount = 1");
    assert_eq!(scan.len(), 1, "the test sees a scan");
}
