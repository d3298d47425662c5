//! The predecessor's people, from a dump that a real Django made (see `tests/django`).

use std::fs;
use std::path::Path;

use edge_worker::app::import::report::PasswordKind;
use edge_worker::app::import::{ImportPlan, NoPlan};
use edge_worker::domain::dump::{self, Place, Row};
use edge_worker::domain::email::{Email, EmailRefused};
use edge_worker::domain::former_user::{Note, RowRefused};
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::{Backend, Call};
use portal_tests::native::{Native, operator};
use portal_tests::person::{form, register, sign_in};
use portal_tests::trials;
use serde_json::{Value, json};

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::import":
        a_plan_tells_everything_and_changes_nothing,
        people_of_a_real_django_sign_in_with_their_old_passwords,
        people_keep_what_the_predecessor_knew_of_them,
        what_cannot_be_checked_opens_nothing_and_is_not_kept,
        a_second_import_changes_nothing,
        whoever_has_changed_since_stays_changed_and_whoever_is_gone_stays_gone,
        an_account_made_here_is_left_to_its_owner,
        somebody_here_is_known_behind_thousands_of_others,
        everybody_comes_or_nobody,
        a_referral_code_that_somebody_has_is_drawn_again,
        the_model_with_the_people_is_found_or_asked_for,
    }
}

fn fixture() -> Vec<Row> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("django/dump.json");
    dump::read(&fs::read_to_string(file).unwrap()).unwrap()
}

fn plan(native: &Native, rows: &[Row]) -> ImportPlan {
    block_on(native.app().plan_import(rows, None)).unwrap()
}

fn import(native: &Native, rows: &[Row]) -> ImportPlan {
    let plan = plan(native, rows);
    block_on(native.app().carry_out_import(&operator(), &plan)).unwrap();
    plan
}

/// Rows as the predecessor would have dumped them, one for each object of fields.
fn rows(people: &[Value]) -> Vec<Row> {
    let objects: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(index, given)| {
            let mut fields = json!({
                "email": "somebody@example.com", "password": "!", "role": "client", "is_active": true,
                "created_at": "2025-01-01T00:00:00Z", "referral_code": format!("{index:08X}"),
            });
            for (name, value) in given.as_object().unwrap() {
                fields[name] = value.clone();
            }
            json!({"model": "users.user", "pk": index + 1, "fields": fields})
        })
        .collect();
    dump::read(&Value::from(objects).to_string()).unwrap()
}

/// Everything in the tables that an import touches.
fn everything(native: &Native) -> String {
    native.ask(
        "SELECT (SELECT group_concat(id || email || email_key || password_hash || name || coalesce(phone, '-') || role
                                     || is_active || email_verified || referral_code || coalesce(referred_by, '-')
                                     || created_at || updated_at, char(10)) FROM users)
             || (SELECT group_concat(predecessor_id || '=' || coalesce(user_id, '-') || '@' || imported_at, char(10))
                 FROM imported_users) || (SELECT count(*) FROM audit)",
    )
}

fn count(native: &Native, table: &str) -> String {
    native.ask(&format!("SELECT count(*) FROM {table}"))
}

