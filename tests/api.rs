//! The whole API natively, on SQLite in memory: every scenario, and what only a native test can arrange.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "this is test code: a surprise ends the test"
)]

#[path = "api/audit.rs"]
mod audit;
#[path = "api/catalogue_editing.rs"]
mod catalogue_editing;
#[path = "api/directory.rs"]
mod directory;
#[path = "api/document.rs"]
mod document;
#[path = "api/former_records.rs"]
mod former_records;
#[path = "api/headers.rs"]
mod headers;
#[path = "api/human_check.rs"]
mod human_check;
#[path = "api/import.rs"]
mod import;
#[path = "api/inspection.rs"]
mod inspection;
#[path = "api/keys.rs"]
mod keys;
#[path = "api/ledger.rs"]
mod ledger;
#[path = "api/limits.rs"]
mod limits;
#[path = "api/mail.rs"]
mod mail;
#[path = "api/migrations.rs"]
mod migrations;
#[path = "api/other_limits.rs"]
mod other_limits;
#[path = "api/passwords.rs"]
mod passwords;
#[path = "api/personal_data.rs"]
mod personal_data;
#[path = "api/plans.rs"]
mod plans;
#[path = "api/sample.rs"]
mod sample;
#[path = "api/scale.rs"]
mod scale;
#[path = "api/sessions.rs"]
mod sessions;

use edge_worker::http::log::LogLine;
use portal_tests::backend::{Backend, Call};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, form, new_email, register, sign_in};
use portal_tests::{trials, trials::run};
use serde_json::json;

