//! What operators put down by hand, and what they read: with the rules of the ledger kept at every step.

use edge_worker::app::access::{Gift, Wording};
use edge_worker::app::bookkeeping::Takings;
use edge_worker::app::payments::{Incoming, PaymentRefused, Recorded};
use edge_worker::app::payouts::OperatorsStep;
use edge_worker::app::refunds::{RefundRefused, Refunded};
use edge_worker::domain::access::GiftSource;
use edge_worker::domain::audit::Actor;
use edge_worker::domain::calendar::Period;
use edge_worker::domain::identifiers::{PaymentId, UserId};
use edge_worker::domain::language::Language;
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::order::OrderNumber;
use edge_worker::domain::payment::PaymentSource;
use edge_worker::domain::payout::PayoutState;
use edge_worker::domain::time::Instant;
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::Backend as _;
use portal_tests::ledger::market::DAY;
use portal_tests::native::operator;
use portal_tests::post::Mood;
use portal_tests::trials;

use super::Market;

const ONCE: u8 = 1;
const MONTHLY: u8 = 2;

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native":
        money_without_an_order_gets_one_and_all_that_follows,
        money_told_twice_under_one_name_is_one_payment,
        money_told_by_another_at_the_same_moment_is_one_payment,
        a_name_of_a_payment_is_not_given_to_another_order,
        money_that_came_earlier_is_dated_so_and_access_begins_now,
        money_of_nobody_or_for_nothing_is_refused,
        a_part_told_twice_under_one_name_goes_back_once,
        a_part_told_by_another_at_the_same_moment_goes_back_once,
        no_more_goes_back_than_is_left,
        payouts_that_wait_are_listed_first_the_oldest_in_front,
        a_file_of_a_client_has_everything,
        clients_are_told_by_mail_what_operators_do_and_nothing_twice,
        no_text_of_the_books_looks_through_a_table,
    }
}

fn new(recorded: Result<Recorded, PaymentRefused>) -> PaymentId {
    match recorded.unwrap() {
        Recorded::Now(id) => id,
        Recorded::Before(id) => panic!("{id} was put down before"),
    }
}

fn money_without_an_order_gets_one_and_all_that_follows() {
    let market = Market::open();
    let before = market.native.batches();
    let id = new(market.take(3, MONTHLY, 300_000, "счёт 17"));
    // To look for the name, to read, to write.
    assert_eq!(market.native.batches() - before, 3);
    assert_eq!(
        market.native.ask(
            "SELECT concat_ws(' ', orders.state, orders.amount, orders.customer_email, payments.id, payments.status,
                              payments.source, payments.provider_ref, user_products.user_id, commissions.partner_id,
                              commissions.amount)
             FROM orders JOIN payments ON payments.order_id = orders.id
             JOIN user_products ON user_products.id = payments.user_product_id
             JOIN commissions ON commissions.payment_id = payments.id
             WHERE payments.period_end = user_products.ends_at"
        ),
        format!("paid 300000 p3 {id} success invoice счёт 17 3 1 60000")
    );
    let number = market.native.ask("SELECT number FROM orders");
    assert!(OrderNumber::parse(&number).is_some(), "{number}");
    assert_eq!(
        market
            .native
            .ask("SELECT group_concat(event || ' ' || detail || ' ' || actor_name || ' ' || subject) FROM audit"),
        format!("payment_recorded invoice test {id}")
    );
    // Another period of the same subscription, not another subscription.
    new(market.take(3, MONTHLY, 300_000, "счёт 18"));
    assert_eq!(market.native.ask("SELECT count(*) FROM user_products"), "1");
    market.assert_invariants();
    market.assert_sound();
}

