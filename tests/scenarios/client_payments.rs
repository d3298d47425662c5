//! Payments, receipts, ways to pay, and the same as a table.

use serde_json::{Value, json};

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::goods::{Goods, add_card, add_receipt, call, each, get, new_id, refund};
use crate::person::Person;

scenarios! { "client_payments":
    payments_are_listed_with_their_totals_the_newest_first,
    payments_are_chosen_by_day_and_put_in_order,
    a_bad_page_limit_or_status_is_told,
    a_strangers_payment_is_unknown,
    a_receipt_is_there_or_not_yet_or_never,
    what_the_bank_calls_things_is_shown_to_nobody,
    movements_of_money_are_payments_and_refunds,
    one_card_is_the_default_one_and_cards_are_removed,
    payments_are_taken_along_as_a_table,
}

fn payments_are_listed_with_their_totals_the_newest_first(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::once(backend);
    let old = goods.pay(backend, &person, "success", 300_000, 3);
    let failed = goods.pay(backend, &person, "failed", 100_000, 2);
    let new = goods.pay(backend, &person, "success", 150_050, 1);
    refund(backend, &old, 50_000);

    let all = get(backend, &person, "/api/client/payments/").body;
    assert_eq!(
        each(&all["payments"], "id"),
        [&json!(new), &json!(failed), &json!(old)]
    );
    assert_eq!(
        (&all["total"], &all["page"], &all["limit"]),
        (&json!(3), &json!(1), &json!(50))
    );
    assert_eq!(
        all["total_amount"].as_f64(),
        Some(4000.5),
        "less what was given back"
    );
    let payment = &all["payments"][0];
    assert_eq!(payment["amount"], "1500.50");
    assert_eq!(payment["method"], "invoice");
    assert_eq!(payment["order"]["product_name"], "Магазин");
    assert_eq!(payment["user"], person.user);

    let page = get(backend, &person, "/api/client/payments?page=2&limit=1").body;
    assert_eq!(each(&page["payments"], "id"), [&json!(failed)]);
    let of_status = get(backend, &person, "/api/client/payments/?status=success").body;
    assert_eq!(
        each(&of_status["payments"], "id"),
        [&json!(new), &json!(old)]
    );
    assert_eq!(
        (&of_status["total"], &of_status["total_amount"]),
        (&json!(2), &all["total_amount"])
    );
    let beyond = get(backend, &person, "/api/client/payments/?page=7").body;
    assert_eq!(
        (&beyond["payments"], &beyond["total"]),
        (&json!([]), &json!(3))
    );
    let one = get(backend, &person, &format!("/api/client/payments/{new}/")).body;
    assert_eq!(&one["payment"], payment);
    let dashboard = get(backend, &person, "/api/client/dashboard/").body;
    assert_eq!(dashboard["total_payments"], 2);
    assert_eq!(
        dashboard["recent_transactions"][0]["amount"].as_f64(),
        Some(1500.5)
    );
}

fn payments_are_chosen_by_day_and_put_in_order(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::once(backend);
    let pay = |at: &str, kopecks: i64, status: &str| {
        let id = goods.pay(backend, &person, status, kopecks, 0);
        backend.execute(&format!(
            "UPDATE payments SET created_at = unixepoch('{at}') * 1000 WHERE id = '{id}'"
        ));
        id
    };
    // Moscow's midnight is at 21:00 in UTC.
    let before = pay("2026-03-05 20:59:59", 100, "success");
    let first = pay("2026-03-05 21:00:00", 300, "success");
    let last = pay("2026-03-06 20:59:59", 200, "failed");
    let after = pay("2026-03-06 21:00:00", 200, "success");
    for (query, ids) in [
        ("from=2026-03-06&to=2026-03-06", vec![&last, &first]),
        ("from=2026-03-06", vec![&after, &last, &first]),
        ("to=2026-03-05", vec![&before]),
        ("from=2026-03-06&to=2026-03-06&status=failed", vec![&last]),
        ("from=2026-03-07&to=2026-03-06", vec![]),
        ("sort=newest", vec![&after, &last, &first, &before]),
        ("sort=oldest", vec![&before, &first, &last, &after]),
        ("sort=largest", vec![&first, &after, &last, &before]),
        ("sort=smallest", vec![&before, &after, &last, &first]),
        (
            "sort=smallest&status=success&from=2026-03-06",
            vec![&after, &first],
        ),
        ("sort=largest&status=success&page=2&limit=1", vec![&after]),
    ] {
        let path = format!("/api/client/payments/?{query}");
        let listed = get(backend, &person, &path).body;
        let ids: Vec<_> = ids.iter().map(|id| json!(id)).collect();
        let shown: Vec<_> = each(&listed["payments"], "id")
            .into_iter()
            .cloned()
            .collect();
        assert_eq!(shown, ids, "{query}");
        if !query.contains("page") {
            assert_eq!(listed["total"], ids.len(), "{query}");
        }
        assert_eq!(listed["total_amount"].as_f64(), Some(6.0), "{query}");
    }
    let file = "/api/client/payments/export.csv?from=2026-03-06&to=2026-03-06&sort=oldest";
    let table = get(backend, &person, file).body;
    let rows: Vec<_> = table.as_str().unwrap().split("\r\n").collect();
    assert_eq!(rows.len(), 4, "{table}");
    assert!(
        rows[1].contains(";3,00;") && rows[2].contains(";2,00;"),
        "{table}"
    );
}

