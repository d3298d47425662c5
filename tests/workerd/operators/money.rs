//! Access, payments and payouts from the command line, on local D1 through Wrangler.

use std::process;

use portal_tests::backend::Backend as _;
use portal_tests::person::{PASSWORD, new_email};
use portal_tests::workerd::Workerd;
use serde_json::{Value, json};

fn tell(arguments: &[&str]) -> Result<String, String> {
    Workerd::cabinetctl(arguments, "")
}

fn done(arguments: &[&str], expected: &str) {
    let said = tell(arguments).unwrap();
    assert!(said.contains(expected), "{arguments:?}: {said}");
}

fn somebody() -> String {
    let email = new_email();
    let arguments = ["user", "create", "--email", &email];
    Workerd::cabinetctl(&arguments, PASSWORD).unwrap();
    email
}

fn file_of(email: &str) -> Value {
    let said = tell(&["user", "show", "--json", "--email", email]).unwrap();
    serde_json::from_str(&said).unwrap()
}

pub(super) fn products_are_given_prolonged_and_taken_away() {
    let (email, slug) = (somebody(), format!("crm-{}", process::id()));
    let add = [
        "product",
        "add",
        "--slug",
        &slug,
        "--name-ru",
        "CRM",
        "--name-en",
        "CRM",
        "--price",
        "3 000,50",
        "--every",
        "month",
    ];
    done(&add, "is on sale for 3000.50 roubles a month");
    let of = ["--user", &email, "--product", &slug];
    let with = |verbs: &[&'static str], more: &[&'static str]| -> Vec<String> {
        let words = verbs.iter().chain(&of).chain(more);
        words.map(|word| (*word).to_owned()).collect()
    };
    let run = |words: Vec<String>| tell(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let until = [
        "--until",
        "2090-03-31",
        "--app-url",
        "https://anna.example.com",
    ];
    let said = run(with(&["grant"], &until)).unwrap();
    assert!(said.contains("2090-04-01 00:00 MSK"), "{said}");
    run(with(
        &["subscription", "extend"],
        &["--until", "2090-04-30"],
    ))
    .unwrap();
    run(with(&["subscription", "cancel"], &["--yes"])).unwrap();

    let shown = file_of(&email);
    let product = &shown["products"][0];
    assert_eq!(product["status"], "cancelled");
    assert_eq!(product["ends_at"], "2090-04-30T21:00:00Z");
    assert_eq!(product["app_url"], "https://anna.example.com");
    let words: Vec<_> = shown["events"]
        .as_array()
        .unwrap()
        .iter()
        .take(3)
        .map(|event| &event["event"])
        .collect();
    assert_eq!(
        words,
        [
            "subscription_cancelled",
            "subscription_extended",
            "product_granted"
        ]
    );

    run(with(&["revoke"], &["--yes"])).unwrap();
}

pub(super) fn money_comes_goes_back_and_is_paid_out() {
    let (partner, client) = (somebody(), somebody());
    let slug = format!("shop-{}", process::id());
    let add = [
        "product",
        "add",
        "--slug",
        &slug,
        "--name-ru",
        "Магазин",
        "--name-en",
        "Shop",
        "--price",
        "10000",
    ];
    done(&add, "is on sale");
    let server = Workerd::from_environment();
    let brought = format!(
        "UPDATE users SET referred_by = (SELECT id FROM users WHERE email = '{partner}') WHERE email = '{client}';
         INSERT INTO referrals (user_id, partner_id, bound_at) SELECT id, referred_by, 1 FROM users WHERE email = '{client}'"
    );
    server.execute(&brought);
    let record = [
        "payment",
        "record",
        "--yes",
        "--user",
        &client,
        "--product",
        &slug,
        "--reference",
        "счёт; DROP TABLE payments",
    ];
    done(&record, "has paid 10000.00 roubles");
    done(&record, "It was put down before");

    let shown = file_of(&client);
    assert_eq!(shown["orders"][0]["status"], "paid");
    let payment = shown["payments"][0]["id"].as_str().unwrap();
    let part = [
        "payment",
        "refund",
        payment,
        "--amount",
        "2 500",
        "--reference",
        "возврат 1",
        "--yes",
    ];
    done(&part, "2500.00 roubles");
    done(&part, "It was put down before");
    let payout = ask_for_everything(&server, &partner);
    let listed = tell(&["payout", "list"]).unwrap();
    assert!(
        listed.contains(&payout) && listed.contains("account ...0001"),
        "{listed}"
    );
    assert!(!listed.contains("40702810200000000001"), "{listed}");
    done(&["payout", "show", &payout], "40702810200000000001");
    done(
        &["payout", "begin", &payout, "--yes"],
        "You are paying 1500.00 roubles",
    );
    let pay = ["payout", "pay", &payout, "--bank-ref", "п/п 1", "--yes"];
    done(&pay, "are paid");
    done(&pay, "The payout is paid already");
    let shown = file_of(&partner);
    assert_eq!(
        (&shown["partner"]["paid_out"], &shown["partner"]["reserved"]),
        (&json!("1500.00"), &json!("0.00"))
    );
    assert_eq!(shown["payouts"][0]["bank_ref"], "п/п 1");
    let mails = tell(&["mail", "list"]).unwrap();
    assert!(mails.contains("payout-paid"), "{mails}");
}

/// What the partner's commissions have brought is theirs, and they ask for all of it: as the API books it.
fn ask_for_everything(server: &Workerd, partner: &str) -> String {
    let payout = format!("{:08x}-0000-4000-8000-00000000aaaa", process::id());
    let now = server.now() * 1_000;
    server.execute(&format!(
        "INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
         SELECT 'mature:' || payment_id, 'm{payout}', 'partner:' || partner_id || ':pending', 'partner:' || partner_id || ':available',
                amount - taken_back, 'mature', {now}
         FROM commissions WHERE partner_id = (SELECT id FROM users WHERE email = '{partner}');
         INSERT INTO payouts (id, partner_id, amount, legal_form, recipient, inn, method, bik, account, requested_at, updated_at)
         SELECT '{payout}', partner_id, amount - taken_back, 'sole_trader', 'ИП Каренина', '500100732259', 'bank_account', '044525225',
                '40702810200000000001', {now}, {now}
         FROM commissions WHERE partner_id = (SELECT id FROM users WHERE email = '{partner}');
         INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
         SELECT 'reserve:' || id, 'r{payout}', 'partner:' || partner_id || ':available', 'partner:' || partner_id || ':reserved', amount,
                'reserve', {now}
         FROM payouts WHERE id = '{payout}';
         UPDATE accounts SET balance = iif(kind = 'reserved', 150000, 0)
         WHERE kind IN ('pending', 'reserved') AND partner_id = (SELECT id FROM users WHERE email = '{partner}');
         UPDATE commissions SET matured_at = {now} WHERE partner_id = (SELECT id FROM users WHERE email = '{partner}')"
    ));
    payout
}
