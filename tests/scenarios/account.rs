//! A person takes their data along, or has them deleted.

use serde_json::{Value, json};

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::person::{PASSWORD, Person, form, register, sign_in};
use crate::token::Forgery;

scenarios! { "account":
    an_export_holds_everything_about_this_person_and_nobody_else,
    an_export_holds_no_secrets,
    a_deletion_asks_for_the_password,
    who_has_their_data_deleted_is_out_everywhere_and_unknown,
    the_address_of_a_deleted_account_can_register_again,
    a_deletion_touches_nobody_else,
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

fn delete(backend: &dyn Backend, person: &Person, body: &Value) -> Answer {
    let call = Call::new("POST", "/api/auth/delete-account/").bearer(&person.token);
    backend.send(call.json(body))
}

fn a_deletion_asks_for_the_password(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (body, fields) in [
        (json!({}), vec!["password"]),
        (json!({"password": ""}), vec!["password"]),
        (json!({"password": "неправильная лошадь"}), vec!["password"]),
        (json!({"password": PASSWORD, "user_id": 1}), vec!["user_id"]),
    ] {
        let answer = delete(backend, &person, &body);
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, fields),
            "{body}"
        );
    }
    assert_eq!(person.profile(backend).status, 200);
    let events = export(backend, &person)["events"].clone();
    assert_eq!(events[0]["event"], "account_deletion_refused");
}

fn who_has_their_data_deleted_is_out_everywhere_and_unknown(backend: &dyn Backend) {
    let person = Person::register(backend);
    let elsewhere = person.sign_in_again(backend);
    let answer = delete(backend, &person, &json!({"password": PASSWORD}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["success"], true);

    for token_of in [&person, &elsewhere] {
        let profile = token_of.profile(backend);
        assert_eq!((profile.status, profile.code()), (401, "token_not_valid"));
    }
    let sign_in = sign_in(backend, &person.email, PASSWORD);
    assert_eq!(
        (sign_in.status, sign_in.code()),
        (401, "invalid_credentials")
    );
}

fn the_address_of_a_deleted_account_can_register_again(backend: &dyn Backend) {
    let person = Person::register(backend);
    for _ in 0..2 {
        let person = person.sign_in_again(backend);
        assert_eq!(
            delete(backend, &person, &json!({"password": PASSWORD})).status,
            200
        );
        let again = register(backend, &form(&person.email));
        assert_eq!(again.status, 201, "{}", again.body);
        assert_ne!(again.body["user"]["id"], person.user["id"]);
        assert_ne!(
            again.body["user"]["referral_code"],
            person.user["referral_code"]
        );
    }
}

fn a_deletion_touches_nobody_else(backend: &dyn Backend) {
    let person = Person::register(backend);
    let mut brought = form(&crate::person::new_email());
    brought["referral_code"] = person.user["referral_code"].clone();
    let brought = register(backend, &brought);
    let token = brought.body["token"].as_str().unwrap();
    assert_eq!(
        delete(backend, &person, &json!({"password": PASSWORD})).status,
        200
    );

    let profile = backend.send(Call::new("GET", "/api/auth/profile/").bearer(token));
    assert_eq!(profile.status, 200);
    assert_eq!(profile.body["referred_by"], person.user["id"]);
}
