//! What went wrong in the predecessor, and must not come back: one test each.

use std::fs;
use std::path::Path;

use edge_worker::app::access::Gift;
use edge_worker::app::error::Refusal;
use edge_worker::app::payments::{PaymentRefused, Recorded};
use edge_worker::app::payouts::{OperatorsStep, PayoutRefused};
use edge_worker::app::ports::cabinet::{ClientProduct, RenewalWish};
use edge_worker::app::refunds::RefundRefused;
use edge_worker::domain::access::GiftSource;
use edge_worker::domain::access::{AccessDates, ProductState};
use edge_worker::domain::audit::Actor;
use edge_worker::domain::calendar::Period;
use edge_worker::domain::identifiers::{UserId, UserProductId};
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::time::Instant;
use libtest_mimic::Trial;
use portal_tests::backend::Backend;
use portal_tests::ledger::market::DAY;
use portal_tests::native::operator;
use portal_tests::trials;

use super::Market;

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native":
        transfers_are_added_and_read_and_nothing_else,
        the_first_payment_of_somebody_brought_earns_and_a_repeated_notice_does_not,
        a_payment_of_another_amount_than_the_orders_is_refused,
        an_order_that_another_payment_settled_is_not_settled_again,
        a_payout_of_nothing_or_less_or_more_than_there_is_is_refused,
        a_payout_below_the_minimum_is_refused_and_the_minimum_is_not,
        what_is_asked_for_is_not_available_any_more,
        a_refund_after_the_payout_is_a_debt_that_later_commissions_repay,
        a_rejected_payout_is_available_again_and_repays_a_debt_first,
        a_refunded_product_does_not_stay_active,
        a_refund_ends_what_is_unused_of_a_subscription,
        more_than_was_paid_is_not_given_back,
        a_renewal_keeps_the_days_that_are_left_and_the_agreed_price,
        a_second_cancellation_and_a_second_expiry_change_nothing,
        a_cancelled_subscription_works_to_its_end_and_can_be_resumed_until_then,
        the_end_of_a_product_comes_without_anybody_noticing_and_is_noticed_once,
        a_code_in_an_order_binds_at_the_first_payment_only_and_never_to_oneself,
        nobody_earns_by_their_own_payments_nor_after_their_account_is_deleted,
        money_rows_stay_when_their_person_goes,
        an_operator_gives_prepares_and_prolongs_with_their_name_in_the_log,
        upkeep_takes_its_work_in_bounded_steps_and_finishes_it_next_time,
    }
}

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// Invariant 11. Every mention of the table in the Worker's SQL is an INSERT INTO, a FROM or a JOIN.
fn transfers_are_added_and_read_and_nothing_else() {
    let mut texts = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../edge-worker/src/store"),
        &mut texts,
    );
    let mut mentions = 0;
    for text in &texts {
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join(" ");
        let words: Vec<_> = code.split_whitespace().collect();
        for pair in words.windows(2).filter(|pair| pair[1] == "transfers") {
            mentions += 1;
            assert!(
                ["INTO", "FROM", "JOIN"].contains(&pair[0]),
                "{} transfers",
                pair[0]
            );
        }
        for written in [
            "UPDATE transfers",
            "DELETE FROM transfers",
            "REPLACE INTO transfers",
        ] {
            assert!(!code.contains(written), "{written}");
        }
    }
    assert!(mentions >= 8, "only {mentions} mentions were found");
}

fn the_first_payment_of_somebody_brought_earns_and_a_repeated_notice_does_not() {
    let market = Market::open();
    let order = market.order(1, 3, "once", 33_333);
    let first = market.record(order, 33_333).unwrap();
    assert_eq!(market.amounts(1), [6_666, 0, 0, 0]);
    let Recorded::Now(payment) = first else {
        panic!("{first:?}")
    };
    let books = market.books();
    for _ in 0..3 {
        assert_eq!(market.record(order, 33_333), Ok(Recorded::Before(payment)));
    }
    assert_eq!(market.books(), books);
}

fn a_payment_of_another_amount_than_the_orders_is_refused() {
    let market = Market::open();
    let order = market.order(1, 3, "once", 500_000);
    let books = market.books();
    for amount in [0, -500_000, 499_999, 500_001] {
        let refused = Err(PaymentRefused::WrongAmount {
            due: Kopecks::new(500_000),
        });
        assert_eq!(market.record(order, amount), refused);
    }
    assert_eq!(market.books(), books);
}

