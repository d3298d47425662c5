//! The partner programme as a partner sees it.

use serde_json::{Value, json};

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::goods::{Goods, accrue, each, get, pay_out, refund};
use crate::person::{Person, form, new_email, register};

scenarios! { "client_partner":
    a_new_partner_has_a_link_and_nothing_else,
    figures_are_those_of_the_ledger_also_before_the_clock_runs,
    people_who_came_are_masks,
    what_was_taken_back_is_told,
    each_month_of_the_last_year_is_told_by_the_calendar_of_moscow,
    payouts_are_told_with_why_they_did_not_come,
    commissions_and_payouts_are_taken_along_as_tables,
    a_payout_is_asked_for_once_and_within_bounds,
    a_wrong_payout_is_told_field_by_field,
}

fn bring(backend: &dyn Backend, partner: &Person) -> Person {
    let email = new_email();
    let mut form = form(&email);
    form["referral_code"] = partner.user["referral_code"].clone();
    let answer = register(backend, &form);
    assert_eq!(answer.status, 201);
    Person {
        email,
        token: answer.body["token"].as_str().unwrap().to_owned(),
        user: answer.body["user"].clone(),
    }
}

fn a_new_partner_has_a_link_and_nothing_else(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let body = get(backend, &partner, "/api/client/referrals/").body;
    let code = partner.user["referral_code"].as_str().unwrap();
    let link = body["referral_link"].as_str().unwrap();
    assert!(
        link.starts_with("http") && link.ends_with(&format!("/?ref={code}")),
        "{link}"
    );
    assert_eq!(body["commission_rate"].as_f64(), Some(20.0));
    assert_eq!(body["stats"]["total_referrals"], 0);
    assert_eq!(body["stats"]["available_balance"].as_f64(), Some(0.0));
    assert_eq!(body["terms"]["hold_days"], 30);
    assert_eq!(body["terms"]["min_payout"].as_f64(), Some(1000.0));
    assert_eq!(
        (&body["referrals"], &body["total"]),
        (&json!([]), &json!(0))
    );
}

