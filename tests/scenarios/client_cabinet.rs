//! Everything that the cabinet first shows, in one answer.

use serde_json::json;

use super::scenarios;
use crate::backend::Backend;
use crate::goods::{Goods, add_card, each, get, refund};
use crate::person::Person;

scenarios! { "client_cabinet":
    one_answer_tells_what_the_others_tell,
    an_empty_cabinet_is_empty,
    it_tells_what_was_spent_in_each_month_of_a_year,
    it_tells_which_card_pays_for_a_subscription,
}

fn it_tells_what_was_spent_in_each_month_of_a_year(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::once(backend);
    for (days_ago, kopecks, status) in [
        (0, 100_000, "success"),
        (0, 50_050, "success"),
        (0, 900_000, "failed"),
        (0, 900_000, "refunded"),
        (100, 300_000, "success"),
        (400, 700_000, "success"),
    ] {
        let payment = goods.pay(backend, &person, status, kopecks, days_ago);
        if kopecks == 100_000 {
            refund(backend, &payment, 40_000);
        }
    }
    let months = get(backend, &person, "/api/client/cabinet/").body["payments"]["months"].clone();
    assert_eq!(each(&months, "amount"), ["3000.00", "1100.50"], "{months}");
    let names = each(&months, "month");
    assert!(names[0].as_str() < names[1].as_str(), "{months}");
}

fn it_tells_which_card_pays_for_a_subscription(backend: &dyn Backend) {
    let person = Person::register(backend);
    let id = Goods::monthly(backend).give(backend, &person, -10, Some(20));
    let held = || get(backend, &person, "/api/client/products/").body["products"][0].clone();
    assert_eq!(held()["payment_method_id"], json!(null));
    let card = add_card(backend, &person, true, "1299");
    backend.execute(&format!(
        "UPDATE subscriptions SET payment_method_id = '{card}' WHERE user_product_id = '{id}'"
    ));
    assert_eq!(held()["payment_method_id"], json!(card));
}

fn one_answer_tells_what_the_others_tell(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::monthly(backend);
    goods.give(backend, &person, -10, Some(20));
    for days_ago in 1..=12 {
        goods.pay(backend, &person, "success", 300_000, days_ago);
    }
    add_card(backend, &person, true, "1299");
    let all = get(backend, &person, "/api/client/cabinet/").body;
    assert_eq!(all["user"], person.user);
    let read = |path: &str| get(backend, &person, &format!("/api/client/{path}")).body;
    assert_eq!(all["products"], read("products/")["products"]);
    assert_eq!(
        all["payments"]["payments"],
        read("payments/?limit=10")["payments"]
    );
    assert_eq!(all["payments"]["total"], 12);
    assert_eq!(all["payments"]["total_amount"].as_f64(), Some(36_000.0));
    assert_eq!(all["payment_methods"], read("payment-methods/")["methods"]);
    assert_eq!(all["referrals"]["stats"], read("referrals/")["stats"]);
    let mut dashboard = read("dashboard/");
    dashboard.as_object_mut().unwrap().remove("success");
    assert_eq!(all["dashboard"], dashboard);
    assert_eq!(
        dashboard["recent_transactions"].as_array().unwrap().len(),
        5
    );
}

fn an_empty_cabinet_is_empty(backend: &dyn Backend) {
    let person = Person::register(backend);
    let all = get(backend, &person, "/api/client/cabinet/").body;
    for list in [
        &all["products"],
        &all["payments"]["payments"],
        &all["payments"]["months"],
        &all["payment_methods"],
        &all["referrals"]["referrals"],
        &all["referrals"]["commissions"]["commissions"],
        &all["referrals"]["payouts"]["payouts"],
    ] {
        assert_eq!(list, &json!([]));
    }
    assert_eq!(all["payments"]["total_amount"].as_f64(), Some(0.0));
}
