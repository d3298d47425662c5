//! The sample clients of `cargo xtask dev`: their database is sound, and their cabinets show what the terminal promises.

use std::collections::BTreeSet;

use cabinet_sample::{CLIENTS, PASSWORD, archive};
use edge_worker::app::ports::inspection::Examined;
use edge_worker::domain::archive::Archive;
use edge_worker::domain::time::Instant;
use libtest_mimic::Trial;
use pollster::block_on;
use portal_tests::backend::{Backend as _, Call};
use portal_tests::native::{Native, operator};
use portal_tests::person::sign_in;
use portal_tests::trials;
use serde_json::{Value, json};

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native::sample":
        every_sample_client_can_sign_in_and_sees_what_the_terminal_promises,
        the_sample_is_sound_on_whatever_day_it_is_made,
        the_same_instant_gives_the_same_sample,
    }
}

fn cabinet_with(archive: &Archive) -> Native {
    let native = Native::default();
    let restored = block_on(native.app().restore_database(&operator(), archive));
    assert_eq!(restored, Ok(true));
    native
}

fn now_of(native: &Native) -> Instant {
    Instant::from_seconds(native.now())
}

/// What a client's cabinet says, by the client's name.
fn cabinet_of(native: &Native, name: &str) -> Value {
    let client = CLIENTS.iter().find(|client| client.name == name).unwrap();
    let signed_in = sign_in(native, &client.email(), PASSWORD);
    assert_eq!(signed_in.status, 200, "{name}: {}", signed_in.body);
    let token = signed_in.body["token"].as_str().unwrap();
    let answer = native.send(Call::new("GET", "/api/client/cabinet/").bearer(token));
    assert_eq!(answer.status, 200, "{name}: {}", answer.body);
    answer.body
}

/// The different values of a key in a list.
fn kinds<'a>(list: &'a Value, key: &str) -> BTreeSet<&'a str> {
    let list = list.as_array().unwrap().iter();
    list.map(|item| item[key].as_str().unwrap()).collect()
}

fn every_sample_client_can_sign_in_and_sees_what_the_terminal_promises() {
    let native = cabinet_with(&archive(now_of(&Native::default())).unwrap());
    assert_sound(&native);
    let cabinets = CLIENTS.map(|client| cabinet_of(&native, client.name));
    let [new, anna, boris, vera, gleb] = &cabinets;

    assert_eq!(new["products"], json!([]));
    assert_eq!(new["payments"]["total"], 0);
    let to_sign = |cabinet: &Value| {
        cabinet["documents"]["documents_to_sign"]
            .as_array()
            .unwrap()
            .len()
    };
    let signed = |cabinet: &Value| {
        cabinet["documents"]["signed_documents"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((to_sign(new), signed(new)), (3, 0));

    assert_eq!(kinds(&anna["products"], "status"), ["active"].into());
    assert_eq!(anna["products"].as_array().unwrap().len(), 4);
    assert_eq!(anna["payment_methods"].as_array().unwrap().len(), 2);
    let statuses = kinds(&anna["payments"]["payments"], "status");
    assert_eq!(
        statuses,
        ["cancelled", "failed", "processing", "success"].into()
    );
    assert!(signed(anna) > 0 && to_sign(anna) > 0);
    let programme = &anna["referrals"];
    assert_eq!(programme["payouts"]["payouts"], json!([]));
    let least = programme["terms"]["min_payout"].as_f64().unwrap();
    assert!(programme["balance"]["available"].as_f64().unwrap() >= least);

    let statuses = kinds(&boris["products"], "status");
    assert_eq!(statuses, ["cancelled", "expired", "pending"].into());
    let can_resume = |product: &&Value| product["can_resume"] == true;
    let is_revoked = |product: &&Value| !product["revoked_at"].is_null();
    let products = boris["products"].as_array().unwrap();
    assert_eq!(products.iter().filter(can_resume).count(), 1);
    assert_eq!(products.iter().filter(is_revoked).count(), 2);
    assert!(kinds(&boris["payments"]["payments"], "status").contains("refunded"));

    let programme = &vera["referrals"];
    let payouts = kinds(&programme["payouts"]["payouts"], "status");
    assert_eq!(payouts, ["cancelled", "failed", "paid", "pending"].into());
    assert!(programme["balance"]["available"].as_f64() > Some(0.0));
    assert!(programme["balance"]["pending"].as_f64() > Some(0.0));
    assert!(programme["commissions"]["total"].as_i64() > Some(40));
    let moved =
        "SELECT group_concat(code, ' ') FROM (SELECT DISTINCT code FROM transfers ORDER BY code)";
    assert_eq!(
        native.ask(moved),
        "accrue mature offset owe pay release reserve reverse"
    );

    assert_eq!(gleb["payments"]["total"], 2_000);
    let retired = "SELECT count(*) FROM products WHERE retired_at IS NOT NULL";
    assert_eq!(native.ask(retired), "1");
}

fn assert_sound(native: &Native) {
    let examined = block_on(native.app().examine()).unwrap();
    let broken = examined.iter().filter(|rule| !rule.findings.is_empty());
    assert_eq!(broken.collect::<Vec<_>>(), Vec::<&Examined>::new());
}

/// Months are of different lengths, and days begin in Moscow before they do in Greenwich.
fn the_sample_is_sound_on_whatever_day_it_is_made() {
    for day in ["2028-02-29T23:59:59Z", "2027-03-31T00:10:00Z"] {
        let now = Instant::parse(day).unwrap();
        let native = cabinet_with(&archive(now).unwrap());
        native.wait_seconds(now.seconds() - native.now());
        assert_sound(&native);
    }
}

fn the_same_instant_gives_the_same_sample() {
    let now = now_of(&Native::default());
    assert!(archive(now).unwrap() == archive(now).unwrap());
}
