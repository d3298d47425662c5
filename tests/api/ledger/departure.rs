//! A person has their data deleted: the money stays, without them.

use libtest_mimic::Trial;
use portal_tests::backend::{Backend, Call};
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, form, new_email, register};
use portal_tests::trials;
use serde_json::{Value, json};

pub(super) fn trials() -> Vec<Trial> {
    trials! { "native":
        money_stays_and_nothing_in_it_tells_of_the_person,
        an_open_payout_can_still_be_paid_and_is_forgotten_then,
        an_export_has_the_money_in_roubles_and_no_secrets_of_the_bank,
        who_registers_by_a_link_is_bound_to_its_partner,
    }
}

const PRODUCT: &str = "00000000-0000-4000-8000-0000000000a2";
const HELD: &str = "00000000-0000-4000-8000-0000000000b1";

/// Everything that a client and partner can have, with words that can be looked for.
fn somebody_with_everything(native: &Native) -> Person {
    let person = Person::register(native);
    native.execute(&format!(
        "INSERT INTO products (id, slug, name_ru, name_en, kind, period, price, created_at, updated_at)
         VALUES ('{PRODUCT}', 'monthly', 'Месяц', 'Month', 'subscription', 'month', 300000, 1, 1);
         INSERT INTO payment_methods (id, user_id, provider, charge_id, pan_mask, expires, card_type, is_default, created_at, updated_at)
         VALUES ('00000000-0000-4000-8000-0000000000c1', 1, 'tbank', 'REBILL-4711', '430000******0777', '1230', 'mir', 1, 1, 1);
         INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, app_url, admin_url, created_at, updated_at)
         VALUES ('{HELD}', 1, '{PRODUCT}', 1, 99, 'https://app.karenina.example', 'https://admin.karenina.example', 1, 1);
         INSERT INTO subscriptions (user_product_id, period, anchor_day, period_start, renewal_price, payment_method_id)
         VALUES ('{HELD}', 'month', 1, 1, 300000, '00000000-0000-4000-8000-0000000000c1');
         INSERT INTO orders (id, number, user_id, product_id, amount, state, customer_name, customer_email, customer_phone,
                             referral_code, created_at, updated_at)
         VALUES ('00000000-0000-4000-8000-0000000000d1', 'ME-1', 1, '{PRODUCT}', 300000, 'paid', 'Покупатель', 'buyer@example.org',
                 '+79005550001', 'ABCDEF01', 2, 2),
                ('00000000-0000-4000-8000-0000000000d2', 'ME-2', 1, '{PRODUCT}', 300000, 'waiting', NULL, NULL, NULL, NULL, 1, 1);
         INSERT INTO payments (id, order_id, user_id, user_product_id, amount, status, source, provider_ref, created_at, updated_at)
         VALUES ('00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000d1', 1, '{HELD}', 300000, 'success',
                 'card', 'BANK-4712', 1, 1);
         INSERT INTO documents (id, slug, type, created_at) VALUES (1, 'privacy', 'privacy', 1);
         INSERT INTO document_versions (document_id, version, title_ru, text_ru, published_at) VALUES (1, 1, 'Политика', 'Текст', 1);
         INSERT INTO acceptances (user_id, document_id, version, accepted_at, network, country, device)
         VALUES (1, 1, 1, 1, '203.0.113.78', 'KG', 'Lynx, BeOS');
         INSERT INTO accounts (id, partner_id, kind, floor) VALUES ('partner:1:available', 1, 'available', 0),
           ('partner:1:reserved', 1, 'reserved', 0), ('partner:1:pending', 1, 'pending', 0), ('partner:1:debt', 1, 'debt', NULL);
         INSERT INTO payouts (id, partner_id, amount, state, legal_form, recipient, inn, method, bik, account, phone, bank_ref,
                              requested_at, updated_at, settled_at)
         VALUES ('00000000-0000-4000-8000-0000000000f1', 1, 500, 'paid', 'sole_trader', 'ИП Получатель', '500100732259',
                 'bank_account', '044525225', '40702810200000000001', NULL, 'PP-1', 2, 2, 2),
                ('00000000-0000-4000-8000-0000000000f2', 1, 700, 'processing', 'self_employed', 'Анна Сбыт', '500100732260',
                 'sbp', NULL, NULL, '+79005550002', NULL, 1, 1, NULL);
         INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at) VALUES
           ('reserve:f2', 'o', 'service:expense', 'partner:1:reserved', 700, 'reserve', 1);
         UPDATE accounts SET balance = 700 WHERE id = 'partner:1:reserved';
         UPDATE accounts SET balance = -700 WHERE id = 'service:expense';"
    ));
    person
}

