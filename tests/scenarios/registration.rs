//! Registration: what it gives, and what it refuses.

use std::thread;

use edge_worker::http::MAX_BODY_BYTES;
use serde_json::{Value, json};

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::person::{PASSWORD, Person, form, new_email, register, sign_in};

scenarios! { "registration":
    registering_signs_the_person_in,
    who_gives_no_name_is_called_by_the_address,
    an_address_taken_in_other_letter_case_is_refused,
    each_wrong_field_is_refused_by_its_name_and_no_account_is_made,
    all_problems_are_named_at_once,
    an_empty_body_counts_as_an_empty_form,
    a_body_that_is_no_json_object_is_refused,
    a_body_of_another_type_is_refused,
    a_body_of_five_megabytes_is_refused,
    a_body_may_be_as_long_as_the_limit_and_no_longer,
    a_field_that_stands_twice_is_refused,
    of_many_unknown_fields_only_some_are_said_back,
    a_password_is_neither_trimmed_nor_folded,
    a_refused_password_is_told_why_in_both_languages,
    of_two_people_with_one_address_at_the_same_moment_one_registers,
    a_referral_code_counts_for_its_owner_and_an_unknown_one_is_forgotten,
}

fn with(mut form: Value, name: &str, value: Value) -> Value {
    form[name] = value;
    form
}

fn without(mut form: Value, name: &str) -> Value {
    form.as_object_mut().unwrap().remove(name);
    form
}

fn registering_signs_the_person_in(backend: &dyn Backend) {
    let email = new_email();
    let answer = register(backend, &form(&format!("  {email} ")));

    assert_eq!(answer.status, 201);
    assert_eq!(answer.body["success"], true);
    assert_eq!(answer.body["message"], "Вы зарегистрированы.");
    let user = &answer.body["user"];
    let keys: Vec<_> = user
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "created_at",
            "email",
            "email_verified",
            "id",
            "name",
            "offer_accepted_at",
            "phone",
            "referral_code",
            "referrals_count",
            "referred_by",
            "role",
            "telegram_id",
            "updated_at",
        ]
    );
    assert_eq!(user["email"], email.as_str());
    assert_eq!(user["name"], "Анна Каренина");
    assert_eq!(user["phone"], "+79991234567");
    assert_eq!(user["role"], "client");
    assert_eq!(user["email_verified"], false);
    assert!(user["id"].as_i64().unwrap() > 0);
    assert_eq!(user["referral_code"].as_str().unwrap().len(), 8);
    assert!(user["created_at"].as_str().unwrap().ends_with('Z'));

    let token = answer.body["token"].as_str().unwrap();
    let profile = backend.send(Call::new("GET", "/api/auth/profile/").bearer(token));
    assert_eq!(profile.status, 200);
    assert_eq!(profile.body["id"], user["id"]);
}

fn who_gives_no_name_is_called_by_the_address(backend: &dyn Backend) {
    let email = new_email();
    let local_part = email.split('@').next().unwrap();
    for name in [Value::Null, json!(""), json!("   ")] {
        let email = new_email();
        let answer = register(backend, &with(form(&email), "name", name));
        assert_eq!(
            answer.body["user"]["name"],
            email.split('@').next().unwrap()
        );
    }
    let answer = register(backend, &without(form(&email), "name"));
    assert_eq!(answer.body["user"]["name"], local_part);
}

fn an_address_taken_in_other_letter_case_is_refused(backend: &dyn Backend) {
    let person = Person::register(backend);
    for email in [
        person.email.clone(),
        person.email.to_uppercase(),
        person.email.to_lowercase(),
    ] {
        let answer = register(backend, &form(&email));
        assert_eq!((answer.status, answer.code()), (400, "validation_failed"));
        assert_eq!(answer.wrong_fields(), ["email"]);
    }
}

