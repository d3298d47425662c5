/** A renewal that is cancelled or taken up again: every card of the product shows it, and takes it back. */

import { callAsClient } from "./api.js";
import { changeCabinet } from "./cabinet-data.js";
import { messages } from "./messages.js";
import { onPress } from "./pressing.js";
import { keep, slot } from "./template.js";
import { tellSuccess } from "./toast.js";

/** @import { ClientProduct } from "./cabinet-data.js" */

/**
 * Puts a product as it is now in place of what it was, and the focus on its card in the open section, which `data-id` names.
 *
 * @param {ClientProduct} held
 */
export function showChanged(held) {
  changeCabinet((cabinet) => {
    cabinet.products = cabinet.products.map((known) => (known.id === held.id ? held : known));
  });
  /** @type {HTMLElement | null} */ (document.querySelector(`section:not([hidden]) [data-id="${CSS.escape(held.id)}"] h2`))?.focus();
}

/**
 * The button that takes a cancelled renewal back; a card whose renewal is not cancelled has none.
 *
 * @param {HTMLElement} card has the slots `resume` and `error`
 * @param {ClientProduct} held
 */
export function offerResume(card, held) {
  if (!held.can_resume) {
    keep(card, "resume", false);
    return;
  }
  const button = /** @type {HTMLButtonElement} */ (slot(card, "resume"));
  button.setAttribute("aria-label", `${button.textContent}: ${held.product.name}`);
  onPress(button, resume, fail);

  async function resume() {
    fail("");
    const answer = await callAsClient("POST", `/api/client/subscriptions/${encodeURIComponent(held.id)}/resume/`, {});
    showChanged(answer.product);
    tellSuccess(messages.subscription.resumed);
  }

  /** @param {string} reason */
  function fail(reason) {
    slot(card, "error").textContent = reason;
    slot(card, "error").hidden = reason === "";
  }
}
