//! The lists of what is kept about a person, against the schema.

use std::collections::BTreeSet;

use edge_worker::store::personal_data::{NOT_EXPORTED, PARTS, WITHHELD};
use libtest_mimic::Trial;
use portal_tests::backend::{Answer, Backend, Call};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person};
use portal_tests::trials;
use serde_json::json;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        every_table_with_a_person_in_it_is_exported_or_has_a_reason_not_to_be,
        every_column_about_a_person_is_exported_or_has_a_reason_not_to_be,
        after_a_deletion_nothing_in_the_database_tells_of_the_person,
        a_request_under_way_does_not_bring_a_deleted_person_back,
        an_account_that_changes_while_its_password_is_checked_is_not_deleted,
    }
}

fn lines(native: &Native, sql: &str) -> BTreeSet<String> {
    let sql = format!("SELECT group_concat(line, x'0a') FROM (SELECT {sql})");
    native.ask(&sql).lines().map(str::to_owned).collect()
}

/// Tables that point at people: by the name of the column, by a foreign key under another name, or at what is theirs.
fn every_table_with_a_person_in_it_is_exported_or_has_a_reason_not_to_be() {
    let native = Native::default();
    let with_people = lines(
        &native,
        "* FROM (
           WITH RECURSIVE with_people (line) AS (
             SELECT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND (tables.name = 'users' OR columns.name = 'user_id')
             UNION
             SELECT tables.name FROM with_people, sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS keys
             WHERE tables.type = 'table' AND keys.\"table\" = with_people.line
           )
           SELECT line FROM with_people)",
    );
    assert!(with_people.len() > 2, "{with_people:?}");
    let mut told = BTreeSet::new();
    let exported = PARTS.iter().map(|part| part.table);
    let left_out = NOT_EXPORTED.iter().map(|(table, _)| *table);
    for table in exported.chain(left_out) {
        assert!(told.insert(table.to_owned()), "{table} stands twice");
    }
    assert_eq!(
        with_people, told,
        "a table with people belongs into PARTS or, with a reason, into NOT_EXPORTED of store/personal_data.rs"
    );
}

fn every_column_about_a_person_is_exported_or_has_a_reason_not_to_be() {
    let native = Native::default();
    for part in PARTS {
        let (table, sql) = (part.table, part.sql);
        let columns = lines(
            &native,
            &format!("name AS line FROM pragma_table_info('{table}') WHERE name <> 'user_id'"),
        );
        let (selected, _) = sql.split_once(" FROM ").unwrap();
        let told: BTreeSet<_> = selected
            .split(|character: char| !(character.is_alphanumeric() || character == '_'))
            .collect();
        for column in &columns {
            let is_withheld = WITHHELD.iter().any(|(withheld_table, withheld, _)| {
                (withheld_table, withheld) == (&table, &column.as_str())
            });
            assert_ne!(
                told.contains(column.as_str()),
                is_withheld,
                "{table}.{column}: export it in sql/personal_data.rs, or withhold it with a reason"
            );
        }
    }
    for (table, column, reason) in WITHHELD {
        let there = lines(
            &native,
            &format!("name AS line FROM pragma_table_info('{table}')"),
        );
        assert!(there.contains(*column), "{table}.{column} is no more");
        assert!(!reason.is_empty());
    }
}

fn delete(native: &Native, person: &Person) -> Answer {
    let call = Call::new("POST", "/api/auth/delete-account/").bearer(&person.token);
    native.send(call.json(&json!({"password": PASSWORD})))
}