fn each_wrong_field_is_refused_by_its_name_and_no_account_is_made(backend: &dyn Backend) {
    let email = new_email();
    for (field, value) in [
        ("email", Value::Null),
        ("email", json!("")),
        ("email", json!("anna")),
        ("email", json!("anna@example")),
        ("email", json!(7)),
        ("phone", Value::Null),
        ("phone", json!("")),
        ("phone", json!("позвоните мне")),
        ("phone", json!("+7 999 12")),
        ("password", Value::Null),
        ("password", json!("")),
        ("password", json!("12ab5")),
        ("password", json!("123456")),
        ("password", json!("x".repeat(1_025))),
        ("password", json!("пароль")),
        ("password", json!(email)),
        ("password", json!("Каренина1")),
        ("password", json!("79991234567")),
        ("password", json!("MiniApp.Expert")),
        ("password", json!(["secret", "secret"])),
        ("name", json!("я".repeat(10_000))),
        ("name", json!("Анна\nКаренина")),
        ("referral_code", json!(7)),
        ("terms_accepted", json!(false)),
        ("terms_accepted", json!("yes")),
        ("role", json!("admin")),
        ("is_active", json!(true)),
    ] {
        let answer = register(backend, &with(form(&email), field, value.clone()));
        assert_eq!(
            (answer.status, answer.code()),
            (400, "validation_failed"),
            "{field}: {value}"
        );
        assert_eq!(answer.wrong_fields(), [field], "{value}");
        assert!(!answer.body["fields"][field].as_str().unwrap().is_empty());
    }
    let answer = register(backend, &form(&email));
    assert_eq!(
        answer.status, 201,
        "one of the refused forms made an account"
    );
}

fn all_problems_are_named_at_once(backend: &dyn Backend) {
    let answer = register(
        backend,
        &json!({"email": "anna", "password": "1", "name": 1, "age": 30}),
    );
    assert_eq!(
        answer.wrong_fields(),
        ["age", "email", "name", "password", "phone"]
    );
}

fn an_empty_body_counts_as_an_empty_form(backend: &dyn Backend) {
    for call in [
        Call::new("POST", "/api/auth/register/"),
        Call::new("POST", "/api/auth/register/").header("content-type", "application/json"),
        Call::new("POST", "/api/auth/register/").json(&json!({})),
    ] {
        let answer = backend.send(call);
        assert_eq!((answer.status, answer.code()), (400, "validation_failed"));
        assert_eq!(answer.wrong_fields(), ["email", "password", "phone"]);
    }
}

fn a_body_that_is_no_json_object_is_refused(backend: &dyn Backend) {
    for body in [
        "{",
        "email=anna@example.com",
        "[]",
        "null",
        "7",
        "\"text\"",
        "\u{0}",
    ] {
        let call = Call::new("POST", "/api/auth/register/")
            .header("content-type", "application/json")
            .body(body);
        let answer = backend.send(call);
        assert_eq!(
            (answer.status, answer.code()),
            (400, "malformed_json"),
            "{body:?}"
        );
    }
}

fn a_body_of_another_type_is_refused(backend: &dyn Backend) {
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "json",
    ] {
        let body = form(&new_email()).to_string();
        let call = Call::new("POST", "/api/auth/register/")
            .header("content-type", content_type)
            .body(body);
        let answer = backend.send(call);
        assert_eq!(
            (answer.status, answer.code()),
            (415, "unsupported_media_type"),
            "{content_type}"
        );
    }
    let body = form(&new_email()).to_string();
    let call = Call::new("POST", "/api/auth/register/")
        .header("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(backend.send(call.body(body)).status, 201);
}

fn a_body_of_five_megabytes_is_refused(backend: &dyn Backend) {
    let body = with(
        form(&new_email()),
        "name",
        json!("я".repeat(5 * 1_024 * 1_024 / 2)),
    );
    let answer = register(backend, &body);
    assert_eq!((answer.status, answer.code()), (413, "body_too_large"));
}

