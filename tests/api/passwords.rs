//! Stored passwords that are older or weaker than today's.

use edge_worker::domain::password_hash::{Iterations, PasswordHash, Salt};
use edge_worker::domain::secret::SecretText;
use edge_worker::http::log::Severity;
use libtest_mimic::Trial;
use portal_tests::backend::Backend as _;
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, new_email, sign_in};
use portal_tests::trials;

const HASH: &str = "SELECT password_hash FROM users";

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        a_weak_hash_is_renewed_at_sign_in_and_the_session_lives,
        a_hash_that_is_strong_enough_stays_as_it_is,
        a_wrong_password_renews_nothing,
        a_renewal_that_fails_does_not_fail_the_sign_in,
        a_renewal_that_fails_is_told_to_the_log_without_secrets,
        a_password_that_changes_during_its_renewal_stays_changed,
        a_hash_that_another_sign_in_renews_meanwhile_still_opens,
        refusals_cost_the_same_work_whatever_hash_is_stored,
    }
}

/// The hash of a password with so many iterations.
fn hash_of(password: &str, iterations: u32) -> String {
    let password = SecretText::new(password.to_owned());
    let iterations = Iterations::new(iterations).unwrap();
    PasswordHash::derive(&password, Salt::from_random([7; 16]), iterations).to_string()
}

/// Somebody with a hash of so many iterations, where new ones have 1,000.
fn somebody(native: &Native, iterations: u32) -> Person {
    let person = Person::register(native);
    let hash = hash_of(PASSWORD, iterations);
    native.execute(&format!("UPDATE users SET password_hash = '{hash}'"));
    person
}

fn a_weak_hash_is_renewed_at_sign_in_and_the_session_lives() {
    let native = Native::default();
    let person = somebody(&native, 999);
    native.wait_seconds(60);

    let mut answer = sign_in(&native, &person.email, PASSWORD);
    assert_eq!(answer.status, 200);
    let renewed = native.ask(HASH);
    assert!(renewed.starts_with("pbkdf2_sha256$1000$"), "{renewed}");
    let last = "SELECT event || ' ' || actor FROM audit ORDER BY id DESC LIMIT 1";
    assert_eq!(native.ask(last), "password_rehashed system");
    let unchanged = native.ask("SELECT updated_at = created_at FROM users");
    assert_eq!(unchanged, "1", "the account is as it was");

    let newcomer = Person {
        token: answer.body["token"].take().as_str().unwrap().to_owned(),
        ..person.clone()
    };
    assert_eq!(newcomer.profile(&native).status, 200);
    assert_eq!(person.profile(&native).status, 200, "older sessions go on");
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
    assert_eq!(native.ask(HASH), renewed, "once is enough");
}

fn a_hash_that_is_strong_enough_stays_as_it_is() {
    for iterations in [1_000, 1_001, 5_000] {
        let native = Native::default();
        let person = somebody(&native, iterations);
        let stored = native.ask(HASH);
        assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
        assert_eq!(native.ask(HASH), stored, "{iterations}");
    }
}

fn a_wrong_password_renews_nothing() {
    let native = Native::default();
    let person = somebody(&native, 10);
    let stored = native.ask(HASH);
    assert_eq!(sign_in(&native, &person.email, "не тот").status, 401);
    native.set_active(&person.email, false);
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 401);
    assert_eq!(native.ask(HASH), stored);
}

fn a_renewal_that_fails_does_not_fail_the_sign_in() {
    let native = Native::default();
    let person = somebody(&native, 10);
    native.execute(
        "CREATE TRIGGER refuse BEFORE UPDATE OF password_hash ON users
         BEGIN SELECT raise(ABORT, 'the disk is full'); END",
    );
    let answer = sign_in(&native, &person.email, PASSWORD);
    assert_eq!(answer.status, 200);
    assert!(native.ask(HASH).starts_with("pbkdf2_sha256$10$"));
}

fn a_renewal_that_fails_is_told_to_the_log_without_secrets() {
    let native = Native::default();
    let person = somebody(&native, 10);
    let told = |native: &Native| {
        assert_eq!(sign_in(native, &person.email, PASSWORD).status, 200);
        native.log().pop().unwrap()
    };
    native.execute(
        "CREATE TRIGGER refuse BEFORE UPDATE OF password_hash ON users
         BEGIN SELECT raise(ABORT, 'the disk is full'); END",
    );
    let line = told(&native);
    assert_eq!(line.severity, Severity::Error, "{line:?}");
    assert_eq!((line.status, line.code), (200, None));
    let user = native.ask("SELECT id FROM users");
    assert_eq!(
        line.detail,
        format!("user {user}: the hash was not renewed: the disk is full")
    );
    let text = line.to_json();
    for secret in [PASSWORD, &person.email, "pbkdf2"] {
        assert!(!text.contains(secret), "{text}");
    }

    native.execute("DROP TRIGGER refuse");
    let line = told(&native);
    assert_eq!((line.severity, line.detail.as_str()), (Severity::Info, ""));
}

fn a_password_that_changes_during_its_renewal_stays_changed() {
    let native = Native::default();
    let person = somebody(&native, 10);
    // The visits: count the attempt, read the password, forget the count, open the session, renew the hash.
    native.interfere_before_batch(5, "UPDATE users SET password_hash = 'another'");
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
    assert_eq!(native.ask(HASH), "another");
    let renewals = "SELECT count(*) FROM audit WHERE event = 'password_rehashed'";
    assert_eq!(native.ask(renewals), "0");
}

fn a_hash_that_another_sign_in_renews_meanwhile_still_opens() {
    let native = Native::default();
    let person = somebody(&native, 10);
    let renewed = hash_of(PASSWORD, 1_000);
    native.interfere(format!("UPDATE users SET password_hash = '{renewed}'"));
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
    assert_eq!(native.ask(HASH), renewed);
}

/// Time is a poor witness on a busy machine, so the bounds are wide: without the make-up, a hash of one iteration would
/// answer a hundred times faster than an unknown address.
#[expect(
    clippy::disallowed_methods,
    reason = "this very test is about the time that passes"
)]
fn refusals_cost_the_same_work_whatever_hash_is_stored() {
    let native = Native::default().with_production_hashes();
    let person = Person::register(&native);
    let time = |email: &str, password: &str| {
        let begin = std::time::Instant::now();
        assert_eq!(sign_in(&native, email, password).status, 401);
        begin.elapsed()
    };
    let unknown = time(&new_email(), PASSWORD);
    for stored in [hash_of(PASSWORD, 1), String::new()] {
        native.execute(&format!("UPDATE users SET password_hash = '{stored}'"));
        let wrong = time(&person.email, "не тот");
        assert!(wrong > unknown / 10, "{wrong:?} against {unknown:?}");
    }
    let stored = hash_of(PASSWORD, 1);
    native.execute(&format!(
        "UPDATE users SET password_hash = '{stored}', is_active = 0"
    ));
    let inactive = time(&person.email, PASSWORD);
    assert!(inactive > unknown / 10, "{inactive:?} against {unknown:?}");
}