fn a_plan_tells_everything_and_changes_nothing() {
    let native = Native::default();
    let rows = fixture();
    let ImportPlan {
        newcomers, report, ..
    } = plan(&native, &rows);
    let place = |row: usize| rows[row - 1].place;

    let numbers: Vec<_> = newcomers.iter().map(|one| one.person.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 11, 12, 13]);
    assert_eq!((report.model.as_str(), report.rows), ("users.user", 13));
    assert_eq!(report.passed_over.get("auth.group"), Some(&1));
    assert_eq!((report.equal, report.left_out()), (0, 3));
    assert!(!report.is_whole());
    assert_eq!(
        report.collisions,
        [("zhanna@example.com".to_owned(), vec![place(8), place(9)])]
    );
    assert_eq!(
        report.unreadable,
        [(place(10), RowRefused::Email(EmailRefused::Malformed))]
    );
    assert_eq!(place(2), Place { row: 2, line: 34 });
    let works = |iterations: &str| PasswordKind::Works {
        iterations: iterations.to_owned(),
    };
    let other = |name: &str| PasswordKind::OtherAlgorithm(name.to_owned());
    let passwords: Vec<_> = report.passwords.into_iter().collect();
    assert_eq!(
        passwords,
        [
            (works("1000000"), 1),
            (works("260000"), 1),
            (works("600000"), 4),
            (PasswordKind::Unusable, 2),
            (other("argon2"), 1),
            (other("bcrypt_sha256"), 1),
        ]
    );
    let notes: Vec<_> = report.notes.into_iter().collect();
    assert_eq!(
        notes,
        [
            (Note::PhoneLeftOut, vec![place(12)]),
            (Note::NameReplaced, vec![place(12)]),
            (Note::ReferralCodeReplaced, vec![place(12)]),
            (Note::StaffFlagsLeftOut, vec![place(12)]),
            (Note::SecondFactorLeftOut, vec![place(12)]),
            (Note::BroughtByThemselves, vec![place(12)]),
            (Note::ReferrerUnknown, vec![place(13)]),
        ]
    );
    assert_eq!(
        (count(&native, "users"), count(&native, "imported_users")),
        ("0".into(), "0".into())
    );
}

fn people_of_a_real_django_sign_in_with_their_old_passwords() {
    let native = Native::default();
    import(&native, &fixture());
    for (email, password) in [
        ("admin@example.com", "correct horse battery"),
        ("anna@example.com", "правильная лошадь"),
        ("boris@example.com", "бЕРЁЗА-1"),
        ("vera@example.com", "🐎🔋📎🏇"),
        ("kira@example.com", "e\u{301}clair разложен"),
    ] {
        assert_eq!(sign_in(&native, email, password).status, 200, "{email}");
    }
    let password = "  пробелы вокруг  ";
    assert_eq!(sign_in(&native, "lev@example.com", password).status, 401);
    native.set_active("lev@example.com", true);
    assert_eq!(
        sign_in(&native, "lev@example.com", password.trim()).status,
        401
    );
    assert_eq!(sign_in(&native, "lev@example.com", password).status, 200);
}

fn people_keep_what_the_predecessor_knew_of_them() {
    let native = Native::default();
    import(&native, &fixture());
    let user = |email: &str| {
        let email = Email::parse(email).unwrap();
        block_on(native.app().find_account(&email))
            .unwrap()
            .unwrap()
            .user
    };
    let anna = user("anna@example.com");
    assert_eq!(anna.name, "Анна О'Брайен; DROP TABLE users");
    assert_eq!(anna.phone.as_deref(), Some("+79991234567"));
    assert_eq!(anna.telegram_id.as_deref(), Some("@anna"));
    assert_eq!(anna.referral_code, "00000002");
    assert!(anna.email_verified);
    assert_eq!(anna.created_at.to_string(), "2025-03-03T09:30:15.25Z");
    assert_eq!(anna.updated_at.to_string(), "2025-03-03T10:30:15.25Z");
    assert_eq!(
        anna.offer_accepted_at.map(|at| at.to_string()).as_deref(),
        Some("2025-03-01T09:30:15.25Z")
    );
    let (vera, admin) = (user("vera@example.com"), user("admin@example.com"));
    assert_eq!(
        anna.referred_by,
        Some(vera.id),
        "who brought her stands behind her"
    );
    assert_eq!(vera.referred_by, Some(admin.id));
    assert_eq!(admin.email, "Admin@Example.com");
    assert_eq!(admin.role.as_str(), "admin");
    assert_eq!(vera.name, "vera");
    let kira = user("kira@example.com");
    assert_eq!(
        (kira.role.as_str(), kira.phone, kira.referred_by),
        ("client", None, Some(anna.id)),
        "she had not brought herself, and a row of bindings says who did"
    );
    assert_ne!(kira.referral_code, "PROMO2024");
    assert_eq!(user("paid@example.com").referred_by, None);
}

