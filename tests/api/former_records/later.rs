//! Imports into a cabinet that is not empty: a later dump, what was made here meanwhile, who is gone.

use edge_worker::domain::former_records::{Contradiction, FormerTable, RecordNote, RecordRefused};
use edge_worker::domain::money::Kopecks;
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::Backend as _;
use portal_tests::native::{Native, operator};
use portal_tests::trials;
use serde_json::{Value, json};

use super::{
    ANNA, balance, broken, everything, fixture, get, import, number, object, objects, plan, read,
    uuid,
};

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native::former_records":
        a_later_dump_adds_what_is_new_and_repays_debts,
        what_came_to_a_partner_since_is_counted_when_more_was_paid_out,
        money_that_came_after_an_import_is_not_put_down_in_silence,
        what_is_here_keeps_its_place,
        everything_comes_or_nothing,
        nothing_is_brought_back_to_somebody_who_is_gone,
        models_of_one_name_are_not_guessed,
        the_rules_hold_whatever_partners_were_paid,
    }
}

/// An order of the monthly product with its payment, and a commission by a binding.
fn paid_order(number: u32, user: i64, referral: Option<u32>) -> Vec<Value> {
    let mut made = vec![
        object(
            "order",
            7,
            number,
            &json!({"order_id": format!("ORDER_{number}"), "user": user, "product": uuid(3, 1),
                                          "amount": "3000.00", "status": "CONFIRMED"}),
        ),
        object(
            "payment",
            8,
            number * 10,
            &json!({"order": uuid(7, number), "user": user, "amount": "3000.00",
                                                 "status": "success", "method": "card"}),
        ),
    ];
    made.extend(referral.map(|referral| {
        let fields = json!({"referral": uuid(10, referral), "order": uuid(7, number), "amount": "3000.00",
                            "commission_rate": "20.00", "commission_amount": "600.00", "status": "pending"});
        object("referralcommission", 11, number, &fields)
    }));
    made
}

fn paid_out(number: u32, partner: i64, amount: &str) -> Value {
    let fields = json!({"referrer": partner, "amount": amount, "status": "paid", "payment_ref": format!("PP-{number}")});
    object("referralpayout", 12, number, &fields)
}

fn a_later_dump_adds_what_is_new_and_repays_debts() {
    let native = Native::default();
    import(&native, &fixture());
    let before = native.ask("SELECT count(*) FROM payments");
    assert_eq!(balance(&native, "vera@example.com"), [0, 0, 0, 239_990]);
    let mut later = objects();
    later.extend(paid_order(30, 2, Some(1)));
    // Gleb had come by himself; as it turns out, Anna brought him.
    let bound =
        json!({"referrer": 2, "referred_user": 5, "status": "active", "commission_rate": "20.00"});
    later.push(object("referral", 10, 30, &bound));
    later.extend(paid_order(31, 5, Some(30)));
    let added = import(&native, &read(&later));
    assert_eq!(added.report.different, []);
    let new = |table| added.records_report.tables[&table].new.rows;
    assert_eq!(
        FormerTable::ALL.map(new),
        [0, 0, 0, 0, 0, 2, 2, 1, 2, 0],
        "what is new, table by table"
    );
    assert_eq!(balance(&native, "vera@example.com"), [0, 0, 0, 179_990]);
    assert_eq!(balance(&native, "anna@example.com"), [0, 71_099, 0, 0]);
    assert_ne!(native.ask("SELECT count(*) FROM payments"), before);
    assert_eq!(broken(&native), Vec::<String>::new());

    let books = everything(&native);
    assert!(import(&native, &read(&later)).records.is_empty());
    assert_eq!(everything(&native), books);
}

fn what_came_to_a_partner_since_is_counted_when_more_was_paid_out() {
    let native = Native::default();
    import(&native, &fixture());
    let mut later = objects();
    later.push(paid_out(30, 2, "100.00"));
    import(&native, &read(&later));
    assert_eq!(balance(&native, "anna@example.com"), [0, 1_099, 0, 0]);
    later.push(paid_out(31, 2, "30.00"));
    let plan = import(&native, &read(&later));
    let change = plan
        .records_report
        .partners
        .iter()
        .find(|change| change.number == 2);
    assert_eq!(change.unwrap().here, Kopecks::new(-1_901));
    assert_eq!(balance(&native, "anna@example.com"), [0, 0, 0, 1_901]);
    assert_eq!(broken(&native), Vec::<String>::new());
}

fn money_that_came_after_an_import_is_not_put_down_in_silence() {
    let native = Native::default();
    import(&native, &fixture());
    let mut later = objects();
    for row in &mut later {
        if row["pk"] == uuid(7, 5) {
            row["fields"]["status"] = "CONFIRMED".into();
        } else if row["pk"] == uuid(8, 51) {
            row["fields"]["status"] = "success".into();
        }
    }
    let rows = read(&later);
    let plan = plan(&native, &rows);
    let refused = plan.records_report.refused.iter();
    let since: Vec<_> = refused
        .filter(|(.., why)| *why == Contradiction::PaidSince.into())
        .map(|(table, place, _)| (*table, number(&rows, place.row)))
        .collect();
    assert_eq!(since, [(FormerTable::Payments, 51)]);
}

