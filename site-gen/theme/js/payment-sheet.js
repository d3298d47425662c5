/** One payment on a page of its own, which can be printed, with the receipt of the fiscal register where there is one. */

import { callAsClient } from "./api.js";
import { showInPart } from "./cabinet-data.js";
import { formatDate, formatMoment, formatMoney } from "./format.js";
import { showFailure, showLoaded, showWaiting } from "./loading.js";
import { messages } from "./messages.js";
import { methodOf, periodOf, stateOfPayment } from "./payment-words.js";
import { addressLetter } from "./product-words.js";
import { onVisit, placeIn } from "./sections.js";
import { copyOf, linkTo, slot } from "./template.js";

/** @import { Cabinet, Payment, User } from "./cabinet-data.js" */

const part = /** @type {HTMLElement} */ (document.getElementById("payment"));
const facts = /** @type {HTMLElement} */ (document.getElementById("payment-facts"));

export function offerSheets() {
  /** @type {Cabinet | undefined} */
  let known;
  showInPart("payment", (cabinet) => {
    known = cabinet;
    return find(cabinet);
  });
  onVisit("payments", async () => {
    if (!known) return;
    try {
      await find(known);
      showLoaded(part);
    } catch (error) {
      showFailure(part, error);
    }
  });
}

/** @param {Cabinet} cabinet */
async function find({ payments, user }) {
  const { view, id } = placeIn("payments");
  if (view !== "receipt") return;
  const listed = payments.payments.find((payment) => payment.id === id);
  facts.replaceChildren(...(listed ? [sheet(listed, user)] : []));
  if (listed) return;
  showWaiting(part);
  const answer = await callAsClient("GET", `/api/client/payments/${encodeURIComponent(id)}/`);
  // Somebody may have gone on to another payment meanwhile.
  if (placeIn("payments").id === id) facts.replaceChildren(sheet(answer.payment, user));
}

/**
 * @param {Payment} payment
 * @param {User} user
 */
function sheet(payment, user) {
  const hasReceipt = ["success", "refunded"].includes(payment.status);
  const copy = copyOf("payment-sheet", {
    amount: formatMoney(payment.amount),
    about: payment.failure_reason ?? messages.payment[`about_${payment.status}`],
    product: payment.order.product_name,
    moment: formatMoment(payment.created_at),
    period: periodOf(payment, formatDate),
    returned: Number(payment.refunded_amount) > 0 ? formatMoney(payment.refunded_amount) : "",
    method: methodOf(payment),
    order: payment.order.order_id,
    payer: user.name ? `${user.name}, ${user.email}` : user.email,
    receipt_note: hasReceipt && !payment.receipt_url ? messages.payment.receipt_later : "",
  });
  slot(copy, "state").replaceWith(stateOfPayment(payment));
  linkTo(copy, "receipt", payment.receipt_url);
  slot(copy, "print").addEventListener("click", () => print());
  addressLetter(slot(copy, "write"), { order: payment.order.order_id });
  return copy;
}
