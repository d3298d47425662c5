//! Documents, and agreeing to them.

use serde_json::{Value, json};

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::goods::{Goods, get, new_document_number, publish};
use crate::person::Person;

scenarios! { "client_documents":
    a_document_waits_until_its_newest_version_is_accepted,
    terms_of_a_subscription_are_shown_to_who_has_it,
    another_type_another_version_and_no_document_are_refused,
}

fn accept(backend: &dyn Backend, person: &Person, kind: &str, body: &Value) -> Answer {
    let path = format!("/api/client/documents/accept/{kind}/");
    backend.send(Call::new("POST", path).bearer(&person.token).json(body))
}

fn find(answer: &Answer, list: &str, id: i64) -> Option<Value> {
    let documents = answer.body[list].as_array().unwrap();
    documents
        .iter()
        .find(|document| document["id"] == id)
        .cloned()
}

fn a_document_waits_until_its_newest_version_is_accepted(backend: &dyn Backend) {
    let person = Person::register(backend);
    let id = new_document_number(backend);
    publish(backend, id, "other", 1);
    backend.execute(&format!(
        "UPDATE documents SET type = 'affiliate_terms' WHERE id = {id}"
    ));
    let documents = || get(backend, &person, "/api/client/documents/");
    let waiting = find(&documents(), "documents_to_sign", id).unwrap();
    assert_eq!(
        (&waiting["is_signed"], &waiting["signed_version"]),
        (&json!(false), &Value::Null)
    );
    assert!(waiting["url"].as_str().unwrap().ends_with("/privacy/"));

    let wanted = json!({"document_id": id, "version": 1});
    let first = accept(backend, &person, "affiliate_terms", &wanted);
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(first.body["acceptance"]["version"], 1);
    let again = accept(backend, &person, "affiliate_terms", &wanted);
    assert_eq!(
        again.body["acceptance"], first.body["acceptance"],
        "once is enough"
    );
    let signed = find(&documents(), "signed_documents", id).unwrap();
    assert_eq!(signed["signed_at"], first.body["acceptance"]["accepted_at"]);
    assert_eq!(
        person.profile(backend).body["offer_accepted_at"],
        signed["signed_at"]
    );

    publish(backend, id, "affiliate_terms", 2);
    let waiting = find(&documents(), "documents_to_sign", id).unwrap();
    assert_eq!(
        (
            &waiting["is_signed"],
            &waiting["signed_version"],
            &waiting["current_version"]
        ),
        (&json!(true), &json!(1), &json!(2))
    );
    let late = accept(backend, &person, "affiliate_terms", &wanted);
    assert_eq!(
        (late.status, late.wrong_fields()),
        (400, vec!["version"]),
        "what was read is what is accepted"
    );
    assert_eq!(
        accept(
            backend,
            &person,
            "affiliate_terms",
            &json!({"document_id": id})
        )
        .body["acceptance"]["version"],
        2
    );
    backend.execute(&format!(
        "UPDATE documents SET retired_at = created_at WHERE id = {id}"
    ));
}

fn terms_of_a_subscription_are_shown_to_who_has_it(backend: &dyn Backend) {
    let person = Person::register(backend);
    let goods = Goods::monthly(backend);
    let id = new_document_number(backend);
    publish(backend, id, "subscription_terms", 1);
    backend.execute(&format!(
        "UPDATE products SET terms_id = {id} WHERE id = '{}'",
        goods.id
    ));
    let waits = || {
        find(
            &get(backend, &person, "/api/client/documents/"),
            "documents_to_sign",
            id,
        )
        .is_some()
    };
    goods.give(backend, &person, -40, Some(-10));
    assert!(!waits(), "it has run out");
    goods.give(backend, &person, -10, Some(20));
    assert!(waits());
    let held = get(backend, &person, "/api/client/products/").body["products"][0].clone();
    assert_eq!(held["product"]["subscription_terms"]["id"], id);
    assert_eq!(
        accept(
            backend,
            &person,
            "subscription_terms",
            &json!({"document_id": id})
        )
        .status,
        200
    );
    assert!(!waits());
    backend.execute(&format!(
        "UPDATE documents SET retired_at = created_at WHERE id = {id}"
    ));
}

/// Predecessor, 6.C.4: a document was accepted by its number whatever type was named, and a number of letters was a 500.
fn another_type_another_version_and_no_document_are_refused(backend: &dyn Backend) {
    let person = Person::register(backend);
    let id = new_document_number(backend);
    publish(backend, id, "other", 1);
    for (kind, body, status) in [
        ("privacy", json!({"document_id": id}), 404),
        ("other", json!({"document_id": id + 1_000_000_000}), 404),
        ("no_such_type", json!({}), 404),
        ("other", json!({"document_id": "7"}), 400),
        ("other", json!({"document_id": 0}), 400),
        ("other", json!({"document_id": id, "user": 1}), 400),
        ("other", json!({"document_id": id, "version": 2}), 400),
        ("other", json!({"document_id": id}), 200),
    ] {
        let answer = accept(backend, &person, kind, &body);
        assert_eq!(answer.status, status, "{kind} {body}: {}", answer.body);
    }
    backend.execute(&format!(
        "UPDATE documents SET retired_at = created_at WHERE id = {id}"
    ));
}