fn what_is_here_keeps_its_place() {
    let native = Native::default();
    native.execute(
        "INSERT INTO products (id, slug, name_ru, name_en, kind, period, price, created_at, updated_at) VALUES
           ('11111111-1111-4111-8111-111111111111', 'real-estate-start', 'Свой', 'Own', 'subscription', 'month', 9900, 1, 1),
           ('22222222-2222-4222-8222-222222222222', 'site', 'Свой сайт', 'Own site', 'subscription', 'year', 9900, 1, 1);
         INSERT INTO documents (id, slug, type, created_at) VALUES (1, 'privacy', 'privacy', 1);
         INSERT INTO document_versions (document_id, version, title_ru, text_ru, published_at) VALUES (1, 1, 'Своя', 'Т', 1)",
    );
    let rows = fixture();
    let plan = import(&native, &rows);
    let report = &plan.records_report;
    let refused = (
        FormerTable::Products,
        rows.iter()
            .find(|row| row.record.as_ref().unwrap().key == uuid(3, 3))
            .unwrap()
            .place,
        Contradiction::ProductHereDiffers.into(),
    );
    assert!(report.refused.contains(&refused), "{:?}", report.refused);
    let told = |table, note| report.notes.contains_key(&(table, note));
    assert!(told(FormerTable::Products, RecordNote::ProductHereCounts));
    assert!(told(FormerTable::Documents, RecordNote::DocumentRetired));
    let products = &get(&native, ANNA, "/api/client/products/")["products"];
    assert_eq!(products[1]["product"]["name"], "Свой");
    assert_eq!(
        native.ask("SELECT group_concat(slug || ' ' || (retired_at IS NULL), ', ') FROM documents WHERE type = 'privacy'"),
        "privacy 1, former-document-1 0"
    );
    assert_eq!(broken(&native), Vec::<String>::new());
    assert!(import(&native, &rows).records.is_empty());
}

fn everything_comes_or_nothing() {
    let native = Native::default();
    let plan = plan(&native, &fixture());
    // Somebody binds a card while the operator reads the report, and the bank calls it as it called one of the dump.
    native.execute(
        "INSERT INTO users (id, email, email_key, password_hash, name, role, referral_code, created_at, updated_at)
         VALUES (1, 'x', 'x', '!', 'X', 'client', 'XXXXXXXX', 1, 1);
         INSERT INTO payment_methods (id, user_id, provider, charge_id, pan_mask, created_at, updated_at)
         VALUES ('c', 1, 'tbank', '700000001', '', 1, 1)",
    );
    let before = everything(&native);
    let refused = block_on(native.app().carry_out_import(&operator(), &plan)).unwrap_err();
    assert!(refused.log.contains("payment_methods"), "{}", refused.log);
    assert_eq!(everything(&native), before);
    // Now it is known, and told.
    let again = import(&native, &fixture());
    let card = RecordRefused::from(Contradiction::CardTaken);
    assert!(
        again
            .records_report
            .refused
            .iter()
            .any(|(.., why)| *why == card)
    );
    assert_eq!(broken(&native), Vec::<String>::new());
}

fn nothing_is_brought_back_to_somebody_who_is_gone() {
    let native = Native::default();
    import(&native, &fixture());
    native.execute("UPDATE imported_users SET user_id = NULL WHERE predecessor_id = 5");
    let mut later = objects();
    later.extend(paid_order(30, 5, None));
    let plan = import(&native, &read(&later));
    assert!(plan.records.is_empty());
    let left = plan.records_report.notes.keys();
    let tables: Vec<_> = left
        .filter(|(_, note)| *note == RecordNote::PersonGone)
        .map(|(table, _)| *table)
        .collect();
    assert_eq!(
        tables,
        [
            FormerTable::Orders,
            FormerTable::Payments,
            FormerTable::Referrals
        ]
    );
}

fn models_of_one_name_are_not_guessed() {
    let native = Native::default();
    let mut objects = objects();
    objects.push(json!({"model": "shop.order", "pk": 1, "fields": {}}));
    let plan = plan(&native, &read(&objects));
    assert_eq!(
        plan.records_report.ambiguous,
        [(
            FormerTable::Orders,
            vec!["cabinet.order".to_owned(), "shop.order".to_owned()]
        )]
    );
    assert!(plan.records.is_empty());
}

/// Vera brought Anna. Whatever came and was paid out, in one import or in two, the books are right.
fn the_rules_hold_whatever_partners_were_paid() {
    let mut seed: u32 = 7;
    let mut draw = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % below
    };
    for round in 0..8 {
        let native = Native::default();
        let people: Vec<_> = objects()
            .into_iter()
            .filter(|row| {
                let model = row["model"].as_str().unwrap();
                [
                    "users.user",
                    "cabinet.product",
                    "cabinet.referral",
                    "cabinet.document",
                ]
                .contains(&model)
            })
            .collect();
        let mut rows = people;
        let (mut earned, mut paid) = (0, 0);
        for half in 0..2 {
            for number in 0..draw(5) {
                let number = 100 + half * 10 + number;
                let mut made = paid_order(number, 2, Some(1));
                if draw(3) == 0 {
                    made[0]["fields"]["status"] = "REFUNDED".into();
                    made[1]["fields"]["status"] = "failed".into();
                } else {
                    earned += 60_000;
                }
                rows.extend(made);
            }
            for number in 0..draw(4) {
                let mut payout = paid_out(
                    200 + half * 10 + number,
                    4,
                    &format!("{}.00", 100 + draw(900)),
                );
                let status = ["paid", "paid", "failed", "cancelled", "pending"][draw(5) as usize];
                payout["fields"]["status"] = status.into();
                if status == "paid" {
                    let amount = payout["fields"]["amount"].as_str().unwrap();
                    paid += Kopecks::parse(amount).unwrap().number();
                }
                rows.push(payout);
            }
            import(&native, &read(&rows));
            assert_eq!(
                broken(&native),
                Vec::<String>::new(),
                "round {round}, half {half}"
            );
            let [pending, available, reserved, owed] = balance(&native, "vera@example.com");
            assert_eq!(
                (pending, reserved, available - owed),
                (0, 0, earned - paid),
                "round {round}"
            );
            assert!(available == 0 || owed == 0);
        }
    }
}
