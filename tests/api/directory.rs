//! Accounts as operators see them: the list, the file of one, the roles.

use edge_worker::app::directory::LinkForPassword;
use edge_worker::app::ports::directory::{AccountFile, AccountFilter, AccountPage};
use edge_worker::domain::email::Email;
use edge_worker::domain::language::Language;
use edge_worker::domain::user::Role;
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::Backend;
use portal_tests::inbox;
use portal_tests::native::{Native, operator};
use portal_tests::person::{PASSWORD, Person, form, register, sign_in};
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::directory":
        accounts_are_found_by_role_door_and_any_part_of_what_names_them,
        a_list_is_cut_into_pages,
        those_who_were_deleted_are_not_listed,
        a_file_shows_sessions_and_events_and_how_the_person_came,
        a_link_for_a_password_can_be_mailed_by_an_operator,
        a_role_holds_from_the_next_request_on_and_is_noted_once,
    }
}

/// A cabinet of three: the numbers are 1, 2 and 3.
fn cabinet() -> Native {
    let native = Native::default();
    for (email, name, phone) in [
        ("Anna@example.com", "Анна Каренина", "+79991234567"),
        ("boris@example.com", "Борис ЁЖ", "+375291234567"),
        ("o'neil@example.ie", "Sinéad O'Neil", "+14155552671"),
    ] {
        let mut form = form(email);
        form["name"] = name.into();
        form["phone"] = phone.into();
        assert_eq!(register(&native, &form).status, 201);
    }
    native
}

fn page(native: &Native, filter: &AccountFilter, number: u32, limit: u32) -> (Vec<i64>, i64) {
    let AccountPage { accounts, total } =
        block_on(native.app().list_accounts(filter, number, limit)).unwrap();
    let numbers = accounts.iter().map(|account| account.user.id.number());
    (numbers.collect(), total)
}

fn found(native: &Native, filter: &AccountFilter) -> Vec<i64> {
    page(native, filter, 1, 50).0
}

fn file(native: &Native, email: &str) -> Option<AccountFile> {
    block_on(native.app().account_file(&Email::parse(email).unwrap())).unwrap()
}

fn accounts_are_found_by_role_door_and_any_part_of_what_names_them() {
    let native = cabinet();
    native.set_active("boris@example.com", false);
    native.execute("UPDATE users SET role = 'admin', referral_code = '00C0FFEE' WHERE id = 3");
    for (text, expected) in [
        ("", vec![1, 2, 3]),
        ("EXAMPLE.com", vec![1, 2]),
        ("анна", vec![1]),
        ("КАРЕНИНА", vec![1]),
        ("борис ёж", vec![]),
        ("Борис ЁЖ", vec![2]),
        ("o'neil", vec![3]),
        ("O'NEIL'; DROP TABLE users", vec![]),
        ("%", vec![]),
        ("375 29 123", vec![2]),
        ("123-45-67", vec![1, 2]),
        ("123", vec![]),
        ("00c0ffee", vec![3]),
    ] {
        let filter = AccountFilter {
            text: Some(text.to_owned()),
            ..AccountFilter::default()
        };
        assert_eq!(found(&native, &filter), expected, "{text:?}");
    }
    for (role, is_active, expected) in [
        (Some(Role::Client), None, vec![1, 2]),
        (Some(Role::Admin), None, vec![3]),
        (Some(Role::Operator), None, vec![]),
        (None, Some(true), vec![1, 3]),
        (None, Some(false), vec![2]),
        (Some(Role::Client), Some(true), vec![1]),
    ] {
        let filter = AccountFilter {
            role,
            is_active,
            text: None,
        };
        assert_eq!(found(&native, &filter), expected, "{filter:?}");
    }
}

fn a_list_is_cut_into_pages() {
    let native = cabinet();
    let all = AccountFilter::default();
    assert_eq!(page(&native, &all, 1, 2), (vec![1, 2], 3));
    assert_eq!(page(&native, &all, 2, 2), (vec![3], 3));
    assert_eq!(page(&native, &all, 3, 2), (vec![], 3));
    assert_eq!(page(&native, &all, u32::MAX, 200), (vec![], 3));
}

