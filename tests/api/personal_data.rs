//! The lists of what is kept about a person, against the schema.

use std::collections::BTreeSet;

use edge_worker::store::personal_data::{NOT_EXPORTED, PARTS, WITHHELD};
use libtest_mimic::Trial;
use portal_tests::native::Native;
use portal_tests::trials;

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        every_table_with_a_person_in_it_is_exported_or_has_a_reason_not_to_be,
        every_column_about_a_person_is_exported_or_has_a_reason_not_to_be,
    }
}

fn lines(native: &Native, sql: &str) -> BTreeSet<String> {
    let sql = format!("SELECT group_concat(line, x'0a') FROM (SELECT {sql})");
    native.ask(&sql).lines().map(str::to_owned).collect()
}

/// Tables that point at people: by the name of the column, or by a foreign key under another name.
fn every_table_with_a_person_in_it_is_exported_or_has_a_reason_not_to_be() {
    let native = Native::default();
    let with_people = lines(
        &native,
        "tables.name AS line FROM sqlite_master AS tables
         WHERE tables.type = 'table' AND (
           EXISTS (SELECT 1 FROM pragma_table_info(tables.name) AS columns WHERE columns.name = 'user_id')
           OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(tables.name) AS keys WHERE keys.\"table\" = 'users'))",
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