fn an_order_that_another_payment_settled_is_not_settled_again() {
    let market = Market::open();
    let payment = market.pay(1, 3, "once", 500_000);
    market
        .native
        .execute("UPDATE payments SET provider_ref = 'another'");
    let order = "00000000-0000-4000-8000-000000000001".parse().unwrap();
    let books = market.books();
    assert_eq!(
        market.record(order, 500_000),
        Err(PaymentRefused::PaidAlready(payment))
    );
    let cancelled = market.order(2, 3, "once", 500_000);
    market
        .native
        .execute("UPDATE orders SET state = 'cancelled' WHERE number = 'ME-2'");
    assert_eq!(
        market.record(cancelled, 500_000),
        Err(PaymentRefused::OrderCancelled)
    );
    assert_eq!(
        market.books().matches("paid").count(),
        books.matches("paid").count()
    );
}

/// The predecessor took negative amounts, which raised the balance, and amounts of nothing.
fn a_payout_of_nothing_or_less_or_more_than_there_is_is_refused() {
    let market = Market::open();
    market.pay(1, 3, "once", 1_000_000);
    let minimum = Kopecks::new(100_000);
    for amount in [i64::MIN, -100_000, -1, 0] {
        assert_eq!(
            market.request(1, amount),
            Err(PayoutRefused::BelowMinimum { minimum })
        );
    }
    assert_eq!(
        market.request(1, 200_000),
        Err(PayoutRefused::Insufficient),
        "it is held"
    );
    market.native.wait_seconds(30 * DAY);
    assert_eq!(market.request(1, 200_001), Err(PayoutRefused::Insufficient));
    assert_eq!(
        market.request(2, 100_000),
        Err(PayoutRefused::Insufficient),
        "another's"
    );
    assert_eq!(market.amounts(1), [0, 200_000, 0, 0]);
    market.request(1, 200_000).unwrap();
    market.assert_invariants();
}

fn a_payout_below_the_minimum_is_refused_and_the_minimum_is_not() {
    let market = Market::open();
    market.pay(1, 3, "once", 1_000_000);
    market.native.wait_seconds(30 * DAY);
    let minimum = Kopecks::new(100_000);
    assert_eq!(
        market.request(1, 99_999),
        Err(PayoutRefused::BelowMinimum { minimum })
    );
    assert!(market.request(1, 100_000).is_ok());
}

fn what_is_asked_for_is_not_available_any_more() {
    let market = Market::open();
    market.pay(1, 3, "once", 1_000_000);
    market.native.wait_seconds(30 * DAY);
    market.request(1, 150_000).unwrap();
    assert_eq!(market.amounts(1), [0, 50_000, 150_000, 0]);
    assert_eq!(market.request(1, 100_000), Err(PayoutRefused::AnotherOpen));
}

fn a_refund_after_the_payout_is_a_debt_that_later_commissions_repay() {
    let market = Market::open();
    let payment = market.pay(1, 3, "once", 1_000_000);
    market.native.wait_seconds(30 * DAY);
    let payout = market.request(1, 150_000).unwrap();
    market.step(payout, &OperatorsStep::Begin).unwrap();
    market
        .step(
            payout,
            &OperatorsStep::Pay {
                bank_ref: "777".to_owned(),
            },
        )
        .unwrap();
    market.refund(payment, 1_000_000).unwrap();
    assert_eq!(market.amounts(1), [0, 0, 0, 150_000]);
    market.pay(2, 4, "once", 500_000);
    assert_eq!(market.amounts(1), [100_000, 0, 0, 150_000]);
    market.native.wait_seconds(30 * DAY);
    assert_eq!(
        market.amounts(1),
        [0, 0, 0, 50_000],
        "read before the clock ran"
    );
    market.upkeep();
    assert_eq!(market.amounts(1), [0, 0, 0, 50_000]);
    market.pay(3, 4, "once", 500_000);
    market.native.wait_seconds(30 * DAY);
    market.upkeep();
    assert_eq!(market.amounts(1), [0, 50_000, 0, 0]);
    market.assert_invariants();
}

fn a_rejected_payout_is_available_again_and_repays_a_debt_first() {
    let market = Market::open();
    let payment = market.pay(1, 3, "once", 1_000_000);
    market.native.wait_seconds(30 * DAY);
    let payout = market.request(1, 200_000).unwrap();
    market.refund(payment, 250_000).unwrap();
    assert_eq!(market.amounts(1), [0, 0, 200_000, 50_000]);
    let reason = "нет чека".to_owned();
    market
        .step(payout, &OperatorsStep::Reject { reason })
        .unwrap();
    assert_eq!(market.amounts(1), [0, 150_000, 0, 0]);
    assert_eq!(
        market
            .native
            .ask("SELECT state || ' ' || reason FROM payouts"),
        "rejected нет чека"
    );
    market.assert_invariants();
}

