//! What holds for every answer.

use edge_worker::http::openapi::document;
use edge_worker::http::routes::ROUTES;
use serde_json::json;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::person::Person;

scenarios! { "protocol":
    health_says_who_answers_and_when,
    every_route_answers_with_and_without_its_slash,
    an_unknown_path_is_told_so_in_json,
    an_unknown_method_is_told_the_known_ones,
    every_answer_has_an_id_of_its_own_and_says_how_long_it_took,
    failures_are_worded_in_the_language_that_was_asked_for,
    head_is_answered_like_get,
    the_api_describes_itself,
}

fn health_says_who_answers_and_when(backend: &dyn Backend) {
    let answer = backend.send(Call::new("GET", "/api/auth/health/"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["status"], "ok");
    assert_eq!(answer.body["service"], "miniapp-expert-api");
    assert_eq!(answer.body["version"], env!("CARGO_PKG_VERSION"));
    assert!(answer.body["timestamp"].as_str().unwrap().starts_with("20"));
}

fn every_route_answers_with_and_without_its_slash(backend: &dyn Backend) {
    for route in &ROUTES {
        let with = Call::to(route);
        let path = with.target.trim_end_matches('/');
        let without = Call::new(route.method, path);
        let [with, without] = [with, without].map(|call| backend.send(call).status);
        assert_eq!(with, without, "{} {}", route.method, route.path);
        assert_ne!(with, 404);
    }
}

fn an_unknown_path_is_told_so_in_json(backend: &dyn Backend) {
    for path in [
        "/api/",
        "/api/nothing",
        "/api/auth/",
        "/api/auth/login/admin/",
        "/api/client/%2e%2e/auth/",
        "/api/я",
    ] {
        let answer = backend.send(Call::new("GET", path));
        assert_eq!((answer.status, answer.code()), (404, "not_found"), "{path}");
        assert_eq!(answer.body["success"], false);
        assert!(!answer.body["message"].as_str().unwrap().is_empty());
    }
}

fn an_unknown_method_is_told_the_known_ones(backend: &dyn Backend) {
    for (method, path, allow) in [
        ("GET", "/api/auth/login/", "POST"),
        ("DELETE", "/api/auth/register", "POST"),
        ("POST", "/api/auth/profile/", "GET, HEAD, PATCH"),
        ("PUT", "/api/client/dashboard/", "GET, HEAD"),
        ("OPTIONS", "/api/auth/health/", "GET, HEAD"),
    ] {
        let answer = backend.send(Call::new(method, path));
        assert_eq!(
            (answer.status, answer.code()),
            (405, "method_not_allowed"),
            "{method} {path}"
        );
        assert_eq!(answer.header("allow"), Some(allow), "{method} {path}");
    }
}

fn every_answer_has_an_id_of_its_own_and_says_how_long_it_took(backend: &dyn Backend) {
    let person = Person::register(backend);
    let answers = [
        backend.send(Call::new("GET", "/api/auth/health/")),
        backend.send(Call::new("GET", "/api/nothing/")),
        backend.send(Call::new("PUT", "/api/auth/login/")),
        backend.send(Call::new("POST", "/api/auth/login/")),
        backend.send(Call::new("GET", "/api/auth/profile/")),
        person.profile(backend),
    ];
    let mut request_ids: Vec<_> = answers
        .iter()
        .map(|answer| answer.header("x-request-id").unwrap())
        .collect();
    for answer in &answers {
        assert!(
            answer
                .header("server-timing")
                .unwrap()
                .starts_with("total;dur=")
        );
        if answer.status >= 400 {
            assert_eq!(
                answer.body["request_id"].as_str(),
                answer.header("x-request-id")
            );
        }
    }
    request_ids.sort_unstable();
    request_ids.dedup();
    assert_eq!(
        request_ids.len(),
        answers.len(),
        "every request has its own id"
    );
}

fn failures_are_worded_in_the_language_that_was_asked_for(backend: &dyn Backend) {
    for (language, message, field) in [
        ("", "Проверьте поля запроса.", "Заполните это поле."),
        (
            "ru-RU,ru;q=0.9,en;q=0.8",
            "Проверьте поля запроса.",
            "Заполните это поле.",
        ),
        (
            "en-GB,en;q=0.9,ru;q=0.8",
            "Check the fields of the request.",
            "Fill in this field.",
        ),
    ] {
        let call = Call::new("POST", "/api/auth/login/")
            .header("accept-language", language)
            .json(&json!({}));
        let answer = backend.send(call);
        assert_eq!(answer.body["message"], message);
        assert_eq!(answer.body["fields"]["email"], field);
        assert_eq!(answer.code(), "validation_failed");
    }
}

fn head_is_answered_like_get(backend: &dyn Backend) {
    assert_eq!(
        backend.send(Call::new("HEAD", "/api/auth/health/")).status,
        200
    );
    assert_eq!(
        backend.send(Call::new("HEAD", "/api/auth/profile/")).status,
        401
    );
}

/// Each answer of each scenario is held against this document by its back end: see `support/conformance.rs`.
fn the_api_describes_itself(backend: &dyn Backend) {
    let answer = backend.send(Call::new("GET", "/api/openapi.json"));
    assert_eq!(answer.status, 200);
    assert!(
        answer.body == document(),
        "the document that is served is not that of this code"
    );
}
