//! A cabinet costs the database what is in it, however many other people there are.

use cabinet_sample::crowd::Crowd;
use edge_worker::domain::time::Instant;
use libtest_mimic::Trial;
use portal_tests::backend::{Backend as _, Call};
use portal_tests::goods::{Goods, accrue, add_card, add_receipt, new_document_number, publish};
use portal_tests::native::Native;
use portal_tests::person::Person;
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::scale":
        a_client_costs_as_much_among_thousands_as_among_twenty,
        what_the_clock_does_costs_as_much_among_thousands_as_among_twenty,
        the_crowd_keeps_the_books,
    }
}

/// What a client asks for when they look around.
const LOOKS: [&str; 8] = [
    "/api/client/cabinet/",
    "/api/client/dashboard/",
    "/api/client/payments/?limit=5&page=4",
    "/api/client/payments/?status=success",
    "/api/client/transactions/",
    "/api/client/referrals/",
    "/api/client/referrals/commissions/",
    "/api/client/payments/export.csv",
];

fn among(users: u32) -> Native {
    let native = Native::default();
    let now = Instant::from_seconds(native.now());
    native.execute(
        &Crowd {
            users,
            payments: 10,
        }
        .sql(now),
    );
    native
}

/// How many steps the database takes for each look of a client who has something of everything.
fn steps_of_looks(native: &Native) -> Vec<(&'static str, usize)> {
    let person = Person::register(native);
    let invited = Person::register(native);
    native.execute(&format!(
        "UPDATE users SET referred_by = {0} WHERE id = {1};
         INSERT INTO referrals (user_id, partner_id, bound_at) VALUES ({1}, {0}, 1);",
        person.user["id"], invited.user["id"]
    ));
    let goods = Goods::monthly(native);
    goods.give(native, &person, -10, Some(20));
    add_card(native, &person, true, "1299");
    publish(native, new_document_number(native), "privacy", 1);
    for day in 1..=20 {
        let payment = goods.pay(native, &person, "success", 300_000, day);
        add_receipt(native, &payment, "https://receipts.example.com/1");
        let theirs = goods.pay(native, &invited, "success", 300_000, day);
        accrue(native, &person, &invited, &theirs, 300_000, 30 - day);
    }
    LOOKS
        .map(|look| {
            let before = native.database().steps();
            let answer = native.send(Call::new("GET", look).bearer(&person.token));
            assert_eq!(answer.status, 200, "{look}: {}", answer.body);
            (look, native.database().steps() - before)
        })
        .into()
}

fn a_client_costs_as_much_among_thousands_as_among_twenty() {
    let few = steps_of_looks(&among(20));
    let many = steps_of_looks(&among(2_000));
    assert!(few.iter().all(|(_, steps)| *steps > 100), "{few:?}");
    assert_eq!(few, many);
}

fn what_the_clock_does_costs_as_much_among_thousands_as_among_twenty() {
    let [few, many] = [20, 2_000].map(|users| {
        let native = among(users);
        assert_eq!(native.upkeep().failures, [""; 0]);
        let before = native.database().steps();
        native.upkeep();
        native.database().steps() - before
    });
    assert!(few > 100, "{few}");
    assert_eq!(few, many);
}

fn the_crowd_keeps_the_books() {
    let native = among(200);
    let examined = pollster::block_on(native.app().examine()).unwrap();
    let broken: Vec<_> = examined
        .iter()
        .filter(|rule| !rule.findings.is_empty())
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
    assert_eq!(native.ask("SELECT count(*) FROM payments"), "2000");
    assert_eq!(native.ask("SELECT count(*) FROM commissions"), "360");
}
