//! What a client has, and what becomes of a subscription when its client wants something of it.

use serde_json::json;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::goods::{Goods, call, each, get, new_id};
use crate::person::Person;

scenarios! { "client_products":
    states_are_those_of_the_dates,
    a_product_is_told_with_every_key_of_the_predecessor,
    what_is_not_sold_any_more_stays_with_who_has_it,
    a_cancelled_subscription_works_to_its_end_and_can_be_taken_back,
    a_second_cancellation_is_no_breakdown,
    what_does_not_work_can_be_neither_cancelled_nor_resumed,
    a_renewal_is_one_order_that_waits_and_says_how_to_pay,
    a_renewal_remembers_by_whose_link_the_client_came,
    what_ran_out_can_be_renewed_and_what_was_taken_away_cannot,
    a_strangers_subscription_is_unknown,
}

fn states_are_those_of_the_dates(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::monthly(backend);
    for (start, end, status, is_usable) in [
        (-10, Some(20), "active", true),
        (-40, Some(-10), "expired", false),
        (5, Some(35), "pending", false),
    ] {
        let id = goods.give(backend, &person, start, end);
        let products = get(backend, &person, "/api/client/products/").body["products"].clone();
        let held = products
            .as_array()
            .unwrap()
            .iter()
            .find(|held| held["id"] == id.as_str())
            .unwrap();
        assert_eq!(
            (&held["status"], &held["is_usable"]),
            (&json!(status), &json!(is_usable))
        );
    }
    let dashboard = get(backend, &person, "/api/client/dashboard/").body;
    assert_eq!(dashboard["active_products"], 1);
    assert_eq!(dashboard["subscriptions"], 1);
    Goods::once(backend).give(backend, &person, -1, None);
    let dashboard = get(backend, &person, "/api/client/dashboard/").body;
    assert_eq!(dashboard["active_products"], 2);
    assert_eq!(dashboard["subscriptions"], 1);
}

fn a_product_is_told_with_every_key_of_the_predecessor(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::monthly(backend);
    let id = goods.give(backend, &person, -10, Some(20));
    let answer = get(backend, &person, "/api/client/products/");
    let held = &answer.body["products"][0];
    assert_eq!(held["id"], id.as_str());
    assert_eq!(held["user"], person.user["id"]);
    assert_eq!(held["renewal_price"], "3000.00");
    assert_eq!(held["app_url"], "https://app.example.com");
    let product = &held["product"];
    for (key, value) in [
        ("name", json!("Магазин")),
        ("price", json!("3000.00")),
        ("currency", json!("RUB")),
        ("product_type", json!("subscription")),
        ("subscription_period", json!("monthly")),
        ("subscription_terms", json!(null)),
        ("admin_url", json!("https://admin.example.com")),
        ("is_active", json!(true)),
    ] {
        assert_eq!(product[key], value, "{key}");
    }
}

fn what_is_not_sold_any_more_stays_with_who_has_it(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::once(backend);
    goods.give(backend, &person, -1, None);
    let available = || {
        let answer = get(backend, &person, "/api/client/products/available/");
        each(&answer.body["products"], "id").contains(&&json!(goods.id))
    };
    assert!(available());
    goods.retire(backend);
    assert!(!available());
    let held = get(backend, &person, "/api/client/products/").body["products"][0].clone();
    assert_eq!(
        (&held["status"], &held["product"]["is_active"]),
        (&json!("active"), &json!(false))
    );
}

