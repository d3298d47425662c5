//! The whole API natively, on SQLite in memory: every scenario, and what only a native test can arrange.

#![allow(
    clippy::unwrap_used,
    reason = "this is test code: a surprise ends the test"
)]

use edge_worker::http::log::LogLine;
use libtest_mimic::{Arguments, Trial};
use portal_tests::backend::{Backend, Call};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, form, new_email, register, sign_in};
use portal_tests::scenarios;

fn main() {
    let arguments = Arguments::from_args();
    let shared = scenarios::all().map(|scenario| {
        Trial::test(format!("native::{}", scenario.name), move || {
            (scenario.run)(&Native::default());
            Ok(())
        })
    });
    let own = [
        trial(
            "a_session_is_over_after_24_hours",
            a_session_is_over_after_24_hours,
        ),
        trial(
            "without_a_good_secret_no_request_is_served_and_the_log_says_why",
            without_a_good_secret,
        ),
        trial(
            "a_broken_database_is_told_to_the_log_and_not_to_the_client",
            a_broken_database,
        ),
        trial(
            "the_log_has_no_secrets_and_no_personal_data",
            the_log_has_no_secrets,
        ),
        trial(
            "hashes_of_production_open_the_door",
            hashes_of_production_open_the_door,
        ),
    ];
    libtest_mimic::run(&arguments, shared.chain(own).collect()).exit();
}

fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(format!("native::{name}"), move || {
        test();
        Ok(())
    })
}

fn a_session_is_over_after_24_hours() {
    let native = Native::default();
    let person = Person::register(&native);
    native.wait_seconds(24 * 60 * 60 - 1);
    assert_eq!(person.profile(&native).status, 200);
    native.wait_seconds(1);
    assert_eq!(
        (
            person.profile(&native).status,
            person.profile(&native).code()
        ),
        (401, "token_not_valid")
    );
}

fn without_a_good_secret() {
    for (secret, reason) in [
        (None, "JWT_SECRET is not set"),
        (
            Some("0123456789012345678901234567890"),
            "JWT_SECRET is 31 bytes long; it takes at least 32",
        ),
    ] {
        let native = Native::default().with_signing_key(secret);
        for call in [
            Call::new("GET", "/api/auth/health/"),
            Call::new("POST", "/api/auth/login/"),
        ] {
            let answer = native.send(call);
            assert_eq!((answer.status, answer.code()), (503, "unavailable"));
            assert!(!answer.body.to_string().contains("JWT_SECRET"));
        }
        let log = native.log();
        assert!(
            log.iter().all(|line| line.detail.starts_with(reason)),
            "{log:?}"
        );
        assert!(
            log.iter()
                .all(|line| line.to_json().contains(r#""severity":"error""#))
        );
    }
}

fn a_broken_database() {
    let native = Native::default();
    let person = Person::register(&native);
    native.execute("DROP TABLE sessions");
    let answer = person.profile(&native);

    assert_eq!((answer.status, answer.code()), (500, "internal_error"));
    assert!(!answer.body.to_string().contains("sessions"));
    let line = native.log().pop().unwrap();
    assert_eq!(line.detail, "no such table: sessions");
}

fn the_log_has_no_secrets() {
    let native = Native::default();
    let person = Person::register(&native);
    register(&native, &form(&person.email));
    sign_in(&native, &person.email, "опечатка-42");
    sign_in(&native, &new_email(), PASSWORD);
    native.send(Call::new("GET", format!("/api/{}", person.token)));
    native.send(Call::new("GET", "/api/auth/profile/").bearer(&format!("{}x", person.token)));
    person.profile(&native);

    let log: Vec<_> = native.log().iter().map(LogLine::to_json).collect();
    assert_eq!(log.len(), 7);
    let log = log.join("\n").to_lowercase();
    for secret in [
        "person-",
        "example.com",
        "каренина",
        "9991234567",
        PASSWORD,
        "опечатка-42",
        &person.token,
        "eyj",
    ] {
        assert!(
            !log.contains(&secret.to_lowercase()),
            "{secret} is in the log:\n{log}"
        );
    }
}

fn hashes_of_production_open_the_door() {
    let native = Native::default().with_production_hashes();
    let person = Person::register(&native);
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
    assert_eq!(
        sign_in(&native, &person.email, "wrong password").status,
        401
    );
}