fn delete(native: &Native, person: &Person) {
    let call = Call::new("POST", "/api/auth/delete-account/").bearer(&person.token);
    let answer = native.send(call.json(&json!({"password": PASSWORD})));
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// All texts of the tables of money.
fn texts(native: &Native) -> String {
    [
        "payment_methods",
        "user_products",
        "subscriptions",
        "orders",
        "payments",
        "acceptances",
        "payouts",
    ]
    .map(|table| {
        let columns = native.ask(&format!(
            "SELECT group_concat(name) FROM pragma_table_info('{table}')"
        ));
        native.ask(&format!(
            "SELECT group_concat(concat_ws(' ', {columns}), x'0a') FROM {table}"
        ))
    })
    .join("\n")
}

fn money_stays_and_nothing_in_it_tells_of_the_person() {
    let native = Native::default();
    let person = somebody_with_everything(&native);
    let traces = [
        "REBILL-4711",
        "430000******0777",
        "karenina.example",
        "Покупатель",
        "buyer@example.org",
        "+79005550001",
        "ABCDEF01",
        "203.0.113.78",
        "BeOS",
        "ИП Получатель",
        "500100732259",
        "044525225",
        "40702810200000000001",
    ];
    let before = texts(&native);
    for trace in traces {
        assert!(before.contains(trace), "{trace} is nowhere even before");
    }
    delete(&native, &person);
    let after = texts(&native);
    for trace in traces {
        assert!(!after.contains(trace), "{trace} is left in {after}");
    }
    for (question, expected) in [
        (
            "SELECT count(*) FROM payments WHERE amount = 300000 AND provider_ref = 'BANK-4712'",
            "1",
        ),
        ("SELECT group_concat(state) FROM orders", "paid,cancelled"),
        (
            "SELECT count(*) FROM payouts WHERE bank_ref = 'PP-1' AND amount = 500",
            "1",
        ),
        (
            "SELECT cancelled_at IS NOT NULL AND payment_method_id IS NULL FROM subscriptions",
            "1",
        ),
        (
            "SELECT revoked_at IS NOT NULL AND is_default = 0 FROM payment_methods",
            "1",
        ),
        ("SELECT count(*) FROM acceptances", "1"),
    ] {
        assert_eq!(native.ask(question), expected, "{question}");
    }
}

fn an_open_payout_can_still_be_paid_and_is_forgotten_then() {
    use edge_worker::app::payouts::OperatorsStep;
    use portal_tests::native::operator;

    let native = Native::default();
    let person = somebody_with_everything(&native);
    delete(&native, &person);
    let details = "SELECT recipient || inn || phone FROM payouts WHERE method = 'sbp'";
    assert_eq!(native.ask(details), "Анна Сбыт500100732260+79005550002");
    let payout = "00000000-0000-4000-8000-0000000000f2".parse().unwrap();
    let step = OperatorsStep::Pay {
        bank_ref: "PP-2".to_owned(),
    };
    pollster::block_on(native.app().step_payout(&operator(), payout, &step)).unwrap();
    assert_eq!(native.ask(details), "");
    assert_eq!(
        native.ask("SELECT balance FROM accounts WHERE kind = 'bank'"),
        "700"
    );
}

fn an_export_has_the_money_in_roubles_and_no_secrets_of_the_bank() {
    let native = Native::default();
    let person = somebody_with_everything(&native);
    let export = native
        .send(Call::new("GET", "/api/auth/export/").bearer(&person.token))
        .body;
    for (pointer, expected) in [
        ("/payments/0/amount", json!("3000.00")),
        ("/payments/0/refunded", json!("0.00")),
        ("/subscriptions/0/renewal_price", json!("3000.00")),
        ("/orders/0/customer_email", json!("buyer@example.org")),
        ("/payment_methods/0/is_default", json!(true)),
        ("/payouts/0/bank_ref", json!("PP-1")),
        ("/acceptances/0/device", json!("Lynx, BeOS")),
    ] {
        assert_eq!(export.pointer(pointer), Some(&expected), "{pointer}");
    }
    let text = export.to_string();
    for secret in ["REBILL-4711", "BANK-4712"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_eq!(export["commissions"], Value::Array(Vec::new()));
}

fn who_registers_by_a_link_is_bound_to_its_partner() {
    let native = Native::default();
    let partner = Person::register(&native);
    for (code, expected) in [
        (partner.user["referral_code"].clone(), "1"),
        (json!("00000000"), "0"),
        (json!("no code at all"), "0"),
        (Value::Null, "0"),
    ] {
        let mut form = form(&new_email());
        form["referral_code"] = code.clone();
        let answer = register(&native, &form);
        assert_eq!(answer.status, 201, "{code}");
        let bound = format!(
            "SELECT count(*) FROM referrals WHERE user_id = {} AND partner_id = 1",
            answer.body["user"]["id"]
        );
        assert_eq!(native.ask(&bound), expected, "{code}");
    }
}
