//! Signing in and out.

use edge_worker::domain::password_hash::{Iterations, PasswordHash, Salt};
use edge_worker::domain::secret::SecretText;
use serde_json::json;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::inbox::names;
use crate::person::{PASSWORD, Person, new_email, sign_in};

scenarios! { "sign_in":
    the_address_opens_the_door_in_any_letter_case,
    unknown_wrong_and_inactive_get_one_and_the_same_answer,
    an_account_that_is_closed_is_out_at_once_and_in_again_when_opened,
    a_password_set_by_an_operator_opens_the_door_and_ends_what_was_open,
    a_sign_in_from_a_new_device_is_told_to_the_owner_once,
    a_weak_hash_opens_the_door_before_and_after_its_renewal,
    missing_fields_are_named,
    signing_out_ends_this_session_and_no_other,
    signing_out_everywhere_ends_every_session_of_this_person_alone,
    signing_out_refuses_what_it_was_not_asked_for,
}

fn the_address_opens_the_door_in_any_letter_case(backend: &dyn Backend) {
    let person = Person::register(backend);
    for email in [
        &person.email,
        &person.email.to_uppercase(),
        &format!(" {} ", person.email.to_lowercase()),
    ] {
        let answer = sign_in(backend, email, PASSWORD);
        assert_eq!(answer.status, 200, "{email}");
        assert_eq!(answer.body["success"], true);
        assert_eq!(answer.body["user"]["id"], person.user["id"]);
        assert_ne!(answer.body["token"], person.token.as_str());
    }
}

fn unknown_wrong_and_inactive_get_one_and_the_same_answer(backend: &dyn Backend) {
    let person = Person::register(backend);
    let inactive = Person::register(backend);
    backend.set_active(&inactive.email, false);

    let answers = [
        sign_in(backend, &new_email(), PASSWORD),
        sign_in(backend, &person.email, "неправильная лошадь"),
        sign_in(backend, &person.email, &"x".repeat(2_000)),
        sign_in(backend, &inactive.email, PASSWORD),
        sign_in(backend, &inactive.email, "неправильная лошадь"),
    ];
    for answer in &answers {
        assert_eq!((answer.status, answer.code()), (401, "invalid_credentials"));
        assert_eq!(answer.lasting_body(), answers[0].lasting_body());
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
}

fn an_account_that_is_closed_is_out_at_once_and_in_again_when_opened(backend: &dyn Backend) {
    let person = Person::register(backend);
    backend.set_active(&person.email, false);
    assert_eq!(
        (
            person.profile(backend).status,
            person.profile(backend).code()
        ),
        (401, "token_not_valid")
    );

    backend.set_active(&person.email, true);
    assert_eq!(
        person.profile(backend).status,
        401,
        "what was ended stays ended"
    );
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 200);
}

fn a_password_set_by_an_operator_opens_the_door_and_ends_what_was_open(backend: &dyn Backend) {
    let person = Person::register(backend);
    backend.set_password(&person.email, "новая лошадь");

    assert_eq!(person.profile(backend).status, 401);
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 401);
    let answer = sign_in(backend, &person.email, "новая лошадь");
    assert_eq!(answer.status, 200);
}

fn a_sign_in_from_a_new_device_is_told_to_the_owner_once(backend: &dyn Backend) {
    let person = Person::register(backend);
    let sign_in_with = |agent: &str, password: &str| {
        let call = Call::new("POST", "/api/auth/login/").header("user-agent", agent);
        backend.send(call.json(&json!({"email": person.email, "password": password})))
    };
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";

    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 200);
    assert_eq!(sign_in_with(firefox, "неправильная лошадь").status, 401);
    assert_eq!(names(backend, &person.email), ["verify-email"]);
    for agent in [firefox, firefox, chrome, firefox, chrome] {
        assert_eq!(sign_in_with(agent, PASSWORD).status, 200);
    }
    assert_eq!(
        names(backend, &person.email),
        ["verify-email", "new-device", "new-device"]
    );
}

