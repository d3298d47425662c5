/**
 * Rows of a partner for the scenes of the cabinet: who came by the link, what their payments brought, and payouts. Written into the
 * local D1, which is a file of SQLite, with the balances as the ledger has them.
 */

import { randomUUID } from "node:crypto";

import { callApi, newEmail, PASSWORD, somebody } from "./browser.mjs";
import { addProduct, daysFromNow, pay, retire, run } from "./goods.mjs";

/** @typedef {{ email: string, token: string }} Person */

/** Somebody with a link. */
export async function newPartner() {
  const person = await somebody();
  const { referral_link: link } = await callApi("GET", "/api/client/referrals/", { token: person.token });
  return { ...person, link, code: new URL(link).searchParams.get("ref") ?? "" };
}

/**
 * Registers somebody by a partner's link.
 *
 * @param {{ code: string }} partner
 * @returns {Promise<{ email: string }>}
 */
export async function bring({ code }) {
  const email = newEmail();
  await callApi("POST", "/api/auth/register/", { body: { email, name: "Борис", phone: "+79991234567", password: PASSWORD, referral_code: code } });
  return { email };
}

/**
 * Payments of somebody who came, with what each brought: 20 per cent.
 *
 * @param {Person} partner
 * @param {{ email: string }} client
 * @param {{ amount: number, daysAgo?: number, isHeld?: boolean, takenBack?: number }[]} payments in kopecks
 */
export function earn(partner, client, payments) {
  const product = addProduct();
  retire(product);
  for (const { amount, daysAgo = 40, isHeld = false, takenBack = 0 } of payments) {
    const payment = pay(client, product, { amount, daysAgo });
    const share = amount / 5;
    const at = daysFromNow(-daysAgo);
    run(`INSERT INTO commissions (payment_id, partner_id, user_id, rate_bp, base, amount, taken_back, edition, created_at, held_until, matured_at)
         SELECT ?, partner.id, client.id, 2000, ?, ?, ?, 1, ?, ?, ? FROM users AS partner, users AS client WHERE partner.email = ? AND client.email = ?`,
    payment, amount, share, takenBack, at, isHeld ? daysFromNow(20) : daysFromNow(-1), isHeld ? null : Date.now(), partner.email, client.email);
    run(`INSERT INTO accounts (id, partner_id, kind, floor)
         SELECT 'partner:' || id || ':' || column1, id, column1, column2
         FROM users, (VALUES ('pending', 0), ('available', 0), ('reserved', 0), ('debt', NULL)) WHERE email = ? ON CONFLICT (id) DO NOTHING`, partner.email);
    run(`UPDATE accounts SET balance = balance + ? WHERE kind = ? AND partner_id = (SELECT id FROM users WHERE email = ?)`,
      share - takenBack, isHeld ? "pending" : "available", partner.email);
  }
}

/**
 * A payout that is over.
 *
 * @param {Person} partner
 * @param {{ amount: number, state: "paid" | "rejected" | "failed", reason?: string | null, daysAgo?: number }} payout in kopecks
 */
export function endPayout(partner, { amount, state, reason = null, daysAgo = 5 }) {
  const at = daysFromNow(-daysAgo);
  run(`INSERT INTO payouts (id, partner_id, amount, state, legal_form, recipient, inn, method, phone, bank_ref, reason, requested_at, updated_at, settled_at)
       SELECT ?, id, ?, ?, 'self_employed', 'Анна', '500100732259', 'sbp', '+79991234567', ?, ?, ?, ?, ? FROM users WHERE email = ?`,
  randomUUID(), amount, state, state === "paid" ? "ref-1" : null, reason, at, at, at, partner.email);
}

/** Somebody with 3 000 ₽ to be had, 600 ₽ that wait, and a past. */
export async function seasoned() {
  const partner = await newPartner();
  const client = await bring(partner);
  await bring(partner);
  earn(partner, client, [{ amount: 1_500_000 }, { amount: 300_000, daysAgo: 1, isHeld: true }, { amount: 500_000, daysAgo: 50, takenBack: 100_000 }]);
  endPayout(partner, { amount: 100_000, state: "rejected", reason: "Нет чека" });
  return partner;
}
