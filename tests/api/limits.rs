//! The limits of signing in, with the clock in hand: how they shut, open again, and hold against many at once.

use std::thread;

use libtest_mimic::Trial;
use portal_tests::backend::{Answer, Backend, Call};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, new_email};
use portal_tests::trials;
use serde_json::json;

pub(crate) const WRONG: &str = "неправильная лошадь";
pub(crate) const HOME: &str = "203.0.113.7";
pub(crate) const ELSEWHERE: &str = "198.51.100.9";

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::limits":
        an_address_is_shut_after_five_wrong_passwords_and_opens_by_itself,
        a_right_password_begins_the_address_anew,
        a_day_after_its_first_attempt_the_address_begins_anew,
        a_shut_address_is_open_where_its_owner_lives,
        strangers_are_shut_out_of_a_home_that_its_owner_left_a_month_ago,
        every_state_of_an_account_costs_one_hash_and_gets_the_same_bytes,
        fifty_at_once_start_at_most_ten_hashes_and_check_at_most_five,
        a_shut_address_opens_to_none_of_fifty_right_passwords_at_once,
        the_database_climbs_the_pauses_as_the_rule_says,
        a_network_is_shut_openly_and_says_when_it_opens,
        a_shut_network_does_not_count_for_the_address,
        right_passwords_neither_shut_a_network_nor_open_it,
        a_network_is_64_bits_of_ipv6_and_what_a_client_says_of_itself_is_not_believed,
        the_counters_name_nobody,
        counters_are_forgotten_by_the_clock,
        what_a_flood_has_left_is_forgotten_in_portions,
    }
}

pub(crate) fn sign_in_from(native: &Native, address: &str, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    let call = Call::new("POST", "/api/auth/login/").json(&body);
    native.send(call.header("cf-connecting-ip", address))
}

/// Somebody who lives nowhere yet: each network is a stranger's.
pub(crate) fn person(native: &Native) -> Person {
    let person = Person::register(native);
    native.execute("DELETE FROM attempts");
    person
}

/// Wrong passwords until the address is shut.
pub(crate) fn shut(native: &Native, address: &str, email: &str) {
    for _ in 0..5 {
        assert_eq!(sign_in_from(native, address, email, WRONG).status, 401);
    }
}

pub(crate) fn hashes_of_last(native: &Native) -> u32 {
    native.log().last().unwrap().hashes
}

fn is_open(native: &Native, address: &str, email: &str) -> bool {
    sign_in_from(native, address, email, PASSWORD).status == 200
}

fn an_address_is_shut_after_five_wrong_passwords_and_opens_by_itself() {
    let native = Native::default();
    let person = person(&native);
    shut(&native, ELSEWHERE, &person.email);
    let shut_out = sign_in_from(&native, ELSEWHERE, &person.email, PASSWORD);
    assert_eq!(
        (shut_out.status, shut_out.code()),
        (401, "invalid_credentials")
    );
    native.wait_seconds(29);
    assert!(!is_open(&native, ELSEWHERE, &person.email));
    native.wait_seconds(1);

    for pause in [60, 120, 240, 480, 900, 900] {
        assert_eq!(
            sign_in_from(&native, ELSEWHERE, &person.email, WRONG).status,
            401
        );
        native.wait_seconds(pause - 1);
        assert!(!is_open(&native, ELSEWHERE, &person.email), "{pause}");
        native.wait_seconds(1);
    }
    assert!(is_open(&native, ELSEWHERE, &person.email));
}

fn a_right_password_begins_the_address_anew() {
    let native = Native::default();
    let person = person(&native);
    for _ in 0..4 {
        sign_in_from(&native, ELSEWHERE, &person.email, WRONG);
    }
    assert!(is_open(&native, ELSEWHERE, &person.email));
    shut(&native, ELSEWHERE, &person.email);
    native.wait_seconds(30);
    assert!(is_open(&native, ELSEWHERE, &person.email));
    for _ in 0..4 {
        sign_in_from(&native, ELSEWHERE, &person.email, WRONG);
    }
    assert!(is_open(&native, ELSEWHERE, &person.email), "four are free");
}

