//! Changing what opens an account: the password, and the address.

use serde_json::json;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::inbox::{
    ask_for_address, change_password, confirm_address, latest, names, reset, reset_token, verify,
};
use crate::person::{PASSWORD, Person, form, new_email, register, sign_in};

const NEW: &str = "совсем другая лошадь";

scenarios! { "credentials":
    another_password_keeps_this_session_and_ends_the_others,
    a_wrong_password_changes_nothing,
    a_new_password_meets_the_policy,
    an_address_changes_when_the_new_one_confirms,
    an_address_change_ends_every_session_but_the_one_that_asked,
    an_address_that_somebody_has_is_refused_at_once_and_later,
    a_change_of_address_ends_links_to_the_former_one,
    another_password_undoes_a_change_of_address,
    signing_out_everywhere_undoes_a_change_of_address,
    a_password_that_an_operator_gave_is_told,
    the_own_address_can_be_respelled_but_not_repeated,
    change_forms_name_what_is_wrong,
}

fn another_session(backend: &dyn Backend, person: &Person) -> Person {
    let answer = sign_in(backend, &person.email, PASSWORD);
    Person {
        token: answer.body["token"].as_str().unwrap().to_owned(),
        ..person.clone()
    }
}

fn another_password_keeps_this_session_and_ends_the_others(backend: &dyn Backend) {
    let person = Person::register(backend);
    let other = another_session(backend, &person);
    let neighbour = Person::register(backend);

    let answer = change_password(backend, &person, PASSWORD, NEW);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(person.profile(backend).status, 200);
    assert_eq!(other.profile(backend).status, 401);
    assert_eq!(neighbour.profile(backend).status, 200);
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 401);
    assert_eq!(sign_in(backend, &person.email, NEW).status, 200);
    let mails = names(backend, &person.email);
    assert_eq!(mails[..2], ["verify-email", "password-changed"]);
}

fn a_wrong_password_changes_nothing(backend: &dyn Backend) {
    let person = Person::register(backend);
    let answer = change_password(backend, &person, "неправильная лошадь", NEW);
    assert_eq!(
        (answer.status, answer.wrong_fields()),
        (400, vec!["current_password"])
    );
    let address = new_email();
    let answer = ask_for_address(backend, &person, &address, "неправильная лошадь");
    assert_eq!(
        (answer.status, answer.wrong_fields()),
        (400, vec!["password"])
    );
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 200);
    assert_eq!(names(backend, &address), Vec::<String>::new());
    assert_eq!(names(backend, &person.email)[0], "verify-email");
}

fn a_new_password_meets_the_policy(backend: &dyn Backend) {
    let person = Person::register(backend);
    for password in [
        "12345",
        "123456",
        "каренина1",
        &person.email,
        &"x".repeat(1_025),
    ] {
        let answer = change_password(backend, &person, PASSWORD, password);
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, vec!["new_password"])
        );
    }
}

fn an_address_changes_when_the_new_one_confirms(backend: &dyn Backend) {
    let person = Person::register(backend);
    let address = new_email();
    let asked = ask_for_address(backend, &person, &address, PASSWORD);
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert_eq!(person.profile(backend).body["email"], person.email.as_str());
    let notice = latest(backend, &person.email, "email-change-requested");
    assert_eq!(
        (notice.about, notice.token),
        (address.clone(), String::new())
    );

    let token = latest(backend, &address, "change-email").token;
    assert_eq!(confirm_address(backend, &token).status, 200);
    let profile = person.profile(backend).body;
    assert_eq!(profile["email"], address.as_str());
    assert_eq!(profile["email_verified"], true);
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 401);
    assert_eq!(sign_in(backend, &address, PASSWORD).status, 200);
    assert_eq!(
        latest(backend, &person.email, "email-changed").about,
        address
    );
    assert_eq!(confirm_address(backend, &token).code(), "link_not_valid");
    let anew = register(backend, &form(&person.email));
    assert_eq!(anew.status, 201, "the former address is free again");
}

fn an_address_change_ends_every_session_but_the_one_that_asked(backend: &dyn Backend) {
    let person = Person::register(backend);
    let other = another_session(backend, &person);
    let address = new_email();
    ask_for_address(backend, &person, &address, PASSWORD);
    confirm_address(backend, &latest(backend, &address, "change-email").token);
    assert_eq!(person.profile(backend).status, 200);
    assert_eq!(other.profile(backend).status, 401);
}