fn those_who_were_deleted_are_not_listed() {
    let native = cabinet();
    native.execute("UPDATE users SET is_active = 0, deleted_at = 1 WHERE id = 2");
    assert_eq!(
        page(&native, &AccountFilter::default(), 1, 50),
        (vec![1, 3], 2)
    );
}

fn a_file_shows_sessions_and_events_and_how_the_person_came() {
    let native = Native::default();
    let referrer = Person::register(&native);
    let mut form = form("anna@example.com");
    form["referral_code"] = referrer.user["referral_code"].clone();
    assert_eq!(register(&native, &form).status, 201);
    native.wait_seconds(60);
    assert_eq!(sign_in(&native, "anna@example.com", PASSWORD).status, 200);
    assert_eq!(
        sign_in(&native, "anna@example.com", "wrong password").status,
        401
    );

    let anna = file(&native, "ANNA@example.com").unwrap();
    assert_eq!(anna.account.user.email, "anna@example.com");
    assert_eq!(anna.referrer.as_deref(), Some(referrer.email.as_str()));
    assert_eq!(anna.former_number, None);
    assert!(anna.terms_accepted_at.is_some() && anna.password.hash().is_some());
    assert_eq!(anna.sessions.len(), 2);
    assert!(anna.sessions[0].last_seen_at > anna.sessions[1].last_seen_at);
    let events: Vec<_> = anna
        .events
        .iter()
        .map(|event| event.event.as_str())
        .collect();
    assert_eq!(events, ["sign_in_refused", "sign_in", "registered"]);
    assert_eq!(anna.events[1].actor, "person");

    native.wait_seconds(24 * 60 * 60 - 60);
    assert_eq!(file(&native, "anna@example.com").unwrap().sessions.len(), 1);
    assert!(file(&native, "nobody@example.com").is_none());
}

fn a_link_for_a_password_can_be_mailed_by_an_operator() {
    let native = Native::default();
    let person = Person::register(&native);
    let mail = |address: &str, language| {
        let email = Email::parse(address).unwrap();
        block_on(
            native
                .app()
                .mail_password_link(&operator(), &email, language),
        )
        .unwrap()
    };
    let outcome = mail(&person.email, Language::English);
    assert!(matches!(outcome, LinkForPassword::Mailed(user) if user.email == person.email));
    assert_eq!(
        sign_in(&native, &person.email, PASSWORD).status,
        200,
        "nothing changed yet"
    );
    let sent = inbox::latest(&native, &person.email, "password-reset");
    assert_eq!(sent.language, "en");
    assert_eq!(
        inbox::reset(&native, &sent.token, "другая лошадь").status,
        200
    );
    assert_eq!(sign_in(&native, &person.email, "другая лошадь").status, 200);
    assert_eq!(
        native
            .ask("SELECT actor_name || detail FROM audit WHERE event = 'password_reset_requested'"),
        "testby_operator"
    );

    native.execute("UPDATE users SET password_hash = '!'");
    mail(&person.email, Language::Russian);
    assert_eq!(
        inbox::latest(&native, &person.email, "reset-needed").language,
        "ru"
    );

    native.set_active(&person.email, false);
    let mails = inbox::names(&native, &person.email).len();
    assert_eq!(
        mail(&person.email, Language::Russian),
        LinkForPassword::Closed
    );
    assert_eq!(
        mail("nobody@example.com", Language::Russian),
        LinkForPassword::Nobody
    );
    assert_eq!(inbox::names(&native, &person.email).len(), mails);
}

fn a_role_holds_from_the_next_request_on_and_is_noted_once() {
    let native = Native::default();
    let person = Person::register(&native);
    let email = Email::parse(&person.email).unwrap();
    for _ in 0..2 {
        let user = block_on(native.app().set_role(&operator(), &email, Role::Operator)).unwrap();
        assert_eq!(user.unwrap().role, Role::Operator);
    }
    assert_eq!(person.profile(&native).body["role"], "operator");
    assert_eq!(
        native.ask("SELECT group_concat(event || ' ' || detail || ' ' || actor_name) FROM audit WHERE event = 'role_changed'"),
        "role_changed operator test"
    );
    let nobody = Email::parse("nobody@example.com").unwrap();
    let found = block_on(native.app().set_role(&operator(), &nobody, Role::Admin)).unwrap();
    assert!(found.is_none());
}
