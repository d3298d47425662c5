/** Cancelling a renewal: what stops and when, what stays, and the button that does it. */

import { callAsClient } from "./api.js";
import { showInPart } from "./cabinet-data.js";
import { messages } from "./messages.js";
import { onPress } from "./pressing.js";
import { sentence } from "./product-words.js";
import { showChanged } from "./renewal-change.js";
import { onVisit, placeIn } from "./sections.js";
import { tellSuccess } from "./toast.js";

/** @import { Cabinet } from "./cabinet-data.js" */

const problem = element("cancel-error");

export function offerCancellation() {
  /** @type {Cabinet | undefined} */
  let known;
  const show = () => known && showCancellation(known);
  showInPart("cancellation", (cabinet) => {
    known = cabinet;
    show();
  });
  onVisit("subscriptions", show);
  onPress(/** @type {HTMLButtonElement} */ (element("cancel-send")), cancel, fail);
}

/** @param {Cabinet} cabinet */
function showCancellation(cabinet) {
  const { view, id } = placeIn("subscriptions");
  if (view !== "cancel") return;
  const held = cabinet.products.find((held) => held.id === id && held.can_cancel);
  if (!held) {
    location.replace("#subscriptions");
    return;
  }
  fail("");
  const words = messages.subscription;
  element("cancel-until").textContent = sentence(held.end_date ? words.until : words.always, held);
  element("cancel-works").textContent = sentence(words.works, held);
  element("cancel-on").textContent = sentence(held.end_date ? words.on : words.from_now, held);
  element("cancel-stops").textContent = sentence(held.end_date ? words.stops : words.stops_paying, held);
}

async function cancel() {
  fail("");
  const { id } = placeIn("subscriptions");
  const answer = await callAsClient("POST", `/api/client/subscriptions/${encodeURIComponent(id)}/cancel/`, {});
  // Back to the list, which is then at hand under the same address as before; and nobody cancels again by going back.
  history.replaceState(null, "", "#subscriptions");
  dispatchEvent(new HashChangeEvent("hashchange"));
  showChanged(answer.product);
  tellSuccess(messages.subscription.was_cancelled);
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
