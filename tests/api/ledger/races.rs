//! Somebody else is quicker: between the look at the database and the change, the world changes.

use edge_worker::app::payments::PaymentRefused;
use edge_worker::app::payouts::{OperatorsStep, PayoutRefused, StepRefused};
use edge_worker::app::refunds::Refunded;
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::payout::PayoutState;
use libtest_mimic::Trial;
use portal_tests::backend::Backend;
use portal_tests::ledger::market::DAY;
use portal_tests::trials;

use super::Market;

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native":
        an_order_that_changes_while_its_payment_is_reckoned_is_looked_at_again,
        a_subscription_that_changes_while_its_payment_is_reckoned_is_prolonged_from_its_new_end,
        who_is_bound_while_their_payment_is_reckoned_earns_for_their_partner,
        a_payment_that_changes_while_its_refund_is_reckoned_is_looked_at_again,
        a_payout_that_is_settled_by_somebody_else_is_not_settled_twice,
        an_account_that_closes_while_it_asks_for_a_payout_gets_none,
    }
}

fn an_order_that_changes_while_its_payment_is_reckoned_is_looked_at_again() {
    for (change, expected) in [
        (
            "UPDATE orders SET state = 'cancelled'",
            PaymentRefused::OrderCancelled,
        ),
        (
            "UPDATE orders SET amount = 600000",
            PaymentRefused::WrongAmount {
                due: Kopecks::new(600_000),
            },
        ),
        (
            "UPDATE users SET is_active = 0, deleted_at = 1 WHERE id = 3",
            PaymentRefused::NobodyToCredit,
        ),
    ] {
        let market = Market::open();
        let order = market.order(1, 3, "once", 500_000);
        market.native.interfere_before_change(change);
        assert_eq!(market.record(order, 500_000), Err(expected), "{change}");
        for table in ["payments", "user_products", "commissions", "transfers"] {
            let count = market.native.ask(&format!("SELECT count(*) FROM {table}"));
            assert_eq!(count, "0", "{table} after {change}");
        }
    }
}

fn a_subscription_that_changes_while_its_payment_is_reckoned_is_prolonged_from_its_new_end() {
    for (change, products, period) in [
        // An operator moved the end from 15 to 20 February.
        (
            "UPDATE user_products SET ends_at = ends_at + 5 * 86400000",
            "1",
            "02-20…03-20",
        ),
        // It was taken away: what is paid begins anew.
        (
            "UPDATE user_products SET revoked_at = 1, revoked_for = 'operator'",
            "2",
            "01-15…02-15",
        ),
    ] {
        let market = Market::open();
        market.pay(1, 3, "monthly", 300_000);
        let order = market.order(2, 3, "monthly", 300_000);
        market.native.interfere_before_change(change);
        market.record(order, 300_000).unwrap();
        let count = market.native.ask("SELECT count(*) FROM user_products");
        assert_eq!(count, products, "{change}");
        let paid = "SELECT strftime('%m-%d', period_start / 1000, 'unixepoch') || '…'
                      || strftime('%m-%d', period_end / 1000, 'unixepoch')
                    FROM payments JOIN orders ON orders.id = order_id WHERE number = 'ME-2'";
        assert_eq!(market.native.ask(paid), period, "{change}");
    }
}

fn who_is_bound_while_their_payment_is_reckoned_earns_for_their_partner() {
    let market = Market::open();
    let order = market.order(1, 6, "once", 500_000);
    market
        .native
        .execute("UPDATE orders SET referral_code = 'AAAA0002'");
    market.native.interfere_before_change(
        "UPDATE users SET referred_by = 1 WHERE id = 6;
         INSERT INTO referrals (user_id, partner_id, bound_at) VALUES (6, 1, 1)",
    );
    market.record(order, 500_000).unwrap();
    assert_eq!(market.amounts(1), [100_000, 0, 0, 0]);
    assert_eq!(market.amounts(2), [0, 0, 0, 0]);
    market.assert_invariants();
}

fn a_payment_that_changes_while_its_refund_is_reckoned_is_looked_at_again() {
    // Of a payment without a commission, so that the second visit is the one that writes.
    let market = Market::open();
    let payment = market.pay(1, 6, "monthly", 300_000);
    market.native.interfere_before_change(&format!(
            "UPDATE payments SET refunded = 100000;
             INSERT INTO refunds (payment_id, total, amount, created_at) VALUES ('{payment}', 100000, 100000, 1)"
        ),
    );
    let rest = Refunded::Now(Kopecks::new(50_000));
    assert_eq!(market.refund(payment, 150_000), Ok(rest));
    market.assert_invariants();

    // The end of the subscription was moved by ten days: they are not lost with the refunded period.
    let market = Market::open();
    let payment = market.pay(1, 6, "monthly", 300_000);
    market
        .native
        .interfere_before_change("UPDATE user_products SET ends_at = ends_at + 10 * 86400000");
    market.refund(payment, 300_000).unwrap();
    let left = market
        .native
        .ask("SELECT (ends_at - starts_at) / 86400000 FROM user_products");
    assert_eq!(left, "10");
}

fn a_payout_that_is_settled_by_somebody_else_is_not_settled_twice() {
    let market = Market::open();
    market.pay(1, 3, "once", 1_000_000);
    market.native.wait_seconds(30 * DAY);
    let payout = market.request(1, 150_000).unwrap();
    market.step(payout, &OperatorsStep::Begin).unwrap();
    market.native.interfere_before_change("UPDATE payouts SET state = 'paid', bank_ref = 'theirs', settled_at = 1;
         INSERT INTO transfers VALUES ('pay:theirs', 'theirs', 'partner:1:reserved', 'service:bank', 150000, 'pay', 1);
         UPDATE accounts SET balance = 0 WHERE id = 'partner:1:reserved';
         UPDATE accounts SET balance = 150000 WHERE id = 'service:bank'",
    );
    let bank_ref = |name: &str| name.to_owned();
    let ours = OperatorsStep::Pay {
        bank_ref: bank_ref("ours"),
    };
    let refused = StepRefused::PaidOtherwise {
        bank_ref: bank_ref("theirs"),
    };
    assert_eq!(market.step(payout, &ours), Err(refused));
    let reason = "банк отказал".to_owned();
    let state = PayoutState::Paid;
    assert_eq!(
        market.step(payout, &OperatorsStep::Fail { reason }),
        Err(StepRefused::Illegal { state })
    );
    market.assert_invariants();
}

fn an_account_that_closes_while_it_asks_for_a_payout_gets_none() {
    let market = Market::open();
    market.pay(1, 3, "once", 1_000_000);
    market.native.wait_seconds(30 * DAY);
    market
        .native
        .interfere_before_change("UPDATE users SET is_active = 0 WHERE id = 1");
    assert!(matches!(
        market.request(1, 150_000),
        Err(PayoutRefused::Error(_))
    ));
    assert_eq!(market.amounts(1), [0, 200_000, 0, 0]);
    assert_eq!(market.native.ask("SELECT count(*) FROM payouts"), "0");
}