fn what_cannot_be_checked_opens_nothing_and_is_not_kept() {
    let native = Native::default();
    import(&native, &fixture());
    for (email, password) in [
        (
            "gleb@example.com",
            "!Zt6RzJ1mC0gN3fJm2pXqYvLw8bHsDkTeUaRoIi7E",
        ),
        ("dina@example.com", "argon horse"),
        ("egor@example.com", "bcrypt horse"),
        ("paid@example.com", ""),
        ("paid@example.com", "!"),
    ] {
        assert_ne!(sign_in(&native, email, password).status, 200, "{email}");
    }
    assert_eq!(
        native.ask("SELECT count(*) FROM users WHERE password_hash = '!'"),
        "4"
    );
    assert_eq!(
        native.ask("SELECT count(*) FROM users WHERE password_hash LIKE '%argon%' OR password_hash LIKE '%bcrypt%'"),
        "0"
    );
}

fn a_second_import_changes_nothing() {
    let native = Native::default();
    import(&native, &fixture());
    let before = everything(&native);
    native.wait_seconds(60);
    let ImportPlan {
        newcomers, report, ..
    } = import(&native, &fixture());
    assert_eq!(
        (newcomers.len(), report.equal, report.left_out()),
        (0, 10, 3)
    );
    assert_eq!((report.different, report.notes.len()), (vec![], 0));
    assert_eq!(everything(&native), before);
    assert_eq!(
        native.ask("SELECT count(DISTINCT user_id) || event || actor_name FROM audit"),
        "10users_importedtest"
    );
}

fn whoever_has_changed_since_stays_changed_and_whoever_is_gone_stays_gone() {
    let native = Native::default();
    import(&native, &fixture());
    native.execute(
        "UPDATE users SET name = 'Анна', email = 'new@example.com', email_key = 'new@example.com'
         WHERE email_key = 'anna@example.com';
         DELETE FROM users WHERE email_key = 'gleb@example.com'",
    );
    // One row is gone for good, and one person had their data deleted, which leaves a row without them.
    let password = "бЕРЁЗА-1";
    let token = sign_in(&native, "boris@example.com", password).body["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let farewell = Call::new("POST", "/api/auth/delete-account/").bearer(&token);
    let answer = native.send(farewell.json(&json!({"password": password})));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let before = everything(&native);
    let ImportPlan {
        newcomers, report, ..
    } = import(&native, &fixture());
    assert!(newcomers.is_empty());
    assert_eq!((report.equal, report.gone.len()), (7, 2));
    assert_eq!(report.different.len(), 1);
    assert_eq!(report.different[0].address, "anna@example.com");
    assert_eq!(report.different[0].fields, ["email", "name"]);
    assert_eq!(everything(&native), before);
}

fn an_account_made_here_is_left_to_its_owner() {
    let native = Native::default();
    let mut form = form("ANNA@example.com");
    form["name"] = "Анна здешняя".into();
    form["password"] = "здешний пароль".into();
    assert_eq!(register(&native, &form).status, 201);
    let ImportPlan {
        newcomers, report, ..
    } = import(&native, &fixture());
    assert_eq!(newcomers.len(), 9);
    assert_eq!(report.registered_here.len(), 1);
    assert_eq!(report.registered_here[0].1, "anna@example.com");
    assert_eq!(
        native.ask("SELECT name FROM users WHERE email_key = 'anna@example.com'"),
        "Анна здешняя"
    );
    assert_eq!(
        sign_in(&native, "anna@example.com", "правильная лошадь").status,
        401
    );
}

fn somebody_here_is_known_behind_thousands_of_others() {
    let native = Native::default();
    native.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
         INSERT INTO users (email, email_key, password_hash, name, role, referral_code, created_at, updated_at)
         SELECT i || '@example.com', i || '@example.com', '!', 'N', 'client', printf('%08X', i), 1, 1 FROM n;
         INSERT INTO imported_users (predecessor_id, user_id, imported_at) SELECT id + 9000000, id, 1 FROM users",
    );
    for last in [999, 1_000, 1_001, 2_000] {
        let rows = rows(&[
            json!({"email": format!("{last}@example.com")}),
            json!({"email": "new@example.com"}),
        ]);
        let ImportPlan {
            newcomers, report, ..
        } = plan(&native, &rows);
        assert_eq!(
            (newcomers.len(), report.registered_here.len()),
            (1, 1),
            "{last}"
        );
    }
}