fn main() {
    let mut own = trials! { "native":
        a_session_is_over_after_24_hours,
        sessions_that_are_over_are_dropped_at_the_next_sign_in,
        a_password_that_changes_while_it_is_checked_opens_nothing,
        an_account_that_closes_while_its_password_is_checked_opens_nothing,
        a_stored_password_that_cannot_be_checked_is_a_wrong_password,
        without_a_good_secret_no_request_is_served_and_the_log_says_why,
        an_installation_may_ask_for_longer_passwords,
        a_broken_database_is_told_to_the_log_and_not_to_the_client,
        the_log_has_no_secrets_and_no_personal_data,
        hashes_of_production_open_the_door,
        accepted_terms_are_kept_with_their_time,
        a_change_of_the_profile_moves_its_date,
        a_referral_code_that_is_taken_is_drawn_again,
        the_schema_is_strict_names_its_constraints_and_has_no_triggers,
    };
    own.extend(audit::trials());
    own.extend(document::trials());
    own.extend(headers::trials());
    own.extend(mail::trials());
    own.extend(keys::trials());
    own.extend(migrations::trials());
    own.extend(personal_data::trials());
    own.extend(plans::trials());
    own.extend(sample::trials());
    own.extend(scale::trials());
    own.extend(sessions::trials());
    own.extend(passwords::trials());
    own.extend(human_check::trials());
    own.extend(human_check::front_limiter());
    own.extend(limits::trials());
    own.extend(other_limits::trials());
    own.extend(ledger::trials());
    own.extend(directory::trials());
    own.extend(import::trials());
    own.extend(former_records::trials());
    own.extend(catalogue_editing::trials());
    own.extend(inspection::trials());
    run("native", Native::default, own);
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

fn without_a_good_secret_no_request_is_served_and_the_log_says_why() {
    for (secret, reason) in [
        (None, "JWT_SECRET is not set"),
        (
            Some("0123456789012345678901234567890"),
            "JWT_SECRET is 31 bytes long; it takes at least 32",
        ),
        (
            Some("secretsecretsecretsecretsecretsecret"),
            "JWT_SECRET is a well-known example",
        ),
        (
            Some("a:f3b1c5d7e9a2048617293a4b5c6d7e8f,a:0a9b8c7d6e5f40312233445566778899"),
            "JWT_SECRET holds two keys with the same name",
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

fn a_broken_database_is_told_to_the_log_and_not_to_the_client() {
    let native = Native::default();
    let person = Person::register(&native);
    native.execute("DROP TABLE sessions");
    let answer = person.profile(&native);

    assert_eq!((answer.status, answer.code()), (500, "internal_error"));
    assert!(!answer.body.to_string().contains("sessions"));
    let line = native.log().pop().unwrap();
    assert_eq!(line.detail, "no such table: sessions");
}

fn the_log_has_no_secrets_and_no_personal_data() {
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
    let stored = native.ask("SELECT password_hash FROM users");
    assert!(stored.starts_with("pbkdf2_sha256$600000$"), "{stored}");
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
    assert_eq!(
        sign_in(&native, &person.email, "неправильная лошадь").status,
        401
    );
}

fn sessions_that_are_over_are_dropped_at_the_next_sign_in() {
    let native = Native::default();
    let person = Person::register(&native);
    sign_in(&native, &person.email, PASSWORD);
    assert_eq!(native.ask("SELECT count(*) FROM sessions"), "2");
    native.wait_seconds(24 * 60 * 60);
    sign_in(&native, &person.email, PASSWORD);
    assert_eq!(native.ask("SELECT count(*) FROM sessions"), "1");
}

/// Hashing takes the better part of a second, and somebody may act meanwhile (ASVS 5.0 15.4.2).
fn a_password_that_changes_while_it_is_checked_opens_nothing() {
    let native = Native::default();
    let person = Person::register(&native);
    native.interfere("UPDATE users SET password_hash = 'another'; DELETE FROM sessions".to_owned());
    let answer = sign_in(&native, &person.email, PASSWORD);
    assert_eq!((answer.status, answer.code()), (401, "invalid_credentials"));
    assert_eq!(native.ask("SELECT password_hash FROM users"), "another");
    assert_eq!(native.ask("SELECT count(*) FROM sessions"), "0");
}

fn an_account_that_closes_while_its_password_is_checked_opens_nothing() {
    let native = Native::default();
    let person = Person::register(&native);
    native.interfere("UPDATE users SET is_active = 0; DELETE FROM sessions".to_owned());
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 401);
    assert_eq!(native.ask("SELECT count(*) FROM sessions"), "0");
}

/// The predecessor has accounts without a password and with other algorithms' hashes.
fn a_stored_password_that_cannot_be_checked_is_a_wrong_password() {
    for stored in [
        "",
        "!unusable",
        "pbkdf2_sha1$600000$seasalt2$2CLsaL1MZhq6JOG6QOHtVbiopHE=",
        "pbkdf2_sha256$3000000$seasalt$OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=",
    ] {
        let native = Native::default();
        let person = Person::register(&native);
        native.execute(&format!("UPDATE users SET password_hash = '{stored}'"));
        let answer = sign_in(&native, &person.email, PASSWORD);
        assert_eq!(
            (answer.status, answer.code()),
            (401, "invalid_credentials"),
            "{stored}"
        );
        assert_eq!(person.profile(&native).status, 200, "{stored}");
        native.set_password(&person.email, PASSWORD);
        assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
    }
}

fn an_installation_may_ask_for_longer_passwords() {
    let native = Native::default().with_password_min_chars("8");
    for (password, status) in [("коровы7", 400), ("коровы77", 201)] {
        let mut form = form(&new_email());
        form["password"] = json!(password);
        assert_eq!(register(&native, &form).status, status, "{password}");
    }
    let careless = Native::default().with_password_min_chars("3");
    assert_eq!(
        careless.send(Call::new("GET", "/api/auth/health/")).status,
        503
    );
}

fn accepted_terms_are_kept_with_their_time() {
    let native = Native::default();
    Person::register(&native);
    let kept = native.ask("SELECT terms_accepted_at = created_at FROM users");
    assert_eq!(kept, "1");

    let mut unasked = form(&new_email());
    unasked.as_object_mut().unwrap().remove("terms_accepted");
    assert_eq!(register(&native, &unasked).status, 201);
    let nothing = native.ask("SELECT terms_accepted_at FROM users ORDER BY id DESC LIMIT 1");
    assert_eq!(nothing, "", "nobody accepted for them");
}

fn a_change_of_the_profile_moves_its_date() {
    let native = Native::default();
    let person = Person::register(&native);
    native.wait_seconds(60);
    let call = Call::new("PATCH", "/api/auth/profile/").bearer(&person.token);
    let changed = native.send(call.json(&json!({"name": "Вронский"})));
    assert_eq!(changed.body["created_at"], "2027-01-15T08:00:00Z");
    assert_eq!(changed.body["updated_at"], "2027-01-15T08:01:00Z");
}

fn a_referral_code_that_is_taken_is_drawn_again() {
    let native = Native::default();
    let first = Person::register(&native);
    let code = first.user["referral_code"].as_str().unwrap();
    let taken = u32::from_str_radix(code, 16).unwrap().to_be_bytes();
    native.load_dice(&[taken, taken]);
    let second = Person::register(&native);
    assert_ne!(second.user["referral_code"], first.user["referral_code"]);
}

/// D1 cuts the bodies of triggers at the first semicolon when migrations are applied remotely.
fn the_schema_is_strict_names_its_constraints_and_has_no_triggers() {
    let native = Native::default();
    let ours = "FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'";
    let triggers = native.ask(&format!("SELECT count(*) {ours} AND type = 'trigger'"));
    assert_eq!(triggers, "0");
    let lax = native.ask(
        "SELECT group_concat(name) FROM pragma_table_list
         WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND strict = 0",
    );
    assert_eq!(lax, "");
    let tables = native.ask(&format!(
        "SELECT group_concat(sql, x'0a') {ours} AND type = 'table'"
    ));
    let mut constraints = 0;
    for line in tables.lines().map(|line| line.split("--").next().unwrap()) {
        if ["PRIMARY KEY", "UNIQUE", "FOREIGN KEY", "CHECK"]
            .iter()
            .any(|word| line.contains(word))
        {
            assert!(line.contains("CONSTRAINT "), "it has no name: {line}");
            constraints += 1;
        }
    }
    assert!(constraints > 8, "only {constraints} were found");
}
