//! The limits of what costs an account, a letter or a hash besides signing in.

use libtest_mimic::Trial;
use portal_tests::backend::{Answer, Backend, Call};
use portal_tests::inbox::{ask_for_address, change_password, latest, names};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, form, new_email};
use portal_tests::trials;
use serde_json::json;

use crate::limits::{ELSEWHERE, HOME, WRONG, hashes_of_last, person, shut, sign_in_from};

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::limits":
        registrations_of_a_network_are_limited,
        letters_to_one_address_are_limited_whether_or_not_anybody_has_it,
        letters_asked_for_and_links_used_by_one_network_are_limited,
        passwords_asked_of_somebody_who_is_signed_in_are_limited,
        letters_asked_for_by_somebody_who_is_signed_in_are_limited,
        changes_of_a_password_are_limited_also_when_it_is_known,
        addresses_that_are_taken_cost_as_much_as_letters,
        whoever_reset_their_password_here_is_not_locked_out_here,
    }
}

fn register_from(native: &Native, address: &str) -> Answer {
    let call = Call::new("POST", "/api/auth/register/").json(&form(&new_email()));
    native.send(call.header("cf-connecting-ip", address))
}

fn registrations_of_a_network_are_limited() {
    let native = Native::default();
    for _ in 0..10 {
        assert_eq!(register_from(&native, ELSEWHERE).status, 201);
    }
    let users = native.ask("SELECT count(*) FROM users");
    let answer = register_from(&native, ELSEWHERE);
    assert_eq!((answer.status, answer.code()), (429, "too_many_requests"));
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert_eq!(hashes_of_last(&native), 0);
    assert_eq!(native.ask("SELECT count(*) FROM users"), users);
    assert_eq!(register_from(&native, HOME).status, 201);
    native.wait_seconds(60);
    assert_eq!(register_from(&native, ELSEWHERE).status, 201);

    let unfit = Call::new("POST", "/api/auth/register/").json(&json!({"email": "anna"}));
    for _ in 0..20 {
        let call = unfit.clone().header("cf-connecting-ip", HOME);
        assert_eq!(
            native.send(call).status,
            400,
            "a typing error costs nothing"
        );
    }
    assert_eq!(register_from(&native, HOME).status, 201);
}

fn reset_from(native: &Native, address: &str, email: &str) -> Answer {
    let call = Call::new("POST", "/api/auth/password-reset/").json(&json!({"email": email}));
    native.send(call.header("cf-connecting-ip", address))
}

fn letters_to_one_address_are_limited_whether_or_not_anybody_has_it() {
    let native = Native::default();
    let known = person(&native).email;
    let outbox = "SELECT count(*) FROM outbox";
    let before: u32 = native.ask(outbox).parse().unwrap();
    let mut bodies = Vec::new();
    for email in [&known, &new_email()] {
        for number in 0..3 {
            let answer = reset_from(&native, &format!("203.0.113.{number}"), email);
            assert_eq!(answer.status, 200);
        }
        let answer = reset_from(&native, ELSEWHERE, email);
        assert_eq!((answer.status, answer.code()), (429, "too_many_requests"));
        assert_eq!(answer.header("retry-after"), Some("60"));
        bodies.push(answer.lasting_body());
    }
    assert_eq!(bodies[0], bodies[1]);
    let after: u32 = native.ask(outbox).parse().unwrap();
    assert_eq!(after - before, 3);
    native.wait_seconds(60);
    assert_eq!(reset_from(&native, ELSEWHERE, &known).status, 200);
    assert_eq!(
        reset_from(&native, ELSEWHERE, &known).header("retry-after"),
        Some("120")
    );
}

fn letters_asked_for_and_links_used_by_one_network_are_limited() {
    let native = Native::default();
    for _ in 0..10 {
        assert_eq!(reset_from(&native, ELSEWHERE, &new_email()).status, 200);
    }
    assert_eq!(reset_from(&native, ELSEWHERE, &new_email()).status, 429);
    assert_eq!(reset_from(&native, HOME, &new_email()).status, 200);

    let guess = |address: &str, path| {
        let body = json!({"token": "A".repeat(43), "new_password": PASSWORD});
        let call = Call::new("POST", path).json(&body);
        native.send(call.header("cf-connecting-ip", address)).status
    };
    for _ in 0..20 {
        assert_eq!(guess(ELSEWHERE, "/api/auth/password-reset/confirm/"), 400);
    }
    assert_eq!(guess(ELSEWHERE, "/api/auth/password-reset/confirm/"), 429);
    assert_eq!(guess(HOME, "/api/auth/password-reset/confirm/"), 400);
}

