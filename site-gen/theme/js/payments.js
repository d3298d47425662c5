/** Payments, the list and the sheets. Loaded when the section is opened for the first time. */

import { offerSheets } from "./payment-sheet.js";
import { showPayments } from "./section-payments.js";

export function showPaymentSection() {
  showPayments();
  offerSheets();
}
