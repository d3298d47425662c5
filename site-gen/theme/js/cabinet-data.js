/**
 * What the cabinet shows, from one request. Each part of it says what it does with the answer, and shows by itself that it waits
 * or that there was none.
 *
 * @typedef {{ email: string, name: string | null, phone: string | null, email_verified: boolean, created_at: string }} User
 * @typedef {{ active_products: number, subscriptions: number, total_payments: number }} Dashboard
 * @typedef {object} Product
 * @property {string} id
 * @property {string} name
 * @property {string | null} description
 * @property {string} price roubles with two decimals, as all amounts in texts
 * @property {"one_time" | "subscription"} product_type
 * @property {"monthly" | "yearly" | null} subscription_period
 * @property {string | null} admin_url
 * @typedef {object} ClientProduct
 * @property {string} id
 * @property {Product} product
 * @property {"pending" | "active" | "expired" | "cancelled"} status
 * @property {string | null} start_date
 * @property {string | null} end_date
 * @property {string | null} renewal_price
 * @property {string | null} app_url
 * @property {string | null} revoked_at
 * @property {boolean} is_usable
 * @property {string | null} payment_method_id of the card that pays for the next period
 * @property {boolean} can_cancel
 * @property {boolean} can_resume
 * @property {boolean} can_renew
 * @typedef {{ order_id: string, product_name: string, amount: string }} Order
 * @typedef {object} Payment
 * @property {string} id
 * @property {Order} order
 * @property {string} amount
 * @property {string} refunded_amount
 * @property {"pending" | "processing" | "success" | "failed" | "cancelled" | "refunded"} status
 * @property {string} method
 * @property {string | null} failure_reason
 * @property {string | null} receipt_url
 * @property {string} created_at
 * @property {string | null} period_start
 * @property {string | null} period_end
 * @typedef {object} Cabinet
 * @property {User} user
 * @property {Dashboard} dashboard
 * @property {ClientProduct[]} products
 * @property {Product[]} available_products
 * @property {{ payments: Payment[], total: number, total_amount: number, months: { month: string, amount: string }[] }} payments
 * @property {{ id: string, pan_mask: string }[]} payment_methods
 * @property {import("./section-partners.js").Programme} referrals
 * @property {{ signed_documents: import("./account-documents.js").ClientDocument[], documents_to_sign: import("./account-documents.js").ClientDocument[] }} documents
 */

import { callAsClient } from "./api.js";
import { onRetry, showFailure, showLoaded, showWaiting } from "./loading.js";

/** @typedef {{ element: HTMLElement, show: (cabinet: Cabinet) => void | Promise<void> }} Part */

/** @type {Part[]} */
const parts = [];

/** @type {Cabinet | undefined} */
let known;

/** Why there was no answer the last time. @type {unknown} */
let failure;

/**
 * @param {string} id of a part as loading.js knows it
 * @param {Part["show"]} show called with every new answer; a part that asks for more than the answer has is shown when it has come
 */
export function showInPart(id, show) {
  const element = /** @type {HTMLElement} */ (document.getElementById(id));
  const part = { element, show };
  if (!parts.some((known) => known.element === element)) onRetry(element, loadCabinet);
  parts.push(part);
  // A section that is shown only when it is opened comes after the answer.
  if (known) paintPart(part);
  else if (failure) showFailure(element, failure);
}

/** What the API has told last. */
export function knownCabinet() {
  return known;
}

/** Loads everything and paints all parts. */
export async function loadCabinet() {
  for (const { element } of parts) showWaiting(element);
  try {
    known = await callAsClient("GET", "/api/client/cabinet/");
    failure = undefined;
  } catch (error) {
    failure = error;
    for (const { element } of parts) showFailure(element, error);
    return;
  }
  paint();
}

/**
 * Paints all parts once more, after the client has changed something and the API has told what it is now.
 *
 * @param {(cabinet: Cabinet) => void} change
 */
export function changeCabinet(change) {
  if (!known) return;
  change(known);
  paint();
}

/** One part that cannot be painted does not take the others with it. */
function paint() {
  parts.forEach(paintPart);
}

/** @param {Part} part */
async function paintPart({ element, show }) {
  try {
    await show(/** @type {Cabinet} */ (known));
    showLoaded(element);
  } catch (error) {
    showFailure(element, error);
  }
}
