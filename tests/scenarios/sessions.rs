//! Where a person is signed in, and an end to it.

use serde_json::Value;

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::person::{PASSWORD, Person};
use crate::token::Forgery;

scenarios! { "sessions":
    a_person_sees_their_own_sessions_and_which_one_asks,
    a_session_can_be_ended_from_another_and_is_out_at_once,
    this_session_can_be_ended_too,
    a_strangers_session_is_as_unknown_as_one_that_never_was,
    the_list_does_not_tell_what_tokens_carry,
    at_most_twenty_sessions_are_open_at_a_time,
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

fn list(backend: &dyn Backend, person: &Person) -> Vec<Value> {
    let answer = backend.send(Call::new("GET", "/api/auth/sessions/").bearer(&person.token));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["sessions"].as_array().unwrap().clone()
}

fn end(backend: &dyn Backend, person: &Person, id: &str) -> Answer {
    let path = format!("/api/auth/sessions/{id}/");
    backend.send(Call::new("DELETE", path).bearer(&person.token))
}

/// The id of the session that asks, or of the first other one.
fn id_of(sessions: &[Value], is_current: bool) -> &str {
    let found = sessions
        .iter()
        .find(|session| session["current"] == is_current)
        .unwrap();
    found["id"].as_str().unwrap()
}

fn a_person_sees_their_own_sessions_and_which_one_asks(backend: &dyn Backend) {
    let person = Person::register(backend);
    let call = Call::new("POST", "/api/auth/login/")
        .header("user-agent", FIREFOX)
        .json(&serde_json::json!({"email": person.email, "password": PASSWORD}));
    assert_eq!(backend.send(call).status, 200);
    Person::register(backend);

    let sessions = list(backend, &person);
    assert_eq!(sessions.len(), 2);
    let current: Vec<_> = sessions
        .iter()
        .filter(|session| session["current"] == true)
        .collect();
    assert_eq!(current.len(), 1);
    let other = sessions
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    assert_eq!(other["device"], "Firefox, Linux");
    for session in &sessions {
        for name in ["created_at", "last_seen_at", "expires_at"] {
            assert!(session[name].as_str().unwrap().ends_with('Z'), "{session}");
        }
        assert!(session.as_object().unwrap().contains_key("country"));
    }
}

fn a_session_can_be_ended_from_another_and_is_out_at_once(backend: &dyn Backend) {
    let person = Person::register(backend);
    let elsewhere = person.sign_in_again(backend);
    let sessions = list(backend, &person);
    let answer = end(backend, &person, id_of(&sessions, false));

    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["message"], "Сеанс завершён.");
    assert_eq!(elsewhere.profile(backend).status, 401);
    assert_eq!(person.profile(backend).status, 200);
    assert_eq!(list(backend, &person).len(), 1);
    let again = end(backend, &person, id_of(&sessions, false));
    assert_eq!((again.status, again.code()), (404, "not_found"));
}

fn this_session_can_be_ended_too(backend: &dyn Backend) {
    let person = Person::register(backend);
    let sessions = list(backend, &person);
    assert_eq!(end(backend, &person, id_of(&sessions, true)).status, 200);
    assert_eq!(person.profile(backend).status, 401);
}

fn a_strangers_session_is_as_unknown_as_one_that_never_was(backend: &dyn Backend) {
    let person = Person::register(backend);
    let stranger = Person::register(backend);
    let sessions = list(backend, &person);
    let answers = [
        end(backend, &stranger, id_of(&sessions, true)),
        end(backend, &stranger, "00000000-0000-8000-8000-000000000000"),
        end(backend, &stranger, "1"),
        end(backend, &stranger, "..%2F..%2Fclient"),
    ];
    for answer in &answers {
        assert_eq!((answer.status, answer.code()), (404, "not_found"));
        assert_eq!(answer.lasting_body(), answers[0].lasting_body());
    }
    assert_eq!(person.profile(backend).status, 200);
}

/// Who has stolen the signing key still has to know a session; so no page and no address tells one.
fn the_list_does_not_tell_what_tokens_carry(backend: &dyn Backend) {
    let person = Person::register(backend);
    let claims = Forgery::of(&person.token).claims;
    let shown = Value::from(list(backend, &person)).to_string();
    for claim in ["sid", "jti"] {
        assert!(!shown.contains(claims[claim].as_str().unwrap()), "{claim}");
    }
    let raw = claims["sid"].as_str().unwrap();
    assert_eq!(end(backend, &person, raw).status, 404);
}

fn at_most_twenty_sessions_are_open_at_a_time(backend: &dyn Backend) {
    let person = Person::register(backend);
    let mut last = person.clone();
    for _ in 0..20 {
        last = person.sign_in_again(backend);
    }
    assert_eq!(list(backend, &last).len(), 20);
}
