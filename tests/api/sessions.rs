//! Sessions and roles under a clock that the test holds.

use edge_worker::app::error::Refusal;
use edge_worker::domain::user::Role;
use libtest_mimic::Trial;
use portal_tests::backend::{Backend, Call};
use portal_tests::native::Native;
use portal_tests::person::Person;
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        that_a_session_is_used_is_noted_every_five_minutes_and_not_more_often,
        a_note_that_cannot_be_written_refuses_nobody,
        with_one_session_too_many_the_oldest_goes,
        a_session_that_is_over_is_listed_no_more,
        a_route_for_a_higher_role_would_refuse_a_lower_one_at_once,
    }
}

const LAST_SEEN: &str =
    "SELECT ((last_seen_at - created_at) / 1000) || ' ' || ifnull(country, '-') FROM sessions";

fn ask_profile_from(native: &Native, person: &Person, country: &str) -> u16 {
    let call = Call::new("GET", "/api/auth/profile/").header("cf-ipcountry", country);
    native.send(call.bearer(&person.token)).status
}

fn that_a_session_is_used_is_noted_every_five_minutes_and_not_more_often() {
    let native = Native::default();
    let person = Person::register(&native);
    for (wait, country, expected) in [
        (299, "KZ", "0 -"),
        (1, "KZ", "300 KZ"),
        (299, "RU", "300 KZ"),
        (1, "RU", "600 RU"),
        (400, "XX", "1000 RU"),
    ] {
        native.wait_seconds(wait);
        assert_eq!(ask_profile_from(&native, &person, country), 200);
        assert_eq!(
            native.ask(LAST_SEEN),
            expected,
            "after {wait} s from {country}"
        );
    }
}

fn a_note_that_cannot_be_written_refuses_nobody() {
    let native = Native::default();
    let person = Person::register(&native);
    native.execute(
        "CREATE TRIGGER broken BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    native.wait_seconds(600);
    assert_eq!(ask_profile_from(&native, &person, "KZ"), 200);
    assert_eq!(native.ask(LAST_SEEN), "0 -");
}

fn with_one_session_too_many_the_oldest_goes() {
    let native = Native::default();
    let first = Person::register(&native);
    let mut others = Vec::new();
    for _ in 1..20 {
        native.wait_seconds(1);
        others.push(first.sign_in_again(&native));
    }
    assert_eq!(first.profile(&native).status, 200);
    native.wait_seconds(1);
    others.push(first.sign_in_again(&native));
    assert_eq!(first.profile(&native).status, 401);
    for other in &others {
        assert_eq!(other.profile(&native).status, 200);
    }
}

fn a_session_that_is_over_is_listed_no_more() {
    let native = Native::default();
    let person = Person::register(&native);
    native.wait_seconds(23 * 3_600);
    let later = person.sign_in_again(&native);
    let count = |person: &Person| {
        let answer = native.send(Call::new("GET", "/api/auth/sessions/").bearer(&person.token));
        answer.body["sessions"].as_array().unwrap().len()
    };
    assert_eq!(count(&later), 2);
    native.wait_seconds(3_600);
    assert_eq!(count(&later), 1);
}

/// No route takes a higher role yet; the check that the table asks for is the one that is called here.
fn a_route_for_a_higher_role_would_refuse_a_lower_one_at_once() {
    let native = Native::default();
    let person = Person::register(&native);
    for (role, needed, expected) in [
        ("client", Role::Client, None),
        ("client", Role::Operator, Some(Refusal::Forbidden)),
        ("operator", Role::Operator, None),
        ("operator", Role::Admin, Some(Refusal::Forbidden)),
        ("admin", Role::Operator, None),
        ("client", Role::Admin, Some(Refusal::Forbidden)),
    ] {
        native.execute(&format!("UPDATE users SET role = '{role}'"));
        let refusal = native.authenticate(&person.token, needed).err();
        assert_eq!(refusal, expected, "{role} where {needed:?} is needed");
    }
}
