//! Rows that cannot be read, and what is read of the others.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::calendar::Period;
use crate::domain::catalogue::PaidFor;
use crate::domain::dump;
use crate::domain::dump::Record;
use crate::domain::money::Kopecks;
use crate::domain::payment::PaymentStatus;
use crate::domain::time::Instant;

const KEY: &str = "0f0e0d0c-0b0a-4908-8706-050403020100";
const DAY: &str = "2025-03-01T12:00:00Z";

/// A row with a few fields put in other values.
fn record(fields: &Value, changes: &Value) -> Record {
    let mut fields = fields.clone();
    for (name, value) in changes.as_object().unwrap() {
        fields[name] = value.clone();
    }
    let row = json!([{"model": "x.y", "pk": KEY, "fields": fields}]);
    let rows = dump::read(&row.to_string()).unwrap();
    rows.into_iter().next().unwrap().record.unwrap()
}

fn product() -> Value {
    json!({"name": "Старт", "slug": "start", "price": "3000.00", "currency": "RUB", "product_type": "subscription",
           "subscription_period": "monthly", "created_at": DAY, "updated_at": DAY})
}

fn method() -> Value {
    json!({"user": 1, "rebill_id": "77", "pan_mask": "430000******0777", "exp_date": "1230", "status": "active",
           "created_at": DAY, "updated_at": DAY})
}

fn holding() -> Value {
    json!({"user": 1, "product": KEY, "status": "active", "start_date": DAY, "end_date": "2025-04-01T12:00:00Z",
           "created_at": DAY, "updated_at": "2025-03-20T12:00:00Z"})
}

fn order() -> Value {
    json!({"order_id": "ORDER_1", "user": 1, "product": KEY, "amount": "3000.00", "status": "CONFIRMED",
           "created_at": DAY, "updated_at": DAY})
}

fn payment() -> Value {
    json!({"order": KEY, "user": 1, "amount": "3000.00", "status": "success", "method": "card", "created_at": DAY,
           "updated_at": DAY})
}

fn commission() -> Value {
    json!({"referral": KEY, "order": KEY, "amount": "3000.00", "commission_rate": "20.00",
           "commission_amount": "600.00", "status": "pending", "created_at": DAY, "updated_at": DAY})
}

fn payout() -> Value {
    json!({"referrer": 1, "amount": "250.50", "status": "paid", "payment_ref": "PP-1", "created_at": DAY,
           "updated_at": DAY})
}

#[test]
fn a_row_that_cannot_be_read_says_which_field_and_why() {
    use RecordRefused::{AmountOutOfBounds, Missing, OtherCurrency, Unfit, UnknownWord};
    let refused = |read: Result<(), RecordRefused>| read.unwrap_err();
    for (changes, expected) in [
        (json!({"price": null}), Missing("price")),
        (json!({"price": 3000.5}), Unfit("price")),
        (json!({"price": "3000.005"}), Unfit("price")),
        (json!({"price": "3E+3"}), Unfit("price")),
        (json!({"price": "3000,00"}), Unfit("price")),
        (json!({"price": "NaN"}), Unfit("price")),
        (json!({"price": "-1.00"}), AmountOutOfBounds("price")),
        (
            json!({"price": "9999999999.99"}),
            AmountOutOfBounds("price"),
        ),
        (json!({"currency": "USD"}), OtherCurrency),
        (json!({"slug": "Start!"}), Unfit("slug")),
        (json!({"name": "a\nb"}), Unfit("name")),
        (json!({"product_type": "gift"}), UnknownWord("product_type")),
        (
            json!({"subscription_period": null}),
            Missing("subscription_period"),
        ),
        (
            json!({"subscription_period": "weekly"}),
            UnknownWord("subscription_period"),
        ),
        (json!({"created_at": "yesterday"}), Unfit("created_at")),
        (json!({"created_at": null}), Missing("created_at")),
    ] {
        let read = FormerProduct::read(&record(&product(), &changes)).map(drop);
        assert_eq!(refused(read), expected, "product {changes}");
    }
    for (changes, expected) in [
        (json!({"rebill_id": ""}), Missing("rebill_id")),
        (json!({"provider": "sber"}), UnknownWord("provider")),
        (json!({"status": "lost"}), UnknownWord("status")),
        (json!({"user": "anna"}), Unfit("user")),
    ] {
        let read = FormerMethod::read(&record(&method(), &changes)).map(drop);
        assert_eq!(refused(read), expected, "method {changes}");
    }
    for (changes, expected) in [
        (json!({"user": null}), Missing("user")),
        (json!({"product": "first"}), Unfit("product")),
        (json!({"status": "paused"}), UnknownWord("status")),
        (
            json!({"renewal_price": "-5.00"}),
            AmountOutOfBounds("renewal_price"),
        ),
    ] {
        let read = FormerHolding::read(&record(&holding(), &changes)).map(drop);
        assert_eq!(refused(read), expected, "holding {changes}");
    }
}

