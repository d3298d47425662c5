//! The outbox, its deliverers and the life of links: what takes a clock, a mail service in a mood, or a race.

use std::thread;

use edge_worker::app::delivery::{DeliveryNote, Fate};
use edge_worker::http::log::LogLine;
use libtest_mimic::Trial;
use portal_tests::backend::{Backend, Call};
use portal_tests::inbox::{
    ask_for_address, ask_for_reset, change_password, confirm_address, latest, names, reset,
    reset_token, verify,
};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, form, new_email, register, sign_in};
use portal_tests::post::Mood;
use portal_tests::trials;
use serde_json::json;

const NEW: &str = "совсем другая лошадь";
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        links_end_to_the_second,
        a_closed_account_cannot_use_its_link,
        a_link_stays_dead_when_the_address_comes_back,
        those_who_use_a_link_while_others_hash_are_too_late,
        an_account_that_changes_while_the_link_is_used_keeps_its_password,
        a_password_that_changes_while_another_is_checked_is_not_overwritten,
        a_session_that_ends_meanwhile_changes_nothing,
        a_foreign_hash_gets_its_own_mail_and_is_renewed_by_the_link,
        asking_for_a_link_costs_the_same_for_everybody,
        what_was_sent_is_forgotten_and_what_is_kept_here_is_not,
        a_refused_mail_is_tried_again_with_growing_pauses_until_the_day_is_over,
        a_mail_that_goes_out_later_is_sent_once,
        a_mailbox_that_bounces_is_given_up_at_once,
        a_mail_service_in_trouble_fails_no_request,
        a_link_that_is_dead_is_not_sent,
        those_who_deliver_at_once_never_send_a_mail_twice,
        a_deliverer_that_dies_is_replaced_after_the_lease,
        a_mail_that_cannot_be_read_stops_no_other,
        old_mail_and_dead_links_are_forgotten,
        a_new_country_is_told_and_a_first_sign_in_is_not,
        letters_say_who_where_and_when,
        neither_log_nor_audit_nor_links_hold_a_token,
        the_audit_log_tells_of_links_and_credentials,
    }
}

fn links_end_to_the_second() {
    for (seconds, expected) in [(HOUR - 1, 200), (HOUR, 400)] {
        let native = Native::default();
        let person = Person::register(&native);
        let token = reset_token(&native, &person);
        let address = new_email();
        ask_for_address(&native, &person, &address, PASSWORD);
        native.wait_seconds(seconds);
        let change = latest(&native, &address, "change-email").token;
        assert_eq!(confirm_address(&native, &change).status, expected);
        if expected == 400 {
            assert_eq!(reset(&native, &token, NEW).code(), "link_not_valid");
        }
    }
    for (seconds, expected) in [(24 * HOUR - 1, 200), (24 * HOUR, 400)] {
        let native = Native::default();
        let person = Person::register(&native);
        native.wait_seconds(seconds);
        let token = latest(&native, &person.email, "verify-email").token;
        assert_eq!(verify(&native, &token).status, expected);
    }
}

fn a_closed_account_cannot_use_its_link() {
    let native = Native::default();
    let person = Person::register(&native);
    let token = reset_token(&native, &person);
    native.execute("UPDATE users SET is_active = 0");
    assert_eq!(reset(&native, &token, NEW).code(), "link_not_valid");
}

fn a_link_stays_dead_when_the_address_comes_back() {
    let native = Native::default();
    let person = Person::register(&native);
    let recovery = reset_token(&native, &person);
    for address in [new_email(), person.email.clone()] {
        assert_eq!(
            ask_for_address(&native, &person, &address, PASSWORD).status,
            200
        );
        let token = latest(&native, &address, "change-email").token;
        assert_eq!(confirm_address(&native, &token).status, 200);
    }
    assert_eq!(person.profile(&native).body["email"], person.email.as_str());
    assert_eq!(reset(&native, &recovery, NEW).code(), "link_not_valid");
}

