//! What a person sees of what happened to their account.

use serde_json::{Value, json};

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::person::{PASSWORD, Person, new_network, sign_in, sign_in_from};

scenarios! { "events":
    a_person_sees_what_happened_to_their_account_and_to_no_other,
    what_an_operator_did_is_shown_without_their_name,
    events_come_in_pages,
    bad_pages_are_refused_by_name,
}

fn events(backend: &dyn Backend, person: &Person, query: &str) -> Answer {
    let path = format!("/api/auth/events/{query}");
    backend.send(Call::new("GET", path).bearer(&person.token))
}

fn words(answer: &Answer) -> Vec<(&str, &str, i64)> {
    let events = answer.body["events"].as_array().unwrap();
    let word = |event: &'_ Value, name: &str| event[name].as_str().unwrap().to_owned();
    events
        .iter()
        .map(|event| {
            let [what, by] = ["event", "by"].map(|name| {
                let word: &str = event[name].as_str().unwrap();
                word
            });
            assert!(word(event, "at").ends_with('Z'));
            (what, by, event["times"].as_i64().unwrap())
        })
        .collect()
}

fn a_person_sees_what_happened_to_their_account_and_to_no_other(backend: &dyn Backend) {
    let person = Person::register(backend);
    let neighbour = Person::register(backend);
    sign_in(backend, &neighbour.email, PASSWORD);
    let network = new_network();
    for password in ["неправильная лошадь", "опечатка"] {
        sign_in_from(backend, network, &person.email, password);
    }
    let call = Call::new("PATCH", "/api/auth/profile/").bearer(&person.token);
    backend.send(call.json(&json!({"name": "Вронский"})));

    let answer = events(backend, &person, "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["success"], true);
    assert_eq!(
        words(&answer),
        [
            ("profile_changed", "person", 1),
            ("sign_in_refused", "anyone", 2),
            ("registered", "person", 1),
        ]
    );
    assert_eq!(
        (
            &answer.body["total"],
            &answer.body["page"],
            &answer.body["limit"]
        ),
        (&json!(3), &json!(1), &json!(50))
    );
    let text = answer.body.to_string();
    for secret in ["вронский", "опечатка", "wrong_password", "pbkdf2"] {
        assert!(!text.to_lowercase().contains(secret), "{secret}: {text}");
    }
}

fn what_an_operator_did_is_shown_without_their_name(backend: &dyn Backend) {
    let person = Person::register(backend);
    backend.set_password(&person.email, PASSWORD);
    let person = person.sign_in_again(backend);
    let answer = events(backend, &person, "?limit=2");
    assert_eq!(
        words(&answer),
        [
            ("sign_in", "person", 1),
            ("password_changed", "operator", 1)
        ]
    );
    let names: Vec<_> = answer.body["events"][1]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names,
        [
            "address_network",
            "at",
            "by",
            "country",
            "device",
            "event",
            "times"
        ]
    );
}

fn events_come_in_pages(backend: &dyn Backend) {
    let mut person = Person::register(backend);
    for _ in 0..4 {
        person = person.sign_in_again(backend);
    }
    let sizes = [
        ("?limit=2", 2),
        ("?limit=2&page=3", 1),
        ("?page=4&limit=2", 0),
    ]
    .map(|(query, expected)| {
        let answer = events(backend, &person, query);
        assert_eq!(answer.body["total"], 5, "{query}");
        assert_eq!(words(&answer).len(), expected, "{query}");
    });
    assert_eq!(sizes.len(), 3);
    let last = events(backend, &person, "?limit=2&page=3");
    assert_eq!(words(&last), [("registered", "person", 1)]);
}

fn bad_pages_are_refused_by_name(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (query, fields) in [
        ("?page=0", vec!["page"]),
        ("?page=-1", vec!["page"]),
        ("?page=", vec!["page"]),
        ("?page=1.5", vec!["page"]),
        ("?page=99999999999", vec!["page"]),
        ("?limit=201", vec!["limit"]),
        ("?limit=0&page=x", vec!["limit", "page"]),
        ("?page=1&page=2", vec!["page"]),
        ("?user_id=1", vec!["user_id"]),
    ] {
        let answer = events(backend, &person, query);
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, fields),
            "{query}"
        );
    }
}
