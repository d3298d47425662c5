//! The statistics of the cabinet.

use serde_json::json;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::person::{Person, form, new_email, register};

scenarios! { "dashboard":
    a_new_client_sees_true_zeros,
    people_who_came_by_the_link_are_counted,
}

fn a_new_client_sees_true_zeros(backend: &dyn Backend) {
    let person = Person::register(backend);
    let answer = backend.send(Call::new("GET", "/api/client/dashboard/").bearer(&person.token));

    assert_eq!(answer.status, 200);
    for number in [
        "balance",
        "active_products",
        "subscriptions",
        "total_payments",
    ] {
        assert_eq!(answer.body[number].as_f64(), Some(0.0), "{number}");
    }
    assert_eq!(answer.body["success"], true);
    assert_eq!(answer.body["notifications"], json!([]));
    assert_eq!(answer.body["recent_transactions"], json!([]));
    assert_eq!(answer.body["referral_stats"]["invites"], 0);
    assert_eq!(answer.body["referral_stats"]["earned"].as_f64(), Some(0.0));
}

fn people_who_came_by_the_link_are_counted(backend: &dyn Backend) {
    let person = Person::register(backend);
    for _ in 0..2 {
        let mut form = form(&new_email());
        form["referral_code"] = person.user["referral_code"].clone();
        assert_eq!(register(backend, &form).status, 201);
    }
    let answer = backend.send(Call::new("GET", "/api/client/dashboard/").bearer(&person.token));
    assert_eq!(answer.body["referral_stats"]["invites"], 2);
}