fn holding(market: &Market, of: i64) -> UserProductId {
    let id = format!("SELECT id FROM user_products WHERE user_id = {of}");
    market.native.ask(&id).parse().unwrap()
}

fn state(market: &Market, of: i64) -> ProductState {
    let id = holding(market, of);
    let read = "SELECT concat_ws(',', ifnull(starts_at, ''), ifnull(ends_at, ''), ifnull(revoked_at, ''), ifnull(cancelled_at, ''))
                FROM user_products LEFT JOIN subscriptions ON user_product_id = id";
    let row = market.native.ask(&format!("{read} WHERE id = '{id}'"));
    let mut columns = row
        .split(',')
        .map(|column| column.parse().ok().map(Instant::from_millis));
    let mut next = || columns.next().unwrap();
    let dates = AccessDates {
        starts_at: next(),
        ends_at: next(),
        revoked_at: next(),
        cancelled_at: next(),
    };
    dates.state_at(Instant::from_seconds(market.native.now()))
}

fn a_refunded_product_does_not_stay_active() {
    let market = Market::open();
    let payment = market.pay(1, 3, "once", 500_000);
    assert_eq!(state(&market, 3), ProductState::Active);
    market.refund(payment, 499_999).unwrap();
    assert_eq!(state(&market, 3), ProductState::Active, "a part is not all");
    market.refund(payment, 500_000).unwrap();
    assert_eq!(state(&market, 3), ProductState::Cancelled);
    assert_eq!(market.native.ask("SELECT status FROM payments"), "refunded");
    assert_eq!(market.amounts(1), [0, 0, 0, 0]);
}

fn a_refund_ends_what_is_unused_of_a_subscription() {
    let market = Market::open();
    market.pay(1, 3, "monthly", 300_000);
    let second = market.pay(2, 3, "monthly", 300_000);
    let ends = "SELECT ends_at - starts_at FROM user_products";
    assert_eq!(market.native.ask("SELECT count(*) FROM user_products"), "1");
    // 15 January to 15 March.
    assert_eq!(market.native.ask(ends), (59 * DAY * 1_000).to_string());
    market.refund(second, 300_000).unwrap();
    assert_eq!(market.native.ask(ends), (31 * DAY * 1_000).to_string());
    market.native.wait_seconds(10 * DAY);
    let first = market
        .native
        .ask("SELECT id FROM payments WHERE status = 'success'");
    market.refund(first.parse().unwrap(), 300_000).unwrap();
    assert_eq!(market.native.ask(ends), (10 * DAY * 1_000).to_string());
    assert_eq!(state(&market, 3), ProductState::Expired);
}

fn more_than_was_paid_is_not_given_back() {
    let market = Market::open();
    let payment = market.pay(1, 3, "once", 500_000);
    let books = market.books();
    for total in [i64::MIN, -1, 0, 500_001, i64::MAX] {
        let paid = Kopecks::new(500_000);
        assert_eq!(
            market.refund(payment, total),
            Err(RefundRefused::WrongAmount { paid })
        );
    }
    assert_eq!(market.books(), books);
}

fn a_renewal_keeps_the_days_that_are_left_and_the_agreed_price() {
    let market = Market::open();
    market.pay(1, 3, "monthly", 300_000);
    market.native.execute("UPDATE products SET price = 900000");
    market.native.wait_seconds(20 * DAY);
    market.pay(2, 3, "monthly", 300_000);
    let ends = "SELECT strftime('%Y-%m-%d', ends_at / 1000, 'unixepoch') FROM user_products";
    assert_eq!(market.native.ask(ends), "2027-03-15");
    let periods = "SELECT group_concat(line, ' ') FROM (
        SELECT strftime('%m-%d', period_start / 1000, 'unixepoch') || '…' || strftime('%m-%d', period_end / 1000, 'unixepoch') AS line
        FROM payments ORDER BY created_at)";
    assert_eq!(market.native.ask(periods), "01-15…02-15 02-15…03-15");
    assert_eq!(
        market.native.ask("SELECT renewal_price FROM subscriptions"),
        "300000"
    );
}

