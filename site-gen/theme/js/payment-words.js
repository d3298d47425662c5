/** A payment in words: its state, how it was paid and what time it pays for. */

import { formatAmount, formatDay } from "./format.js";
import { messages } from "./messages.js";
import { copyOf, withValues } from "./template.js";

/** @import { Payment } from "./cabinet-data.js" */

/**
 * The state as a word with an icon.
 *
 * @param {Payment} payment
 */
export function stateOfPayment(payment) {
  return copyOf(`payment-${payment.status}`);
}

/**
 * The time that a payment pays for; empty where it pays for none.
 *
 * @param {Payment} payment
 * @param {(instant: string) => string} [format] how the two days are written
 */
export function periodOf({ period_start, period_end }, format = formatDay) {
  return period_start && period_end ? `${format(period_start)}\u00A0– ${format(period_end)}` : "";
}

/** @param {Payment} payment */
export function methodOf(payment) {
  return messages.payment[`by_${payment.method}`] ?? messages.payment.by_other;
}

/**
 * What was given back of a payment that went through, written as the sum above it; empty where nothing was, or all, which its
 * state says.
 *
 * @param {Payment} payment
 */
export function returnedOf({ status, refunded_amount }) {
  if (status !== "success" || Number(refunded_amount) === 0) return "";
  return withValues(messages.payment.returned, { amount: formatAmount(refunded_amount) });
}