/// The predecessor's oldest hashes have fewer iterations than ours. The first sign-in replaces such a hash, so the second one is
/// checked against another.
fn a_weak_hash_opens_the_door_before_and_after_its_renewal(backend: &dyn Backend) {
    let person = Person::register(backend);
    let password = SecretText::new("старая лошадь".to_owned());
    let weak = Iterations::new(500).unwrap();
    let hash = PasswordHash::derive(&password, Salt::from_random([7; 16]), weak);
    let id = &person.user["id"];
    backend.execute(&format!(
        "UPDATE users SET password_hash = '{hash}' WHERE id = {id}"
    ));
    for _ in 0..2 {
        let answer = sign_in(backend, &person.email, "старая лошадь");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let token = answer.body["token"].as_str().unwrap();
        let profile = backend.send(Call::new("GET", "/api/auth/profile/").bearer(token));
        assert_eq!(profile.status, 200);
    }
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 401);
}

fn missing_fields_are_named(backend: &dyn Backend) {
    for (body, fields) in [
        (json!({}), vec!["email", "password"]),
        (json!({"email": "anna@example.com"}), vec!["password"]),
        (
            json!({"email": "anna@example.com", "password": ""}),
            vec!["password"],
        ),
        (json!({"email": "anna", "password": "x"}), vec!["email"]),
        (
            json!({"email": "a@example.com", "password": "x", "otp": 1, "remember": true}),
            vec!["otp", "remember"],
        ),
    ] {
        let answer = backend.send(Call::new("POST", "/api/auth/login/").json(&body));
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, fields),
            "{body}"
        );
    }
}

fn signing_out_ends_this_session_and_no_other(backend: &dyn Backend) {
    let person = Person::register(backend);
    let other = sign_in(backend, &person.email, PASSWORD).body["token"]
        .as_str()
        .unwrap()
        .to_owned();

    let answer = backend.send(Call::new("POST", "/api/auth/logout/").bearer(&person.token));
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body,
        json!({"success": true, "message": "Вы вышли."})
    );

    assert_eq!(
        (
            person.profile(backend).status,
            person.profile(backend).code()
        ),
        (401, "token_not_valid")
    );
    let with_other = backend.send(Call::new("GET", "/api/auth/profile/").bearer(&other));
    assert_eq!(with_other.status, 200);
}

fn signing_out_everywhere_ends_every_session_of_this_person_alone(backend: &dyn Backend) {
    let person = Person::register(backend);
    let neighbour = Person::register(backend);
    let other = sign_in(backend, &person.email, PASSWORD).body["token"]
        .as_str()
        .unwrap()
        .to_owned();

    let answer = backend.send(Call::new("POST", "/api/auth/logout/?all=true").bearer(&other));
    assert_eq!(answer.status, 200);
    assert_eq!(person.profile(backend).status, 401);
    assert_eq!(
        backend
            .send(Call::new("GET", "/api/auth/profile/").bearer(&other))
            .status,
        401
    );
    assert_eq!(neighbour.profile(backend).status, 200);
}

fn signing_out_refuses_what_it_was_not_asked_for(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (target, field) in [
        ("/api/auth/logout/?all=yes", "all"),
        ("/api/auth/logout/?all=true&all=false", "all"),
        ("/api/auth/logout/?%61ll=2", "all"),
        ("/api/auth/logout/?everywhere=true", "everywhere"),
    ] {
        let answer = backend.send(Call::new("POST", target).bearer(&person.token));
        assert_eq!((answer.status, answer.wrong_fields()), (400, vec![field]));
    }
    let answer = backend.send(
        Call::new("POST", "/api/auth/logout/")
            .bearer(&person.token)
            .json(&json!({"all": true})),
    );
    assert_eq!((answer.status, answer.wrong_fields()), (400, vec!["all"]));
    assert_eq!(person.profile(backend).status, 200);
}