fn a_day_after_its_first_attempt_the_address_begins_anew() {
    let native = Native::default();
    let person = person(&native);
    for (wait, is_forgotten) in [(24 * 60 * 60 - 1, false), (24 * 60 * 60, true)] {
        native.execute("DELETE FROM attempts");
        for _ in 0..4 {
            sign_in_from(&native, ELSEWHERE, &person.email, WRONG);
        }
        native.wait_seconds(wait);
        sign_in_from(&native, ELSEWHERE, &person.email, WRONG);
        assert_eq!(
            is_open(&native, ELSEWHERE, &person.email),
            is_forgotten,
            "{wait}"
        );
    }
}

/// Else anybody could lock anybody out by trying five passwords every quarter of an hour.
fn a_shut_address_is_open_where_its_owner_lives() {
    let native = Native::default();
    let person = person(&native);
    assert!(is_open(&native, HOME, &person.email));
    shut(&native, ELSEWHERE, &person.email);
    assert!(!is_open(&native, ELSEWHERE, &person.email));
    assert!(is_open(&native, HOME, &person.email));
    assert!(
        !is_open(&native, ELSEWHERE, &person.email),
        "the owner's success does not open the door for strangers"
    );

    shut(&native, HOME, &person.email);
    assert!(
        !is_open(&native, HOME, &person.email),
        "guesses at home are limited too"
    );
    native.wait_seconds(30);
    assert!(is_open(&native, HOME, &person.email));
}

fn strangers_are_shut_out_of_a_home_that_its_owner_left_a_month_ago() {
    let native = Native::default();
    let person = person(&native);
    assert!(is_open(&native, HOME, &person.email));
    native.wait_seconds(30 * 24 * 60 * 60);
    shut(&native, ELSEWHERE, &person.email);
    assert!(!is_open(&native, HOME, &person.email));
}