fn figures_are_those_of_the_ledger_also_before_the_clock_runs(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let client = bring(backend, &partner);
    let idle = bring(backend, &partner);
    let goods = Goods::once(backend);
    for (kopecks, held_days) in [(300_000, 10), (100_000, -1)] {
        let payment = goods.pay(backend, &client, "success", kopecks, 1);
        accrue(backend, &partner, &client, &payment, kopecks, held_days);
    }
    let body = get(backend, &partner, "/api/client/referrals/").body;
    let stats = &body["stats"];
    assert_eq!(
        (&stats["total_referrals"], &stats["active_referrals"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(stats["total_earned"].as_f64(), Some(800.0));
    assert_eq!(
        stats["available_balance"].as_f64(),
        Some(200.0),
        "its hold is over"
    );
    assert_eq!(body["balance"]["pending"].as_f64(), Some(600.0));
    let commissions = get(backend, &partner, "/api/client/referrals/commissions/").body;
    let mut how_far = each(&commissions["commissions"], "status");
    how_far.sort_by_key(ToString::to_string);
    assert_eq!(how_far, ["available", "pending"]);
    let dashboard = get(backend, &partner, "/api/client/dashboard/").body;
    assert_eq!(dashboard["balance"].as_f64(), Some(200.0));
    assert_eq!(dashboard["referral_stats"]["earned"].as_f64(), Some(800.0));
    let of_others = get(backend, &idle, "/api/client/referrals/commissions/").body;
    assert_eq!(of_others["total"], 0);
}

/// Predecessor, 6.A.3 and portal.md 3.8: partners got the addresses and the names of the people that they brought.
fn people_who_came_are_masks(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let client = bring(backend, &partner);
    let payment = Goods::once(backend).pay(backend, &client, "success", 300_000, 1);
    accrue(backend, &partner, &client, &payment, 300_000, 30);
    for path in [
        "referrals/",
        "referrals/commissions/",
        "referrals/commissions/export.csv",
        "cabinet/",
    ] {
        let body = get(backend, &partner, &format!("/api/client/{path}"))
            .body
            .to_string();
        let local = client.email.split('@').next().unwrap();
        for secret in [local, "Каренина", "ME-"] {
            assert!(
                !body.contains(secret) || path == "cabinet/" && secret == "Каренина",
                "{path}: {body}"
            );
        }
    }
    let person = get(backend, &partner, "/api/client/referrals/").body["referrals"][0].clone();
    assert_eq!(
        person["referred_user"],
        json!({"email": "P***@E***.com", "name": "А***"})
    );
    assert_eq!(person["total_earned"].as_f64(), Some(600.0));
}

fn what_was_taken_back_is_told(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let client = bring(backend, &partner);
    let payment = Goods::once(backend).pay(backend, &client, "success", 300_000, 1);
    accrue(backend, &partner, &client, &payment, 300_000, 30);
    refund(backend, &payment, 100_000);
    backend.execute(&format!(
        "UPDATE commissions SET taken_back = 20000 WHERE payment_id = '{payment}'"
    ));
    let told =
        get(backend, &partner, "/api/client/referrals/commissions/").body["commissions"][0].clone();
    assert_eq!(told["commission_amount"].as_f64(), Some(600.0));
    assert_eq!(told["taken_back"].as_f64(), Some(200.0));
    assert_eq!(told["commission_rate"].as_f64(), Some(20.0));
    let stats = get(backend, &partner, "/api/client/referrals/").body["stats"].clone();
    assert_eq!(stats["total_earned"].as_f64(), Some(400.0));
}

fn each_month_of_the_last_year_is_told_by_the_calendar_of_moscow(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let client = bring(backend, &partner);
    let goods = Goods::once(backend);
    // The first moment of a month in Moscow and the last one of the month before, this month's and the first of twelve.
    let edge = |months: &str, back: i64| {
        let now = backend.now();
        format!(
            "1000 * unixepoch({now}, 'unixepoch', '+3 hours', 'start of month', '{months} months', '-3 hours') - {back}"
        )
    };
    for (roubles, moment) in [
        (10, edge("+0", 0)),
        (20, edge("+0", 1)),
        (40, edge("-1", 0)),
        (80, edge("-11", 0)),
        (160, edge("-11", 1)),
    ] {
        let payment = goods.pay(backend, &client, "success", roubles * 500, 1);
        accrue(backend, &partner, &client, &payment, roubles * 500, 30);
        backend.execute(&format!(
            "UPDATE commissions SET created_at = {moment} WHERE payment_id = '{payment}'"
        ));
    }
    let told = get(backend, &partner, "/api/client/referrals/").body["months"].clone();
    let earned: Vec<_> = each(&told, "earned")
        .into_iter()
        .map(|earned| earned.as_f64().unwrap())
        .collect();
    assert_eq!(earned, [80.0, 60.0, 10.0], "{told}");
    let months = each(&told, "month");
    let [first, .., last] = months.as_slice() else {
        panic!("{told}");
    };
    let number = |month: &Value| -> i64 {
        let (year, month) = month.as_str().unwrap().split_once('-').unwrap();
        year.parse::<i64>().unwrap() * 12 + month.parse::<i64>().unwrap()
    };
    assert_eq!(number(last) - number(first), 11, "{told}");
}

fn payouts_are_told_with_why_they_did_not_come(backend: &dyn Backend) {
    let partner = Person::register(backend);
    pay_out(backend, &partner, 25_050, "paid", "");
    pay_out(backend, &partner, 100_000, "rejected", "Нет чека");
    let body = get(backend, &partner, "/api/client/referrals/payouts/").body;
    assert_eq!(body["total"], 2);
    let payouts = body["payouts"].as_array().unwrap();
    let find = |amount: &str| {
        payouts
            .iter()
            .find(|payout| payout["amount"] == amount)
            .unwrap()
    };
    assert_eq!(find("250.50")["status"], "paid");
    assert_eq!(find("250.50")["referrer"]["email"], partner.email.as_str());
    assert_eq!(find("1000.00")["status"], "cancelled");
    assert_eq!(find("1000.00")["notes"], "Нет чека");
    let stats = get(backend, &partner, "/api/client/referrals/").body["stats"].clone();
    assert_eq!(stats["total_paid"].as_f64(), Some(250.5));
}

fn commissions_and_payouts_are_taken_along_as_tables(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let client = bring(backend, &partner);
    let payment = Goods::once(backend).pay(backend, &client, "success", 300_000, 1);
    accrue(backend, &partner, &client, &payment, 300_000, 30);
    pay_out(backend, &partner, 25_050, "rejected", "-1; \"нет\"");
    let answer = get(
        backend,
        &partner,
        "/api/client/referrals/commissions/export.csv",
    );
    let table = answer.body.as_str().unwrap();
    assert!(
        table.contains(";А***;Магазин;3000,00;20,00;600,00;0,00;ожидает;"),
        "{table}"
    );
    let answer = get(
        backend,
        &partner,
        "/api/client/referrals/payouts/export.csv",
    );
    let table = answer.body.as_str().unwrap();
    assert!(table.contains(";250,50;отклонена;по СБП;"), "{table}");
    assert!(table.contains(";\"'-1; \"\"нет\"\"\"\r\n"), "{table}");
}

fn ask(backend: &dyn Backend, partner: &Person, form: &Value) -> Answer {
    let call = Call::new("POST", "/api/client/referrals/request-payout/").bearer(&partner.token);
    backend.send(call.json(form))
}

fn payout_form(amount: &Value) -> Value {
    json!({
        "amount": amount, "legal_form": "self_employed", "recipient": "Анна Каренина", "inn": "500100732259",
        "payment_method": "sbp", "phone": "+7 999 123-45-67",
    })
}

/// Predecessor, 6.B.6: a negative amount raised the balance, and what was asked for stayed available.
fn a_payout_is_asked_for_once_and_within_bounds(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let client = bring(backend, &partner);
    let payment = Goods::once(backend).pay(backend, &client, "success", 1_000_000, 40);
    accrue(backend, &partner, &client, &payment, 1_000_000, -1);
    for amount in [
        json!(-1500),
        json!(0),
        json!("nan"),
        json!("1500.001"),
        json!(true),
        json!(999.99),
        json!(2000.01),
    ] {
        let answer = ask(backend, &partner, &payout_form(&amount));
        assert_eq!(
            (answer.status, answer.wrong_fields()),
            (400, vec!["amount"]),
            "{amount}"
        );
    }
    let asked = ask(backend, &partner, &payout_form(&json!(1500.5)));
    assert_eq!(asked.status, 201, "{}", asked.body);
    assert_eq!(asked.body["payout"]["amount"], "1500.50");
    assert_eq!(asked.body["payout"]["status"], "pending");
    let again = ask(backend, &partner, &payout_form(&json!("499.50")));
    assert_eq!(
        (again.status, again.wrong_fields()),
        (400, vec!["amount"]),
        "below the least"
    );
    let body = get(backend, &partner, "/api/client/referrals/").body;
    assert_eq!(body["stats"]["available_balance"].as_f64(), Some(499.5));
    assert_eq!(body["balance"]["reserved"].as_f64(), Some(1500.5));
    let payment = Goods::once(backend).pay(backend, &client, "success", 1_000_000, 40);
    accrue(backend, &partner, &client, &payment, 1_000_000, -1);
    let another = ask(backend, &partner, &payout_form(&json!(1000)));
    assert_eq!((another.status, another.code()), (409, "payout_open"));
}

fn a_wrong_payout_is_told_field_by_field(backend: &dyn Backend) {
    let partner = Person::register(backend);
    let with = |changes: Value| {
        let mut form = payout_form(&json!(1500));
        for (name, value) in changes.as_object().unwrap() {
            form[name] = value.clone();
        }
        ask(backend, &partner, &form)
    };
    for (changes, wrong) in [
        (json!({"inn": "500100732258"}), vec!["inn"]),
        (json!({"inn": "7707083893"}), vec!["inn"]),
        (json!({"recipient": " "}), vec!["recipient"]),
        (json!({"legal_form": "person"}), vec!["legal_form"]),
        (json!({"payment_method": "card"}), vec!["payment_method"]),
        (json!({"phone": "+375291234567"}), vec!["phone"]),
        (
            json!({"legal_form": "company", "inn": "7707083893"}),
            vec!["payment_method"],
        ),
        (
            json!({"payment_method": "bank_account"}),
            vec!["account", "bik", "phone"],
        ),
        (json!({"card": "4300000000000777"}), vec!["card"]),
        (json!({}), vec!["amount"]),
    ] {
        let answer = with(changes.clone());
        assert_eq!(answer.status, 400, "{changes} {}", answer.body);
        assert_eq!(answer.wrong_fields(), wrong, "{changes}");
    }
    let account = json!({
        "amount": 1500, "legal_form": "company", "recipient": "ООО «Ёж»", "inn": "7707083893", "payment_method": "bank_account",
        "bik": "044525225", "account": "12345",
    });
    assert_eq!(ask(backend, &partner, &account).wrong_fields(), ["account"]);
}
