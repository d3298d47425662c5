//! The API's document and the API are the same, and the tests would notice if they were not.

use std::collections::BTreeSet;

use edge_worker::http::openapi::document;
use edge_worker::http::routes::{Action, ROUTES};
use libtest_mimic::Trial;
use portal_tests::backend::{Answer, Backend, Call};
use portal_tests::conformance::faults;
use portal_tests::native::Native;
use portal_tests::person::Person;
use portal_tests::trials;
use serde_json::{Value, json};

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        the_document_that_the_worker_carries_is_of_today,
        every_route_is_in_the_document_and_every_path_of_the_document_is_a_route,
        the_document_asks_for_a_token_where_the_routes_do,
        every_name_in_the_document_is_used_and_leads_somewhere,
        an_exchange_that_the_document_does_not_allow_is_noticed,
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, operations)| {
        let operations = operations.as_object().unwrap();
        operations
            .iter()
            .map(|(method, operation)| (method.to_ascii_uppercase(), path.clone(), operation))
    })
}

fn the_document_that_the_worker_carries_is_of_today() {
    let published = Native::default().send(Call::new("GET", "/api/openapi.json"));
    assert!(
        published.body == document(),
        "run: cargo run -p edge-worker --example openapi > edge-worker/openapi.json"
    );
}

fn every_route_is_in_the_document_and_every_path_of_the_document_is_a_route() {
    let routes: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| (route.method.to_owned(), route.path.replace("<id>", "{id}")))
        .collect();
    let document = document();
    let described: BTreeSet<_> = operations(&document)
        .map(|(method, path, _)| (method, path))
        .collect();
    assert_eq!(described, routes);
    assert_eq!(routes.len(), ROUTES.len());
    let ids: BTreeSet<_> = operations(&document)
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids.len(),
        ROUTES.len(),
        "an operation has a name of its own"
    );
}

fn the_document_asks_for_a_token_where_the_routes_do() {
    let document = document();
    for route in &ROUTES {
        let path = route.path.replace("<id>", "{id}");
        let operation = &document["paths"][&path][route.method.to_ascii_lowercase()];
        let needs_token = matches!(route.action, Action::Client(_));
        assert_eq!(operation["security"] != json!([]), needs_token, "{path}");
        assert_eq!(
            operation["responses"].get("401").is_some(),
            needs_token || path.contains("login")
        );
    }
}

fn every_name_in_the_document_is_used_and_leads_somewhere() {
    let document = document();
    let text = document.to_string();
    let used: BTreeSet<_> = text
        .split(r##""$ref":"#"##)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    for pointer in &used {
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        let pointer = format!("/components/schemas/{name}");
        assert!(used.contains(pointer.as_str()), "{pointer} is not used");
    }
}

fn an_exchange_that_the_document_does_not_allow_is_noticed() {
    let native = Native::default();
    let person = Person::register(&native);
    let profile = Call::new("GET", "/api/auth/profile/");
    let sent = profile.clone().bearer(&person.token);
    let good = native.send(sent.clone());
    assert_eq!(faults(&sent, &good), [""; 0]);

    let with = |change: fn(&mut Answer)| {
        let mut answer = good.clone();
        change(&mut answer);
        answer
    };
    for (answer, fault) in [
        (with(|answer| answer.status = 418), "the status"),
        (with(|answer| answer.status = 404), "the status"),
        (
            with(|answer| answer.headers.clear()),
            "without x-request-id",
        ),
        (
            with(|answer| answer.body["password_hash"] = json!("")),
            "password_hash",
        ),
        (with(|answer| answer.body["id"] = json!("7")), "/id"),
        (
            with(|answer| answer.body["created_at"] = json!("yesterday")),
            "date-time",
        ),
        (
            with(|answer| drop(answer.body.as_object_mut().unwrap().remove("phone"))),
            "phone",
        ),
    ] {
        let found = faults(&sent, &answer).join("; ");
        assert!(found.contains(fault), "{fault}: {found}");
    }

    let change = Call::new("PATCH", "/api/auth/profile/").bearer(&person.token);
    let changed = native.send(change.clone().json(&json!({"name": "Анна"})));
    let other = change.json(&json!({"nickname": "Анна"}));
    assert!(faults(&other, &changed)[0].contains("the accepted body"));

    for (call, right) in [
        (Call::new("PUT", "/api/auth/profile/"), 405),
        (Call::new("GET", "/api/nothing/"), 404),
    ] {
        let answer = native.send(call.clone());
        assert_eq!((answer.status, faults(&call, &answer).len()), (right, 0));
        assert!(!faults(&call, &good).is_empty());
    }
}