/// With hashes as slow as in production everybody finds the link alive; the database lets one of them through.
fn those_who_use_a_link_while_others_hash_are_too_late() {
    let native = Native::default().with_production_hashes();
    let person = Person::register(&native);
    let token = reset_token(&native, &person);
    let passwords = ["лошадь первая", "лошадь вторая", "лошадь третья"];
    let statuses = thread::scope(|scope| {
        let users = passwords.map(|password| {
            let (native, token) = (&native, &token);
            scope.spawn(move || reset(native, token, password).status)
        });
        users.map(|user| user.join().unwrap())
    });
    let winners = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(winners, 1, "{statuses:?}");
    let changes = "SELECT count(*) FROM audit WHERE event = 'password_reset'";
    assert_eq!(native.ask(changes), "1");
    for (password, status) in passwords.into_iter().zip(statuses) {
        let opens = sign_in(&native, &person.email, password).status;
        assert_eq!(opens == 200, status == 200, "{password}");
    }
}

/// Hashing takes the better part of a second: between the look at the link and its use somebody may act.
fn an_account_that_changes_while_the_link_is_used_keeps_its_password() {
    for meanwhile in [
        "UPDATE users SET is_active = 0",
        "UPDATE users SET email = 'moved@example.com', email_key = 'moved@example.com'",
        "UPDATE links SET used_at = 1 WHERE purpose = 'reset_password'",
        "DELETE FROM links",
    ] {
        let native = Native::default();
        let person = Person::register(&native);
        let token = reset_token(&native, &person);
        let before = native.ask("SELECT password_hash FROM users");
        // The second draw of 16 bytes is the salt of the new hash: the link has been found by then.
        native.interfere(meanwhile.to_owned());
        let answer = reset(&native, &token, NEW);
        assert_eq!(answer.code(), "link_not_valid", "{meanwhile}");
        assert_eq!(native.ask("SELECT password_hash FROM users"), before);
        assert_eq!(native.ask("SELECT count(*) FROM sessions"), "1");
        let entries = "SELECT count(*) FROM audit WHERE event = 'password_reset'";
        assert_eq!(native.ask(entries), "0");
    }
}

fn a_password_that_changes_while_another_is_checked_is_not_overwritten() {
    let native = Native::default();
    let person = Person::register(&native);
    native.interfere("UPDATE users SET password_hash = 'another'".to_owned());
    let answer = change_password(&native, &person, PASSWORD, NEW);
    assert_eq!((answer.status, answer.code()), (409, "changed_meanwhile"));
    assert_eq!(native.ask("SELECT password_hash FROM users"), "another");
    assert_eq!(names(&native, &person.email), ["verify-email"]);
}

fn a_session_that_ends_meanwhile_changes_nothing() {
    let native = Native::default();
    let person = Person::register(&native);
    native.interfere("DELETE FROM sessions".to_owned());
    let answer = change_password(&native, &person, PASSWORD, NEW);
    assert_eq!(answer.code(), "changed_meanwhile");
    assert_eq!(sign_in(&native, &person.email, PASSWORD).status, 200);
}

/// People of the predecessor whose password cannot be checked here. Signing in tells nothing; the mailbox may know.
fn a_foreign_hash_gets_its_own_mail_and_is_renewed_by_the_link() {
    let native = Native::default();
    let person = Person::register(&native);
    native.execute("UPDATE users SET password_hash = 'bcrypt_sha256$$2b$12$x'");
    let refused = sign_in(&native, &person.email, PASSWORD);
    assert_eq!(refused.code(), "invalid_credentials");
    let other = Person::register(&native);
    let answer = ask_for_reset(&native, &person.email);
    assert_eq!(answer.body, ask_for_reset(&native, &other.email).body);

    let token = latest(&native, &person.email, "reset-needed").token;
    assert_eq!(reset(&native, &token, NEW).status, 200);
    assert_eq!(sign_in(&native, &person.email, NEW).status, 200);
}

