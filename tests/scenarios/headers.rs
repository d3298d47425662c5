//! The headers of every kind of answer, to the letter: one that is missing or new is seen here.

use serde_json::json;

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::person::Person;

scenarios! { "headers":
    every_kind_of_answer_carries_these_headers_and_no_others,
}

/// What every answer carries, in order; the values of the last two differ from one answer to the next.
const EVERYWHERE: [(&str, &str); 13] = [
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("content-type", "application/json; charset=utf-8"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-permitted-cross-domain-policies", "none"),
    ("server-timing", "(differs)"),
    ("x-request-id", "(differs)"),
];

/// What the server between the Worker and the client adds, which says how the answer travels.
const OF_TRANSPORT: [&str; 7] = [
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
    "vary",
];

/// An answer of this status carries what every answer does, and these headers besides.
pub fn assert_headers(answer: &Answer, status: u16, besides: &[(&str, &str)]) {
    assert_eq!(answer.status, status, "{}", answer.body);
    let mut found: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, value)| match name.as_str() {
            name @ ("server-timing" | "x-request-id") => (name, "(differs)"),
            name => (name, value.as_str()),
        })
        .filter(|(name, _)| !OF_TRANSPORT.contains(name))
        .collect();
    let mut expected = [&EVERYWHERE, besides].concat();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "of an answer of {status}");
}

fn every_kind_of_answer_carries_these_headers_and_no_others(backend: &dyn Backend) {
    let person = Person::register(backend);
    assert_headers(&person.profile(backend), 200, &[]);
    let sign_in = || Call::new("POST", "/api/auth/login/");
    let bearer = [("www-authenticate", "Bearer")];
    for (call, status, besides) in [
        (Call::new("GET", "/api/auth/health/"), 200, &[][..]),
        (Call::new("HEAD", "/api/auth/health/"), 200, &[]),
        (sign_in().json(&json!({})), 400, &[]),
        (sign_in().json(&json!("no form")), 400, &[]),
        (Call::new("GET", "/api/auth/profile/"), 401, &bearer),
        (Call::new("GET", "/api/nothing/"), 404, &[]),
        (
            Call::new("GET", "/api/auth/login/"),
            405,
            &[("allow", "POST")],
        ),
        (sign_in().body(vec![b' '; 5_000_000]), 413, &[]),
        (
            sign_in().header("content-type", "text/plain").body("{}"),
            415,
            &[],
        ),
    ] {
        assert_headers(&backend.send(call), status, besides);
    }
}
