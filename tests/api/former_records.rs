//! Everything beside the predecessor's people, from a dump that a real Django made (see `tests/django`).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use edge_worker::app::import::ImportPlan;
use edge_worker::app::import::records::report::PartnerChange;
use edge_worker::domain::dump::{self, Row};
use edge_worker::domain::former_records::{FormerTable, RecordNote, RecordRefused};
use edge_worker::domain::money::Kopecks;
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::{Backend, Call};
use portal_tests::native::{Native, operator};
use portal_tests::person::sign_in;
use portal_tests::trials;
use serde_json::{Value, json};

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::former_records":
        every_row_that_cannot_come_over_is_named_with_its_reason,
        what_is_left_behind_or_understood_otherwise_is_told,
        sums_before_and_after_agree,
        the_ledger_and_every_rule_hold_after_an_import,
        a_second_import_finds_everything_there,
        a_client_of_the_former_site_sees_their_cabinet,
        a_partner_of_the_former_site_sees_what_they_earned,
        what_was_imported_survives_export_and_restoration,
    }
}

const ANNA: (&str, &str) = ("anna@example.com", "правильная лошадь");
const VERA: (&str, &str) = ("vera@example.com", "🐎🔋📎🏇");
const KIRA: (&str, &str) = ("kira@example.com", "e\u{301}clair разложен");

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

/// Which row of the fixture stands in a place: the last digits of its key.
fn number(rows: &[Row], row: usize) -> u64 {
    let key = &rows[row - 1].record.as_ref().unwrap().key;
    match key {
        Value::String(text) => text.rsplit('-').next().unwrap().parse().unwrap(),
        number => number.as_u64().unwrap(),
    }
}

fn broken(native: &Native) -> Vec<String> {
    let examined = block_on(native.app().examine()).unwrap();
    let findings = examined
        .iter()
        .flat_map(|rule| rule.findings.iter().map(move |found| (rule.check, found)));
    findings
        .map(|(check, found)| format!("{check}: {found:?}"))
        .collect()
}

/// Every row of every table that an import touches, the log without its times.
fn everything(native: &Native) -> String {
    let mut text = String::new();
    for table in [
        "users",
        "imported_users",
        "documents",
        "document_versions",
        "acceptances",
        "products",
        "payment_methods",
        "user_products",
        "subscriptions",
        "orders",
        "payments",
        "refunds",
        "receipts",
        "referrals",
        "commissions",
        "accounts",
        "transfers",
        "payouts",
        "audit",
    ] {
        let columns = native.ask(&format!(
            "SELECT group_concat('coalesce(' || name || ', ''-'')', ' || ''|'' || ') FROM pragma_table_info('{table}')"
        ));
        let rows = native.ask(&format!(
            "SELECT coalesce(group_concat(line, x'0a'), '') FROM (SELECT {columns} AS line FROM {table} ORDER BY 1)"
        ));
        writeln!(text, "{table}\n{rows}").unwrap();
    }
    text
}

fn get(native: &Native, (email, password): (&str, &str), path: &str) -> Value {
    let token = sign_in(native, email, password).body["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let answer = native.send(Call::new("GET", path).bearer(&token));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

fn every_row_that_cannot_come_over_is_named_with_its_reason() {
    let rows = fixture();
    let report = plan(&Native::default(), &rows).records_report;
    let mut text = String::new();
    for (table, place, refused) in &report.refused {
        writeln!(text, "{table} {}: {refused:?}", number(&rows, place.row)).unwrap();
    }
    println!("{text}");
}

fn what_is_left_behind_or_understood_otherwise_is_told() {
    let rows = fixture();
    let report = plan(&Native::default(), &rows).records_report;
    let mut text = String::new();
    for ((table, note), places) in &report.notes {
        let numbers: Vec<_> = places
            .iter()
            .map(|place| number(&rows, place.row))
            .collect();
        writeln!(text, "{table} {note:?} {numbers:?}").unwrap();
    }
    println!("{text}");
}

fn sums_before_and_after_agree() {
    let report = plan(&Native::default(), &fixture()).records_report;
    println!("{:#?} {:?}", report.tables, report.partners);
}

fn the_ledger_and_every_rule_hold_after_an_import() {
    let native = Native::default();
    import(&native, &fixture());
    assert_eq!(broken(&native), Vec::<String>::new());
}

fn a_second_import_finds_everything_there() {
    let native = Native::default();
    import(&native, &fixture());
    let before = everything(&native);
    native.wait_seconds(60);
    let again = import(&native, &fixture());
    assert!(again.records.is_empty(), "{:#?}", again.records);
    assert!(
        again.report.different.is_empty(),
        "{:?}",
        again.report.different
    );
    let new = |table: &FormerTable| again.records_report.tables[table].new.rows;
    assert!(FormerTable::ALL.iter().all(|table| new(table) == 0));
    assert_eq!(everything(&native), before);
}

fn a_client_of_the_former_site_sees_their_cabinet() {
    let native = Native::default();
    import(&native, &fixture());
    let cabinet = get(&native, ANNA, "/api/client/cabinet/");
    println!("{cabinet:#}");
}

fn a_partner_of_the_former_site_sees_what_they_earned() {
    let native = Native::default();
    import(&native, &fixture());
    let cabinet = get(&native, VERA, "/api/client/cabinet/");
    println!("{:#}", cabinet["referrals"]);
    println!(
        "{:#}",
        get(&native, KIRA, "/api/client/cabinet/")["products"]
    );
}

fn what_was_imported_survives_export_and_restoration() {
    let native = Native::default();
    import(&native, &fixture());
    let archive = block_on(native.app().export_database(&operator())).unwrap();
    let another = Native::default();
    assert_eq!(
        block_on(another.app().restore_database(&operator(), &archive)),
        Ok(true)
    );
    assert_eq!(broken(&another), Vec::<String>::new());
}
