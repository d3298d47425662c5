/** Products: what the client has and how it stands, and what else there is. */

import { showInPart } from "./cabinet-data.js";
import { copyText } from "./copying.js";
import { formatDate } from "./format.js";
import { messages } from "./messages.js";
import { addressLetter, byUse, cardOf, isRevoked, priceFor, sentence, stateOf } from "./product-words.js";
import { offerResume } from "./renewal-change.js";
import { copyOf, keep, linkTo, slot } from "./template.js";
import { tellSuccess } from "./toast.js";

/** @import { Cabinet, ClientProduct, Product } from "./cabinet-data.js" */

const list = /** @type {HTMLElement} */ (document.getElementById("product-list"));
const nothing = /** @type {HTMLElement} */ (document.getElementById("products-nothing"));
const offered = /** @type {HTMLElement} */ (document.getElementById("products-offered"));
const offers = /** @type {HTMLElement} */ (document.getElementById("offer-list"));

export function showProducts() {
  showInPart("products-data", (cabinet) => {
    list.replaceChildren(...byUse(cabinet.products).map((held) => cardFor(held, cabinet)));
    nothing.hidden = cabinet.products.length > 0;
    const isHeld = (/** @type {Product} */ { id }) => cabinet.products.some((held) => held.product.id === id && (!isOver(held) || held.can_renew));
    const others = cabinet.available_products.filter((product) => !isHeld(product));
    offers.replaceChildren(...others.map(offer));
    offered.hidden = others.length === 0;
  });
}

/**
 * @param {ClientProduct} held
 * @param {Cabinet} cabinet
 */
function cardFor(held, cabinet) {
  const { product } = held;
  const card = copyOf("product-card", {
    name: product.name,
    about: product.description,
    next: sentence(nextOf(held, cabinet), held, cardOf(held, cabinet)),
    start: held.start_date && formatDate(held.start_date),
    end: isRevoked(held) || !held.end_date ? "" : formatDate(held.end_date),
    price: held.renewal_price && priceFor(held.renewal_price, product.subscription_period),
  });
  card.dataset.id = held.id;
  slot(card, "state").replaceWith(stateOf(held));
  linkTo(card, "open", held.is_usable ? held.app_url : null);
  linkTo(card, "manage", held.is_usable ? product.admin_url : null);
  offerLink(card, held);
  const renew = /** @type {HTMLAnchorElement} */ (slot(card, "renew"));
  renew.textContent = isOver(held) ? messages.product.buy_again : messages.product.pay_next;
  renew.href = `#products/${held.id}/renew`;
  renew.classList.toggle("button-quiet", held.is_usable);
  renew.setAttribute("aria-label", `${renew.textContent}: ${product.name}`);
  addressLetter(slot(card, "write"), { product: product.name });
  offerResume(card, held);
  keep(card, "renew", held.can_renew && !held.can_resume);
  keep(card, "write", !held.can_renew && !held.is_usable);
  return card;
}

/**
 * What happens next, if nobody does anything.
 *
 * @param {ClientProduct} held
 * @param {Cabinet} cabinet
 */
function nextOf(held, cabinet) {
  const words = messages.product;
  if (isRevoked(held)) return words.next_revoked;
  if (held.status === "pending") return held.start_date ? words.next_starts : words.next_prepared;
  if (held.status === "expired") return held.can_renew ? words.next_expired : words.next_expired_once;
  if (held.status === "cancelled") return words.next_cancelled;
  if (!held.end_date) return words.next_endless;
  if (!held.renewal_price) return words.next_ends;
  if (Number(held.renewal_price) === 0) return words.next_free;
  return cardOf(held, cabinet) ? words.next_card : words.next_invoice;
}

/** @param {ClientProduct} held */
function isOver(held) {
  return held.status === "expired" || isRevoked(held);
}

/**
 * @param {HTMLElement} card
 * @param {ClientProduct} held
 */
function offerLink(card, held) {
  const address = held.app_url;
  const told = slot(card, "link");
  if (!address || !held.is_usable) {
    keep(card, "copy", false);
    return;
  }
  slot(card, "copy").addEventListener("click", async () => {
    const isCopied = await copyText(address);
    if (isCopied) tellSuccess(messages.product.link_copied);
    told.textContent = isCopied ? "" : `${messages.product.link_is} ${address}`;
    told.hidden = isCopied;
  });
}

/** @param {Product} product */
function offer(product) {
  const item = copyOf("product-offer", {
    name: product.name,
    about: product.description,
    price: priceFor(product.price, product.subscription_period),
  });
  const write = slot(item, "write");
  write.setAttribute("aria-label", `${write.textContent}: ${product.name}`);
  addressLetter(write, { product: product.name });
  return item;
}