fn a_body_may_be_as_long_as_the_limit_and_no_longer(backend: &dyn Backend) {
    for (length, status) in [(MAX_BODY_BYTES, 400), (MAX_BODY_BYTES + 1, 413)] {
        let body = format!("{{}}{}", " ".repeat(length - 2));
        let call = Call::new("POST", "/api/auth/login/").header("content-type", "application/json");
        assert_eq!(backend.send(call.body(body)).status, status, "{length}");
    }
}

/// Another program in between might believe the other value.
fn a_field_that_stands_twice_is_refused(backend: &dyn Backend) {
    let form = form(&new_email()).to_string();
    let body = form.replacen('{', "{\"email\": \"other@example.com\", ", 1);
    let call = Call::new("POST", "/api/auth/register/").header("content-type", "application/json");
    let answer = backend.send(call.body(body));
    assert_eq!((answer.status, answer.code()), (400, "malformed_json"));
}

fn of_many_unknown_fields_only_some_are_said_back(backend: &dyn Backend) {
    let many: serde_json::Map<_, _> = (0..1_000).map(|n| (format!("f{n}"), json!(n))).collect();
    let answer = register(backend, &Value::Object(many));
    assert_eq!((answer.status, answer.code()), (400, "validation_failed"));
    assert!(answer.wrong_fields().len() < 30);
}

fn a_refused_password_is_told_why_in_both_languages(backend: &dyn Backend) {
    let email = new_email();
    for (password, russian, english) in [
        ("12ab5", "короче 6", "shorter than 6"),
        ("пароль", "слишком известен", "too well known"),
        (email.as_str(), "вашу почту", "your e-mail address"),
        ("каренина1", "ваше имя", "your name"),
        ("89991234567", "ваш телефон", "your phone number"),
        ("miniapp1", "название сервиса", "the name of the service"),
    ] {
        let body = with(form(&email), "password", json!(password));
        for (language, words) in [("ru", russian), ("en", english)] {
            let call = Call::new("POST", "/api/auth/register/").json(&body);
            let answer = backend.send(call.header("accept-language", language));
            let message = answer.body["fields"]["password"]
                .as_str()
                .unwrap()
                .replace('\u{a0}', " ");
            assert!(message.contains(words), "{password}: {message}");
        }
    }
}

fn a_password_is_neither_trimmed_nor_folded(backend: &dyn Backend) {
    let email = new_email();
    let password = "  Пробелы По Краям  ";
    assert_eq!(
        register(backend, &with(form(&email), "password", json!(password))).status,
        201
    );

    assert_eq!(sign_in(backend, &email, password).status, 200);
    for other in [password.trim(), &password.to_lowercase()] {
        assert_eq!(sign_in(backend, &email, other).status, 401, "{other:?}");
    }
}

fn of_two_people_with_one_address_at_the_same_moment_one_registers(backend: &dyn Backend) {
    let email = new_email();
    let mut statuses: Vec<_> = thread::scope(|scope| {
        let both = [email.to_lowercase(), email.to_uppercase()]
            .map(|email| scope.spawn(move || register(backend, &form(&email)).status));
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 400]);
    assert_eq!(sign_in(backend, &email, PASSWORD).status, 200);
}

fn a_referral_code_counts_for_its_owner_and_an_unknown_one_is_forgotten(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let code = partner.user["referral_code"].as_str().unwrap();

    let brought = register(
        backend,
        &with(
            form(&new_email()),
            "referral_code",
            json!(code.to_lowercase()),
        ),
    );
    assert_eq!(brought.body["user"]["referred_by"], partner.user["id"]);
    assert_eq!(partner.profile(backend).body["referrals_count"], 1);

    for code in [
        Value::Null,
        json!(""),
        json!("00000000"),
        json!("' OR 1=1 --"),
    ] {
        let answer = register(backend, &with(form(&new_email()), "referral_code", code));
        assert_eq!(
            (answer.status, &answer.body["user"]["referred_by"]),
            (201, &Value::Null)
        );
    }
}
