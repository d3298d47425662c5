//! How the database is asked: how often, and whether it would have to look through a table.

use edge_worker::http::routes::{Action, ROUTES};
use libtest_mimic::Trial;
use portal_tests::backend::{Backend, Call};
use portal_tests::goods::{Goods, add_card};
use portal_tests::native::Native;
use portal_tests::person::Person;
use portal_tests::trials;
use serde_json::json;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        a_request_of_a_client_goes_to_the_database_once_beside_its_session,
        no_request_of_a_client_looks_through_a_table,
    }
}

/// Calls every route under `/api/client/`, and tells for each how often it went to the database.
fn call_everything(native: &Native) -> Vec<(String, usize)> {
    let person = Person::register(native);
    let goods = Goods::monthly(native);
    let held = goods.give(native, &person, -10, Some(20));
    let payment = goods.pay(native, &person, "success", 300_000, 1);
    let card = add_card(native, &person, true, "1299");
    let mut calls = Vec::new();
    for route in &ROUTES {
        if !route.path.starts_with("/api/client/") || !matches!(route.action, Action::Client(_)) {
            continue;
        }
        let id = match route.path {
            path if path.contains("payments/") => payment.as_str(),
            path if path.contains("payment-methods/") => card.as_str(),
            path if path.contains("accept/") => "privacy",
            _ => held.as_str(),
        };
        let mut call =
            Call::new(route.method, route.path.replace("<id>", id)).bearer(&person.token);
        if route.method == "PATCH" {
            call = call.json(&json!({"is_default": true}));
        }
        let before = native.batches();
        let answer = native.send(call);
        assert!(answer.status < 500, "{} {}", route.path, answer.body);
        calls.push((
            format!("{} {}", route.method, route.path),
            native.batches() - before,
        ));
    }
    for order in ["newest", "oldest", "largest", "smallest"] {
        for filter in ["", "&status=success", "&from=2026-03-06&to=2026-03-06"] {
            let path = format!("/api/client/payments/?sort={order}{filter}");
            let filtered = Call::new("GET", path).bearer(&person.token);
            assert_eq!(native.send(filtered).status, 200);
        }
    }
    calls
}

fn a_request_of_a_client_goes_to_the_database_once_beside_its_session() {
    let calls = call_everything(&Native::default());
    assert!(calls.len() > 20, "only {} routes", calls.len());
    for (route, batches) in calls {
        // Without a form, a payout is refused before anything is looked up.
        let expected = if route.ends_with("request-payout/") {
            1
        } else {
            2
        };
        assert_eq!(batches, expected, "{route}");
    }
}

/// A step that looks at every row of what it reads, and why that is no more than it wants.
const WHOLE: [(&str, &str); 3] = [
    (
        "products USING INDEX products_on_sale",
        "the index holds what is sold, and that is wanted",
    ),
    ("moved", "rows of the statement's own, of one page"),
    ("chosen", "a row of the statement's own"),
];

fn no_request_of_a_client_looks_through_a_table() {
    let native = Native::default();
    call_everything(&native);
    let texts = native.sql();
    assert!(texts.len() > 30, "only {} texts", texts.len());
    let mut scans = Vec::new();
    for sql in texts {
        for scan in native.database().scans(sql) {
            if !WHOLE.iter().any(|(known, _)| scan.starts_with(known)) {
                scans.push(format!("{scan}\n{sql}"));
            }
        }
    }
    assert!(scans.is_empty(), "{}", scans.join("\n"));
}
