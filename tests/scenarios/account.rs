//! A person takes their data along.

use serde_json::Value;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::person::Person;
use crate::token::Forgery;

scenarios! { "account":
    an_export_holds_everything_about_this_person_and_nobody_else,
    an_export_holds_no_secrets,
}

fn export(backend: &dyn Backend, person: &Person) -> Value {
    let answer = backend.send(Call::new("GET", "/api/auth/export/").bearer(&person.token));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.header("content-disposition"),
        Some("attachment; filename=\"miniapp-expert-data.json\"")
    );
    answer.body
}

fn an_export_holds_everything_about_this_person_and_nobody_else(backend: &dyn Backend) {
    let person = Person::register(backend);
    let neighbour = Person::register(backend);
    let _elsewhere = person.sign_in_again(backend);
    let export_of_person = export(backend, &person);

    assert_eq!(export_of_person["success"], true);
    assert!(
        export_of_person["exported_at"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
    let profile = &export_of_person["profile"];
    for name in [
        "id",
        "email",
        "phone",
        "name",
        "role",
        "referral_code",
        "created_at",
    ] {
        assert_eq!(profile[name], person.user[name], "{name}");
    }
    assert_eq!(profile["email_verified"], false);
    assert_eq!(profile["is_active"], true);
    assert!(
        profile["terms_accepted_at"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
    assert_eq!(export_of_person["sessions"].as_array().unwrap().len(), 2);
    let events: Vec<_> = export_of_person["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(events, ["sign_in", "registered"]);

    let text = export_of_person.to_string();
    assert!(!text.contains(&neighbour.email));
    let again = export(backend, &person);
    assert_eq!(again["events"][0]["event"], "data_exported");
}

fn an_export_holds_no_secrets(backend: &dyn Backend) {
    let person = Person::register(backend);
    let text = export(backend, &person).to_string();
    let claims = Forgery::of(&person.token).claims;
    for secret in [
        "pbkdf2",
        "password",
        claims["sid"].as_str().unwrap(),
        &person.token,
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