fn money_told_twice_under_one_name_is_one_payment() {
    let market = Market::open();
    let id = new(market.take(3, MONTHLY, 300_000, "счёт 17"));
    let books = market.books();
    assert_eq!(
        market.take(3, MONTHLY, 300_000, "счёт 17"),
        Ok(Recorded::Before(id))
    );
    for (client, product, amount) in [
        (4, MONTHLY, 300_000),
        (3, ONCE, 300_000),
        (3, MONTHLY, 300_001),
    ] {
        assert_eq!(
            market.take(client, product, amount, "счёт 17"),
            Err(PaymentRefused::ReferenceTaken(id))
        );
    }
    assert_eq!(market.books(), books);
    new(market.take(3, MONTHLY, 300_000, "счёт 18"));
    market.assert_sound();
}

fn money_told_by_another_at_the_same_moment_is_one_payment() {
    let market = Market::open();
    market.native.interfere_before_change(
        "INSERT INTO orders (id, number, user_id, product_id, amount, state, created_at, updated_at)
         VALUES ('00000000-0000-4000-8000-0000000000b1', 'ME-1', 3, '00000000-0000-4000-8000-0000000000a1', 500000, 'paid', 1, 1);
         INSERT INTO payments (id, order_id, user_id, amount, status, source, provider_ref, created_at, updated_at)
         VALUES ('00000000-0000-4000-8000-0000000000b2', '00000000-0000-4000-8000-0000000000b1', 3, 500000, 'success', 'invoice',
                 'счёт 17', 1, 1)",
    );
    assert_eq!(
        market.take(3, ONCE, 500_000, "счёт 17"),
        Ok(Recorded::Before(
            "00000000-0000-4000-8000-0000000000b2".parse().unwrap()
        ))
    );
    assert_eq!(market.native.ask("SELECT count(*) FROM orders"), "1");
    assert_eq!(market.native.ask("SELECT count(*) FROM payments"), "1");
}

fn a_name_of_a_payment_is_not_given_to_another_order() {
    let market = Market::open();
    let order = market.order(1, 4, "once", 500_000);
    let id = new(market.take(3, ONCE, 500_000, &format!("invoice of {order}")));
    assert_eq!(
        market.record(order, 500_000),
        Err(PaymentRefused::ReferenceTaken(id))
    );
    assert_eq!(
        market
            .native
            .ask("SELECT count(*) FROM orders WHERE state = 'waiting'"),
        "1"
    );
    market.assert_sound();
}

fn money_that_came_earlier_is_dated_so_and_access_begins_now() {
    let market = Market::open();
    let now = Instant::from_seconds(market.native.now());
    let came_at = Instant::from_seconds(market.native.now() - 3 * DAY);
    let actor = Actor::Operator(operator());
    let incoming = Incoming {
        order: market.order(1, 3, "monthly", 300_000),
        amount: Kopecks::new(300_000),
        source: PaymentSource::Cash,
        reference: None,
    };
    let app = market.native.app();
    block_on(app.record_payment_of(&actor, &incoming, Some(came_at))).unwrap();
    let takings = Takings {
        user: UserId::new(4),
        product: "00000000-0000-4000-8000-0000000000a2".parse().unwrap(),
        amount: Kopecks::new(300_000),
        source: PaymentSource::Cash,
        reference: None,
        // Nothing comes from the future.
        came_at: Some(Instant::from_seconds(market.native.now() + DAY)),
    };
    block_on(app.record_takings(&actor, &takings)).unwrap();
    let dates = |client: i64| {
        market.native.ask(&format!(
            "SELECT concat_ws(' ', payments.created_at, payments.period_start, commissions.held_until - payments.created_at,
                              user_products.starts_at)
             FROM payments JOIN commissions ON commissions.payment_id = payments.id
             JOIN user_products ON user_products.id = payments.user_product_id WHERE payments.user_id = {client}"
        ))
    };
    let month = 30 * DAY * 1_000;
    for (client, came_at) in [(3, came_at), (4, now)] {
        let (came_at, now) = (came_at.millis(), now.millis());
        assert_eq!(dates(client), format!("{came_at} {now} {month} {now}"));
    }
    market.assert_sound();
}