fn everybody_comes_or_nobody() {
    let native = Native::default();
    let plan = plan(&native, &fixture());
    // Somebody takes the address of the last one while the operator reads the report.
    assert_eq!(register(&native, &form("Paid@example.com")).status, 201);
    let before = everything(&native);
    let refused = block_on(native.app().carry_out_import(&operator(), &plan)).unwrap_err();
    assert!(refused.log.contains("users.email_key"), "{}", refused.log);
    assert_eq!(everything(&native), before);
    assert_eq!(count(&native, "imported_users"), "0");
    assert_eq!(count(&native, "audit WHERE event = 'users_imported'"), "0");

    assert_eq!(import(&native, &fixture()).newcomers.len(), 9);
}

fn a_referral_code_that_somebody_has_is_drawn_again() {
    let native = Native::default();
    assert_eq!(register(&native, &form("first@example.com")).status, 201);
    let taken = native.ask("SELECT referral_code FROM users");
    let rows = rows(&[
        json!({"email": "one@example.com", "referral_code": taken.to_lowercase()}),
        json!({"email": "two@example.com", "referral_code": "abcdef01"}),
        json!({"email": "three@example.com", "referral_code": "ABCDEF01"}),
    ]);
    let report = import(&native, &rows).report;
    assert_eq!(
        report.notes.get(&Note::ReferralCodeReplaced),
        Some(&vec![rows[0].place, rows[2].place])
    );
    assert_eq!(
        native.ask("SELECT count(DISTINCT referral_code) FROM users"),
        "4"
    );
    assert_eq!(
        native.ask("SELECT email FROM users WHERE referral_code = 'ABCDEF01'"),
        "two@example.com"
    );
}

fn the_model_with_the_people_is_found_or_asked_for() {
    let native = Native::default();
    let find = |text: &str, model: Option<&str>| {
        let rows = dump::read(text).unwrap();
        block_on(native.app().plan_import(&rows, model)).map(|plan| plan.report.model)
    };
    let person = |model: &str| {
        format!(
            r#"{{"model": "{model}", "pk": 1, "fields": {{"email": "a@example.com", "password": ""}}}}"#
        )
    };
    let two = format!("[{}, {}]", person("accounts.user"), person("shop.customer"));
    assert_eq!(find("[]", None), Err(NoPlan::NoPeople));
    assert_eq!(
        find(r#"[{"model": "auth.group", "pk": 1, "fields": {}}]"#, None),
        Err(NoPlan::NoPeople)
    );
    assert_eq!(
        find(&format!("[{}]", person("accounts.user")), None).as_deref(),
        Ok("accounts.user")
    );
    assert_eq!(
        find(&two, None),
        Err(NoPlan::SeveralModels(vec![
            "accounts.user".to_owned(),
            "shop.customer".to_owned()
        ]))
    );
    assert_eq!(
        find(&two, Some("shop.customer")).as_deref(),
        Ok("shop.customer")
    );
    assert_eq!(find(&two, Some("users.user")), Err(NoPlan::NoPeople));
}