/// ASVS 5.0 6.3.8: neither the answer nor the work tells who has an account.
fn asking_for_a_link_costs_the_same_for_everybody() {
    let native = Native::default();
    let known = Person::register(&native);
    let inactive = Person::register(&native);
    native.set_active(&inactive.email, false);
    let foreign = Person::register(&native);
    native.execute(&format!(
        "UPDATE users SET password_hash = '!' WHERE email = '{}'",
        foreign.email
    ));
    let works: Vec<_> = [&known.email, &inactive.email, &foreign.email, &new_email()]
        .into_iter()
        .map(|email| {
            let work = || {
                (
                    native.statements_before_answers(),
                    native.deliveries_after_answers(),
                )
            };
            let before = work();
            assert_eq!(ask_for_reset(&native, email).status, 200);
            (work().0 - before.0, work().1 - before.1)
        })
        .collect();
    assert!(works[0].0 > 3, "{works:?}");
    assert!(works.iter().all(|work| *work == works[0]), "{works:?}");
}

fn what_was_sent_is_forgotten_and_what_is_kept_here_is_not() {
    let native = Native::default();
    let left = "SELECT concat_ws('|', token, name, device, country, about_address) FROM outbox";
    native.post().set_mood(Mood::Takes);
    Person::register(&native);
    assert_eq!(native.ask(left), "");
    assert_eq!(native.post().letters().len(), 1);
    assert_eq!(native.deliveries()[0].fate, Fate::Sent);

    let native = Native::default();
    Person::register(&native);
    assert!(native.ask(left).contains("|Анна Каренина"));
    assert_eq!(native.deliveries()[0].fate, Fate::Kept);
}

fn a_refused_mail_is_tried_again_with_growing_pauses_until_the_day_is_over() {
    let native = Native::default();
    native
        .post()
        .set_mood(Mood::Refuses("E_RATE_LIMIT_EXCEEDED"));
    Person::register(&native);
    let mut minutes_of_tries = vec![0];
    for minute in 1..=26 * 60 {
        native.wait_seconds(MINUTE);
        let before = native.post().tries();
        native.upkeep();
        if native.post().tries() > before {
            minutes_of_tries.push(minute);
        }
    }
    assert_eq!(
        minutes_of_tries,
        [0, 1, 6, 21, 81, 261, 621, 981, 1_341],
        "minutes after the registration"
    );
    let last = native.deliveries().pop().unwrap();
    assert_eq!((last.fate, last.attempts), (Fate::GivenUp, 9));
    assert_eq!(
        last.to_json(),
        r#"{"severity":"error","mail":1,"name":"verify-email","attempts":9,"fate":"given_up","error":"E_RATE_LIMIT_EXCEEDED"}"#
    );
    let left = "SELECT concat_ws('|', token, name) FROM outbox WHERE given_up_at IS NOT NULL";
    assert_eq!(native.ask(left), "", "nothing of it is kept");
}

fn a_mail_that_goes_out_later_is_sent_once() {
    let native = Native::default();
    native.post().set_mood(Mood::Refuses("E_INTERNAL"));
    let person = Person::register(&native);
    native.wait_seconds(MINUTE);
    native.upkeep();
    native.post().set_mood(Mood::Takes);
    native.wait_seconds(5 * MINUTE - 1);
    native.upkeep();
    assert_eq!(native.post().letters().len(), 0, "not yet");
    native.wait_seconds(1);
    for _ in 0..3 {
        native.upkeep();
        native.wait_seconds(HOUR);
    }
    let letters = native.post().letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, person.email);
    let token = letters[0].link.clone().unwrap();
    let token = token.split_once("#token=").unwrap().1;
    assert_eq!(verify(&native, token).status, 200);
}

fn a_mailbox_that_bounces_is_given_up_at_once() {
    let native = Native::default();
    native
        .post()
        .set_mood(Mood::Refuses("E_RECIPIENT_SUPPRESSED"));
    Person::register(&native);
    assert_eq!(native.deliveries()[0].fate, Fate::GivenUp);
    native.wait_seconds(HOUR);
    native.upkeep();
    assert_eq!(native.post().tries(), 1);
}

fn a_mail_service_in_trouble_fails_no_request() {
    let native = Native::default();
    let calm = register(&native, &form(&new_email()));
    native.post().set_mood(Mood::Refuses("E_INTERNAL"));
    let troubled = register(&native, &form(&new_email()));
    assert_eq!((calm.status, troubled.status), (201, 201));
    let lost = Person::register(&native);
    native.execute("ALTER TABLE outbox RENAME COLUMN sent_at TO gone_at");
    native.deliver();
    let stuck = native.deliveries().pop().unwrap();
    assert_eq!(stuck.fate, Fate::Stuck);
    assert_eq!(lost.profile(&native).status, 200);
}