#[test]
fn a_row_about_money_that_cannot_be_read_says_which_field_and_why() {
    use RecordRefused::{AmountOutOfBounds, Missing, OtherCurrency, Unfit, UnknownWord};
    let refused = |read: Result<(), RecordRefused>| read.unwrap_err();
    for (changes, expected) in [
        (json!({"order_id": null}), Missing("order_id")),
        (json!({"amount": "0.00"}), AmountOutOfBounds("amount")),
        (json!({"status": "PAID"}), UnknownWord("status")),
        (
            json!({"customer_name": "a\u{202e}\u{7}"}),
            Unfit("customer_name"),
        ),
    ] {
        let read = FormerOrder::read(&record(&order(), &changes)).map(drop);
        assert_eq!(refused(read), expected, "order {changes}");
    }
    for (changes, expected) in [
        (json!({"order": null}), Missing("order")),
        (json!({"method": "cash"}), UnknownWord("method")),
        (json!({"status": "paid"}), UnknownWord("status")),
        (json!({"amount": "-3000.00"}), AmountOutOfBounds("amount")),
    ] {
        let read = FormerPayment::read(&record(&payment(), &changes)).map(drop);
        assert_eq!(refused(read), expected, "payment {changes}");
    }
    for (changes, expected) in [
        (
            json!({"commission_rate": "0.00"}),
            AmountOutOfBounds("commission_rate"),
        ),
        (
            json!({"commission_rate": "100.01"}),
            AmountOutOfBounds("commission_rate"),
        ),
        (json!({"commission_rate": 20.0}), Unfit("commission_rate")),
        (json!({"referral": 7}), Unfit("referral")),
        (json!({"status": "held"}), UnknownWord("status")),
    ] {
        let read = FormerCommission::read(&record(&commission(), &changes)).map(drop);
        assert_eq!(refused(read), expected, "commission {changes}");
    }
    for (changes, expected) in [
        (json!({"amount": "nan"}), Unfit("amount")),
        (json!({"referrer": null}), Missing("referrer")),
        (json!({"currency": "EUR"}), OtherCurrency),
    ] {
        let read = FormerPayout::read(&record(&payout(), &changes)).map(drop);
        assert_eq!(refused(read), expected, "payout {changes}");
    }
    let mut nameless = record(&payout(), &json!({}));
    nameless.key = 7.into();
    assert_eq!(FormerPayout::read(&nameless), Err(RecordRefused::NoKey));
}

#[test]
fn money_is_read_without_fractions_of_a_kopeck() {
    for (text, kopecks) in [
        ("250.50", 25_050),
        ("-500.00", -50_000),
        ("0.00", 0),
        ("19.99", 1_999),
    ] {
        let read = FormerPayout::read(&record(&payout(), &json!({"amount": text})))
            .unwrap()
            .0;
        assert_eq!(read.amount, Kopecks::new(kopecks));
    }
    let read = FormerCommission::read(&record(&commission(), &json!({"commission_rate": "12.34"})));
    assert_eq!(read.unwrap().0.rate.basis_points(), 1_234);
}

/// How it is paid for, status, begin and end; then what that becomes: begin, end, taken away, not to be renewed, and notes. Days
/// are of March 2025; the last change was on the 20th, and today is the 25th.
const STATES: &str = "
    month active    2  28  =  2 28 -  -
    month active    2  22  =  2 22 -  -  RanOut
    month active    -  28  =  1 28 -  -  BeginFromRow
    month active    2  -   =  SubscriptionWithoutEnd
    month active    28 2   =  EndBeforeStart
    month expired   2  22  =  2 22 -  -
    month expired   2  -   =  2 20 -  -  EndFromRow
    month expired   2  28  =  ExpiredBeforeItsEnd
    month pending   -  -   =  -  - -  -
    month pending   2  -   =  -  - -  -  DatesLeftOut
    month pending   2  22  =  2 22 -  -  RanOut
    month pending   2  28  =  2 28 -  -  PendingAndRunning
    month cancelled 2  28  =  2 28 -  20
    month cancelled 2  -   =  2 20 -  20 EndFromRow
    once  active    2  -   =  2 -  -  -
    once  active    -  -   =  1 -  -  -  BeginFromRow
    once  active    2  28  =  OneTimeWithEnd
    once  pending   2  -   =  -  - -  -  DatesLeftOut
    once  expired   2  22  =  2 -  22 -
    once  expired   2  -   =  2 -  20 -  EndFromRow
    once  expired   2  28  =  ExpiredBeforeItsEnd
    once  cancelled 2  -   =  2 -  20 -
