/** Another period of a product: what it costs, how it is paid for, and the order, which waits for an invoice. */

import { callAsClient } from "./api.js";
import { showInPart } from "./cabinet-data.js";
import { copyText } from "./copying.js";
import { formatDate } from "./format.js";
import { messages } from "./messages.js";
import { onPress } from "./pressing.js";
import { addressLetter, priceFor } from "./product-words.js";
import { keptReferral } from "./referral.js";
import { onVisit, placeIn } from "./sections.js";
import { withValues } from "./template.js";
import { tellSuccess } from "./toast.js";

/** @import { Cabinet, ClientProduct } from "./cabinet-data.js" */

const ask = element("renewal-ask");
const ordered = element("renewal-ordered");
const title = element("renewal-number");
const problem = element("renewal-error");

let number = "";

export function offerRenewal() {
  /** @type {Cabinet | undefined} */
  let known;
  const show = () => known && showRenewal(known);
  showInPart("renewal", (cabinet) => {
    known = cabinet;
    show();
  });
  onVisit("products", () => {
    // An order that was shown before may be of another product.
    ask.hidden = false;
    ordered.hidden = true;
    show();
  });
  onPress(/** @type {HTMLButtonElement} */ (element("renewal-order")), order, fail);
  element("renewal-copy").addEventListener("click", async () => {
    if (await copyText(number)) tellSuccess(messages.product.number_copied);
  });
}

/** @param {Cabinet} cabinet */
function showRenewal(cabinet) {
  const { view, id } = placeIn("products");
  if (view !== "renew") return;
  const held = cabinet.products.find((held) => held.id === id && held.can_renew);
  if (!held) {
    location.replace("#products");
    return;
  }
  fail("");
  element("renewal-product").textContent = held.product.name;
  element("renewal-price").textContent = priceFor(held.renewal_price ?? "", held.product.subscription_period);
  element("renewal-period").textContent = newPeriodOf(held);
}

/** @param {ClientProduct} held */
function newPeriodOf(held) {
  if (!held.is_usable || !held.end_date) return messages.product.period_from_payment;
  return withValues(messages.product.period_from, { date: formatDate(held.end_date) });
}

async function order() {
  fail("");
  const { id } = placeIn("products");
  const referral = keptReferral();
  const answer = await callAsClient("POST", `/api/client/subscriptions/${encodeURIComponent(id)}/renew/`, referral ? { referral_code: referral } : {});
  number = answer.order.order_id;
  title.textContent = withValues(messages.product.ordered, { number });
  addressLetter(element("renewal-write"), { number, product: answer.order.product_name });
  ask.hidden = true;
  ordered.hidden = false;
  title.focus();
}

/** @param {string} reason */
function fail(reason) {
  problem.textContent = reason;
  problem.hidden = reason === "";
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
