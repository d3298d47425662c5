//! Everything beside the predecessor's people, from a dump that a real Django made (see `tests/django`).

#[path = "former_records/later.rs"]
mod later;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use edge_worker::app::import::ImportPlan;
use edge_worker::app::import::records::report::PartnerChange;
use edge_worker::domain::dump::{self, Row};
use edge_worker::domain::former_records::FormerTable;
use edge_worker::domain::identifiers::UserId;
use edge_worker::domain::money::Kopecks;
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::{Backend, Call};
use portal_tests::native::{Native, operator};
use portal_tests::person::sign_in;
use portal_tests::trials;
use serde_json::{Value, json};

pub(crate) fn trials() -> Vec<Trial> {
    let mut own = trials! { "native::former_records":
        every_row_that_cannot_come_over_is_named_with_its_reason,
        what_is_left_behind_or_understood_otherwise_is_told,
        sums_before_and_after_agree,
        the_ledger_and_every_rule_hold_after_an_import,
        a_second_import_finds_everything_there,
        a_client_of_the_former_site_sees_their_cabinet,
        a_client_of_the_former_site_finds_cards_and_documents,
        a_partner_of_the_former_site_sees_what_they_earned,
        what_was_imported_survives_export_and_restoration,
    };
    own.extend(later::trials());
    own
}

const ANNA: (&str, &str) = ("anna@example.com", "правильная лошадь");
const VERA: (&str, &str) = ("vera@example.com", "🐎🔋📎🏇");
const KIRA: (&str, &str) = ("kira@example.com", "e\u{301}clair разложен");

fn fixture() -> Vec<Row> {
    read(&objects())
}

fn objects() -> Vec<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("django/dump.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn read(objects: &[Value]) -> Vec<Row> {
    dump::read(&Value::from(objects).to_string()).unwrap()
}

fn uuid(table: u32, number: u32) -> String {
    format!("00000000-0000-4000-8{table:03}-{number:012}")
}

fn object(model: &str, table: u32, number: u32, fields: &Value) -> Value {
    let mut object =
        json!({"model": format!("cabinet.{model}"), "pk": uuid(table, number), "fields": fields});
    for field in ["created_at", "updated_at"] {
        object["fields"][field] = "2025-09-01T12:00:00Z".into();
    }
    object
}

/// What a partner has: pending, available, reserved, owed; in kopecks.
fn balance(native: &Native, email: &str) -> [i64; 4] {
    let id = native.ask(&format!("SELECT id FROM users WHERE email_key = '{email}'"));
    let partner = UserId::new(id.parse().unwrap());
    let balance = block_on(native.app().partner_balance(partner)).unwrap();
    [
        balance.pending,
        balance.available,
        balance.reserved,
        balance.owed,
    ]
    .map(Kopecks::number)
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
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|(table, place, why)| format!("{table} {}: {why:?}", number(&rows, place.row)))
        .collect();
    let expected = [
        "documents 5: UnknownWord(\"document_type\")",
        "acceptances 4: NobodyHere(\"user\")",
        "acceptances 5: Contradiction(VersionUnknown)",
        "products 4: UnknownWord(\"subscription_period\")",
        "products 6: OtherCurrency",
        "payment methods 5: NobodyHere(\"user\")",
        "clients' products 9: Contradiction(SubscriptionWithoutEnd)",
        "clients' products 10: RefersToNothing(\"product\")",
        "clients' products 11: Contradiction(ExpiredBeforeItsEnd)",
        "clients' products 12: Contradiction(OneTimeWithEnd)",
        "clients' products 13: Contradiction(EndBeforeStart)",
        "orders 7: Contradiction(OrderAndPaymentDisagree)",
        "orders 13: Contradiction(AmountsDiffer)",
        "orders 14: Contradiction(PayersDiffer)",
        "orders 15: Contradiction(PaidByNobody)",
        "orders 16: RefersToNothing(\"product\")",
        "orders 17: Contradiction(PaidByNothing)",
        "orders 18: Contradiction(ReferenceTaken)",
        "orders 20: NobodyHere(\"user\")",
        "orders 21: Contradiction(OrderAndPaymentDisagree)",
        "payments 71: RefersToNothing(\"order\")",
        "payments 122: Contradiction(PaidTwice)",
        "payments 131: RefersToNothing(\"order\")",
        "payments 141: RefersToNothing(\"order\")",
        "payments 151: RefersToNothing(\"order\")",
        "payments 161: RefersToNothing(\"order\")",
        "payments 181: RefersToNothing(\"order\")",
        "payments 201: RefersToNothing(\"order\")",
        "payments 211: RefersToNothing(\"order\")",
        "referrals 8: NobodyHere(\"referrer\")",
        "commissions 6: Contradiction(PayerNotBound)",
        "commissions 7: Contradiction(CommissionOfNothing)",
        "commissions 9: Contradiction(PayerNotBound)",
        "payouts 7: Contradiction(PayoutUnderWay)",
    ];
    assert_eq!(refused, expected);
    assert_eq!(report.left_out(), expected.len());
}

