//! Tokens that do not open the door, at every door.

use edge_worker::http::routes::{Action, ROUTES, Route};

use super::scenarios;
use crate::attacks::attacks;
use crate::backend::{Answer, Backend, Call};
use crate::person::Person;
use crate::token::Forgery;

scenarios! { "tokens":
    every_route_but_the_public_ones_asks_for_a_token,
    forged_and_stale_tokens_are_refused_at_every_route,
    a_token_of_a_deleted_user_is_refused,
    the_session_row_decides_even_when_the_token_would_live,
    attacks_on_tokens_open_nothing_and_end_nothing,
    what_a_refused_token_claims_is_never_said_back,
    the_forging_hand_of_these_scenarios_can_make_a_token_that_holds,
}

fn call(backend: &dyn Backend, route: &Route, token: &str) -> Answer {
    backend.send(Call::to(route).bearer(token))
}

fn client_routes() -> impl Iterator<Item = &'static Route> {
    ROUTES
        .iter()
        .filter(|route| matches!(route.action, Action::Client(_)))
}

fn every_route_but_the_public_ones_asks_for_a_token(backend: &dyn Backend) {
    for route in &ROUTES {
        for call in [
            Call::to(route),
            Call::to(route).header("authorization", "Token abc"),
            Call::to(route).header("authorization", "Bearer "),
        ] {
            let answer = backend.send(call);
            match route.action {
                Action::Public(_) => assert_ne!(answer.status, 401, "{}", route.path),
                Action::Client(_) => {
                    assert_eq!(
                        (answer.status, answer.code()),
                        (401, "authentication_required"),
                        "{}",
                        route.path
                    );
                    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
                }
            }
        }
    }
}

fn forged_and_stale_tokens_are_refused_at_every_route(backend: &dyn Backend) {
    let person = Person::register(backend);
    let forgery = Forgery::of(&person.token);
    let key = backend.signing_key();
    let now = backend.now();
    let neighbour = Person::register(backend).user["id"].as_i64().unwrap();
    let tokens = [
        ("garbage", "garbage".to_owned()),
        (
            "alg none, unsigned",
            forgery.clone().header("alg", "none").unsigned(),
        ),
        (
            "alg none, signed",
            forgery.clone().header("alg", "none").sign(&key),
        ),
        ("unsigned", forgery.unsigned()),
        (
            "alg HS512",
            forgery.clone().header("alg", "HS512").sign(&key),
        ),
        (
            "alg RS256",
            forgery.clone().header("alg", "RS256").sign(&key),
        ),
        (
            "other key",
            forgery.sign("another secret of 32 bytes and more"),
        ),
        ("empty key", forgery.sign("")),
        ("expired", forgery.clone().claim("exp", now - 1).sign(&key)),
        (
            "from the future",
            forgery.clone().claim("nbf", now + 3_600).sign(&key),
        ),
        (
            "refresh token",
            forgery.clone().claim("token_type", "refresh").sign(&key),
        ),
        (
            "unknown session",
            forgery
                .clone()
                .claim("sid", "abababab-abab-4bab-abab-abababababab")
                .sign(&key),
        ),
        (
            "another user's session",
            forgery
                .clone()
                .claim("user_id", neighbour)
                .claim("sub", neighbour.to_string())
                .sign(&key),
        ),
    ];
    for (title, token) in tokens {
        for route in client_routes() {
            let answer = call(backend, route, &token);
            assert_eq!(
                (answer.status, answer.code()),
                (401, "token_not_valid"),
                "{title} at {}",
                route.path
            );
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        }
    }
    assert_eq!(
        person.profile(backend).status,
        200,
        "the real token must survive all of this"
    );
}

fn a_token_of_a_deleted_user_is_refused(backend: &dyn Backend) {
    let person = Person::register(backend);
    backend.execute(&format!(
        "DELETE FROM users WHERE id = {}",
        person.user["id"]
    ));
    for route in client_routes() {
        let answer = call(backend, route, &person.token);
        assert_eq!(
            (answer.status, answer.code()),
            (401, "token_not_valid"),
            "{}",
            route.path
        );
    }
}

fn the_session_row_decides_even_when_the_token_would_live(backend: &dyn Backend) {
    let person = Person::register(backend);
    let now = backend.now() * 1_000;
    backend.execute(&format!(
        "UPDATE sessions SET created_at = {}, expires_at = {} WHERE user_id = {}",
        now - 2_000,
        now - 1_000,
        person.user["id"]
    ));
    assert_eq!(
        (
            person.profile(backend).status,
            person.profile(backend).code()
        ),
        (401, "token_not_valid")
    );
}

fn attacks_on_tokens_open_nothing_and_end_nothing(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (title, token) in attacks(&person.token, &backend.signing_key(), backend.now()) {
        let answer = backend.send(Call::new("GET", "/api/auth/profile/").bearer(&token));
        assert_eq!(answer.status, 401, "{title}: {token}");
        assert!(answer.header("www-authenticate").is_some(), "{title}");
        assert_eq!(
            person.profile(backend).status,
            200,
            "the real token must survive: {title}"
        );
    }
}

/// "Reflected claims": whatever an answer says back of a token was believed too early.
fn what_a_refused_token_claims_is_never_said_back(backend: &dyn Backend) {
    const MARK: &str = "reflected-7f3a";
    let person = Person::register(backend);
    let forgery = Forgery::of(&person.token);
    let key = backend.signing_key();
    for name in ["iss", "aud", "sub", "sid", "jti", "token_type", "note"] {
        for key in [key.as_str(), "another key"] {
            let token = forgery.clone().claim(name, MARK).sign(key);
            let answer = backend.send(Call::new("GET", "/api/auth/profile/").bearer(&token));
            let said = format!("{}{:?}", answer.body, answer.headers);
            assert_eq!((answer.status, said.contains(MARK)), (401, false), "{name}");
        }
    }
    let token = forgery.header("kid", MARK).sign(&key);
    let answer = backend.send(Call::new("GET", "/api/auth/profile/").bearer(&token));
    assert!(!format!("{}{:?}", answer.body, answer.headers).contains(MARK));
}

fn the_forging_hand_of_these_scenarios_can_make_a_token_that_holds(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = Forgery::of(&person.token).sign(&backend.signing_key());
    let answer = backend.send(Call::new("GET", "/api/auth/profile/").bearer(&token));
    assert_eq!(answer.status, 200);
}
