//! The API over HTTP on workerd with D1: every scenario again, and the operator's tool on the same database.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "this is test code: a surprise ends the test"
)]

#[path = "workerd/operators.rs"]
mod operators;

use std::thread;

use edge_worker::domain::attempts::{AttemptKind, CounterKey};
use edge_worker::domain::email::Email;
use portal_tests::backend::{Backend as _, Call};
use portal_tests::d1::D1;
use portal_tests::ledger;
use portal_tests::person::{PASSWORD, new_email, new_network, sign_in};
use portal_tests::scenarios::headers::assert_headers;
use portal_tests::workerd::Workerd;
use portal_tests::{trials, trials::run};

fn main() {
    let mut own = trials! { "workerd":
        an_account_made_by_hand_opens_the_cabinet,
        the_operators_tool_names_what_is_wrong,
        a_flood_of_one_network_is_stopped_by_the_platforms_limiter,
        fifty_wrong_passwords_at_once_start_at_most_ten_hashes,
    };
    own.extend(operators::trials());
    own.extend(ledger::trials::<D1>());
    own.extend(ledger::killed::trials());
    run("workerd", Workerd::from_environment, own);
}

fn an_account_made_by_hand_opens_the_cabinet() {
    let email = new_email();
    let arguments = [
        "user",
        "create",
        "--email",
        &email,
        "--name",
        "Конь О'Брайен",
        "--role",
        "admin",
    ];
    let said = Workerd::cabinetctl(&arguments, &format!("{PASSWORD}\n")).unwrap();
    assert!(said.contains(&email), "{said}");
    assert!(!said.contains(PASSWORD));

    let answer = sign_in(&Workerd::from_environment(), &email, PASSWORD);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["user"]["name"], "Конь О'Брайен");
    assert_eq!(answer.body["user"]["role"], "admin");

    let shown =
        Workerd::cabinetctl(&["user", "show", "--email", &email.to_uppercase()], "").unwrap();
    assert!(
        shown.contains("Конь О'Брайен") && shown.contains("admin") && shown.contains("active"),
        "{shown}"
    );
}

/// The limiter lets 60 requests a minute pass, and a minute may begin on the way: so they all come at once.
fn a_flood_of_one_network_is_stopped_by_the_platforms_limiter() {
    let workerd = Workerd::from_environment();
    let network = new_network().to_string();
    let send = |address: &str| {
        let call = Call::new("POST", "/api/auth/login/");
        workerd.send(call.header("cf-connecting-ip", address))
    };
    let answers: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..180).map(|_| scope.spawn(|| send(&network))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let (passed, stopped): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == 400);
    assert!((60..=120).contains(&passed.len()), "{}", passed.len());
    for answer in stopped {
        assert_eq!(answer.code(), "too_many_requests");
        assert_headers(&answer, 429, &[("retry-after", "60")]);
    }
    assert_eq!(send(&new_network().to_string()).status, 400);
}

/// ASVS 5.0 6.3.1. The counters say how many got beyond the reservation: each made one hash.
fn fifty_wrong_passwords_at_once_start_at_most_ten_hashes() {
    let workerd = Workerd::from_environment();
    let email = new_email();
    let begin = workerd.now();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let guess = || sign_in(&workerd, &email, PASSWORD).status;
        let running: Vec<_> = (0..50).map(|_| scope.spawn(guess)).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(statuses.iter().all(|status| *status == 401), "{statuses:?}");

    let key = CounterKey::derive(workerd.signing_key().as_bytes());
    let email = Email::parse(&email).unwrap();
    for kind in [AttemptKind::SignIn, AttemptKind::SignInDecoy] {
        let counter = key.of_address(kind, &email);
        let kept = workerd.read(
            "SELECT count, kind FROM attempts WHERE key = ?1",
            &counter.key,
        );
        assert_eq!(kept.len(), 1, "{kind:?}: {kept:?}");
        let count = u32::try_from(kept[0]["count"].as_u64().unwrap()).unwrap();
        let allowed = allowed_within(kind, workerd.now() - begin);
        assert!((5..=allowed).contains(&count), "{kind:?}: {count}");
    }
}

/// How many attempts get through in so many seconds. Five, unless the machine is so slow that pauses end meanwhile.
fn allowed_within(kind: AttemptKind, seconds: i64) -> u32 {
    let rule = kind.back_off();
    let mut rest = u64::try_from(seconds).unwrap();
    let mut count = rule.free;
    while let Some(later) = rest.checked_sub(rule.pause_after(count).as_secs()) {
        rest = later;
        count += 1;
    }
    count
}

fn the_operators_tool_names_what_is_wrong() {
    let email = new_email();
    Workerd::cabinetctl(&["user", "create", "--email", &email], PASSWORD).unwrap();
    for (arguments, input, expected) in [
        (
            vec!["user", "create", "--email", &email],
            PASSWORD,
            "registered with this e-mail address already",
        ),
        (
            vec!["user", "create", "--email", "anna"],
            PASSWORD,
            "give one like name@example.com",
        ),
        (
            vec!["user", "create", "--email", "a@example.com"],
            "12345",
            "shorter than 6 characters",
        ),
        (
            vec![
                "user",
                "create",
                "--email",
                "a@example.com",
                "--role",
                "root",
            ],
            PASSWORD,
            "there is no such role",
        ),
        (
            vec!["user", "show", "--email", "nobody@example.com"],
            "",
            "nobody is registered",
        ),
    ] {
        let complaint = Workerd::cabinetctl(&arguments, input).unwrap_err();
        assert!(complaint.contains(expected), "{arguments:?}: {complaint}");
    }
}