/// Every text of every table is read, so that a table of tomorrow is looked at as well.
fn after_a_deletion_nothing_in_the_database_tells_of_the_person() {
    let native = Native::default();
    let person = Person::register(&native);
    let from_home = |call: Call| {
        call.header("cf-connecting-ip", "203.0.113.77")
            .header("cf-ipcountry", "KZ")
            .header(
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
            )
    };
    for password in [PASSWORD, "неправильная лошадь"] {
        let call = Call::new("POST", "/api/auth/login/");
        native.send(from_home(call).json(&json!({"email": person.email, "password": password})));
    }
    let call = Call::new("POST", "/api/auth/password-reset/");
    native.send(from_home(call).json(&json!({"email": person.email})));
    native.execute(&format!(
        "UPDATE users SET telegram_id = '4815162342' WHERE id = {}",
        person.user["id"]
    ));
    let traces = [
        person.email.as_str(),
        "каренина",
        "9991234567",
        "4815162342",
        "pbkdf2",
        "203.0.113.77",
        "kz",
        "firefox",
        person.user["referral_code"].as_str().unwrap(),
    ];
    let before = every_text(&native, "");
    for trace in traces {
        assert!(
            before.contains(&trace.to_lowercase()),
            "{trace} is nowhere even before"
        );
    }

    let farewell = from_home(Call::new("POST", "/api/auth/delete-account/").bearer(&person.token));
    assert_eq!(
        native
            .send(farewell.json(&json!({"password": PASSWORD})))
            .status,
        200
    );
    let after = every_text(&native, "WHERE mail <> 'account-deleted'");
    for trace in traces {
        assert!(
            !after.contains(&trace.to_lowercase()),
            "{trace} is left in {after}"
        );
    }
    assert_eq!(
        native.ask("SELECT group_concat(mail) || ' ' || count(user_id) FROM outbox"),
        "account-deleted 0"
    );
    let events =
        "SELECT group_concat(event) FROM (SELECT event FROM audit WHERE user_id = 1 ORDER BY id)";
    assert_eq!(
        native.ask(events),
        "registered,sign_in,sign_in_refused,password_reset_requested,account_deleted",
        "what happened stays, without from where"
    );
}

/// All texts in lower case; `of_outbox` says which mails count.
fn every_text(native: &Native, of_outbox: &str) -> String {
    let tables = lines(
        native,
        "name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    let mut text = String::new();
    for table in tables {
        let columns: Vec<_> = lines(
            native,
            &format!("name AS line FROM pragma_table_info('{table}')"),
        )
        .into_iter()
        .collect();
        let condition = if table == "outbox" { of_outbox } else { "" };
        let row = columns.join(", ");
        text += &native.ask(&format!(
            "SELECT ifnull(group_concat(concat_ws(' ', {row}), x'0a'), '') FROM {table} {condition}"
        ));
        text.push('\n');
    }
    text.to_lowercase()
}

fn a_request_under_way_does_not_bring_a_deleted_person_back() {
    let native = Native::default();
    let person = Person::register(&native);
    // The first visit to the database finds the session, the second changes the profile.
    native.interfere_before_batch(
        2,
        "UPDATE users SET name = '', phone = NULL, is_active = 0, deleted_at = 1; DELETE FROM sessions",
    );
    let call = Call::new("PATCH", "/api/auth/profile/").bearer(&person.token);
    let answer = native.send(call.json(&json!({"name": "Вронский"})));
    assert_eq!((answer.status, answer.code()), (401, "token_not_valid"));
    assert_eq!(native.ask("SELECT name FROM users"), "");

    native.execute("UPDATE users SET is_active = 1, deleted_at = NULL");
    let person = person.sign_in_again(&native);
    // The visits: count the attempt, read the password, forget the count, open the session.
    native.interfere_before_batch(4, "UPDATE users SET is_active = 0, deleted_at = 1");
    let call = Call::new("POST", "/api/auth/login/").header("cf-connecting-ip", "203.0.113.77");
    native.send(call.json(&json!({"email": person.email, "password": PASSWORD})));
    let trace = "SELECT count(*) FROM audit WHERE network IS NOT NULL";
    assert_eq!(native.ask(trace), "0");
}

fn an_account_that_changes_while_its_password_is_checked_is_not_deleted() {
    for change in [
        "UPDATE users SET password_hash = 'another'",
        "UPDATE users SET is_active = 0",
        "DELETE FROM sessions",
    ] {
        let native = Native::default();
        let person = Person::register(&native);
        // The visits: find the session, count the attempt, read the password, forget the count, delete.
        native.interfere_before_batch(5, change);
        let answer = delete(&native, &person);
        assert_eq!(
            (answer.status, answer.code()),
            (409, "changed_meanwhile"),
            "{change}"
        );
        assert_eq!(
            native.ask("SELECT count(*) FROM users WHERE deleted_at IS NULL AND name <> ''"),
            "1"
        );
    }
}