/// ASVS 5.0 6.3.8: neither words nor work tell who has an account.
fn every_state_of_an_account_costs_one_hash_and_gets_the_same_bytes() {
    let native = Native::default();
    let [known, inactive, foreign, locked] = std::array::from_fn(|_| person(&native));
    native.set_active(&inactive.email, false);
    native.execute(&format!(
        "UPDATE users SET password_hash = 'bcrypt$x' WHERE email = '{}'",
        foreign.email
    ));
    let unknown_locked = new_email();
    for email in [&locked.email, &unknown_locked] {
        shut(&native, ELSEWHERE, email);
    }
    let mut answers = Vec::new();
    for (email, password) in [
        (&known.email, WRONG),
        (&new_email(), PASSWORD),
        (&inactive.email, PASSWORD),
        (&inactive.email, WRONG),
        (&foreign.email, PASSWORD),
        (&locked.email, PASSWORD),
        (&locked.email, WRONG),
        (&unknown_locked, PASSWORD),
    ] {
        let answer = sign_in_from(&native, HOME, email, password);
        assert_eq!((answer.status, answer.code()), (401, "invalid_credentials"));
        assert_eq!(hashes_of_last(&native), 1, "{email}");
        let without_ids = answer
            .headers
            .iter()
            .filter(|(name, _)| name != "x-request-id");
        answers.push((
            without_ids.cloned().collect::<Vec<_>>(),
            answer.lasting_body(),
        ));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
}

/// ASVS 5.0 6.3.1; ZITADEL's GHSA-7h8m-vrxx-vr4m.
fn fifty_at_once_start_at_most_ten_hashes_and_check_at_most_five() {
    let native = Native::default();
    let person = person(&native);
    let before = native.log().len();
    let statuses = at_once(|address| sign_in_from(&native, &address, &person.email, WRONG).status);
    assert!(statuses.iter().all(|status| *status == 401), "{statuses:?}");
    let log = native.log();
    let hashes: u32 = log[before..].iter().map(|line| line.hashes).sum();
    assert_eq!(hashes, 10, "five guesses and five decoys");
    let count = "SELECT count FROM attempts WHERE kind = 'sign_in'";
    assert_eq!(native.ask(count), "5", "no more than five were checked");
}

fn a_shut_address_opens_to_none_of_fifty_right_passwords_at_once() {
    let native = Native::default();
    let person = person(&native);
    native.execute("DELETE FROM sessions");
    shut(&native, ELSEWHERE, &person.email);
    let statuses =
        at_once(|address| sign_in_from(&native, &address, &person.email, PASSWORD).status);
    assert!(statuses.iter().all(|status| *status == 401), "{statuses:?}");
    assert_eq!(native.ask("SELECT count(*) FROM sessions"), "0");
}

/// Fifty requests of fifty networks.
fn at_once<T: Send>(request: impl Fn(String) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let request = &request;
        let running: Vec<_> = (0..50)
            .map(|number| scope.spawn(move || request(format!("203.0.113.{number}"))))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

fn the_database_climbs_the_pauses_as_the_rule_says() {
    use edge_worker::domain::attempts::AttemptKind;
    let native = Native::default();
    let email = new_email();
    let rule = AttemptKind::SignIn.back_off();
    for count in 1..15 {
        sign_in_from(&native, &format!("203.0.113.{count}"), &email, WRONG);
        let counter = "FROM attempts WHERE kind = 'sign_in'";
        assert_eq!(
            native.ask(&format!("SELECT count {counter}")),
            count.to_string()
        );
        let shut_until: i64 = native
            .ask(&format!("SELECT shut_until {counter}"))
            .parse()
            .unwrap();
        let pause = i64::try_from(rule.pause_after(count).as_millis()).unwrap();
        assert_eq!(shut_until - native.now() * 1_000, pause, "after {count}");
        native.wait_seconds(pause / 1_000);
    }
}

fn a_network_is_shut_openly_and_says_when_it_opens() {
    let native = Native::default();
    let person = person(&native);
    for _ in 0..50 {
        assert_eq!(
            sign_in_from(&native, ELSEWHERE, &new_email(), WRONG).status,
            401
        );
    }
    for (wait, retry_after, message) in [
        (
            0,
            "30",
            "Слишком много попыток. Попробуйте снова через 30 секунд.",
        ),
        (
            29,
            "1",
            "Слишком много попыток. Попробуйте снова через 1 секунду.",
        ),
    ] {
        native.wait_seconds(wait);
        for email in [&person.email, &new_email()] {
            let answer = sign_in_from(&native, ELSEWHERE, email, PASSWORD);
            assert_eq!((answer.status, answer.code()), (429, "too_many_requests"));
            assert_eq!(answer.header("retry-after"), Some(retry_after));
            let text = answer.body["message"].as_str().unwrap();
            assert_eq!(text.replace('\u{a0}', " "), message);
            assert_eq!(hashes_of_last(&native), 0);
        }
    }
    assert!(is_open(&native, HOME, &person.email), "another network");
    native.wait_seconds(1);
    assert_eq!(
        sign_in_from(&native, ELSEWHERE, &new_email(), WRONG).status,
        401
    );
    let longer = sign_in_from(&native, ELSEWHERE, &person.email, PASSWORD);
    assert_eq!(longer.header("retry-after"), Some("60"));
}

/// Else whoever has been shut out could go on shutting out others.
fn a_shut_network_does_not_count_for_the_address() {
    let native = Native::default();
    let person = person(&native);
    for _ in 0..50 {
        sign_in_from(&native, ELSEWHERE, &new_email(), WRONG);
    }
    for _ in 0..10 {
        assert_eq!(
            sign_in_from(&native, ELSEWHERE, &person.email, WRONG).status,
            429
        );
    }
    assert!(is_open(&native, HOME, &person.email));
}

fn right_passwords_neither_shut_a_network_nor_open_it() {
    let native = Native::default();
    let person = person(&native);
    for _ in 0..60 {
        assert!(is_open(&native, ELSEWHERE, &person.email));
    }
    // Rauthy's one weak point: an attacker's own account would begin the network anew.
    for _ in 0..49 {
        sign_in_from(&native, ELSEWHERE, &new_email(), WRONG);
        assert!(is_open(&native, ELSEWHERE, &person.email));
    }
    sign_in_from(&native, ELSEWHERE, &new_email(), WRONG);
    assert!(!is_open(&native, ELSEWHERE, &person.email));
    native.wait_seconds(30);
    assert!(is_open(&native, ELSEWHERE, &person.email));
    assert_eq!(
        sign_in_from(&native, ELSEWHERE, &new_email(), WRONG).status,
        401,
        "what a right password has shut it opens again"
    );
}

/// ASVS 5.0 4.1.3.
fn a_network_is_64_bits_of_ipv6_and_what_a_client_says_of_itself_is_not_believed() {
    let native = Native::default();
    for number in 0..50 {
        let body = json!({"email": new_email(), "password": WRONG});
        let mut call = Call::new("POST", "/api/auth/login/").json(&body);
        call = call.header("cf-connecting-ip", format!("2001:db8:1:2::{number}"));
        for name in [
            "x-forwarded-for",
            "x-real-ip",
            "true-client-ip",
            "forwarded",
            "x-client-ip",
            "fastly-client-ip",
        ] {
            call = call.header(name, format!("198.51.100.{number}"));
        }
        assert_eq!(native.send(call).status, 401);
    }
    for (address, status) in [
        ("2001:db8:1:2:ffff::1", 429),
        ("2001:db8:1:3::1", 401),
        ("198.51.100.1", 401),
    ] {
        let answer = sign_in_from(&native, address, &new_email(), WRONG);
        assert_eq!(answer.status, status, "{address}");
    }
}

fn the_counters_name_nobody() {
    let native = Native::default();
    let person = person(&native);
    sign_in_from(&native, ELSEWHERE, &person.email, WRONG);
    sign_in_from(&native, ELSEWHERE, &person.email, PASSWORD);
    sign_in_from(&native, ELSEWHERE, &new_email(), PASSWORD);
    let kept = native.ask(
        "SELECT group_concat(kind || key || count || shut_until || forgotten_at) FROM attempts",
    );
    for word in ["person-", "example", ELSEWHERE, "198.51"] {
        assert!(!kept.to_lowercase().contains(word), "{word}: {kept}");
    }
    assert_eq!(native.ask("SELECT count(*) FROM attempts"), "3", "{kept}");
}

/// One statement for all of it might take longer than the database allows, and would then fail in every run.
fn what_a_flood_has_left_is_forgotten_in_portions() {
    let native = Native::default();
    native.execute(
        "INSERT INTO attempts (kind, key, count, shut_until, forgotten_at)
         WITH RECURSIVE row(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM row WHERE number < 5001)
         SELECT 'sign_in', number, 1, 0, 1 FROM row",
    );
    for left in ["1", "0"] {
        native.upkeep();
        assert_eq!(native.ask("SELECT count(*) FROM attempts"), left);
    }
}

fn counters_are_forgotten_by_the_clock() {
    let native = Native::default();
    let person = person(&native);
    assert!(is_open(&native, HOME, &person.email));
    shut(&native, ELSEWHERE, &new_email());
    let count = "SELECT group_concat(kind) FROM (SELECT kind FROM attempts ORDER BY kind)";
    assert_eq!(
        native.ask(count),
        "sign_in,sign_in_at_home,sign_in_from,sign_in_from"
    );
    native.wait_seconds(24 * 60 * 60 - 1);
    native.upkeep();
    assert_eq!(native.ask(count), "sign_in,sign_in_at_home");
    native.wait_seconds(1);
    native.upkeep();
    assert_eq!(native.ask(count), "sign_in_at_home");
    native.wait_seconds(29 * 24 * 60 * 60);
    native.upkeep();
    assert_eq!(native.ask(count), "");
}
