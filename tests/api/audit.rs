//! The audit log as the database holds it.

use edge_worker::domain::audit::Event;
use libtest_mimic::Trial;
use portal_tests::backend::{Backend, Call};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, new_email, sign_in};
use portal_tests::trials;
use serde_json::json;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        every_event_is_put_down_with_who_and_whom,
        where_a_request_came_from_is_put_down_without_the_raw_headers,
        what_did_not_happen_is_not_put_down,
        a_flood_of_refused_sign_ins_stays_small_and_is_counted,
        upkeep_forgets_what_is_older_than_400_days_and_sessions_that_are_over,
        the_audit_log_has_no_secrets_and_nothing_that_was_typed,
        every_event_has_its_words_in_the_cabinet,
    }
}

/// The log, oldest first, a line an entry.
fn log(native: &Native, columns: &str) -> Vec<String> {
    let lines = native.ask(&format!(
        "SELECT group_concat(line, x'0a') FROM (SELECT concat_ws(' ', {columns}) AS line FROM audit ORDER BY id)"
    ));
    lines.lines().map(str::to_owned).collect()
}

fn every_event_is_put_down_with_who_and_whom() {
    let native = Native::default();
    let person = Person::register(&native);
    sign_in(&native, &person.email, "неправильная лошадь");
    sign_in(&native, &new_email(), PASSWORD);
    let other = sign_in(&native, &person.email, PASSWORD);
    let token = other.body["token"].as_str().unwrap();
    let patch = Call::new("PATCH", "/api/auth/profile/").bearer(token);
    native.send(patch.json(&json!({"name": "Вронский"})));
    native.send(Call::new("POST", "/api/auth/logout/").bearer(token));
    native.send(Call::new("POST", "/api/auth/logout/?all=true").bearer(&person.token));
    native.set_active(&person.email, false);
    sign_in(&native, &person.email, PASSWORD);
    native.set_active(&person.email, true);
    native.set_password(&person.email, PASSWORD);

    assert_eq!(
        log(
            &native,
            "event, ifnull(user_id, '-'), actor, actor_name, detail"
        ),
        [
            "registered 1 person",
            "sign_in_refused 1 anyone wrong_password",
            "sign_in_refused - anyone unknown_address",
            "sign_in 1 person",
            "profile_changed 1 person",
            "signed_out 1 person",
            "sessions_ended 1 person",
            "account_deactivated 1 operator test",
            "sign_in_refused 1 anyone inactive",
            "account_activated 1 operator test",
            "password_changed 1 operator test",
        ]
    );
}

fn where_a_request_came_from_is_put_down_without_the_raw_headers() {
    let native = Native::default();
    let person = Person::register(&native);
    let call = Call::new("POST", "/api/auth/login/")
        .json(&json!({"email": person.email, "password": PASSWORD}))
        .header("cf-connecting-ip", "2001:db8:1:2:3:4:5:6")
        .header("cf-ipcountry", "KZ")
        .header("x-forwarded-for", "198.51.100.1")
        .header("user-agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36");
    assert_eq!(native.send(call).status, 200);
    let entries = log(&native, "event, network, country, device");
    assert_eq!(
        entries,
        ["registered", "sign_in 2001:db8:1:2::/64 KZ Chrome, Windows"]
    );
    let session = native.ask(
        "SELECT country || ' ' || device || ' ' || (last_seen_at - created_at) FROM sessions WHERE country IS NOT NULL",
    );
    assert_eq!(session, "KZ Chrome, Windows 0");
}

fn what_did_not_happen_is_not_put_down() {
    let native = Native::default();
    let person = Person::register(&native);
    portal_tests::person::register(&native, &portal_tests::person::form(&person.email));
    native.interfere("UPDATE users SET is_active = 0".to_owned());
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 401);
    assert_eq!(
        log(&native, "event, detail"),
        ["registered", "sign_in_refused inactive"]
    );
}

fn a_flood_of_refused_sign_ins_stays_small_and_is_counted() {
    let native = Native::default();
    let person = Person::register(&native);
    for number in 0..300 {
        let call = Call::new("POST", "/api/auth/login/").header(
            "cf-connecting-ip",
            format!("203.0.{}.{}", number / 100, number % 100),
        );
        let email = if number % 3 == 0 {
            &person.email
        } else {
            &new_email()
        };
        native.send(call.json(&json!({"email": email, "password": "x"})));
    }
    // Five passwords are found wrong, then the account is locked: that is another detail, and another row.
    let rows = "SELECT count(*) <= 5 + 16 + 64 FROM audit WHERE event = 'sign_in_refused'";
    assert_eq!(native.ask(rows), "1");
    let times = "SELECT sum(times) FROM audit WHERE event = 'sign_in_refused' AND user_id IS";
    assert_eq!(native.ask(&format!("{times} 1")), "100");
    assert_eq!(native.ask(&format!("{times} NULL")), "200");

    let before: u32 = native.ask("SELECT count(*) FROM audit").parse().unwrap();
    native.wait_seconds(3_600);
    sign_in(&native, &person.email, "x");
    let after: u32 = native.ask("SELECT count(*) FROM audit").parse().unwrap();
    assert_eq!(after, before + 1, "another hour has its own row");
}

fn the_audit_log_has_no_secrets_and_nothing_that_was_typed() {
    let native = Native::default();
    let person = Person::register(&native);
    sign_in(&native, "Моя-Опечатка@Example.com", "секрет-вместо-пароля");
    sign_in(&native, &person.email, PASSWORD);
    let log = log(
        &native,
        "event, user_id, actor, actor_name, detail, at, network, country, device, fold_key",
    )
    .join("\n");
    assert!(log.contains("unknown_address"), "{log}");
    for secret in [
        "example",
        "опечатка",
        "секрет",
        "лошадь",
        "каренина",
        "999",
        "pbkdf2",
    ] {
        assert!(
            !log.to_lowercase().contains(secret),
            "{secret} is in the log:\n{log}"
        );
    }
}

fn upkeep_forgets_what_is_older_than_400_days_and_sessions_that_are_over() {
    const DAY: i64 = 24 * 60 * 60;
    let native = Native::default();
    let person = Person::register(&native);
    native.wait_seconds(DAY - 1);
    let _elsewhere = person.sign_in_again(&native);
    let left = |native: &Native| {
        assert!(native.upkeep().failures.is_empty());
        let sessions = native.ask("SELECT count(*) FROM sessions");
        (log(native, "event").join(","), sessions)
    };
    assert_eq!(
        left(&native),
        ("registered,sign_in".to_owned(), "2".to_owned())
    );
    native.wait_seconds(1);
    assert_eq!(
        left(&native),
        ("registered,sign_in".to_owned(), "1".to_owned())
    );
    native.wait_seconds(399 * DAY - 1);
    assert_eq!(left(&native).0, "registered,sign_in");
    native.wait_seconds(1);
    assert_eq!(left(&native), ("sign_in".to_owned(), "0".to_owned()));
    native.wait_seconds(DAY);
    assert_eq!(left(&native).0, "");
}

fn every_event_has_its_words_in_the_cabinet() {
    for messages in [
        include_str!("../../content/ru/messages.toml"),
        include_str!("../../content/en/messages.toml"),
    ] {
        let (_, events) = messages.split_once("\n[script.event]\n").unwrap();
        let events = events.split("\n[").next().unwrap();
        for event in Event::ALL {
            let key = format!("{} = ", event.as_str());
            let is_there = events.lines().any(|line| line.starts_with(&key));
            assert!(is_there, "content/*/messages.toml, [script.event]: {key}");
        }
    }
}