fn an_address_that_somebody_has_is_refused_at_once_and_later(backend: &dyn Backend) {
    let person = Person::register(backend);
    let neighbour = Person::register(backend);
    let answer = ask_for_address(backend, &person, &neighbour.email.to_uppercase(), PASSWORD);
    assert_eq!(
        (answer.status, answer.wrong_fields()),
        (400, vec!["new_email"])
    );

    let address = new_email();
    ask_for_address(backend, &person, &address, PASSWORD);
    let token = latest(backend, &address, "change-email").token;
    register(backend, &form(&address));
    let answer = confirm_address(backend, &token);
    assert_eq!((answer.status, answer.code()), (409, "email_taken"));
    assert_eq!(person.profile(backend).body["email"], person.email.as_str());
    let mails = names(backend, &person.email);
    assert!(!mails.contains(&"email-changed".to_owned()), "{mails:?}");
}

/// A link that lies in the former mailbox must not open what the owner has moved away from it.
fn a_change_of_address_ends_links_to_the_former_one(backend: &dyn Backend) {
    let person = Person::register(backend);
    let verification = latest(backend, &person.email, "verify-email").token;
    let recovery = reset_token(backend, &person);
    let address = new_email();
    ask_for_address(backend, &person, &address, PASSWORD);
    confirm_address(backend, &latest(backend, &address, "change-email").token);
    assert_eq!(reset(backend, &recovery, NEW).code(), "link_not_valid");
    assert_eq!(verify(backend, &verification).code(), "link_not_valid");
}

/// What the notice tells the owner to do must help.
fn another_password_undoes_a_change_of_address(backend: &dyn Backend) {
    for is_reset in [false, true] {
        let person = Person::register(backend);
        let address = new_email();
        ask_for_address(backend, &person, &address, PASSWORD);
        let token = latest(backend, &address, "change-email").token;
        let answer = if is_reset {
            reset(backend, &reset_token(backend, &person), NEW)
        } else {
            change_password(backend, &person, PASSWORD, NEW)
        };
        assert_eq!(answer.status, 200);
        assert_eq!(confirm_address(backend, &token).code(), "link_not_valid");
        assert_eq!(sign_in(backend, &person.email, NEW).status, 200);
    }
}

fn signing_out_everywhere_undoes_a_change_of_address(backend: &dyn Backend) {
    let person = Person::register(backend);
    let address = new_email();
    ask_for_address(backend, &person, &address, PASSWORD);
    let token = latest(backend, &address, "change-email").token;
    let call = Call::new("POST", "/api/auth/logout/?all=true");
    assert_eq!(backend.send(call.bearer(&person.token)).status, 200);
    assert_eq!(confirm_address(backend, &token).code(), "link_not_valid");
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 200);
}

fn a_password_that_an_operator_gave_is_told(backend: &dyn Backend) {
    let person = Person::register(backend);
    backend.set_password(&person.email, NEW);
    let mails = names(backend, &person.email);
    assert_eq!(mails, ["verify-email", "password-changed"]);
}

fn the_own_address_can_be_respelled_but_not_repeated(backend: &dyn Backend) {
    let person = Person::register(backend);
    let same = ask_for_address(backend, &person, &person.email, PASSWORD);
    assert_eq!((same.status, same.wrong_fields()), (400, vec!["new_email"]));

    let respelled = person.email.to_lowercase();
    assert_eq!(
        ask_for_address(backend, &person, &respelled, PASSWORD).status,
        200
    );
    let token = latest(backend, &respelled, "change-email").token;
    assert_eq!(confirm_address(backend, &token).status, 200);
    assert_eq!(person.profile(backend).body["email"], respelled.as_str());
}

fn change_forms_name_what_is_wrong(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (path, body, fields) in [
        (
            "change-password/",
            json!({}),
            vec!["current_password", "new_password"],
        ),
        (
            "change-password/",
            json!({"current_password": PASSWORD, "new_password": NEW, "user_id": 1}),
            vec!["user_id"],
        ),
        ("change-email/", json!({}), vec!["new_email", "password"]),
        (
            "change-email/",
            json!({"new_email": "anna", "password": PASSWORD}),
            vec!["new_email"],
        ),
        (
            "change-email/",
            json!({"new_email": "a@example.com\r\nBcc: b@example.com", "password": PASSWORD}),
            vec!["new_email"],
        ),
    ] {
        let call = Call::new("POST", format!("/api/auth/{path}"));
        let nobody = backend.send(call.clone().json(&body));
        assert_eq!(nobody.code(), "authentication_required");
        let answer = backend.send(call.bearer(&person.token).json(&body));
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, fields),
            "{path} {body}"
        );
    }
}
