/** What a product costs, how it stands and what happens with it next, in words that several sections use. */

import { formatDate, formatDaysTo, formatMoney } from "./format.js";
import { messages } from "./messages.js";
import { copyOf, withValues } from "./template.js";

/** @import { Cabinet, ClientProduct, Product } from "./cabinet-data.js" */

/**
 * «990 ₽ в месяц».
 *
 * @param {string} price
 * @param {Product["subscription_period"]} period
 */
export function priceFor(price, period) {
  const words = messages.product;
  if (Number(price) === 0) return words.free;
  const money = formatMoney(price);
  if (period === null) return money;
  return withValues(period === "monthly" ? words.per_month : words.per_year, { price: money });
}

/**
 * The state as a word with an icon. What was taken away and what is not renewed are both cancelled to the API.
 *
 * @param {ClientProduct} held
 */
export function stateOf(held) {
  return copyOf(`product-${isRevoked(held) ? "revoked" : held.status}`);
}

/** @param {ClientProduct} held */
export function isRevoked(held) {
  return held.status === "cancelled" && !held.is_usable;
}

/**
 * The card that pays for the next period, as it is written: «•• 4242». None where an invoice is written.
 *
 * @param {ClientProduct} held
 * @param {Cabinet} cabinet
 */
export function cardOf(held, cabinet) {
  const card = cabinet.payment_methods.find(({ id }) => id === held.payment_method_id);
  return card && `••\u00A0${card.pan_mask.slice(-4)}`;
}

/**
 * A sentence of the catalogue about a product.
 *
 * @param {string} text
 * @param {ClientProduct} held
 * @param {string} [card]
 */
export function sentence(text, held, card = "") {
  const end = held.end_date ?? "";
  const said = withValues(text, {
    product: held.product.name,
    price: formatMoney(held.renewal_price ?? held.product.price),
    date: end && formatDate(end),
    days: end && formatDaysTo(end),
    start: held.start_date ? formatDate(held.start_date) : "",
    card,
  });
  // A Russian date ends with a full stop, and one is enough.
  return said.replaceAll("..", ".");
}

/**
 * What is of use stands first: what works, what is being prepared, what is over. Of what works, that which ends or is paid for
 * next; all else as the API has it, the newest first.
 *
 * @param {ClientProduct[]} products
 */
export function byUse(products) {
  const rank = (/** @type {ClientProduct} */ held) => (held.is_usable ? 0 : held.status === "pending" ? 1 : 2);
  const end = (/** @type {ClientProduct} */ held) => (held.is_usable && held.end_date ? Date.parse(held.end_date) : Number.MAX_SAFE_INTEGER);
  return products.toSorted((one, other) => rank(one) - rank(other) || end(one) - end(other));
}

/**
 * A letter to the support that names what it is about.
 *
 * @param {HTMLElement} link says its `data-subject`, and its `data-body` if it has one
 * @param {Record<string, string>} values
 */
export function addressLetter(link, values) {
  const { subject = "", body } = link.dataset;
  const address = /** @type {HTMLAnchorElement} */ (link).href.split("?")[0];
  const parts = [`subject=${encodeURIComponent(withValues(subject, values))}`];
  if (body) parts.push(`body=${encodeURIComponent(withValues(body, values))}`);
  /** @type {HTMLAnchorElement} */ (link).href = `${address}?${parts.join("&")}`;
}
