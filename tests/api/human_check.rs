//! Turnstile, with Cloudflare played by the test: when it is asked for, and what a token is good for.

use edge_worker::app::settings::Settings;
use libtest_mimic::Trial;
use portal_tests::backend::{Answer, Backend, Call};
use portal_tests::cloudflare::{Cloudflare, DUMMY_TOKEN};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, form, new_email};
use portal_tests::trials;
use serde_json::{Value, json};

const WRONG: &str = "неправильная лошадь";
const SITE_KEY: &str = "0x4AAAAAAADnPIDROrmt1Wwj";
const SECRET: &str = "0x4AAAAAAADnPIcNhcVLv2tP";
const TEST_SITE_KEY: &str = "1x00000000000000000000AA";

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::human_check":
        a_registration_without_a_token_is_shown_the_widget,
        a_token_is_good_for_one_registration_and_for_nothing_else,
        the_keys_for_testing_do_what_cloudflare_says,
        signing_in_asks_for_a_token_after_three_attempts_known_or_unknown,
        signing_in_asks_for_a_token_after_ten_wrong_passwords_from_one_network,
        a_reset_letter_needs_a_token_solved_for_it_known_or_unknown,
        a_shut_address_stays_shut_for_people_too,
        when_cloudflare_is_down_registration_is_closed_and_signing_in_is_open,
        a_token_is_asked_about_only_when_a_slot_is_taken,
        without_keys_a_token_is_neither_needed_nor_asked_about,
        with_one_key_of_two_no_request_is_served,
    }
}

fn with_keys(site_key: &str, secret: &str) -> Native {
    Native::default()
        .with_variable(Settings::TURNSTILE_SITE_KEY, site_key)
        .with_variable(Settings::TURNSTILE_SECRET, secret)
}

fn with_token(mut body: Value, token: Option<&str>) -> Value {
    if let Some(token) = token {
        body["turnstile_token"] = json!(token);
    }
    body
}

fn register(native: &Native, token: Option<&str>) -> Answer {
    let body = with_token(form(&new_email()), token);
    native.send(Call::new("POST", "/api/auth/register/").json(&body))
}

fn sign_in(native: &Native, email: &str, password: &str, token: Option<&str>) -> Answer {
    let body = with_token(json!({"email": email, "password": password}), token);
    native.send(Call::new("POST", "/api/auth/login/").json(&body))
}

/// Somebody who registered before Turnstile was turned on; nobody lives where these tests sign in from.
fn person(native: &Native) -> String {
    let email = new_email();
    let body = with_token(form(&email), Some(&format!("register.{email}")));
    let answer = native.send(Call::new("POST", "/api/auth/register/").json(&body));
    assert_eq!(answer.status, 201, "{}", answer.body);
    native.execute("DELETE FROM attempts");
    email
}

fn assert_shown_the_widget(answer: &Answer, site_key: &str, action: &str) {
    assert_eq!((answer.status, answer.code()), (403, "human_check_needed"));
    assert_eq!(answer.body["site_key"], site_key);
    assert_eq!(answer.body["action"], action);
    let message = answer.body["message"].as_str().unwrap();
    assert_eq!(message, "Подтвердите, что вы не\u{a0}робот.");
}

fn a_registration_without_a_token_is_shown_the_widget() {
    let native = with_keys(SITE_KEY, SECRET);
    for token in [None, Some("register")] {
        let answer = register(&native, token);
        assert_shown_the_widget(&answer, SITE_KEY, "register");
        assert!(!answer.body.to_string().contains(SECRET));
    }
    assert_eq!(native.ask("SELECT count(*) FROM users"), "0");
    assert_eq!(register(&native, Some("register.1")).status, 201);

    for token in ["", "a b", &"a".repeat(2_049)] {
        let answer = register(&native, Some(token));
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, vec!["turnstile_token"])
        );
    }
}

fn a_token_is_good_for_one_registration_and_for_nothing_else() {
    let native = with_keys(SITE_KEY, SECRET);
    assert_eq!(register(&native, Some("register.1")).status, 201);
    assert_shown_the_widget(&register(&native, Some("register.1")), SITE_KEY, "register");
    assert_shown_the_widget(&register(&native, Some("sign_in.1")), SITE_KEY, "register");
    assert_eq!(native.ask("SELECT count(*) FROM users"), "1");
}

fn the_keys_for_testing_do_what_cloudflare_says() {
    for (secret, token, status) in [
        ("1x0000000000000000000000000000000AA", DUMMY_TOKEN, 201),
        ("1x0000000000000000000000000000000AA", "register.1", 403),
        ("2x0000000000000000000000000000000AA", DUMMY_TOKEN, 403),
        ("3x0000000000000000000000000000000AA", DUMMY_TOKEN, 403),
    ] {
        let native = with_keys(TEST_SITE_KEY, secret);
        let answer = register(&native, Some(token));
        assert_eq!(answer.status, status, "{secret} {token}");
    }
}

fn signing_in_asks_for_a_token_after_three_attempts_known_or_unknown() {
    let native = with_keys(SITE_KEY, SECRET);
    let known = person(&native);
    for email in [known.as_str(), &new_email()] {
        native.execute("DELETE FROM attempts");
        for _ in 0..3 {
            assert_eq!(sign_in(&native, email, WRONG, None).status, 401);
        }
        let counted = native.ask("SELECT group_concat(count) FROM attempts");
        for password in [WRONG, PASSWORD] {
            let answer = sign_in(&native, email, password, None);
            assert_shown_the_widget(&answer, SITE_KEY, "sign_in");
            assert_eq!(native.log().last().unwrap().hashes, 0);
        }
        let now = native.ask("SELECT group_concat(count) FROM attempts");
        assert_eq!(
            now, counted,
            "who is only shown the widget loses no attempt"
        );
        assert_shown_the_widget(
            &sign_in(&native, email, PASSWORD, Some("register.x")),
            SITE_KEY,
            "sign_in",
        );
    }
    native.execute("DELETE FROM attempts");
    for _ in 0..3 {
        sign_in(&native, &known, WRONG, None);
    }
    assert_eq!(
        sign_in(&native, &known, PASSWORD, Some("sign_in.1")).status,
        200
    );
    assert_eq!(sign_in(&native, &known, PASSWORD, None).status, 200);
}

