//! What a person sees and changes of themselves.

use serde_json::{Value, json};

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::person::Person;

scenarios! { "profile":
    the_profile_is_flat_and_whole,
    name_and_phone_can_be_changed_and_nothing_else_moves,
    what_is_left_out_stays,
    who_empties_the_name_is_called_by_the_address_again,
    other_fields_are_refused_and_left_alone,
    wrong_values_are_refused_and_change_nothing,
    a_name_from_a_person_is_kept_to_the_letter,
}

fn patch(backend: &dyn Backend, person: &Person, body: &Value) -> Answer {
    backend.send(
        Call::new("PATCH", "/api/auth/profile/")
            .bearer(&person.token)
            .json(body),
    )
}

fn the_profile_is_flat_and_whole(backend: &dyn Backend) {
    let person = Person::register(backend);
    let profile = person.profile(backend);

    assert_eq!(profile.status, 200);
    for (key, value) in person.user.as_object().unwrap() {
        assert_eq!(&profile.body[key], value, "{key}");
    }
    assert_eq!(profile.body["needs_documents_modal"], false);
    assert_eq!(profile.body["documents_to_sign"], json!([]));
}

fn name_and_phone_can_be_changed_and_nothing_else_moves(backend: &dyn Backend) {
    let person = Person::register(backend);
    let changed = patch(
        backend,
        &person,
        &json!({"name": " Лёвин ", "phone": "+375 29 123-45-67"}),
    );

    assert_eq!(changed.status, 200);
    let mut expected = person.user.clone();
    expected["name"] = json!("Лёвин");
    expected["phone"] = json!("+375291234567");
    expected["updated_at"] = changed.body["updated_at"].clone();
    assert_eq!(changed.body, expected);
    assert_eq!(person.profile(backend).body["name"], "Лёвин");
}

fn what_is_left_out_stays(backend: &dyn Backend) {
    let person = Person::register(backend);
    for body in [json!({}), json!({"name": null, "phone": null})] {
        let answer = patch(backend, &person, &body);
        assert_eq!((answer.status, &answer.body), (200, &person.user));
    }
    let answer = patch(backend, &person, &json!({"phone": "89990000000"}));
    assert_eq!(answer.body["name"], person.user["name"]);
    assert_eq!(answer.body["phone"], "+79990000000");
}

fn who_empties_the_name_is_called_by_the_address_again(backend: &dyn Backend) {
    let person = Person::register(backend);
    let answer = patch(backend, &person, &json!({"name": "  "}));
    let local_part = person.email.split('@').next().unwrap();
    assert_eq!(
        (answer.status, &answer.body["name"]),
        (200, &json!(local_part))
    );
}

/// The predecessor let any client make themselves an administrator here.
fn other_fields_are_refused_and_left_alone(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (field, value) in [
        ("role", json!("admin")),
        ("email", json!("other@example.com")),
        ("email_verified", json!(true)),
        ("referred_by", json!(1)),
        ("referral_code", json!("00000000")),
        ("offer_accepted_at", json!("2026-01-01T00:00:00Z")),
        ("is_active", json!(true)),
        ("id", json!(1)),
    ] {
        let answer = patch(backend, &person, &json!({"name": "Вронский", field: value}));
        assert_eq!((answer.status, answer.wrong_fields()), (400, vec![field]));
        let profile = person.profile(backend).body;
        assert_eq!(profile[field], person.user[field]);
        assert_eq!(profile["name"], person.user["name"]);
    }
}

fn wrong_values_are_refused_and_change_nothing(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (field, value) in [
        ("name", json!("я".repeat(256))),
        ("name", json!("a\u{7}")),
        ("name", json!(7)),
        ("phone", json!("")),
        ("phone", json!("телефон")),
        ("phone", json!(79_991_234_567_i64)),
    ] {
        let answer = patch(backend, &person, &json!({field: value}));
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, vec![field]),
            "{value}"
        );
    }
    assert_eq!(person.profile(backend).body["name"], person.user["name"]);
}

/// The API keeps text as it is; it is the page's work to show it as text.
fn a_name_from_a_person_is_kept_to_the_letter(backend: &dyn Backend) {
    let person = Person::register(backend);
    for name in [
        "<img src=x onerror=alert(1)>",
        "Robert'); DROP TABLE users;--",
        "Ёж & Ко ?1",
        "👩‍👩‍👧",
    ] {
        assert_eq!(
            patch(backend, &person, &json!({"name": name})).body["name"],
            name
        );
        assert_eq!(person.profile(backend).body["name"], name);
    }
}
