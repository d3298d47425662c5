/** The lists of the partner programme, the newest first: what each payment brought, and what was paid out. */

import { callAsClient } from "./api.js";
import { offerTable } from "./file-download.js";
import { formatDate, formatFacts, formatMoney, formatPercent } from "./format.js";
import { messages } from "./messages.js";
import { onPress } from "./pressing.js";
import { copyOf, withValues } from "./template.js";

/**
 * @typedef {object} Commission
 * @property {string} id
 * @property {{ referred_user: { email: string, name: string } }} referral
 * @property {{ product: { name: string } }} order
 * @property {number} amount what was paid
 * @property {number} commission_rate in per cent
 * @property {number} commission_amount
 * @property {"pending" | "available" | "cancelled"} status
 * @property {number} taken_back
 * @property {string} held_until
 * @property {string} created_at
 * @typedef {object} Payout
 * @property {string} id
 * @property {string} amount
 * @property {"pending" | "processing" | "paid" | "failed" | "cancelled"} status
 * @property {"sbp" | "bank_account"} payment_method
 * @property {string | null} notes why it did not come
 * @property {string} created_at
 */

const PAGE = 50;

const LOOK_OF_COMMISSION = { pending: "waiting", available: "good", cancelled: "returned" };
const LOOK_OF_PAYOUT = { pending: "waiting", processing: "waiting", paid: "good", failed: "bad", cancelled: "bad" };

/** @param {{ commissions: Commission[], total: number }} list */
export function showCommissions({ commissions, total }) {
  showList("commissions", commissions, total, commissionRow);
}

/** @param {{ payouts: Payout[], total: number }} list */
export function showPayouts({ payouts, total }) {
  showList("payouts", payouts, total, payoutRow);
}

/**
 * @template Item
 * @param {"commissions" | "payouts"} name
 * @param {Item[]} items the first page
 * @param {number} total
 * @param {(item: Item) => HTMLElement} rowOf
 */
function showList(name, items, total, rowOf) {
  const path = `/api/client/referrals/${name}/`;
  const list = element(`${name}-list`);
  const error = element(`${name}-error`);
  list.replaceChildren(...items.map(rowOf));
  element(`${name}-nothing`).hidden = total > 0;
  offerTable(again(`${name}-csv`, total > 0), () => `${path}export.csv`, fail);
  const more = again(`${name}-more`, items.length < total);
  // The first page here is shorter than those to come.
  let page = 0;
  onPress(
    more,
    async () => {
      const answer = await callAsClient("GET", `${path}?page=${page + 1}&limit=${PAGE}`);
      page += 1;
      const found = /** @type {Item[]} */ (answer[name]);
      const rows = found.slice(page === 1 ? items.length : 0).map(rowOf);
      list.append(...rows);
      more.hidden = page * PAGE >= answer.total;
      fail("");
      // The button may be gone; the first new row is where to read on.
      rows[0]?.setAttribute("tabindex", "-1");
      rows[0]?.focus();
    },
    fail,
  );

  /** @param {string} reason */
  function fail(reason) {
    error.textContent = reason;
    error.hidden = reason === "";
  }
}

/**
 * A button without what it did before: the list is painted anew whenever the cabinet has changed.
 *
 * @param {string} id
 * @param {boolean} isWanted
 */
function again(id, isWanted) {
  const button = element(id);
  const fresh = /** @type {HTMLButtonElement} */ (button.cloneNode(true));
  button.replaceWith(fresh);
  fresh.hidden = !isWanted;
  return fresh;
}

/** @param {Commission} commission */
function commissionRow(commission) {
  const words = messages.partner;
  const rate = formatPercent(commission.commission_rate / 100);
  const state = {
    pending: withValues(words.held, { date: formatDate(commission.held_until) }),
    available: words.available,
    cancelled: words.cancelled,
  };
  const isPartlyBack = commission.taken_back > 0 && commission.status !== "cancelled";
  return row(
    formatMoney(commission.commission_amount),
    [
      formatDate(commission.created_at),
      commission.referral.referred_user.name || commission.referral.referred_user.email,
      commission.order.product.name,
      withValues(words.commission, { rate, amount: formatMoney(commission.amount) }),
    ],
    stateOf(LOOK_OF_COMMISSION[commission.status], state[commission.status]),
    isPartlyBack ? withValues(words.taken_back, { amount: formatMoney(commission.taken_back) }) : "",
  );
}

/** @param {Payout} payout */
function payoutRow(payout) {
  const words = messages.partner;
  const state = { pending: words.pending, processing: words.processing, paid: words.paid, failed: words.failed, cancelled: words.rejected };
  const way = { sbp: words.by_sbp, bank_account: words.to_account };
  return row(
    formatMoney(payout.amount),
    [formatDate(payout.created_at), way[payout.payment_method]],
    stateOf(LOOK_OF_PAYOUT[payout.status], state[payout.status]),
    payout.notes ?? "",
  );
}

/**
 * @param {string} amount
 * @param {string[]} facts
 * @param {HTMLElement} state
 * @param {string} remark
 */
function row(amount, facts, state, remark) {
  const item = document.createElement("li");
  const about = document.createElement("p");
  const sum = document.createElement("strong");
  sum.textContent = amount;
  about.append(sum, note(formatFacts(facts)), remark ? note(remark) : "");
  item.append(about, state);
  return item;
}

/**
 * The state as a word with an icon.
 *
 * @param {string} look
 * @param {string} word
 */
function stateOf(look, word) {
  return copyOf(`partner-${look}`, { word });
}

/** @param {string} text */
function note(text) {
  const note = document.createElement("span");
  note.className = "row-note";
  note.textContent = text;
  return note;
}

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