";

#[test]
fn a_state_is_read_into_dates() {
    let instant = |day: &str| Instant::parse(&format!("2025-03-{day:0>2}T12:00:00Z")).unwrap();
    let day = |at: Option<Instant>| {
        let text = at.map(|at| at.to_string()[8..10].trim_start_matches('0').to_owned());
        text.unwrap_or_else(|| "-".to_owned())
    };
    for line in STATES.lines().filter(|line| !line.trim().is_empty()) {
        let (given, expected) = line.split_once('=').unwrap();
        let given: Vec<&str> = given.split_whitespace().collect();
        let given_at = |text: &str| (text != "-").then(|| instant(text).to_string());
        let changes = json!({"status": given[1], "start_date": given_at(given[2]), "end_date": given_at(given[3])});
        let paid_for = match given[0] {
            "once" => PaidFor::Once,
            _ => PaidFor::Every(Period::Month),
        };
        let (holding, _) = FormerHolding::read(&record(&holding(), &changes)).unwrap();
        let read = match holding.dates(paid_for, instant("25")) {
            Ok((dates, notes)) => {
                let days = [
                    dates.starts_at,
                    dates.ends_at,
                    dates.revoked_at,
                    dates.cancelled_at,
                ]
                .map(day);
                let notes = notes.iter().map(|note| format!("{note:?}"));
                days.into_iter().chain(notes).collect()
            }
            Err(contradiction) => vec![format!("{contradiction:?}")],
        };
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(read, expected, "{line}");
    }
}

#[test]
fn the_last_period_ends_with_what_is_paid_and_its_day_is_kept() {
    let at = |text: &str| Instant::parse(text).unwrap();
    for (period, start, end, begin, anchor) in [
        (
            Period::Month,
            "2025-01-01T00:00:00Z",
            "2025-04-30T22:00:00Z",
            "2025-03-31T22:00:00Z",
            1,
        ),
        (
            Period::Month,
            "2025-04-20T00:00:00Z",
            "2025-04-30T12:00:00Z",
            "2025-04-20T00:00:00Z",
            30,
        ),
        (
            Period::Year,
            "2024-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z",
            "2025-01-01T00:00:00Z",
            1,
        ),
    ] {
        let (period_start, day) = FormerHolding::last_period(period, at(start), at(end));
        assert_eq!((period_start, day.number()), (at(begin), anchor), "{end}");
    }
}

#[test]
fn of_a_card_nothing_is_kept_that_could_pay_elsewhere() {
    for (mask, kept, is_noted) in [
        ("430000******0777", "430000******0777", false),
        ("", "", false),
        ("4300000000000777", "************0777", true),
        ("4300 0000 0000 0777", "************0777", true),
    ] {
        let (read, notes) =
            FormerMethod::read(&record(&method(), &json!({"pan_mask": mask}))).unwrap();
        assert_eq!(
            (read.pan_mask.as_str(), notes.len()),
            (kept, usize::from(is_noted))
        );
        assert!(!format!("{read:?}").contains("77\""));
        assert!(!format!("{read:?}").contains(&read.charge_id));
    }
}

