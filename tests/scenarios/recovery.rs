//! A forgotten password.

use std::thread;

use serde_json::json;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::inbox::{ask_for_reset, change_password, latest, names, reset, reset_token, verify};
use crate::person::{PASSWORD, Person, new_email, sign_in};

const NEW: &str = "совсем другая лошадь";

scenarios! { "recovery":
    a_forgotten_password_is_chosen_anew_by_the_mailed_link,
    unknown_and_inactive_get_the_answer_of_the_known_and_no_mail,
    a_reset_link_works_once,
    of_two_who_use_one_reset_link_at_once_one_wins,
    a_newer_reset_link_ends_the_earlier_ones,
    a_password_that_changes_ends_open_reset_links,
    what_is_no_reset_link_is_refused_with_one_and_the_same_answer,
    a_password_that_is_refused_leaves_the_link_as_it_was,
    the_mail_speaks_the_language_of_the_request,
    a_link_is_used_by_post_alone,
    reset_forms_name_what_is_wrong,
}

fn a_forgotten_password_is_chosen_anew_by_the_mailed_link(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = reset_token(backend, &person);
    let answer = reset(backend, &token, NEW);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["success"], true);
    assert!(answer.body["token"].is_null(), "a link signs nobody in");

    assert_eq!(person.profile(backend).status, 401, "all sessions ended");
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 401);
    let signed_in = sign_in(backend, &person.email, NEW);
    assert_eq!(signed_in.status, 200);
    // Who has read the mail has shown that the mailbox is theirs.
    assert_eq!(signed_in.body["user"]["email_verified"], true);
    assert_eq!(
        names(backend, &person.email)[..3],
        ["verify-email", "password-reset", "password-changed"]
    );
}

fn unknown_and_inactive_get_the_answer_of_the_known_and_no_mail(backend: &dyn Backend) {
    let known = Person::register(backend);
    let inactive = Person::register(backend);
    backend.set_active(&inactive.email, false);
    let stranger = new_email();

    let expected = ask_for_reset(backend, &known.email.to_uppercase());
    assert_eq!(expected.status, 200);
    for email in [&inactive.email, &stranger] {
        let answer = ask_for_reset(backend, email);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body, expected.body);
    }
    assert_eq!(
        names(backend, &known.email),
        ["verify-email", "password-reset"]
    );
    assert_eq!(names(backend, &inactive.email), ["verify-email"]);
    assert_eq!(names(backend, &stranger), Vec::<String>::new());
}

fn a_reset_link_works_once(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = reset_token(backend, &person);
    assert_eq!(reset(backend, &token, NEW).status, 200);
    let again = reset(backend, &token, "ещё одна лошадь");
    assert_eq!((again.status, again.code()), (400, "link_not_valid"));
    assert_eq!(sign_in(backend, &person.email, NEW).status, 200);
}

/// ASVS 5.0 6.5.1.
fn of_two_who_use_one_reset_link_at_once_one_wins(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = reset_token(backend, &person);
    let passwords = [
        "лошадь первая",
        "лошадь вторая",
        "лошадь третья",
        "лошадь четвёртая",
    ];
    let answers = thread::scope(|scope| {
        let users: Vec<_> = passwords
            .iter()
            .map(|password| scope.spawn(|| reset(backend, &token, password)))
            .collect();
        users
            .into_iter()
            .map(|user| user.join().unwrap())
            .collect::<Vec<_>>()
    });
    let winners: Vec<_> = answers
        .iter()
        .zip(passwords)
        .filter(|(answer, _)| answer.status == 200)
        .map(|(_, password)| password)
        .collect();
    assert_eq!(winners.len(), 1, "{answers:?}");
    for (answer, password) in answers.iter().zip(passwords) {
        let is_winner = winners.contains(&password);
        assert!(is_winner || answer.code() == "link_not_valid", "{answer:?}");
        let opens = sign_in(backend, &person.email, password).status == 200;
        assert_eq!(opens, is_winner, "{password}");
    }
    let mails = names(backend, &person.email);
    let notices = mails.iter().filter(|mail| *mail == "password-changed");
    assert_eq!(notices.count(), 1, "{mails:?}");
}

fn a_newer_reset_link_ends_the_earlier_ones(backend: &dyn Backend) {
    let person = Person::register(backend);
    let first = reset_token(backend, &person);
    let second = reset_token(backend, &person);
    assert_ne!(first, second);
    assert_eq!(reset(backend, &first, NEW).code(), "link_not_valid");
    assert_eq!(reset(backend, &second, NEW).status, 200);
}

