/** Clients whose cabinets are looked at closely: one for whom every list has something, and one for whom none has. */

import { callApi, PASSWORD, somebody } from "../browser/browser.mjs";
import { addCard, addProduct, give, pay } from "../browser/goods.mjs";
import { bring, earn, endPayout, newPartner } from "../browser/partners.mjs";

/** Somebody who has just come. */
export const newClient = somebody;

/** Products and payments in every state, a card, another session, a team of clients who came, and payouts. */
export async function clientWithEverything() {
  const person = await newPartner();
  const product = addProduct();
  const card = addCard(person);
  give(person, product, { card });
  give(person, addProduct({ name: ["Программа лояльности", "Loyalty programme"] }), { from: -40, to: -10 });
  give(person, addProduct({ kind: "one_time", name: ["Настройка", "Set-up"] }), { from: null, to: null });
  give(person, addProduct({ name: ["Витрина", "Shop window"] }), { revoked: true });
  give(person, addProduct({ name: ["Рассылки", "Mailings"] }), { cancelled: true, card });
  const states = ["success", "pending", "processing", "failed", "cancelled", "refunded"];
  for (const [index, status] of [...states, ...states].entries()) {
    pay(person, product, { status, daysAgo: 1 + index * 20, receipt: status === "success", reason: status === "failed" ? "Недостаточно средств" : null });
  }
  const client = await bring(person);
  await bring(person);
  earn(person, client, [{ amount: 1_990_000 }, { amount: 990_000, daysAgo: 70 }, { amount: 490_000, daysAgo: 3, isHeld: true }]);
  endPayout(person, { amount: 100_000, state: "paid", daysAgo: 50 });
  endPayout(person, { amount: 50_000, state: "rejected", reason: "Счёт закрыт", daysAgo: 20 });
  await callApi("POST", "/api/auth/login/", { body: { email: person.email, password: PASSWORD } });
  return person;
}
