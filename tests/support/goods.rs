//! Rows of the client's data for tests: products, payments, documents, a partner's money. Written as an operator with a console
//! would write them, so that each test says with how much and when.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

use crate::backend::{Answer, Backend, Call};
use crate::person::Person;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// An id that no row has: unlike any other of this run, and of earlier runs on the same database.
pub fn new_id() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}-0000-4000-8000-{count:012x}", std::process::id())
}

/// Milliseconds since 1970, so many days from now.
pub fn days_from_now(backend: &dyn Backend, days: i64) -> i64 {
    backend.now() * 1_000 + days * DAY
}

/// Asks for something with a person's token.
pub fn get(backend: &dyn Backend, person: &Person, path: &str) -> Answer {
    backend.send(Call::new("GET", path).bearer(&person.token))
}

/// Does something with a person's token.
pub fn call(backend: &dyn Backend, person: &Person, method: &'static str, path: &str) -> Answer {
    backend.send(Call::new(method, path).bearer(&person.token))
}

/// A product of the catalogue.
pub struct Goods {
    /// Its id.
    pub id: String,
}

impl Goods {
    /// A subscription for a month at a time, for 3,000 roubles.
    pub fn monthly(backend: &dyn Backend) -> Self {
        Self::add(backend, "'subscription', 'month'")
    }

    /// Something that is bought once, for 3,000 roubles.
    pub fn once(backend: &dyn Backend) -> Self {
        Self::add(backend, "'one_time', NULL")
    }

    fn add(backend: &dyn Backend, kind: &str) -> Self {
        let id = new_id();
        let now = backend.now() * 1_000;
        backend.execute(&format!(
            "INSERT INTO products (id, slug, name_ru, name_en, description_ru, kind, period, price, app_url, admin_url,
                                   created_at, updated_at)
             VALUES ('{id}', '{id}', 'Магазин', 'Shop', 'Всё для торговли', {kind}, 300000, 'https://app.example.com',
                     'https://admin.example.com', {now}, {now})"
        ));
        Self { id }
    }

    /// Stops selling it.
    pub fn retire(&self, backend: &dyn Backend) {
        let now = backend.now() * 1_000;
        backend.execute(&format!(
            "UPDATE products SET retired_at = {now} WHERE id = '{}'",
            self.id
        ));
    }

    /// Gives it to somebody from a day to a day, both counted from now; answers the id of what they have.
    pub fn give(
        &self,
        backend: &dyn Backend,
        person: &Person,
        start: i64,
        end: Option<i64>,
    ) -> String {
        let id = new_id();
        let starts_at = days_from_now(backend, start);
        let ends_at = end.map_or("NULL".to_owned(), |end| {
            days_from_now(backend, end).to_string()
        });
        let user = &person.user["id"];
        let now = backend.now() * 1_000;
        backend.execute(&format!(
            "INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, created_at, updated_at)
             VALUES ('{id}', {user}, '{product}', {starts_at}, {ends_at}, {now}, {now});
             INSERT INTO subscriptions (user_product_id, period, anchor_day, period_start, renewal_price)
             SELECT '{id}', period, 1, {starts_at}, price FROM products WHERE id = '{product}' AND kind = 'subscription';",
            product = self.id
        ));
        id
    }

    /// Writes a payment for it, made so many days ago; answers its id.
    pub fn pay(
        &self,
        backend: &dyn Backend,
        person: &Person,
        status: &str,
        kopecks: i64,
        days_ago: i64,
    ) -> String {
        let (order, payment) = (new_id(), new_id());
        let at = days_from_now(backend, -days_ago);
        let user = &person.user["id"];
        let refunded = if status == "refunded" { kopecks } else { 0 };
        let state = if status == "success" || status == "refunded" {
            "paid"
        } else {
            "waiting"
        };
        backend.execute(&format!(
            "INSERT INTO orders (id, number, user_id, product_id, amount, state, customer_name, created_at, updated_at)
             VALUES ('{order}', 'ME-{order}', {user}, '{product}', {kopecks}, '{state}', 'Анна', {at}, {at});
             INSERT INTO payments (id, order_id, user_id, amount, refunded, status, source, provider_ref, created_at, updated_at)
             VALUES ('{payment}', '{order}', {user}, {kopecks}, {refunded}, '{status}', 'invoice', 'bank-{payment}', {at}, {at});",
            product = self.id
        ));
        payment
    }
}