/// A unique constraint over client, product and state made the second one an error 500.
fn a_second_cancellation_and_a_second_expiry_change_nothing() {
    let market = Market::open();
    for number in 1..3 {
        market.pay(number, 3, "monthly", 300_000);
        let id = market
            .native
            .ask("SELECT id FROM user_products WHERE revoked_at IS NULL")
            .parse()
            .unwrap();
        let app = market.native.app();
        for _ in 0..2 {
            let (person, user) = (Actor::Person, UserId::new(3));
            let wish = RenewalWish::Cancel;
            let cancelled = pollster::block_on(app.settle_renewal(&person, user, id, wish, None));
            assert!(cancelled.unwrap().0.dates.cancelled_at.is_some());
        }
        for _ in 0..2 {
            let revoked = pollster::block_on(app.revoke_product(&operator(), id)).unwrap();
            assert!(revoked.unwrap().dates.revoked_at.is_some());
        }
    }
    assert_eq!(market.native.ask("SELECT count(*) FROM user_products"), "2");
    let revoked =
        "SELECT count(*) FROM audit WHERE event = 'product_revoked' AND actor_name = 'test'";
    assert_eq!(market.native.ask(revoked), "2");
}

fn a_cancelled_subscription_works_to_its_end_and_can_be_resumed_until_then() {
    let market = Market::open();
    market.pay(1, 3, "monthly", 300_000);
    let id = holding(&market, 3);
    let app = market.native.app();
    let (person, user) = (Actor::Person, UserId::new(3));
    let settle = |user, wish| {
        let settled = pollster::block_on(app.settle_renewal(&person, user, id, wish, None));
        settled.map(|(product, _)| product)
    };
    let cancel = || settle(user, RenewalWish::Cancel);
    let resume = || settle(user, RenewalWish::Resume);
    let is_open = |product: ClientProduct| {
        product
            .dates
            .is_open_at(Instant::from_seconds(market.native.now()))
    };
    assert!(is_open(cancel().unwrap()));
    assert_eq!(state(&market, 3), ProductState::Cancelled);
    assert!(resume().unwrap().dates.cancelled_at.is_none());
    assert_eq!(state(&market, 3), ProductState::Active);
    cancel().unwrap();
    let stranger = settle(UserId::new(4), RenewalWish::Resume);
    assert_eq!(stranger.unwrap_err().refusal, Refusal::NotFound);
    market.native.wait_seconds(31 * DAY);
    assert_eq!(state(&market, 3), ProductState::Expired);
    assert!(resume().is_err());
    market.pay(2, 3, "monthly", 300_000);
    assert_eq!(
        state(&market, 3),
        ProductState::Active,
        "who pays wants it renewed"
    );
}

fn the_end_of_a_product_comes_without_anybody_noticing_and_is_noticed_once() {
    let market = Market::open();
    market.pay(1, 3, "monthly", 300_000);
    market.native.wait_seconds(31 * DAY - 1);
    assert_eq!(state(&market, 3), ProductState::Active);
    market.native.wait_seconds(1);
    assert_eq!(
        state(&market, 3),
        ProductState::Expired,
        "before the clock ran"
    );
    let noticed = "SELECT count(*) FROM audit WHERE event = 'product_ended' AND user_id = 3 AND actor = 'system'";
    for _ in 0..2 {
        market.upkeep();
        assert_eq!(market.native.ask(noticed), "1");
    }
    market.pay(2, 3, "monthly", 300_000);
    assert_eq!(state(&market, 3), ProductState::Active);
    market.native.wait_seconds(31 * DAY);
    market.upkeep();
    assert_eq!(market.native.ask(noticed), "2");
}

fn a_code_in_an_order_binds_at_the_first_payment_only_and_never_to_oneself() {
    let market = Market::open();
    let partner_of =
        "SELECT ifnull(group_concat(partner_id), '-') FROM referrals WHERE user_id = 6";
    for (number, code, expected) in [
        (1, "AAAA0006", "-"), // their own
        (2, "AAAA0002", "-"), // not the first payment any more
    ] {
        let order = market.order(number, 6, "once", 500_000);
        market.native.execute(&format!(
            "UPDATE orders SET referral_code = '{code}' WHERE number = 'ME-{number}'"
        ));
        market.record(order, 500_000).unwrap();
        assert_eq!(market.native.ask(partner_of), expected, "{code}");
    }
    let market = Market::open();
    for (number, code, expected) in [(1, "NOBODYS!", "-"), (2, "AAAA0002", "-")] {
        let order = market.order(number, 6, "once", 500_000);
        market.native.execute(&format!(
            "UPDATE orders SET referral_code = '{code}' WHERE number = 'ME-{number}'"
        ));
        market.record(order, 500_000).unwrap();
        assert_eq!(market.native.ask(partner_of), expected, "{code}");
    }
    let market = Market::open();
    for (number, code) in [(1, "AAAA0002"), (2, "AAAA0001")] {
        let order = market.order(number, 6, "once", 500_000);
        market.native.execute(&format!(
            "UPDATE orders SET referral_code = '{code}' WHERE number = 'ME-{number}'"
        ));
        market.record(order, 500_000).unwrap();
        assert_eq!(market.native.ask(partner_of), "2", "{code}");
    }
    assert_eq!(
        market.amounts(2),
        [200_000, 0, 0, 0],
        "both payments are the first partner's"
    );
    assert_eq!(market.amounts(1), [0, 0, 0, 0]);
    market.assert_invariants();
}