fn a_link_that_is_dead_is_not_sent() {
    let native = Native::default();
    let person = Person::register(&native);
    native.post().set_mood(Mood::Refuses("E_INTERNAL"));
    ask_for_reset(&native, &person.email);
    native.post().set_mood(Mood::Takes);
    native.wait_seconds(HOUR);
    native.upkeep();
    assert_eq!(
        native.post().letters().len(),
        1,
        "only the first, of the registration"
    );
    let last = native.deliveries().pop().unwrap();
    assert_eq!(
        (last.fate, last.error.as_deref()),
        (Fate::GivenUp, Some("too_late"))
    );
}

fn those_who_deliver_at_once_never_send_a_mail_twice() {
    let native = Native::default();
    native.post().set_mood(Mood::Refuses("E_INTERNAL"));
    let people: Vec<_> = (0..40)
        .map(|_| {
            native.execute("DELETE FROM attempts");
            Person::register(&native)
        })
        .collect();
    native.post().set_mood(Mood::Takes);
    native.wait_seconds(10 * MINUTE);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| native.upkeep());
        }
    });
    let mut sent: Vec<_> = native
        .post()
        .letters()
        .into_iter()
        .map(|letter| letter.to)
        .collect();
    sent.sort();
    let mut expected: Vec<_> = people.into_iter().map(|person| person.email).collect();
    expected.sort();
    assert_eq!(sent, expected);
}

fn a_deliverer_that_dies_is_replaced_after_the_lease() {
    let native = Native::default();
    native.post().set_mood(Mood::Refuses("E_INTERNAL"));
    Person::register(&native);
    // Taken a moment ago by somebody who has not said since what became of it.
    native.execute(
        "UPDATE outbox SET attempts = 2, next_attempt_at = 1800000000000 + 300000, last_error = NULL",
    );
    native.post().set_mood(Mood::Takes);
    native.wait_seconds(299);
    native.upkeep();
    assert_eq!(native.post().letters().len(), 0);
    native.wait_seconds(1);
    native.upkeep();
    assert_eq!(native.post().letters().len(), 1);
}

fn a_mail_that_cannot_be_read_stops_no_other() {
    let native = Native::default();
    native.post().set_mood(Mood::Refuses("E_INTERNAL"));
    let first = Person::register(&native);
    native.execute("UPDATE outbox SET mail = 'newsletter'");
    let second = Person::register(&native);
    native.post().set_mood(Mood::Takes);
    native.wait_seconds(MINUTE);
    native.upkeep();
    let letters = native.post().letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, second.email);
    let given_up = "SELECT address FROM outbox WHERE last_error = 'unreadable'";
    assert_eq!(native.ask(given_up), first.email);
}

fn old_mail_and_dead_links_are_forgotten() {
    let native = Native::default();
    let person = Person::register(&native);
    native.execute(
        "INSERT INTO outbox (user_id, address, mail, language, created_at, deadline, next_attempt_at)
         VALUES (NULL, 'gone@example.com', 'account-deleted', 'ru', 1800000000000, 1800086400000, 1800000000000)",
    );
    let count = |table: &str| native.ask(&format!("SELECT count(*) FROM {table}"));
    native.upkeep();
    assert_eq!(count("outbox"), "1", "who is gone is forgotten when told");
    native.wait_seconds(7 * 24 * HOUR);
    native.upkeep();
    assert_eq!(count("links"), "1", "ended less than a week ago");
    native.wait_seconds(24 * HOUR);
    native.upkeep();
    assert_eq!(count("links"), "0");
    native.wait_seconds(22 * 24 * HOUR - 1);
    native.upkeep();
    assert_eq!(count("outbox"), "1");
    native.wait_seconds(1);
    let report = native.upkeep();
    assert_eq!(report.failures, Vec::<String>::new());
    assert_eq!(count("outbox"), "0");
    assert_eq!(names(&native, &person.email), Vec::<String>::new());
}