fn money_of_nobody_or_for_nothing_is_refused() {
    let market = Market::open();
    for (client, product) in [(99, ONCE), (3, 9)] {
        assert_eq!(
            market.take(client, product, 500_000, "счёт 17"),
            Err(PaymentRefused::NobodyToCredit)
        );
    }
    market
        .native
        .execute("UPDATE users SET deleted_at = 5, is_active = 0 WHERE id = 3");
    assert_eq!(
        market.take(3, ONCE, 500_000, "счёт 17"),
        Err(PaymentRefused::NobodyToCredit)
    );
    assert_eq!(market.native.ask("SELECT count(*) FROM orders"), "0");
}

fn a_part_told_twice_under_one_name_goes_back_once() {
    let market = Market::open();
    let payment = market.pay(1, 3, "once", 500_000);
    let back = |part, name| market.refund_part(payment, part, name);
    assert_eq!(
        back(100_000, "раз"),
        Ok(Refunded::Now(Kopecks::new(100_000)))
    );
    assert_eq!(back(100_000, "раз"), Ok(Refunded::Before));
    assert_eq!(
        back(100_001, "раз"),
        Err(RefundRefused::ReferenceTaken {
            amount: Kopecks::new(100_000)
        })
    );
    // The same amount under another name is another refund.
    assert_eq!(
        back(100_000, "два"),
        Ok(Refunded::Now(Kopecks::new(100_000)))
    );
    assert_eq!(back(100_000, "раз"), Ok(Refunded::Before));
    let refunds =
        "SELECT group_concat(total || ' ' || amount || ' ' || reference, ', ') FROM refunds";
    assert_eq!(
        market.native.ask(refunds),
        "100000 100000 раз, 200000 100000 два"
    );
    // Names are of one payment.
    let other = market.pay(2, 4, "once", 500_000);
    assert_eq!(
        market.refund_part(other, 500_000, "раз"),
        Ok(Refunded::Now(Kopecks::new(500_000)))
    );
    market.assert_invariants();
    market.assert_sound();
}

fn a_part_told_by_another_at_the_same_moment_goes_back_once() {
    let market = Market::open();
    // Nobody has brought this client, so no commission goes with it.
    let payment = market.pay(1, 6, "once", 500_000);
    market.native.interfere_before_change(
        &format!(
            "UPDATE payments SET refunded = 100000 WHERE id = '{payment}';
             INSERT INTO refunds (payment_id, total, amount, reference, created_at) VALUES ('{payment}', 100000, 100000, 'раз', 1)"
        ),
    );
    assert_eq!(
        market.refund_part(payment, 100_000, "раз"),
        Ok(Refunded::Before)
    );
    assert_eq!(market.native.ask("SELECT refunded FROM payments"), "100000");
    market.assert_sound();
}

fn no_more_goes_back_than_is_left() {
    let market = Market::open();
    let payment = market.pay(1, 3, "once", 500_000);
    let left = |kopecks| {
        Err(RefundRefused::MoreThanLeft {
            left: Kopecks::new(kopecks),
        })
    };
    market.refund_part(payment, 300_000, "раз").unwrap();
    assert_eq!(market.refund_part(payment, 200_001, "два"), left(200_000));
    market.refund_part(payment, 200_000, "два").unwrap();
    assert_eq!(market.refund_part(payment, 1, "три"), left(0));
    assert_eq!(
        market.refund_part(payment, 0, "ноль"),
        Err(RefundRefused::WrongAmount {
            paid: Kopecks::new(500_000)
        })
    );
    assert_eq!(
        market.native.ask("SELECT revoked_for FROM user_products"),
        "refund",
        "nothing is left of the money, nor of what it bought"
    );
    market.assert_invariants();
    market.assert_sound();
}

/// A market in which both partners have something to ask for.
fn with_earnings() -> Market {
    let market = Market::open();
    for (number, client) in [(1, 3), (2, 4), (3, 5)] {
        market.pay(number, client, "once", 10_000_000);
    }
    market.native.wait_seconds(31 * DAY);
    market.upkeep();
    market
}