fn what_is_left_behind_or_understood_otherwise_is_told() {
    let rows = fixture();
    let report = plan(&Native::default(), &rows).records_report;
    let mut told = Vec::new();
    for ((table, note), places) in &report.notes {
        let numbers: Vec<_> = places
            .iter()
            .map(|place| number(&rows, place.row).to_string())
            .collect();
        told.push(format!("{table} {note:?} {}", numbers.join(" ")));
    }
    let expected = [
        "documents EarlierVersionsWithoutText 1",
        "documents SlugReplaced 2",
        "products AddressLeftOut 2",
        "products PeriodLeftOut 3",
        "payment methods CardNumberMasked 4",
        "payment methods CardRevoked 3",
        "payment methods DefaultCardLeftOut 1",
        "clients' products AddressLeftOut 3",
        "clients' products RanOut 4",
        "clients' products PendingAndRunning 16",
        "clients' products BeginFromRow 14 15",
        "clients' products EndFromRow 14",
        "clients' products MethodLeftOut 5",
        "orders ProductGone 8",
        "orders PayerFromPayment 8",
        "orders UnderWayCancelled 5",
        "orders MoneyHeld 10",
        "orders PartlyRefunded 9",
        "orders CommissionMissing 8",
        "orders CardTrial 4",
        "orders AttemptOfNobody 6",
        "payments UnderWayCancelled 51 101",
        "payments RefundedNotFailed 31",
        "payments ReferenceLeftOut 191",
        "payments CardTrial 41",
        "payments AttemptOfNobody 61",
        "referrals BroughtByThemselves 4",
        "referrals BroughtInACircle 5",
        "referrals BroughtBefore 2",
        "referrals BindingCancelled 7",
        "commissions CommissionRounded 5",
        "commissions CommissionTakenBack 4",
        "commissions CommissionAgain 2",
        "commissions CommissionNotDue 8",
        "payouts RequestRejected 3",
        "payouts PayoutWithoutReference 5",
        "payouts PayoutOfNothing 4",
    ];
    assert_eq!(told, expected);
}