fn signing_in_asks_for_a_token_after_ten_wrong_passwords_from_one_network() {
    let native = with_keys(SITE_KEY, SECRET);
    let known = person(&native);
    for _ in 0..10 {
        assert_eq!(sign_in(&native, &new_email(), WRONG, None).status, 401);
    }
    let answer = sign_in(&native, &known, PASSWORD, None);
    assert_shown_the_widget(&answer, SITE_KEY, "sign_in");
    native.execute("UPDATE attempts SET count = 9 WHERE kind = 'sign_in_from'");
    assert_eq!(sign_in(&native, &known, PASSWORD, None).status, 200);
}

fn a_reset_letter_needs_a_token_solved_for_it_known_or_unknown() {
    let native = with_keys(SITE_KEY, SECRET);
    let known = person(&native);
    for (number, email) in [known.as_str(), &new_email()].into_iter().enumerate() {
        let reset = |token: Option<&str>| {
            let body = with_token(json!({"email": email}), token);
            native.send(Call::new("POST", "/api/auth/password-reset/").json(&body))
        };
        assert_shown_the_widget(&reset(None), SITE_KEY, "reset");
        assert_shown_the_widget(&reset(Some("sign_in.x")), SITE_KEY, "reset");
        assert_eq!(
            native.mails_to(email).len(),
            1 - number,
            "the welcome alone"
        );
        assert_eq!(reset(Some(&format!("reset.{number}"))).status, 200);
        assert_eq!(native.mails_to(email).len(), 2 - 2 * number);
    }
}

fn a_shut_address_stays_shut_for_people_too() {
    let native = with_keys(SITE_KEY, SECRET);
    let email = person(&native);
    for number in 0..5 {
        let token = format!("sign_in.{number}");
        assert_eq!(sign_in(&native, &email, WRONG, Some(&token)).status, 401);
    }
    let answer = sign_in(&native, &email, PASSWORD, Some("sign_in.5"));
    assert_eq!((answer.status, answer.code()), (401, "invalid_credentials"));
}

fn when_cloudflare_is_down_registration_is_closed_and_signing_in_is_open() {
    let native = with_keys(SITE_KEY, SECRET);
    let email = person(&native);
    for _ in 0..3 {
        sign_in(&native, &email, WRONG, None);
    }
    native.cloudflare.break_down();
    let answer = register(&native, Some("register.1"));
    assert_eq!((answer.status, answer.code()), (500, "internal_error"));
    let line = native.log().pop().unwrap();
    assert!(line.detail.starts_with("Turnstile cannot be asked"));
    assert_eq!(sign_in(&native, &email, PASSWORD, Some("x.1")).status, 200);
}

fn a_token_is_asked_about_only_when_a_slot_is_taken() {
    let native = with_keys(SITE_KEY, SECRET);
    for number in 0..10 {
        register(&native, Some(&format!("register.{number}")));
    }
    assert_eq!(register(&native, Some("register.10")).status, 429);
    assert_eq!(native.cloudflare.questions(), 10);
}

fn without_keys_a_token_is_neither_needed_nor_asked_about() {
    let native = Native::default();
    Person::register(&native);
    assert_eq!(register(&native, Some("anything")).status, 201);
    assert_eq!(native.cloudflare.questions(), 0);
}

fn with_one_key_of_two_no_request_is_served() {
    let native = with_keys(SITE_KEY, "");
    let answer = register(&native, None);
    assert_eq!((answer.status, answer.code()), (503, "unavailable"));
    let line = native.log().pop().unwrap();
    assert!(
        line.detail
            .starts_with("TURNSTILE_SITE_KEY is set and TURNSTILE_SECRET is not"),
        "{line:?}"
    );
}

/// Kept beside Turnstile: the other guard that Cloudflare sets at the door.
pub(crate) fn front_limiter() -> Vec<Trial> {
    trials! { "native::front_limiter":
        a_flood_is_stopped_before_anything_is_done_about_it,
    }
}

fn a_flood_is_stopped_before_anything_is_done_about_it() {
    let native = Native::default().with_cloudflare(Cloudflare::limiting_to(3));
    native.execute("DROP TABLE attempts");
    let from = |address: &str, method, path| {
        native.send(Call::new(method, path).header("cf-connecting-ip", address))
    };
    let post = |address: &str, path| from(address, "POST", path);
    for path in [
        "/api/auth/login/",
        "/api/auth/register",
        "/api/auth/logout/",
    ] {
        assert_ne!(post("2001:db8::1", path).status, 429, "{path}");
    }
    let answer = post("2001:db8::ffff", "/api/auth/login/");
    assert_eq!((answer.status, answer.code()), (429, "too_many_requests"));
    assert_eq!(answer.header("retry-after"), Some("60"));

    assert_ne!(post("203.0.113.7", "/api/auth/login/").status, 429);
    for (method, path) in [
        ("GET", "/api/auth/health/"),
        ("GET", "/api/auth/profile/"),
        ("GET", "/api/client/dashboard/"),
    ] {
        assert_ne!(from("2001:db8::1", method, path).status, 429, "{path}");
    }
}