fn a_password_that_changes_ends_open_reset_links(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = reset_token(backend, &person);
    assert_eq!(change_password(backend, &person, PASSWORD, NEW).status, 200);
    assert_eq!(
        reset(backend, &token, "ещё одна лошадь").code(),
        "link_not_valid"
    );

    let neighbour = Person::register(backend);
    let token = reset_token(backend, &neighbour);
    backend.set_password(&neighbour.email, NEW);
    assert_eq!(
        reset(backend, &token, "ещё одна лошадь").code(),
        "link_not_valid"
    );
}

fn what_is_no_reset_link_is_refused_with_one_and_the_same_answer(backend: &dyn Backend) {
    let person = Person::register(backend);
    let of_another_purpose = latest(backend, &person.email, "verify-email").token;
    let token = reset_token(backend, &person);
    let mut other_ending = token.clone();
    other_ending.replace_range(..1, if token.starts_with('A') { "B" } else { "A" });
    let answers = [
        reset(backend, &other_ending, NEW),
        reset(backend, &of_another_purpose, NEW),
        reset(backend, &token.to_lowercase(), NEW),
        reset(backend, &format!("{token}="), NEW),
        reset(backend, &format!(" {token}"), NEW),
        reset(backend, "' OR 1=1 --", NEW),
        reset(backend, "\u{0}", NEW),
        reset(backend, &"A".repeat(5_000), NEW),
        backend.send(
            Call::new("POST", "/api/auth/password-reset/confirm/")
                .json(&json!({"token": token, "email": new_email(), "new_password": NEW})),
        ),
    ];
    for answer in &answers {
        assert_eq!((answer.status, answer.code()), (400, "link_not_valid"));
        assert_eq!(answer.lasting_body(), answers[0].lasting_body());
    }
    assert_eq!(verify(backend, &token).code(), "link_not_valid");
    assert_eq!(sign_in(backend, &person.email, PASSWORD).status, 200);

    // Pages like the predecessor's send the address beside the token.
    let body = json!({"token": token, "email": person.email.to_uppercase(), "new_password": NEW});
    let call = Call::new("POST", "/api/auth/password-reset/confirm/").json(&body);
    assert_eq!(backend.send(call).status, 200);
}

fn a_password_that_is_refused_leaves_the_link_as_it_was(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = reset_token(backend, &person);
    for password in [
        "12345",
        "123456",
        "каренина1",
        "89991234567",
        &person.email,
        &"x".repeat(1_025),
    ] {
        let answer = reset(backend, &token, password);
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, vec!["new_password"])
        );
    }
    assert_eq!(person.profile(backend).status, 200);
    assert_eq!(reset(backend, &token, NEW).status, 200);
}

fn the_mail_speaks_the_language_of_the_request(backend: &dyn Backend) {
    let person = Person::register(backend);
    let body = json!({"email": person.email});
    for (header, language) in [("en-GB,en;q=0.9", "en"), ("ru", "ru"), ("de", "ru")] {
        let call = Call::new("POST", "/api/auth/password-reset/").header("accept-language", header);
        assert_eq!(backend.send(call.json(&body)).status, 200);
        let mail = latest(backend, &person.email, "password-reset");
        assert_eq!(mail.language, language, "{header}");
    }
}

/// Mail gateways open every link they see (research: scanners used up links that worked by GET).
fn a_link_is_used_by_post_alone(backend: &dyn Backend) {
    let person = Person::register(backend);
    let token = reset_token(backend, &person);
    for path in [
        "/api/auth/password-reset/confirm/",
        "/api/auth/verify-email/",
        "/api/auth/change-email/confirm/",
    ] {
        for method in ["GET", "HEAD"] {
            let answer = backend.send(Call::new(method, format!("{path}?token={token}")));
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some("POST"));
        }
    }
    assert_eq!(reset(backend, &token, NEW).status, 200);
}

fn reset_forms_name_what_is_wrong(backend: &dyn Backend) {
    for (path, body, fields) in [
        ("password-reset/", json!({}), vec!["email"]),
        ("password-reset/", json!({"email": "anna"}), vec!["email"]),
        (
            "password-reset/",
            json!({"email": "a@example.com", "x": 1}),
            vec!["x"],
        ),
        (
            "password-reset/confirm/",
            json!({}),
            vec!["new_password", "token"],
        ),
        (
            "password-reset/confirm/",
            json!({"token": "", "new_password": ""}),
            vec!["new_password", "token"],
        ),
        (
            "password-reset/confirm/",
            json!({"token": 7, "new_password": NEW}),
            vec!["token"],
        ),
        ("verify-email/", json!({}), vec!["token"]),
        ("change-email/confirm/", json!({"x": 1}), vec!["token", "x"]),
    ] {
        let call = Call::new("POST", format!("/api/auth/{path}")).json(&body);
        let answer = backend.send(call);
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, fields),
            "{path} {body}"
        );
    }
}