/// Whoever finds a browser signed in does not get to try passwords at any pace.
fn passwords_asked_of_somebody_who_is_signed_in_are_limited() {
    let native = Native::default();
    let person = Person::register(&native);
    let change = |current: &str| {
        let body = json!({"current_password": current, "new_password": "новая лошадь"});
        let call = Call::new("POST", "/api/auth/change-password/").json(&body);
        native.send(call.bearer(&person.token))
    };
    for _ in 0..4 {
        assert_eq!(change(WRONG).status, 400);
    }
    assert_eq!(change(PASSWORD).status, 200, "a right one begins anew");
    for _ in 0..5 {
        assert_eq!(change(WRONG).status, 400);
    }
    let hashes = hashes_of_last(&native);
    let answer = change("новая лошадь");
    assert_eq!((answer.status, answer.code()), (429, "too_many_requests"));
    assert_eq!(answer.header("retry-after"), Some("30"));
    assert_eq!((hashes, hashes_of_last(&native)), (1, 0));
    let leave = Call::new("POST", "/api/auth/delete-account/").json(&json!({"password": WRONG}));
    assert_eq!(native.send(leave.bearer(&person.token)).status, 429);
    native.wait_seconds(30);
    assert_eq!(change("новая лошадь").status, 200);
}

fn letters_asked_for_by_somebody_who_is_signed_in_are_limited() {
    let native = Native::default();
    let person = Person::register(&native);
    let resend = || {
        let call = Call::new("POST", "/api/auth/resend-verification/");
        native.send(call.bearer(&person.token)).status
    };
    assert_eq!([(); 4].map(|()| resend()), [200, 200, 200, 429]);
    let body = json!({"new_email": new_email(), "password": PASSWORD});
    let call = Call::new("POST", "/api/auth/change-email/").json(&body);
    assert_eq!(native.send(call.bearer(&person.token)).status, 429);
    native.wait_seconds(60);
    assert_eq!(resend(), 200);
}

/// Each change sends a letter, perhaps to somebody who never asked for an account.
fn changes_of_a_password_are_limited_also_when_it_is_known() {
    let native = Native::default();
    let person = Person::register(&native);
    let change = |number: usize| {
        let passwords = [PASSWORD, "новая лошадь"];
        let answer = change_password(
            &native,
            &person,
            passwords[number % 2],
            passwords[(number + 1) % 2],
        );
        answer.status
    };
    for number in 0..5 {
        assert_eq!(change(number), 200);
    }
    assert_eq!(change(5), 429);
    let letters = names(&native, &person.email);
    let told = letters.iter().filter(|name| *name == "password-changed");
    assert_eq!(told.count(), 5);
    native.wait_seconds(60);
    assert_eq!(change(5), 200);
}

/// Whoever has an account cannot ask for ever which other addresses have one.
fn addresses_that_are_taken_cost_as_much_as_letters() {
    let native = Native::default();
    let person = Person::register(&native);
    let statuses = [(); 4].map(|()| {
        let neighbour = Person::register(&native);
        ask_for_address(&native, &person, &neighbour.email, PASSWORD).status
    });
    assert_eq!(statuses, [400, 400, 400, 429]);
    let noted = "SELECT sum(times) FROM audit WHERE event = 'email_change_refused' AND detail = 'email_taken'";
    assert_eq!(native.ask(noted), "3");
}

/// Somebody may have locked the address while its owner was looking for the letter.
fn whoever_reset_their_password_here_is_not_locked_out_here() {
    let native = Native::default();
    let person = Person::register(&native);
    shut(&native, ELSEWHERE, &person.email);
    assert_eq!(reset_from(&native, HOME, &person.email).status, 200);
    let token = latest(&native, &person.email, "password-reset").token;
    let body = json!({"token": token, "new_password": "новая лошадь"});
    let call = Call::new("POST", "/api/auth/password-reset/confirm/").json(&body);
    let answer = native.send(call.header("cf-connecting-ip", HOME));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let signed_in = sign_in_from(&native, HOME, &person.email, "новая лошадь");
    assert_eq!(signed_in.status, 200);
}