fn payouts_that_wait_are_listed_first_the_oldest_in_front() {
    let market = with_earnings();
    let reason = || "нет акта".to_owned();
    let rejected = market.request(1, 200_000).unwrap();
    market
        .step(rejected, &OperatorsStep::Reject { reason: reason() })
        .unwrap();
    market.native.wait_seconds(60);
    let failed = market.request(1, 300_000).unwrap();
    market.step(failed, &OperatorsStep::Begin).unwrap();
    market
        .step(failed, &OperatorsStep::Fail { reason: reason() })
        .unwrap();
    market.native.wait_seconds(60);
    let begun = market.request(1, 400_000).unwrap();
    market.step(begun, &OperatorsStep::Begin).unwrap();
    market.native.wait_seconds(60);
    let asked = market.request(2, 500_000).unwrap();

    let listed = |states: &[PayoutState], limit| {
        let payouts = block_on(market.native.app().booked_payouts(states, limit)).unwrap();
        payouts
            .into_iter()
            .map(|payout| payout.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        listed(PayoutState::ALL, 50),
        [begun, asked, failed, rejected]
    );
    assert_eq!(listed(&[PayoutState::Requested], 50), [asked]);
    assert_eq!(listed(&[PayoutState::Paid], 50), []);
    assert_eq!(
        listed(&[PayoutState::Rejected, PayoutState::Failed], 1),
        [failed, rejected],
        "so many of each"
    );
    let payout = block_on(market.native.app().booked_payout(asked))
        .unwrap()
        .unwrap();
    assert_eq!(
        (payout.holder.id, payout.amount, payout.state),
        (
            UserId::new(2),
            Kopecks::new(500_000),
            PayoutState::Requested
        )
    );
    assert_eq!(payout.destination.recipient, "ИП Каренина");
    assert_eq!(
        payout.destination.account.as_deref(),
        Some("40702810200000000001")
    );
    market.assert_invariants();
    market.assert_sound();
}

fn a_file_of_a_client_has_everything() {
    let market = with_earnings();
    let gift = Gift {
        user: UserId::new(1),
        product: "00000000-0000-4000-8000-0000000000a2".parse().unwrap(),
        is_pending: false,
        subscription: Some((Period::Month, None)),
        app_url: None,
        admin_url: None,
        source: GiftSource::Trial,
    };
    let held = block_on(market.native.app().grant_product(&operator(), gift))
        .unwrap()
        .unwrap();
    market.order(8, 1, "monthly", 300_000);
    new(market.take(1, ONCE, 500_000, "счёт 17"));
    let payout = market.request(1, 400_000).unwrap();
    let file = |user| block_on(market.native.app().client_file(UserId::new(user))).unwrap();

    let partner = file(1);
    let products = &partner.look.data.products;
    assert_eq!(products.len(), 2);
    assert!(products.iter().any(|product| product.id == held));
    assert_eq!(partner.orders.len(), 2);
    assert!(partner.orders.iter().any(|order| order.number == "ME-8"));
    let payment = partner.payments.first().unwrap();
    assert_eq!(
        (payment.reference.as_deref(), payment.slug.as_str()),
        (Some("счёт 17"), "once")
    );
    assert_eq!(partner.payouts.first().unwrap().id, payout);
    let earnings = &partner.look.data.earnings;
    assert_eq!((earnings.invited, earnings.paying), (2, 2));
    assert_eq!(earnings.balance.reserved, Kopecks::new(400_000));

    let stranger = file(6);
    assert!(stranger.orders.is_empty() && stranger.payments.is_empty());
    assert!(stranger.payouts.is_empty() && stranger.look.data.products.is_empty());
    market.assert_sound();
}

fn clients_are_told_by_mail_what_operators_do_and_nothing_twice() {
    let market = with_earnings();
    let (app, operator) = (market.native.app(), operator());
    let wording = Wording {
        language: Language::Russian,
        product: "Месяц".to_owned(),
    };
    let gift = |product: &str, is_pending| Gift {
        user: UserId::new(3),
        product: format!("00000000-0000-4000-8000-0000000000{product}")
            .parse()
            .unwrap(),
        is_pending,
        subscription: (product == "a2").then_some((Period::Month, None)),
        app_url: None,
        admin_url: None,
        source: GiftSource::Present,
    };
    let give = |gift| block_on(app.grant_product_and_tell(&operator, gift, &wording)).unwrap();
    let mails = || {
        market.native.ask(
            "SELECT ifnull(group_concat(concat_ws(' ', user_id, mail, product, amount, reason), ', '), '')
             FROM (SELECT * FROM outbox ORDER BY id)",
        )
    };
    // What there is not, and what nobody can use yet, is told to nobody.
    assert_eq!(give(gift("ff", false)), None);
    assert!(give(gift("a1", true)).is_some());
    assert_eq!(mails(), "");

    let held = give(gift("a2", false)).unwrap();
    let ends_at = "SELECT ends_at FROM user_products ORDER BY ends_at DESC LIMIT 1";
    let ends_at = market.native.ask(ends_at);
    assert_eq!(market.native.ask("SELECT ends_at FROM outbox"), ends_at);
    let ends_at = Instant::from_millis(ends_at.parse().unwrap());
    for _ in 0..2 {
        let user = UserId::new(3);
        let work = app.cancel_subscription_and_tell(&operator, user, held, &wording, ends_at);
        block_on(work).unwrap();
    }
    let step = |payout, step: &OperatorsStep| {
        let work = app.step_payout_and_tell(&operator, payout, step, Language::English);
        block_on(work)
    };
    let reason = || "нет <акта>".to_owned();
    let refused = market.request(1, 200_000).unwrap();
    for _ in 0..2 {
        step(refused, &OperatorsStep::Reject { reason: reason() }).unwrap();
    }
    let paid = market.request(1, 300_000).unwrap();
    step(paid, &OperatorsStep::Begin).unwrap();
    for _ in 0..2 {
        let bank_ref = "777".to_owned();
        step(paid, &OperatorsStep::Pay { bank_ref }).unwrap();
    }
    assert_eq!(
        mails(),
        "3 access-granted Месяц, 3 subscription-cancelled Месяц, 1 payout-refused 200000 нет <акта>, 1 payout-paid 300000"
    );

    market.native.post().set_mood(Mood::Takes);
    market.native.deliver();
    let letters = market.native.post().letters();
    let texts: Vec<_> = letters.iter().map(|letter| letter.text.as_str()).collect();
    for (text, part) in texts.iter().zip([
        "новый продукт: Месяц",
        "продление подписки: Месяц",
        "The payout of 2,000\u{a0}₽ of the partner programme did not go through. The reason: нет <акта>.",
        "a payout of the partner programme: 3,000\u{a0}₽",
    ]) {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(letters.len(), 4);
    let left =
        "SELECT group_concat(concat_ws('', product, amount, ends_at, reason), '') FROM outbox";
    assert_eq!(
        market.native.ask(left),
        "",
        "nothing is left of a mail that was sent"
    );
    market.assert_sound();
}

fn no_text_of_the_books_looks_through_a_table() {
    let market = with_earnings();
    let before: Vec<_> = market.native.sql();
    let app = market.native.app();
    let user = UserId::new(1);
    let number = OrderNumber::from_random([1; 10]);
    let payment = PaymentId::from_random([1; 16]);
    block_on(app.booked_order(&number)).unwrap();
    block_on(app.books_of(user, 10)).unwrap();
    block_on(app.booked_payment(payment)).unwrap();
    block_on(app.refund_called(payment, "раз")).unwrap();
    block_on(app.booked_payouts(PayoutState::ALL, 10)).unwrap();
    block_on(app.client_file(user)).unwrap();
    let payout = market.request(1, 400_000).unwrap();
    block_on(app.booked_payout(payout)).unwrap();
    new(market.take(3, MONTHLY, 300_000, "счёт 17"));
    let texts: Vec<_> = market
        .native
        .sql()
        .into_iter()
        .filter(|sql| !before.contains(sql))
        .collect();
    assert!(texts.len() > 10, "only {} texts", texts.len());
    for sql in texts {
        let scans = market.native.database().scans(sql);
        assert!(scans.is_empty(), "{scans:?}\n{sql}");
    }
}
