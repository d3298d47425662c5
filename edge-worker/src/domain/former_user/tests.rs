use proptest::prelude::*;
use serde_json::json;

use super::*;

const HASH: &str =
    "pbkdf2_sha256$600000$0123456789abcdefghijkl$OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=";

/// A row of the predecessor's with every field, and one of them another.
fn record(name: &str, value: Value) -> Record {
    let mut fields = json!({
        "password": HASH, "last_login": null, "is_superuser": false, "email": "Anna@Example.com",
        "name": "Анна Каренина", "role": "client", "is_staff": false, "is_active": true,
        "email_verified": true, "verification_token": "secret", "reset_token": null,
        "reset_token_expires_at": null, "offer_accepted_at": "2025-02-03T04:05:06.789Z",
        "offer_version": "1", "telegram_id": "", "referral_code": "00AB0102", "referred_by": 3,
        "phone": "8 (999) 123-45-67", "totp_secret": null, "totp_enabled": false,
        "has_seen_documents": false, "date_joined": "2025-01-01T00:00:00Z",
        "created_at": "2025-01-02T03:04:05+03:00", "updated_at": "2025-01-03T00:00:00Z",
        "groups": [], "user_permissions": [],
    });
    fields[name] = value;
    let Value::Object(fields) = fields else {
        unreachable!()
    };
    Record {
        model: "users.user".to_owned(),
        key: 7.into(),
        fields,
    }
}

fn read(name: &str, value: Value) -> (FormerUser, Vec<Note>) {
    FormerUser::read(&record(name, value)).unwrap()
}

#[test]
fn a_row_in_order_becomes_a_person_without_a_note() {
    let (user, notes) = read("name", "Анна Каренина".into());
    assert_eq!(notes, []);
    assert_eq!(
        user,
        FormerUser {
            number: 7,
            email: Email::parse("Anna@Example.com").unwrap(),
            password: FormerPassword::Works(HASH.parse().unwrap()),
            name: PersonName::parse("Анна Каренина").unwrap().unwrap(),
            phone: Some(Phone::parse("+79991234567").unwrap()),
            role: Role::Client,
            is_active: true,
            telegram_id: None,
            email_verified: true,
            referral_code: ReferralCode::parse("00AB0102"),
            referred_by: Some(3),
            offer_accepted_at: Instant::parse("2025-02-03T04:05:06.789Z"),
            created_at: Instant::parse("2025-01-02T00:04:05Z").unwrap(),
            updated_at: Instant::parse("2025-01-03T00:00:00Z").unwrap(),
        }
    );
}

#[test]
fn rows_that_are_no_people_say_why() {
    use RowRefused::{Email as Address, Missing, Unfit, UnknownRole};
    for (name, value, expected) in [
        ("email", Value::Null, Missing("email")),
        ("email", "".into(), Address(EmailRefused::Empty)),
        ("email", "anna".into(), Address(EmailRefused::Malformed)),
        ("email", 5.into(), Unfit("email")),
        ("email", "a".repeat(255).into(), Unfit("email")),
        ("password", Value::Null, Missing("password")),
        ("password", "x".repeat(256).into(), Unfit("password")),
        ("role", "root".into(), UnknownRole),
        ("role", Value::Null, Missing("role")),
        ("is_active", Value::Null, Missing("is_active")),
        ("is_active", "yes".into(), Unfit("is_active")),
        ("is_staff", 1.into(), Unfit("is_staff")),
        (
            "referred_by",
            json!(["boris@example.com"]),
            Unfit("referred_by"),
        ),
        ("created_at", "yesterday".into(), Unfit("created_at")),
        ("updated_at", 5.into(), Unfit("updated_at")),
        ("telegram_id", "a\u{1b}[2J".into(), Unfit("telegram_id")),
        ("telegram_id", "x".repeat(256).into(), Unfit("telegram_id")),
    ] {
        let refused = FormerUser::read(&record(name, value.clone())).unwrap_err();
        assert_eq!(refused, expected, "{name}: {value}");
    }
    for key in [Value::Null, 0.into(), "7".into(), json!(1.5)] {
        let record = Record {
            key,
            ..record("role", "client".into())
        };
        assert_eq!(FormerUser::read(&record), Err(RowRefused::NoNumber));
    }
}

#[test]
fn what_is_left_behind_is_noted() {
    for (name, value, expected) in [
        ("phone", "call me".into(), Note::PhoneLeftOut),
        ("name", "Анна\nКаренина".into(), Note::NameReplaced),
        (
            "referral_code",
            "PROMO2024".into(),
            Note::ReferralCodeReplaced,
        ),
        ("referral_code", Value::Null, Note::ReferralCodeReplaced),
        ("is_staff", true.into(), Note::StaffFlagsLeftOut),
        ("is_superuser", true.into(), Note::StaffFlagsLeftOut),
        ("totp_enabled", true.into(), Note::SecondFactorLeftOut),
    ] {
        assert_eq!(read(name, value.clone()).1, [expected], "{name}: {value}");
    }
    assert_eq!(read("phone", "".into()).1, []);
    assert_eq!(read("name", Value::Null).0.name.as_str(), "Anna");
}

#[test]
fn passwords_are_told_apart_by_what_can_be_done_with_them() {
    let other = |name: &str| FormerPassword::OtherAlgorithm(name.to_owned());
    for (stored, expected) in [
        (
            HASH.to_owned(),
            FormerPassword::Works(HASH.parse().unwrap()),
        ),
        (String::new(), FormerPassword::Unusable),
        ("!Zt6Rz".to_owned(), FormerPassword::Unusable),
        (
            HASH.replace("600000", "2000001"),
            FormerPassword::TooManyIterations,
        ),
        (
            "argon2$argon2id$v=19$m=8,t=1,p=1$c2Fs$aGFzaA".to_owned(),
            other("argon2"),
        ),
        (
            "bcrypt_sha256$$2b$12$abc".to_owned(),
            other("bcrypt_sha256"),
        ),
        (
            "pbkdf2_sha1$1000$salt$aGFzaA==".to_owned(),
            other("pbkdf2_sha1"),
        ),
        (
            "5f4dcc3b5aa765d61d8327deb882cf99".to_owned(),
            other("unknown"),
        ),
        ("$2b$12$abc".to_owned(), other("unknown")),
    ] {
        assert_eq!(
            read("password", stored.clone().into()).0.password,
            expected,
            "{stored}"
        );
    }
}

#[test]
fn a_date_without_a_time_zone_is_utc_and_the_day_of_joining_stands_in_for_a_missing_one() {
    let (user, _) = read("created_at", "2025-06-07T08:09:10.123".into());
    assert_eq!(user.created_at.to_string(), "2025-06-07T08:09:10.123Z");
    let (user, _) = read("created_at", Value::Null);
    assert_eq!(user.created_at.to_string(), "2025-01-01T00:00:00Z");
}

proptest! {
    #[test]
    fn no_field_is_too_odd_to_be_read_or_refused(name in "email|password|name|phone|role|referral_code|created_at", text in any::<String>()) {
        let _ = FormerUser::read(&record(&name, text.into()));
    }
}