#[test]
fn the_order_and_its_payments_have_to_agree() {
    use Contradiction::{OrderAndPaymentDisagree, PaidByNothing};
    let disagree = Err(OrderAndPaymentDisagree);
    for (status, payments, expected) in [
        ("CONFIRMED", vec!["success"], Ok(Some(0))),
        (
            "CONFIRMED",
            vec!["failed", "success", "success"],
            Ok(Some(1)),
        ),
        ("CONFIRMED", vec!["failed"], disagree),
        ("CONFIRMED", vec!["pending"], disagree),
        ("CONFIRMED", vec!["refunded"], disagree),
        ("CONFIRMED", vec![], Err(PaidByNothing)),
        ("REFUNDED", vec!["failed"], Ok(Some(0))),
        ("REFUNDED", vec!["failed", "refunded"], Ok(Some(1))),
        ("REFUNDED", vec!["failed", "failed"], disagree),
        ("REFUNDED", vec!["success"], disagree),
        ("PARTIAL_REFUNDED", vec!["failed"], Ok(Some(0))),
        ("PARTIAL_REFUNDED", vec!["success"], Ok(Some(0))),
        ("PARTIAL_REFUNDED", vec!["refunded"], disagree),
        ("NEW", vec!["pending", "failed"], Ok(None)),
        ("NEW", vec![], Ok(None)),
        ("NEW", vec!["success"], disagree),
        ("REVERSED", vec!["refunded"], disagree),
        ("DECLINED", vec!["cancelled"], Ok(None)),
    ] {
        let (order, _) = FormerOrder::read(&record(&order(), &json!({"status": status}))).unwrap();
        let read = |status: &&str| {
            let row = record(&payment(), &json!({"status": status}));
            FormerPayment::read(&row).unwrap().0
        };
        let rows: Vec<FormerPayment> = payments.iter().map(read).collect();
        let rows: Vec<&FormerPayment> = rows.iter().collect();
        assert_eq!(order.settling(&rows), expected, "{status} {payments:?}");
    }
}

#[test]
fn a_document_too_long_for_the_cabinet_comes_without_its_text() {
    let document = |changes: Value| {
        let fields = json!({"document_type": "cabinet_terms", "title": "Условия", "slug": "cabinet_terms", "version": 2,
                            "content": "<p>Да</p>", "updated_at": DAY});
        let mut row = record(&fields, &changes);
        row.key = 3.into();
        FormerDocument::read(&row)
    };
    let (read, notes) = document(json!({})).unwrap();
    assert_eq!(read.text.unwrap().as_str(), "Да");
    assert_eq!(
        (read.slug.as_str(), notes),
        ("cabinet-terms", vec![RecordNote::SlugReplaced])
    );
    let (read, notes) =
        document(json!({"content_text": "я".repeat(10_001), "slug": "terms"})).unwrap();
    assert_eq!(
        (read.text, notes),
        (None, vec![RecordNote::DocumentTextTooLong])
    );
    for (changes, expected) in [
        (json!({"version": 0}), RecordRefused::Unfit("version")),
        (json!({"content": ""}), RecordRefused::Missing("content")),
        (
            json!({"document_type": "contract"}),
            RecordRefused::UnknownWord("document_type"),
        ),
    ] {
        assert_eq!(document(changes).unwrap_err(), expected);
    }
}

#[test]
fn a_table_is_known_by_the_name_of_its_model() {
    for (model, table) in [
        ("payments.payment", Some(FormerTable::Payments)),
        ("anything.payment", Some(FormerTable::Payments)),
        ("referrals.referralpayout", Some(FormerTable::Payouts)),
        ("users.user", None),
        ("orders.preorder", None),
        ("payment", Some(FormerTable::Payments)),
    ] {
        assert_eq!(FormerTable::of_model(model), table, "{model}");
    }
}

proptest! {
    /// Whatever stands in a field: the row is read or refused, and what is read keeps within the database's bounds.
    #[test]
    fn no_value_is_too_odd(field in prop::sample::select(vec!["amount", "status", "user", "order", "created_at", "method"]),
                           text in "\\PC{0,30}", number in any::<i64>(), kind in 0..4) {
        let value = match kind {
            0 => json!(text),
            1 => json!(number),
            2 => json!(null),
            _ => json!([text]),
        };
        let mut changes = json!({});
        changes[field] = value;
        let read = FormerPayment::read(&record(&payment(), &changes));
        if let Ok((payment, _)) = read {
            prop_assert!((1..=MAX_AMOUNT).contains(&payment.amount.number()));
            prop_assert!(PaymentStatus::ALL.contains(&payment.status));
        }
    }

    #[test]
    fn an_amount_of_djangos_is_read_to_the_kopeck(kopecks in 1..=MAX_AMOUNT) {
        let text = Kopecks::new(kopecks).to_string();
        let read = FormerPayment::read(&record(&payment(), &json!({"amount": text}))).unwrap().0;
        prop_assert_eq!(read.amount.number(), kopecks);
    }
}
