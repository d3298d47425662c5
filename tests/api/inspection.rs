//! The whole database, looked at, taken along and filled again.

use edge_worker::app::ports::archive::NotFilled;
use edge_worker::store::archive::tables;
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::Backend as _;
use portal_tests::native::{Native, operator};
use portal_tests::person::{PASSWORD, Person, sign_in};
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::inspection":
        a_sound_database_keeps_every_rule,
        what_is_wrong_is_found_and_named,
        an_archive_holds_every_column_of_every_table,
        a_database_survives_its_archive,
        only_an_empty_database_is_filled,
        a_change_while_the_database_is_read_is_noticed_by_its_stamp,
    }
}

fn broken(native: &Native) -> Vec<&'static str> {
    let examined = block_on(native.app().examine()).unwrap();
    assert!(examined.len() > 20, "only {} rules", examined.len());
    let broken = examined.iter().filter(|rule| !rule.findings.is_empty());
    broken.map(|rule| rule.check).collect()
}

fn a_sound_database_keeps_every_rule() {
    let native = Native::default();
    assert_eq!(broken(&native), Vec::<&str>::new());
    Person::register(&native);
    assert_eq!(broken(&native), Vec::<&str>::new());
    let figures = block_on(native.app().figures()).unwrap();
    let value = |name| {
        figures
            .iter()
            .find(|figure| figure.name == name)
            .map(|figure| figure.value)
    };
    assert_eq!(value("users.total"), Some(1));
    assert_eq!(value("kopecks.received"), Some(0));
}

fn what_is_wrong_is_found_and_named() {
    for (damage, expected) in [
        (
            "UPDATE accounts SET balance = 1 WHERE id = 'service:bank'",
            vec!["ledger-is-balanced", "balances-follow-from-transfers", "bank-has-what-was-paid"],
        ),
        (
            "INSERT INTO payouts (id, partner_id, amount, legal_form, recipient, inn, method, phone, requested_at, updated_at)
             VALUES ('p', 1, 5, 'self_employed', 'A', '1', 'sbp', '+79991234567', 1, 1)",
            vec!["reserved-is-asked-for", "payouts-are-booked", "payouts-end"],
        ),
        (
            "UPDATE users SET referred_by = 1 WHERE id = 2",
            vec!["bindings-are-what-accounts-say"],
        ),
        (
            "UPDATE outbox SET next_attempt_at = 1, sent_at = NULL WHERE id = 1",
            vec!["mail-leaves"],
        ),
        (
            "INSERT INTO products (id, slug, name_ru, name_en, kind, price, created_at, updated_at)
             VALUES ('x', 'x', 'x', 'x', 'one_time', 5, 1, 1);
             INSERT INTO orders (id, number, user_id, product_id, amount, created_at, updated_at) VALUES ('o', 'o', 1, 'x', 5, 1, 1);
             INSERT INTO payments (id, order_id, user_id, amount, status, source, created_at, updated_at)
             VALUES ('p', 'o', 1, 5, 'pending', 'card', 1, 1);
             INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, created_at, updated_at)
             VALUES ('u', 1, 'x', 1, 2, 1, 1)",
            vec!["subscriptions-are-of-subscriptions", "ends-are-noticed", "payments-end"],
        ),
        (
            "PRAGMA foreign_keys = off; DELETE FROM users WHERE id = 2; PRAGMA foreign_keys = on",
            vec!["references-lead-somewhere"],
        ),
    ] {
        let native = Native::default();
        Person::register(&native);
        Person::register(&native);
        native.execute(damage);
        assert_eq!(broken(&native), expected, "{damage}");
    }
}

fn an_archive_holds_every_column_of_every_table() {
    let native = Native::default();
    let held: Vec<String> = tables()
        .iter()
        .map(|table| format!("{} {}", table.name, table.columns.join(" ")))
        .collect();
    let schema = native.ask(
        "SELECT group_concat(line, x'0a') FROM (
           SELECT tables.name || ' ' || group_concat(columns.name, ' ') AS line
           FROM pragma_table_list AS tables, pragma_table_xinfo(tables.name) AS columns
           WHERE tables.schema = 'main' AND tables.name NOT LIKE 'sqlite_%' GROUP BY tables.name)",
    );
    for line in schema.lines() {
        let mut names = line.split(' ');
        let table = names.next().unwrap();
        let known = tables().iter().find(|known| known.name == table);
        let columns = known.map_or_else(Vec::new, |known| known.columns.to_vec());
        for name in names {
            assert!(
                columns.contains(&name),
                "{table}.{name} is not in the archive"
            );
        }
    }
    assert_eq!(schema.lines().count(), held.len());
}

fn a_database_survives_its_archive() {
    let native = Native::default();
    let person = Person::register(&native);
    native.execute(
        "UPDATE users SET name = 'Анна ''; COMMIT; --' || char(10) || '🐎', referred_by = NULL",
    );
    let archive = block_on(native.app().export_database(&operator())).unwrap();
    let another = Native::default();
    assert_eq!(
        block_on(another.app().restore_database(&operator(), &archive)),
        Ok(true)
    );
    // The dice of both cabinets roll alike: what they name anew must not be there yet.
    another.execute("DELETE FROM sessions; DELETE FROM links");
    assert_eq!(sign_in(&another, &person.email, PASSWORD).status, 200);
    assert_eq!(
        another.ask("SELECT name FROM users"),
        native.ask("SELECT name FROM users")
    );
    assert_eq!(
        another.ask(
            "SELECT group_concat(event || ' ' || actor_name) FROM audit WHERE actor = 'operator'"
        ),
        "database_exported test,database_restored test"
    );
    let next = Person::register(&another);
    assert_eq!(next.user["id"], 2);
    assert_eq!(broken(&another), Vec::<&str>::new());
}

fn only_an_empty_database_is_filled() {
    let native = Native::default();
    Person::register(&native);
    let archive = block_on(native.app().export_database(&operator())).unwrap();
    let filled = block_on(native.app().restore_database(&operator(), &archive));
    assert_eq!(filled, Err(NotFilled::NotEmpty));

    // Somebody registers between the look and the transaction.
    let another = Native::default();
    another.interfere_before_batch(
        2,
        "INSERT INTO documents (slug, type, created_at) VALUES ('x', 'other', 1)",
    );
    let filled = block_on(another.app().restore_database(&operator(), &archive));
    assert_eq!(filled, Err(NotFilled::NotEmpty));
    assert_eq!(another.ask("SELECT count(*) FROM users"), "0");

    let mut unknown = archive;
    unknown.tables.get_mut("users").unwrap()[0].insert("colour".to_owned(), "red".into());
    let filled = block_on(
        Native::default()
            .app()
            .restore_database(&operator(), &unknown),
    );
    assert_eq!(filled, Err(NotFilled::UnknownTable("users".to_owned())));
}

fn a_change_while_the_database_is_read_is_noticed_by_its_stamp() {
    let native = Native::default();
    Person::register(&native);
    native.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO imported_users (predecessor_id, imported_at) SELECT i, 1 FROM n",
    );
    let export = || block_on(native.app().export_database(&operator()));
    assert_eq!(export().unwrap().tables["imported_users"].len(), 5_000);
    native.interfere_before_batch(
        3,
        "INSERT INTO audit (event, actor, at) VALUES ('sign_in', 'person', 1)",
    );
    assert!(export().is_err());
}