fn nobody_earns_by_their_own_payments_nor_after_their_account_is_deleted() {
    let market = Market::open();
    market.pay(1, 1, "once", 500_000);
    assert_eq!(market.amounts(1), [0, 0, 0, 0]);
    market
        .native
        .execute("UPDATE users SET is_active = 0, deleted_at = 1 WHERE id = 1");
    market.pay(2, 3, "once", 500_000);
    assert_eq!(market.native.ask("SELECT count(*) FROM commissions"), "0");
    market.assert_invariants();
    for binding in [
        "UPDATE users SET referred_by = 6 WHERE id = 6",
        "INSERT INTO referrals (user_id, partner_id, bound_at) VALUES (6, 6, 1)",
        "UPDATE users SET referred_by = 2 WHERE id = 3",
    ] {
        assert!(market.native.database().refuses(binding), "{binding}");
    }
}

fn money_rows_stay_when_their_person_goes() {
    for row in [
        "DELETE FROM users WHERE id = 3",
        "DELETE FROM users WHERE id = 1",
        "DELETE FROM payments",
        "DELETE FROM orders",
        "DELETE FROM user_products",
        "DELETE FROM referrals WHERE user_id = 3",
    ] {
        let market = Market::open();
        market.pay(1, 3, "once", 500_000);
        assert!(market.native.database().refuses(row), "{row}");
    }
}

fn an_operator_gives_prepares_and_prolongs_with_their_name_in_the_log() {
    let market = Market::open();
    let app = market.native.app();
    let gift = |user: i64, product: &str, subscription, is_pending| Gift {
        user: UserId::new(user),
        product: format!("00000000-0000-4000-8000-0000000000{product}")
            .parse()
            .unwrap(),
        is_pending,
        subscription,
        app_url: Some("https://app.example".to_owned()),
        admin_url: None,
        source: GiftSource::Trial,
    };
    let give = |gift| pollster::block_on(app.grant_product(&operator(), gift)).unwrap();
    assert!(give(gift(3, "a1", None, true)).is_some());
    assert_eq!(state(&market, 3), ProductState::Pending);
    let id = give(gift(4, "a2", Some((Period::Month, None)), false)).unwrap();
    assert_eq!(state(&market, 4), ProductState::Active);
    assert_eq!(give(gift(99, "a1", None, false)), None, "nobody");
    assert_eq!(give(gift(5, "ff", None, false)), None, "nothing");

    let end = Instant::parse("2027-05-31T12:00:00+03:00").unwrap();
    for _ in 0..2 {
        let moved = pollster::block_on(app.extend_subscription(&operator(), id, end)).unwrap();
        assert_eq!(moved.unwrap().dates.ends_at, Some(end));
    }
    market.pay(1, 4, "monthly", 300_000);
    let ends = "SELECT strftime('%m-%d', ends_at / 1000, 'unixepoch') FROM user_products WHERE user_id = 4";
    assert_eq!(
        market.native.ask(ends),
        "06-30",
        "the anchor is the 31st now"
    );
    let log = "SELECT group_concat(event || ' ' || coalesce(detail || ' ', '') || user_id || ' ' || actor_name) FROM audit
               WHERE event <> 'payment_recorded'";
    assert_eq!(
        market.native.ask(log),
        "product_granted trial 3 test,product_granted trial 4 test,subscription_extended 4 test"
    );
}

/// 2,500 ends are more than the 2,000 that one run takes.
fn upkeep_takes_its_work_in_bounded_steps_and_finishes_it_next_time() {
    let market = Market::open();
    market.native.execute(
        "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 2500)
         INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, created_at, updated_at)
         SELECT printf('00000000-0000-4000-8000-%012d', n), 6, '00000000-0000-4000-8000-0000000000a1', 1, 1799999990000 + n, 1, 1 FROM counted",
    );
    for expected in ["2000", "2500", "2500"] {
        market.upkeep();
        let noticed = "SELECT count(*) FROM audit WHERE event = 'product_ended'";
        assert_eq!(market.native.ask(noticed), expected);
    }
}