/// Writes a refund of a part of a payment.
pub fn refund(backend: &dyn Backend, payment: &str, kopecks: i64) {
    let now = backend.now() * 1_000;
    backend.execute(&format!(
        "UPDATE payments SET refunded = {kopecks} WHERE id = '{payment}';
         INSERT INTO refunds (payment_id, total, amount, created_at) VALUES ('{payment}', {kopecks}, {kopecks}, {now});"
    ));
}

/// Writes where the receipt of a payment is.
pub fn add_receipt(backend: &dyn Backend, payment: &str, url: &str) {
    let (id, now) = (new_id(), backend.now() * 1_000);
    backend.execute(&format!(
        "INSERT INTO receipts (id, payment_id, url, issued_at) VALUES ('{id}', '{payment}', '{url}', {now})"
    ));
}

/// Saves a card; answers its id.
pub fn add_card(backend: &dyn Backend, person: &Person, is_default: bool, expires: &str) -> String {
    let (id, now) = (new_id(), backend.now() * 1_000);
    let user = &person.user["id"];
    backend.execute(&format!(
        "INSERT INTO payment_methods (id, user_id, provider, charge_id, pan_mask, expires, is_default, created_at, updated_at)
         VALUES ('{id}', {user}, 'tbank', 'rebill-{id}', '430000******0777', '{expires}', {is_default}, {now}, {now})"
    ));
    id
}

/// Publishes a version of a document; the first version makes the document.
pub fn publish(backend: &dyn Backend, id: i64, kind: &str, version: i64) {
    let now = backend.now() * 1_000 + id;
    backend.execute(&format!(
        "INSERT INTO documents (id, slug, type, created_at) VALUES ({id}, 'document-{id}', '{kind}', {now})
         ON CONFLICT DO NOTHING;
         INSERT INTO document_versions (document_id, version, title_ru, title_en, url, published_at)
         VALUES ({id}, {version}, 'Документ {id}', NULL, '/privacy/', {now});"
    ));
}

/// A number of a document that this run alone uses, and that is newer than those of earlier runs.
pub fn new_document_number(backend: &dyn Backend) -> i64 {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    backend.now() * 1_000 + i64::from(count)
}

/// Writes a commission of 20 % for a payment, held until so many days from now, with the balances as the ledger has them.
pub fn accrue(
    backend: &dyn Backend,
    partner: &Person,
    payer: &Person,
    payment: &str,
    kopecks: i64,
    held_days: i64,
) {
    let (partner, payer) = (&partner.user["id"], &payer.user["id"]);
    let (now, held_until) = (backend.now() * 1_000, days_from_now(backend, held_days));
    let amount = kopecks / 5;
    backend.execute(&format!(
        "INSERT INTO commissions (payment_id, partner_id, user_id, rate_bp, base, amount, edition, created_at, held_until)
         VALUES ('{payment}', {partner}, {payer}, 2000, {kopecks}, {amount}, 1, {now}, {held_until});
         INSERT INTO accounts (id, partner_id, kind, floor)
         SELECT 'partner:{partner}:' || column1, {partner}, column1, column2
         FROM (VALUES ('pending', 0), ('available', 0), ('reserved', 0), ('debt', NULL)) WHERE true
         ON CONFLICT (id) DO NOTHING;
         UPDATE accounts SET balance = balance + {amount} WHERE id = 'partner:{partner}:pending';"
    ));
}

/// Writes a payout that is over.
pub fn pay_out(backend: &dyn Backend, partner: &Person, kopecks: i64, state: &str, reason: &str) {
    let (id, now, partner) = (new_id(), backend.now() * 1_000, &partner.user["id"]);
    backend.execute(&format!(
        "INSERT INTO payouts (id, partner_id, amount, state, legal_form, recipient, inn, method, phone, bank_ref, reason,
                              requested_at, updated_at, settled_at)
         VALUES ('{id}', {partner}, {kopecks}, '{state}', 'self_employed', 'Анна', '500100732259', 'sbp', '+79991234567', 'ref-1',
                 '{reason}', {now}, {now}, {now})"
    ));
}

/// The values of a key in a list.
pub fn each<'a>(list: &'a Value, key: &str) -> Vec<&'a Value> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| &item[key])
        .collect()
}