/// Predecessor: `page=0` and letters were a 500 with a traceback, and there was no bound.
fn a_bad_page_limit_or_status_is_told(backend: &dyn Backend) {
    let person = Person::register(backend);
    for (path, wrong) in [
        ("payments/?page=0", vec!["page"]),
        ("payments/?page=abc", vec!["page"]),
        ("payments/?limit=201&page=-1", vec!["limit", "page"]),
        ("payments/?page=1&page=2", vec!["page"]),
        ("payments/?status=paid", vec!["status"]),
        ("payments/?status=failed&status=success", vec!["status"]),
        ("payments/?sort=amount", vec!["sort"]),
        (
            "payments/?from=06.03.2026&to=2026-02-30",
            vec!["from", "to"],
        ),
        ("payments/?from=2026-03-06&from=2026-03-07", vec!["from"]),
        ("payments/export.csv?page=2", vec!["page"]),
        ("payments/export.csv?from=&sort=", vec!["from", "sort"]),
        ("transactions/?status=success", vec!["status"]),
        ("referrals/?limit=x", vec!["limit"]),
        ("referrals/commissions/?page=1.5", vec!["page"]),
        ("referrals/payouts/?page=", vec!["page"]),
    ] {
        let answer = get(backend, &person, &format!("/api/client/{path}"));
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, wrong),
            "{path}"
        );
    }
    for path in ["payments/?status=", "payments/?page=1000000&limit=200"] {
        assert_eq!(
            get(backend, &person, &format!("/api/client/{path}")).status,
            200
        );
    }
}

fn a_strangers_payment_is_unknown(backend: &dyn Backend) {
    let owner = Person::register(backend);
    let stranger = Person::register(backend);
    let payment = Goods::once(backend).pay(backend, &owner, "success", 300_000, 1);
    for id in [payment, new_id(), "7".to_owned(), "'%20OR%201=1".to_owned()] {
        for path in [
            format!("/api/client/payments/{id}/"),
            format!("/api/client/payments/{id}/receipt/"),
        ] {
            let answer = get(backend, &stranger, &path);
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{path}");
        }
    }
    assert_eq!(
        get(backend, &stranger, "/api/client/payments/").body["total"],
        0
    );
}

fn a_receipt_is_there_or_not_yet_or_never(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::once(backend);
    let paid = goods.pay(backend, &person, "success", 300_000, 1);
    let receipt = |payment: &str| {
        get(
            backend,
            &person,
            &format!("/api/client/payments/{payment}/receipt/"),
        )
    };
    let early = receipt(&paid);
    assert_eq!((early.status, &early.body["success"]), (202, &json!(false)));
    assert_eq!(early.body["receipt_url"], Value::Null);
    add_receipt(backend, &paid, "https://receipts.example.com/1");
    let there = receipt(&paid);
    assert_eq!(
        (there.status, &there.body["payment_id"]),
        (200, &json!(paid))
    );
    assert_eq!(there.body["receipt_url"], "https://receipts.example.com/1");
    let failed = goods.pay(backend, &person, "failed", 300_000, 1);
    let never = receipt(&failed);
    assert_eq!(
        (never.status, never.code()),
        (400, "payment_not_successful")
    );
}

/// Predecessor, 6.A.8: the name by which the bank charges a card was sent to the browser.
fn what_the_bank_calls_things_is_shown_to_nobody(backend: &dyn Backend) {
    let person = Person::register(backend);
    let payment = Goods::once(backend).pay(backend, &person, "success", 300_000, 1);
    add_card(backend, &person, true, "1299");
    for path in [
        "cabinet/",
        "payment-methods/",
        "payments/",
        &format!("payments/{payment}/"),
        "transactions/",
    ] {
        let body = get(backend, &person, &format!("/api/client/{path}"))
            .body
            .to_string();
        assert!(!body.contains("rebill"), "{path}: {body}");
        assert!(!body.contains("bank-"), "{path}: {body}");
    }
}

