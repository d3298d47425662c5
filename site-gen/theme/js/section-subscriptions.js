/** Subscriptions: of each the one sentence that matters, and the way to cancel its renewal or to take it up again. */

import { showInPart } from "./cabinet-data.js";
import { formatDate } from "./format.js";
import { messages } from "./messages.js";
import { byUse, cardOf, isRevoked, priceFor, sentence, stateOf } from "./product-words.js";
import { offerResume } from "./renewal-change.js";
import { copyOf, keep, slot, withValues } from "./template.js";

/** @import { Cabinet, ClientProduct } from "./cabinet-data.js" */

const list = /** @type {HTMLElement} */ (document.getElementById("subscription-list"));
const nothing = /** @type {HTMLElement} */ (document.getElementById("subscriptions-nothing"));

export function showSubscriptions() {
  showInPart("subscriptions-data", (cabinet) => {
    const subscriptions = cabinet.products.filter(({ product }) => product.product_type === "subscription");
    list.replaceChildren(...byUse(subscriptions).map((held) => cardFor(held, cabinet)));
    nothing.hidden = subscriptions.length > 0;
  });
}

/**
 * @param {ClientProduct} held
 * @param {Cabinet} cabinet
 */
function cardFor(held, cabinet) {
  const words = messages.subscription;
  const bank = cardOf(held, cabinet);
  const price = held.renewal_price ?? held.product.price;
  const willRenew = held.can_cancel;
  const card = copyOf("subscription-card", {
    name: held.product.name,
    sentence: sentence(sentenceFor(held, bank), held, bank),
    price: priceFor(price, held.product.subscription_period),
    paid: held.is_usable && held.end_date ? formatDate(held.end_date) : "",
    method: willRenew && Number(price) > 0 ? (bank ? withValues(words.card, { card: bank }) : words.invoice) : "",
  });
  card.dataset.id = held.id;
  slot(card, "state").replaceWith(stateOf(held));
  const cancel = /** @type {HTMLAnchorElement} */ (slot(card, "cancel"));
  cancel.href = `#subscriptions/${held.id}/cancel`;
  cancel.setAttribute("aria-label", `${cancel.textContent}: ${held.product.name}`);
  const renew = /** @type {HTMLAnchorElement} */ (slot(card, "renew"));
  renew.textContent = held.is_usable ? messages.product.pay_next : messages.product.buy_again;
  renew.href = `#products/${held.id}/renew`;
  renew.classList.toggle("button-quiet", held.is_usable);
  renew.setAttribute("aria-label", `${renew.textContent}: ${held.product.name}`);
  offerResume(card, held);
  keep(card, "cancel", held.can_cancel);
  keep(card, "renew", held.can_renew && !held.can_resume);
  return card;
}

/**
 * @param {ClientProduct} held
 * @param {string | undefined} bank
 */
function sentenceFor(held, bank) {
  const words = messages.subscription;
  if (isRevoked(held)) return words.revoked;
  if (held.status === "pending") return held.start_date ? words.starts : words.prepared;
  if (held.status === "expired") return words.expired;
  if (held.status === "cancelled") return words.cancelled;
  if (!held.end_date) return words.endless;
  if (Number(held.renewal_price) === 0) return words.free;
  return bank ? words.next_card : words.next_invoice;
}