fn a_cancelled_subscription_works_to_its_end_and_can_be_taken_back(backend: &dyn Backend) {
    let person = Person::register(backend);
    let id = Goods::monthly(backend).give(backend, &person, -10, Some(20));
    let path = |deed| format!("/api/client/subscriptions/{id}/{deed}/");

    let cancelled = call(backend, &person, "POST", &path("cancel"));
    assert_eq!(cancelled.status, 200, "{}", cancelled.body);
    let product = &cancelled.body["product"];
    assert_eq!(product["status"], "cancelled");
    assert_eq!(product["is_usable"], true, "what is paid works to its end");
    assert_eq!(
        (&product["can_cancel"], &product["can_resume"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(
        get(backend, &person, "/api/client/dashboard/").body["subscriptions"],
        1
    );

    let resumed = call(backend, &person, "POST", &path("resume"));
    assert_eq!(resumed.body["product"]["status"], "active");
    assert_eq!(resumed.body["product"]["cancelled_at"], json!(null));
}

/// Predecessor, 6.B.7: the second cancellation of a product was a 500.
fn a_second_cancellation_is_no_breakdown(backend: &dyn Backend) {
    let person = Person::register(backend);
    let id = Goods::monthly(backend).give(backend, &person, -10, Some(20));
    let cancel = format!("/api/client/subscriptions/{id}/cancel/");
    let first = call(backend, &person, "POST", &cancel);
    let second = call(backend, &person, "POST", &cancel);
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(first.body["product"], second.body["product"]);
    let events = get(backend, &person, "/api/auth/events/").body["events"].clone();
    let cancelled = each(&events, "event");
    let count = cancelled
        .iter()
        .filter(|event| **event == "subscription_cancelled")
        .count();
    assert_eq!(count, 1, "what changes nothing is not put down");
}

fn what_does_not_work_can_be_neither_cancelled_nor_resumed(backend: &dyn Backend) {
    let person = Person::register(backend);
    let id = Goods::monthly(backend).give(backend, &person, -40, Some(-10));
    for deed in ["cancel", "resume"] {
        let answer = call(
            backend,
            &person,
            "POST",
            &format!("/api/client/subscriptions/{id}/{deed}/"),
        );
        assert_eq!(
            (answer.status, answer.code()),
            (400, "subscription_not_active")
        );
    }
    let once = Goods::once(backend).give(backend, &person, -1, None);
    for deed in ["cancel", "resume", "renew"] {
        let answer = call(
            backend,
            &person,
            "POST",
            &format!("/api/client/subscriptions/{once}/{deed}/"),
        );
        assert_eq!(answer.status, 404, "it is no subscription");
    }
}

fn a_renewal_is_one_order_that_waits_and_says_how_to_pay(backend: &dyn Backend) {
    let person = Person::register(backend);
    let id = Goods::monthly(backend).give(backend, &person, -10, Some(20));
    let path = format!("/api/client/subscriptions/{id}/renew/");
    let first = call(backend, &person, "POST", &path);
    assert_eq!(first.status, 200, "{}", first.body);
    let order = &first.body["order"];
    assert_eq!(
        (&order["status"], &order["amount"]),
        (&json!("NEW"), &json!("3000.00"))
    );
    assert!(order["order_id"].as_str().unwrap().starts_with("ME-"));
    assert_eq!(order["customer_email"], person.email.as_str());
    assert_eq!(first.body["payment"]["method"], "invoice");
    assert!(
        first.body["payment"]["write_to"]
            .as_str()
            .unwrap()
            .contains('@')
    );
    let again = call(backend, &person, "POST", &path);
    assert_eq!(
        again.body["order"], first.body["order"],
        "nothing is ordered twice"
    );
}

fn a_renewal_remembers_by_whose_link_the_client_came(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (code, kept) in [
        (json!(" abcdef01 "), json!("ABCDEF01")),
        (json!("no code"), json!(null)),
    ] {
        let id = Goods::monthly(backend).give(backend, &person, -10, Some(20));
        let path = format!("/api/client/subscriptions/{id}/renew/");
        let renew = Call::new("POST", path).bearer(&person.token);
        let answer = backend.send(renew.json(&json!({"referral_code": code})));
        assert_eq!(answer.status, 200, "{}", answer.body);
        let number = answer.body["order"]["order_id"].as_str().unwrap();
        let rows = backend.read("SELECT referral_code FROM orders WHERE number = ?1", number);
        assert_eq!(rows[0]["referral_code"], kept);
    }
}

fn what_ran_out_can_be_renewed_and_what_was_taken_away_cannot(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::monthly(backend);
    let over = goods.give(backend, &person, -40, Some(-10));
    let renew = |id: &str| {
        call(
            backend,
            &person,
            "POST",
            &format!("/api/client/subscriptions/{id}/renew/"),
        )
    };
    assert_eq!(renew(&over).status, 200);
    let taken = goods.give(backend, &person, -10, Some(20));
    backend.execute(&format!(
        "UPDATE user_products SET revoked_at = created_at, revoked_for = 'operator' WHERE id = '{taken}'"
    ));
    let answer = renew(&taken);
    assert_eq!((answer.status, answer.code()), (400, "not_renewable"));
}

fn a_strangers_subscription_is_unknown(backend: &dyn Backend) {
    let owner = Person::register(backend);
    let stranger = Person::register(backend);
    let id = Goods::monthly(backend).give(backend, &owner, -10, Some(20));
    for deed in ["cancel", "resume", "renew"] {
        for id in [
            id.clone(),
            new_id(),
            "7".to_owned(),
            "%27%20OR%201=1".to_owned(),
        ] {
            let path = format!("/api/client/subscriptions/{id}/{deed}/");
            let answer = call(backend, &stranger, "POST", &path);
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{path}");
        }
    }
    let held = get(backend, &owner, "/api/client/products/").body["products"][0].clone();
    assert_eq!(
        (&held["status"], &held["can_renew"]),
        (&json!("active"), &json!(true))
    );
}
