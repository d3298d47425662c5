//! Confirming the address of a new account.

use serde_json::Value;

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::inbox::{latest, names, verify};
use crate::person::Person;

scenarios! { "verification":
    the_mailed_link_confirms_the_address_once,
    the_link_can_be_sent_again_and_ends_the_earlier_one,
    who_has_confirmed_is_told_so_and_gets_no_mail,
    an_account_that_is_closed_confirms_nothing,
}

fn resend(backend: &dyn Backend, person: &Person) -> Answer {
    backend.send(Call::new("POST", "/api/auth/resend-verification/").bearer(&person.token))
}

fn is_verified(backend: &dyn Backend, person: &Person) -> Value {
    person.profile(backend).body["email_verified"].clone()
}

fn the_mailed_link_confirms_the_address_once(backend: &dyn Backend) {
    let person = Person::register(backend);
    assert_eq!(is_verified(backend, &person), false);
    let token = latest(backend, &person.email, "verify-email").token;
    let answer = verify(backend, &token);
    assert_eq!(
        (answer.status, &answer.body["success"]),
        (200, &Value::Bool(true))
    );
    assert_eq!(
        is_verified(backend, &person),
        true,
        "and nobody is signed out"
    );
    assert_eq!(verify(backend, &token).code(), "link_not_valid");
}

fn the_link_can_be_sent_again_and_ends_the_earlier_one(backend: &dyn Backend) {
    let person = Person::register(backend);
    let first = latest(backend, &person.email, "verify-email").token;
    assert_eq!(resend(backend, &person).status, 200);
    let second = latest(backend, &person.email, "verify-email").token;
    assert_ne!(first, second);
    assert_eq!(verify(backend, &first).code(), "link_not_valid");
    assert_eq!(is_verified(backend, &person), false);
    assert_eq!(verify(backend, &second).status, 200);

    let nobody = backend.send(Call::new("POST", "/api/auth/resend-verification/"));
    assert_eq!(nobody.status, 401);
}

fn who_has_confirmed_is_told_so_and_gets_no_mail(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = latest(backend, &person.email, "verify-email").token;
    verify(backend, &token);
    let answer = resend(backend, &person);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["message"], "Почта уже подтверждена.");
    assert_eq!(names(backend, &person.email), ["verify-email"]);
}

fn an_account_that_is_closed_confirms_nothing(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = latest(backend, &person.email, "verify-email").token;
    backend.set_active(&person.email, false);
    assert_eq!(verify(backend, &token).code(), "link_not_valid");
}