fn sums_before_and_after_agree() {
    let native = Native::default();
    let plan = import(&native, &fixture());
    let report = plan.records_report;
    let sums = |table| {
        let tally = &report.tables[&table];
        assert_eq!(tally.there.rows, 0);
        [tally.all(), tally.new, tally.left_behind, tally.refused]
            .map(|count| (count.rows, count.money.to_string()))
    };
    let expected = |sums: [(usize, &str); 4]| sums.map(|(rows, money)| (rows, money.to_owned()));
    assert_eq!(
        sums(FormerTable::Payments),
        expected([
            (22, "57233.82"),
            (11, "35333.83"),
            (2, "0.00"),
            (9, "21899.99")
        ])
    );
    assert_eq!(
        sums(FormerTable::Commissions),
        expected([
            (9, "7711.10"),
            (4, "5311.10"),
            (2, "600.00"),
            (3, "1800.00")
        ])
    );
    assert_eq!(
        sums(FormerTable::Payouts),
        expected([(7, "7000.00"), (5, "7000.00"), (1, "0.00"), (1, "0.00")])
    );
    for (table, question) in [
        (
            FormerTable::Payments,
            "SELECT sum(amount - refunded) FROM payments WHERE status IN ('success', 'refunded')",
        ),
        (
            FormerTable::Commissions,
            "SELECT sum(amount - taken_back) FROM commissions",
        ),
        (
            FormerTable::Payouts,
            "SELECT balance FROM accounts WHERE id = 'service:bank'",
        ),
    ] {
        let told = report.tables[&table].here.number().to_string();
        assert_eq!(native.ask(question), told, "{table}");
    }
    // Vera was paid twice, and a commission of hers was never taken back; one of Anna's payouts cannot come over.
    let change = |number, there, here| PartnerChange {
        number,
        there: Kopecks::new(there),
        here: Kopecks::new(here),
    };
    assert_eq!(
        report.partners,
        [
            change(2, 66_100, 11_099),
            change(4, -79_990, -239_990),
            change(7, 60_000, 0),
            change(11, 60_000, 0),
        ]
    );
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

/// Some fields of each row of a list.
fn of(list: &Value, fields: &[&str]) -> Vec<Vec<Value>> {
    let of_row = |row: &Value| {
        let values = fields
            .iter()
            .map(|field| row.pointer(field).unwrap().clone());
        values.collect()
    };
    list.as_array().unwrap().iter().map(of_row).collect()
}

fn a_client_of_the_former_site_sees_their_cabinet() {
    let native = Native::default();
    import(&native, &fixture());
    let cabinet = get(&native, ANNA, "/api/client/cabinet/");
    assert_eq!(
        of(
            &cabinet["products"],
            &[
                "/id",
                "/product/name",
                "/status",
                "/end_date",
                "/renewal_price",
                "/app_url"
            ]
        ),
        [
            vec![
                json!(uuid(5, 3)),
                json!("Сайт"),
                json!("active"),
                Value::Null,
                Value::Null,
                Value::Null
            ],
            vec![
                json!(uuid(5, 2)),
                json!("Старт"),
                json!("expired"),
                json!("2025-04-09T12:00:00Z"),
                json!("3000.00"),
                Value::Null
            ],
            vec![
                json!(uuid(5, 1)),
                json!("Старт"),
                json!("active"),
                json!("2027-02-09T12:00:00Z"),
                json!("2500.00"),
                json!("https://anna.example.com/"),
            ],
        ]
    );
    assert_eq!(
        of(
            &cabinet["payments"]["payments"],
            &[
                "/order/order_id",
                "/amount",
                "/status",
                "/refunded_amount",
                "/receipt_url"
            ]
        ),
        [
            vec![
                json!("ORDER_1750000000003"),
                json!("3000.00"),
                json!("refunded"),
                json!("3000.00"),
                Value::Null
            ],
            vec![
                json!("ORDER_1750000000002"),
                json!("15000.50"),
                json!("success"),
                json!("0.00"),
                Value::Null
            ],
            vec![
                json!("ORDER_1750000000001"),
                json!("3000.00"),
                json!("success"),
                json!("0.00"),
                json!("https://ofd.example.com/1"),
            ],
        ]
    );
    assert_eq!(cabinet["payments"]["total_amount"], 18_000.5);
}

fn a_client_of_the_former_site_finds_cards_and_documents() {
    let native = Native::default();
    import(&native, &fixture());
    let cabinet = get(&native, ANNA, "/api/client/cabinet/");
    assert_eq!(
        of(&cabinet["payment_methods"], &["/pan_mask", "/is_default"]),
        [
            vec![json!("220000******0002"), json!(true)],
            vec![json!("430000******0777"), json!(false)]
        ]
    );
    assert!(
        !cabinet.to_string().contains("70000000"),
        "the bank's names of cards are shown"
    );
    let documents = &cabinet["documents"];
    assert_eq!(documents["signed_documents"][0]["signed_version"], 3);
    assert_eq!(
        documents["signed_documents"][0]["content"],
        "Политика\n\nМы бережём данные."
    );
    assert_eq!(
        of(&documents["documents_to_sign"], &["/document_type"]),
        [
            vec![json!("affiliate_terms")],
            vec![json!("subscription_terms")]
        ]
    );
    let kira = get(&native, KIRA, "/api/client/products/");
    assert_eq!(
        of(&kira["products"], &["/product/name", "/status"]),
        [
            vec![json!("Бизнес"), json!("active")],
            vec![json!("Сайт"), json!("cancelled")]
        ]
    );
}

fn a_partner_of_the_former_site_sees_what_they_earned() {
    let native = Native::default();
    import(&native, &fixture());
    let referrals = &get(&native, VERA, "/api/client/cabinet/")["referrals"];
    assert_eq!(
        referrals["balance"],
        json!({"pending": 0.0, "available": 0.0, "reserved": 0.0, "owed": 2399.9})
    );
    assert_eq!(referrals["stats"]["total_earned"], 3600.1);
    assert_eq!(referrals["stats"]["total_paid"], 6000.0);
    let earned = referrals["commissions"]["commissions"].as_array().unwrap();
    let states: Vec<_> = earned
        .iter()
        .map(|row| (&row["commission_amount"], &row["status"]))
        .collect();
    assert_eq!(
        states,
        [
            (&json!(600.0), &json!("cancelled")),
            (&json!(3000.1), &json!("available")),
            (&json!(600.0), &json!("available")),
        ]
    );
    let payouts = referrals["payouts"]["payouts"].as_array().unwrap();
    let states: Vec<_> = payouts
        .iter()
        .map(|row| (&row["amount"], &row["status"], &row["payment_ref"]))
        .collect();
    assert_eq!(
        states,
        [
            (&json!("100.00"), &json!("cancelled"), &Value::Null),
            (&json!("3000.00"), &json!("paid"), &json!("PP-2")),
            (&json!("3000.00"), &json!("paid"), &json!("PP-1")),
        ]
    );
    assert!(
        payouts[0]["notes"]
            .as_str()
            .unwrap()
            .contains("подайте новую заявку")
    );
    assert_eq!(balance(&native, "anna@example.com"), [0, 11_099, 0, 0]);
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
