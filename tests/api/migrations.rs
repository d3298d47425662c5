//! Migrations of a database that has people in it.

use libtest_mimic::Trial;
use portal_tests::sqlite::Sqlite;
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        roles_and_sessions_move_without_losing_anybody,
        transfers_move_without_losing_a_kopeck,
    }
}

/// A dropped table empties itself through every ON DELETE: done in another order, everybody would be signed out and nobody
/// would have been brought by anybody.
fn roles_and_sessions_move_without_losing_anybody() {
    let database = Sqlite::migrated_with(|connection, migration| {
        if migration.starts_with("0001") {
            connection
                .execute_batch(
                    "INSERT INTO users (id, email, email_key, password_hash, name, role, referral_code, created_at, updated_at)
                     VALUES (1, 'A', 'a', 'h', 'Anna', 'client', 'AA', 1, 2), (2, 'B', 'b', 'h', 'Boris', 'finance_manager', 'BB', 1, 2),
                            (3, 'C', 'c', 'h', 'Clara', 'admin', 'CC', 1, 2), (9, 'D', 'd', 'h', 'Dina', 'client', 'DD', 1, 2);
                     UPDATE users SET referred_by = 1 WHERE id = 2;
                     DELETE FROM users WHERE id = 9;
                     INSERT INTO sessions (id, user_id, created_at, expires_at) VALUES ('s1', 1, 5, 10), ('s2', 2, 6, 11);",
                )
                .unwrap();
        }
    });
    for (question, expected) in [
        (
            "SELECT group_concat(id || ' ' || email || ' ' || name || ' ' || role, ', ') FROM users",
            "1 A Anna client, 2 B Boris operator, 3 C Clara admin",
        ),
        ("SELECT referred_by FROM users WHERE id = 2", "1"),
        (
            "SELECT group_concat(id || ' ' || user_id || ' ' || expires_at || ' ' || last_seen_at, ', ') FROM sessions",
            "s1 1 10 5, s2 2 11 6",
        ),
        ("SELECT count(*) FROM pragma_foreign_key_check", "0"),
        (
            "SELECT group_concat(\"table\" || ' ' || on_delete, ', ') FROM pragma_foreign_key_list('sessions')",
            "users CASCADE",
        ),
    ] {
        assert_eq!(database.ask(question), expected, "{question}");
    }
    database.execute(
        "INSERT INTO users (email, email_key, password_hash, name, role, referral_code, created_at, updated_at)
         VALUES ('E', 'e', 'h', 'Eva', 'operator', 'EE', 1, 2)",
    );
    let number = database.ask("SELECT max(id) FROM users");
    assert_eq!(
        number, "10",
        "the number of somebody deleted is not given again"
    );
}

/// The table of transfers was made anew for one more code.
fn transfers_move_without_losing_a_kopeck() {
    let database = Sqlite::migrated_with(|connection, migration| {
        if migration.starts_with("0008") {
            connection
                .execute_batch(
                    "INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
                     VALUES ('accrue:x', 'o', 'service:expense', 'service:bank', 7, 'accrue', 5),
                            ('pay:x', 'p', 'service:bank', 'service:expense', 8, 'pay', 6)",
                )
                .unwrap();
        }
    });
    for (question, expected) in [
        (
            "SELECT group_concat(concat_ws(' ', id, operation, debit, credit, amount, code, created_at), ', ') FROM transfers",
            "accrue:x o service:expense service:bank 7 accrue 5, pay:x p service:bank service:expense 8 pay 6",
        ),
        ("SELECT count(*) FROM pragma_foreign_key_check", "0"),
        ("SELECT count(*) FROM pragma_index_list('transfers')", "4"),
    ] {
        assert_eq!(database.ask(question), expected, "{question}");
    }
}
