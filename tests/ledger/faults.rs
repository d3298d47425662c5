//! What happens when the database breaks in the middle, or answers nobody.
//!
//! A Worker that is killed is one of these: before its batch nothing was done, and after it only the answer is lost. In
//! `killed.rs` one is really killed.

use std::thread;

use edge_worker::app::payments::Recorded;
use edge_worker::app::payouts::PayoutRefused;
use libtest_mimic::Trial;

use super::deeds::{Deed, deeds, record, with_a_matured_payment, with_an_order};
use super::market::Market;
use crate::engine::Engine;
use crate::trials;
use crate::watched::Fault;

/// The tests on an engine.
pub(super) fn trials<E: Engine>() -> Vec<Trial> {
    trials! { E =>
        a_statement_that_fails_leaves_no_half_state,
        an_answer_that_is_lost_and_asked_for_again_books_once,
        of_fifty_requests_for_the_whole_balance_at_once_one_succeeds,
        a_payment_told_by_many_at_once_is_booked_once,
    }
}

/// What a deed comes to.
#[derive(Debug, PartialEq)]
struct Outcome {
    amounts: [i64; 4],
    /// How many rows there are; their names are drawn anew with each try.
    rows: usize,
}

impl Outcome {
    fn of<E: Engine>(market: &Market<E>) -> Self {
        market.assert_invariants();
        Self {
            amounts: market.amounts(1),
            rows: market.books().lines().count(),
        }
    }

    fn without_faults<E: Engine>((name, prepare, deed): Deed<E>) -> Self {
        let market = prepare();
        assert!(deed(&market), "{name}");
        Self::of(&market)
    }
}

fn a_statement_that_fails_leaves_no_half_state<E: Engine>() {
    for (name, prepare, deed) in deeds::<E>() {
        let whole = Outcome::without_faults((name, prepare, deed));
        let mut broken = 0;
        loop {
            let market = prepare();
            let database = market.native.database();
            database.expect_fault(Fault::AtStatement(broken + 1));
            let is_done = deed(&market);
            let has_happened = !database.forget_fault();
            market.assert_invariants();
            if !has_happened {
                break;
            }
            broken += 1;
            assert!(!is_done, "{name}, statement {broken}");
            // Done again, it comes to the same as if nothing had ever gone wrong.
            assert!(deed(&market), "{name}, again after statement {broken}");
            assert_eq!(Outcome::of(&market), whole, "{name}, statement {broken}");
        }
        assert!(broken >= 5, "{name}: only {broken} statements");
    }
}

fn an_answer_that_is_lost_and_asked_for_again_books_once<E: Engine>() {
    for (name, prepare, deed) in deeds::<E>() {
        let whole = Outcome::without_faults((name, prepare, deed));
        for batch in 1..8 {
            let market = prepare();
            let database = market.native.database();
            database.expect_fault(Fault::AnswerLost(batch));
            deed(&market);
            database.forget_fault();
            market.assert_invariants();
            // A request for a payout is refused then, because there is one; everything else says that it was done before.
            let is_done = deed(&market);
            assert!(is_done || name == "a request", "{name}, batch {batch}");
            assert_eq!(Outcome::of(&market), whole, "{name}, batch {batch}");
        }
    }
}

fn of_fifty_requests_for_the_whole_balance_at_once_one_succeeds<E: Engine>() {
    let market = with_a_matured_payment::<E>();
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

fn a_payment_told_by_many_at_once_is_booked_once<E: Engine>() {
    let market = with_an_order::<E>();
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