fn movements_of_money_are_payments_and_refunds(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::once(backend);
    let paid = goods.pay(backend, &person, "success", 300_000, 3);
    goods.pay(backend, &person, "failed", 300_000, 2);
    refund(backend, &paid, 100_000);
    let all = get(backend, &person, "/api/client/transactions/").body;
    assert_eq!(all["total"], 2);
    let rows = &all["transactions"];
    assert_eq!(each(rows, "transaction_type"), ["refund", "payment"]);
    assert_eq!(each(rows, "amount"), ["1000.00", "3000.00"]);
    assert_eq!(rows[0]["payment"]["id"], json!(paid));
    assert_eq!(rows[1]["id"], json!(paid));
    let second = get(backend, &person, "/api/client/transactions/?page=2&limit=1").body;
    assert_eq!(second["transactions"][0], rows[1]);
}

/// Predecessor, 6.B.9: there could be several default cards.
fn one_card_is_the_default_one_and_cards_are_removed(backend: &dyn Backend) {
    let person = Person::register(backend);
    let stranger = Person::register(backend);
    let first = add_card(backend, &person, true, "0120");
    let second = add_card(backend, &person, false, "1299");
    let listed = || get(backend, &person, "/api/client/payment-methods/").body["methods"].clone();
    assert_eq!(each(&listed(), "id"), [&json!(first), &json!(second)]);
    assert_eq!(
        each(&listed(), "status"),
        ["expired", "active"],
        "the month on the card is over"
    );

    let path = |id: &str| format!("/api/client/payment-methods/{id}/");
    let choose = |person: &Person, id: &str, body: &Value| {
        backend.send(
            Call::new("PATCH", path(id))
                .bearer(&person.token)
                .json(body),
        )
    };
    for body in [
        json!({}),
        json!({"is_default": false}),
        json!({"is_default": "yes"}),
    ] {
        assert_eq!(
            choose(&person, &second, &body).wrong_fields(),
            ["is_default"]
        );
    }
    let yes = json!({"is_default": true});
    assert_eq!(choose(&stranger, &second, &yes).status, 404);
    assert_eq!(
        call(backend, &stranger, "DELETE", &path(&second)).status,
        404
    );
    for _ in 0..2 {
        let chosen = choose(&person, &second, &yes);
        assert_eq!(
            (chosen.status, &chosen.body["method"]["is_default"]),
            (200, &json!(true))
        );
    }
    assert_eq!(each(&listed(), "is_default"), [true, false]);

    let refused = call(backend, &person, "DELETE", &path(&second));
    assert_eq!((refused.status, refused.code()), (400, "method_is_default"));
    for _ in 0..2 {
        let removed = call(backend, &person, "DELETE", &path(&first));
        assert_eq!(removed.status, 200, "a lost answer may be asked for again");
    }
    assert_eq!(choose(&person, &first, &yes).status, 404);
    assert_eq!(
        call(backend, &person, "DELETE", &path(&second)).status,
        200,
        "the last one may go"
    );
    assert_eq!(listed(), json!([]));
    let kept = backend.read(
        "SELECT charge_id FROM payment_methods WHERE id = ?1",
        &first,
    );
    assert!(!kept[0]["charge_id"].as_str().unwrap().contains("rebill"));
}

fn payments_are_taken_along_as_a_table(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::once(backend);
    backend.execute(&format!(
        "UPDATE products SET name_ru = '=1+1; «Ёж»' WHERE id = '{}'",
        goods.id
    ));
    let paid = goods.pay(backend, &person, "success", 123_450, 1);
    goods.pay(backend, &person, "failed", 100, 2);
    refund(backend, &paid, 99_000);
    let answer = get(
        backend,
        &person,
        "/api/client/payments/export.csv?status=success",
    );
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .header("content-type")
            .unwrap()
            .starts_with("text/csv; charset=utf-8")
    );
    let disposition = answer.header("content-disposition").unwrap();
    assert!(
        disposition.starts_with("attachment; filename*=UTF-8''%D0%BF"),
        "{disposition}"
    );
    let table = answer.body.as_str().unwrap();
    assert!(
        table.starts_with("\u{feff}Дата;Заказ;Продукт;Сумма, ₽;"),
        "{table}"
    );
    let rows: Vec<_> = table.split("\r\n").collect();
    assert_eq!(rows.len(), 3, "{table}");
    assert!(
        rows[1].contains(";\"'=1+1; «Ёж»\";1234,50;990,00;оплачен;по счёту;;;"),
        "{table}"
    );
    let english = backend.send(
        Call::new("GET", "/api/client/payments/export.csv")
            .bearer(&person.token)
            .header("accept-language", "en"),
    );
    let table = english.body.as_str().unwrap();
    assert!(table.starts_with("\u{feff}Date;Order;Product;"), "{table}");
    assert!(table.contains(";Shop;1,00;0,00;failed;invoice;"), "{table}");
}
