/**
 * Rows of a client's data for the scenes of the cabinet: products, payments, cards. Written into the local D1, which is a file of
 * SQLite, as an operator with a console would write them.
 */

import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

import { databaseFile } from "./inbox.mjs";

const DAY = 24 * 60 * 60 * 1_000;

/** Who has the rows: somebody of browser.mjs. @typedef {{ email: string }} Person */

/** @param {number} days from now */
export const daysFromNow = (days) => Date.now() + days * DAY;

/**
 * A product of the catalogue, on sale for one scene only.
 *
 * @param {{ kind?: "subscription" | "one_time", period?: "month" | "year", price?: number, name?: [string, string], about?: [string, string],
 *   isOnSale?: boolean, appUrl?: string | null, adminUrl?: string | null }} [goods] `price` in kopecks
 * @returns {string} its id
 */
export function addProduct({ kind = "subscription", period = "month", price = 199_000, name = ["Запись клиентов", "Client booking"],
  about = ["Клиенты записываются сами, в любое время", "Clients book by themselves, at any time"], isOnSale = false,
  appUrl = "https://app.example.com/booking", adminUrl = "https://admin.example.com/booking" } = {}) {
  const id = randomUUID();
  run(`INSERT INTO products (id, slug, name_ru, name_en, description_ru, description_en, kind, period, price, app_url, admin_url,
         created_at, updated_at, retired_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  id, id, ...name, ...about, kind, kind === "subscription" ? period : null, price, appUrl, adminUrl, Date.now(), Date.now(), isOnSale ? null : Date.now());
  return id;
}

/**
 * Takes a product off the shelf, so that other scenes do not see it.
 *
 * @param {string} product
 */
export function retire(product) {
  run("UPDATE products SET retired_at = ? WHERE id = ?", Date.now(), product);
}

/**
 * Gives a product to somebody.
 *
 * @param {Person} person
 * @param {string} product
 * @param {{ from?: number | null, to?: number | null, revoked?: boolean, cancelled?: boolean, card?: string | null, price?: number }} [terms] days from now
 * @returns {string} the id of what they have
 */
export function give(person, product, { from = -10, to = 20, revoked = false, cancelled = false, card = null, price } = {}) {
  const id = randomUUID();
  const start = from === null ? null : daysFromNow(from);
  run(`INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, revoked_at, revoked_for, created_at, updated_at)
       SELECT ?, id, ?, ?, ?, ?, ?, ?, ? FROM users WHERE email = ? COLLATE NOCASE`,
  id, product, start, to === null ? null : daysFromNow(to), revoked ? Date.now() : null, revoked ? "operator" : null, Date.now(), Date.now(), person.email);
  run(`INSERT INTO subscriptions (user_product_id, period, anchor_day, period_start, renewal_price, cancelled_at, payment_method_id)
       SELECT ?, period, 1, ?, coalesce(?, price), ?, ? FROM products WHERE id = ? AND kind = 'subscription'`,
  id, start ?? Date.now(), price ?? null, cancelled ? Date.now() : null, card, product);
  return id;
}

/**
 * Saves a card of somebody.
 *
 * @param {Person} person
 * @returns {string} its id
 */
export function addCard(person) {
  const id = randomUUID();
  run(`INSERT INTO payment_methods (id, user_id, provider, charge_id, pan_mask, expires, is_default, created_at, updated_at)
       SELECT ?, id, 'tbank', ?, '430000******4242', '1299', 1, ?, ? FROM users WHERE email = ? COLLATE NOCASE`,
  id, `charge-${id}`, Date.now(), Date.now(), person.email);
  return id;
}

/**
 * Writes a payment of somebody.
 *
 * @param {Person} person
 * @param {string} product
 * @param {{ status?: string, amount?: number, refunded?: number, daysAgo?: number, source?: string, receipt?: boolean, reason?: string | null }} [payment] in kopecks
 * @returns {string} its id
 */
export function pay(person, product, { status = "success", amount = 199_000, refunded = 0, daysAgo = 1, source = "invoice", receipt = false, reason = null } = {}) {
  const [order, payment] = [randomUUID(), randomUUID()];
  const at = daysFromNow(-daysAgo);
  const isPaid = ["success", "refunded"].includes(status);
  const back = status === "refunded" ? amount : refunded;
  run(`INSERT INTO orders (id, number, user_id, product_id, amount, state, created_at, updated_at)
       SELECT ?, ?, id, ?, ?, ?, ?, ? FROM users WHERE email = ? COLLATE NOCASE`,
  order, `ME-${order.slice(0, 8).toUpperCase()}`, product, amount, isPaid ? "paid" : "waiting", at, at, person.email);
  run(`INSERT INTO payments (id, order_id, user_id, amount, refunded, status, source, period_start, period_end, failure_reason, created_at, updated_at)
       SELECT ?, ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM users WHERE email = ? COLLATE NOCASE`,
  payment, order, amount, back, status, source, isPaid ? at : null, isPaid ? at + 30 * DAY : null, reason, at, at, person.email);
  if (receipt) run("INSERT INTO receipts (id, payment_id, url, issued_at) VALUES (?, ?, ?, ?)", randomUUID(), payment, `https://receipts.example.com/${payment}`, at);
  return payment;
}

/**
 * Gives a product terms, or a new edition of them, which are for those to accept whose subscription to it works.
 *
 * @param {string} product
 * @param {[string, string]} [text]
 */
export function publishTerms(product, text = ["Первый пункт.", "The first point."]) {
  run("INSERT INTO documents (slug, type, created_at) VALUES (?, 'subscription_terms', ?) ON CONFLICT DO NOTHING", product, Date.now());
  run(`INSERT INTO document_versions (document_id, version, title_ru, title_en, text_ru, text_en, published_at)
       SELECT id, 1 + (SELECT count(*) FROM document_versions WHERE document_id = documents.id), 'Условия подписки', 'Terms of the subscription', ?, ?, ?
       FROM documents WHERE slug = ?`, ...text, Date.now(), product);
  run("UPDATE products SET terms_id = (SELECT id FROM documents WHERE slug = products.id) WHERE id = ?", product);
}

/**
 * Changes the database beside the server.
 *
 * @param {string} sql
 * @param {...(string | number | null)} values
 */
export function run(sql, ...values) {
  const database = new DatabaseSync(databaseFile());
  try {
    // The server writes into the same file and waits for nobody: the lock is held for as short as can be, without waiting for
    // the disk and without tidying up.
    database.exec("PRAGMA busy_timeout = 10000; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 0");
    database.prepare(sql).run(...values);
  } finally {
    database.close();
  }
}
