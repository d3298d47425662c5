//! Everything that the cabinet first shows, in one answer.

use serde_json::json;

use super::scenarios;
use crate::backend::Backend;
use crate::goods::{Goods, add_card, get};
use crate::person::Person;

scenarios! { "client_cabinet":
    one_answer_tells_what_the_others_tell,
    an_empty_cabinet_is_empty,
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
        &all["payment_methods"],
        &all["referrals"]["referrals"],
        &all["referrals"]["commissions"]["commissions"],
        &all["referrals"]["payouts"]["payouts"],
    ] {
        assert_eq!(list, &json!([]));
    }
    assert_eq!(all["payments"]["total_amount"].as_f64(), Some(0.0));
}