fn a_new_country_is_told_and_a_first_sign_in_is_not() {
    let native = Native::default();
    let person = Person::register(&native);
    let sign_in_from = |country: &str| {
        let call = Call::new("POST", "/api/auth/login/").header("cf-ipcountry", country);
        let body = json!({"email": person.email, "password": PASSWORD});
        assert_eq!(native.send(call.json(&body)).status, 200);
        native.post().letters().pop().unwrap()
    };
    // Somebody who came from the predecessor, or was made by an operator, has not been here yet.
    native.execute("UPDATE audit SET actor = 'operator', actor_name = 'anna'");
    assert_eq!(sign_in_from("RU").name.as_str(), "verify-email");
    let letter = sign_in_from("KZ");
    assert_eq!(letter.name.as_str(), "new-device");
    assert!(letter.text.contains("Казахстан"), "{}", letter.text);
    assert_eq!(letter.link, None);
    let letters = native.post().letters().len();
    sign_in_from("RU");
    sign_in_from("KZ");
    assert_eq!(native.post().letters().len(), letters);
}

fn letters_say_who_where_and_when() {
    let native = Native::default();
    let person = Person::register(&native);
    let agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";
    let call = Call::new("POST", "/api/auth/change-password/")
        .bearer(&person.token)
        .header("user-agent", agent)
        .header("cf-ipcountry", "KZ")
        .json(&json!({"current_password": PASSWORD, "new_password": NEW}));
    assert_eq!(native.send(call).status, 200);
    let letter = native.post().letters().pop().unwrap();
    assert_eq!(letter.to, person.email);
    assert_eq!(letter.from.address, "noreply@miniapp.expert");
    for words in ["Chrome, Windows", "Казахстан", "15 января 2027, 11:00"] {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
}

fn neither_log_nor_audit_nor_links_hold_a_token() {
    let native = Native::default();
    native.post().set_mood(Mood::Refuses("E_INTERNAL"));
    let person = Person::register(&native);
    let token = reset_token(&native, &person);
    reset(&native, &token, NEW);
    let mut said: Vec<_> = native.log().iter().map(LogLine::to_json).collect();
    said.extend(native.deliveries().iter().map(DeliveryNote::to_json));
    said.push(
        native
            .ask("SELECT group_concat(concat_ws(' ', token_hash, address, session_id)) FROM links"),
    );
    said.push(
        native.ask("SELECT group_concat(concat_ws(' ', event, detail, fold_key)) FROM audit"),
    );
    let said = said.join("\n");
    assert!(said.contains("password_reset"), "{said}");
    assert!(!said.contains(&token), "{said}");
    let logged: Vec<_> = native
        .deliveries()
        .iter()
        .map(DeliveryNote::to_json)
        .collect();
    assert!(!logged.join("\n").contains(&person.email));
}

fn the_audit_log_tells_of_links_and_credentials() {
    let native = Native::default();
    let person = Person::register(&native);
    verify(
        &native,
        &latest(&native, &person.email, "verify-email").token,
    );
    ask_for_reset(&native, &new_email());
    change_password(&native, &person, "неправильная лошадь", NEW);
    change_password(&native, &person, PASSWORD, NEW);
    let address = new_email();
    ask_for_address(&native, &person, &address, "неправильная лошадь");
    ask_for_address(&native, &person, &address, NEW);
    confirm_address(&native, &latest(&native, &address, "change-email").token);
    ask_for_reset(&native, &address);
    reset(
        &native,
        &latest(&native, &address, "password-reset").token,
        PASSWORD,
    );
    let log = native.ask(
        "SELECT group_concat(concat_ws(' ', event, actor, coalesce(user_id, 'nobody'), detail), x'0a') FROM audit",
    );
    let expected = [
        "registered person 1",
        "email_verified person 1",
        "password_reset_requested anyone nobody",
        "password_change_refused person 1 wrong_password",
        "password_changed person 1",
        "email_change_refused person 1 wrong_password",
        "email_change_requested person 1",
        "email_changed person 1",
        "password_reset_requested anyone 1",
        "password_reset person 1",
    ];
    assert_eq!(log.lines().collect::<Vec<_>>(), expected);
}
