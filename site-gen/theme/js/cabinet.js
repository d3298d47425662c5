/** The cabinet: for the signed-in only, and only for as long as they are. */

import { ApiError, callAsClient } from "./api.js";
import { loadCabinet } from "./cabinet-data.js";
import { keepPlaceAcrossLanguages } from "./language-switch.js";
import { onRetry, showFailure } from "./loading.js";
import { messages } from "./messages.js";
import { keepOfflinePage } from "./offline-page.js";
import { leaveForSignIn, leaveSignedOut } from "./places.js";
import { offerRenewal } from "./product-renewal.js";
import { showProfile } from "./profile.js";
import { showProducts } from "./section-products.js";
import { showSubscriptions } from "./section-subscriptions.js";
import { openSectionsByAddress, whenOpened } from "./sections.js";
import { endSession, readSession, watchSession } from "./session.js";
import { offerCancellation } from "./subscription-cancel.js";
import { carryTyped } from "./typed-text.js";

const signOutButton = /** @type {HTMLButtonElement} */ (document.getElementById("sign-out"));

openSectionsByAddress();
keepPlaceAcrossLanguages();
watchSession((reason) => {
  if (reason === "replaced") {
    // Someone has signed in anew in another tab. If it is someone else, what is shown here is not theirs; what was typed comes back
    // for the same person only.
    carryTyped();
    location.reload();
    return;
  }
  endSession();
  leaveForSignIn({ ended: reason === "expired" });
});

if (readSession().status === "active") {
  showProducts();
  offerRenewal();
  showSubscriptions();
  offerCancellation();
  showProfile();
  loadCabinet().then(keepOfflinePage);
  whenOpened("payments", () => open("payments", showHistory));
  whenOpened("profile", () => open("profile", showAccount));
  whenOpened("partners", () => open("partners", showPartnership));
  signOutButton.addEventListener("click", signOut);
  signOutButton.disabled = false;
}

/** What only some come for is loaded when they come. */
async function showHistory() {
  const [{ showPayments }, { offerSheets }] = await Promise.all([import("./section-payments.js"), import("./payment-sheet.js")]);
  showPayments();
  offerSheets();
}

async function showPartnership() {
  const { showPartners } = await import("./section-partners.js");
  showPartners();
}

async function showAccount() {
  const { showAccount } = await import("./account.js");
  showAccount();
}

/**
 * Shows a section; a script that does not come is told like data that do not.
 *
 * @param {string} section
 * @param {() => Promise<void>} show
 */
async function open(section, show) {
  try {
    await show();
  } catch (error) {
    console.error(error);
    const parts = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`#section-${section} [aria-busy=true]`));
    for (const part of parts) {
      onRetry(part, () => location.reload());
      showFailure(part, new ApiError(messages.errors.network));
    }
  }
}

async function signOut() {
  signOutButton.disabled = true;
  try {
    await callAsClient("POST", "/api/auth/logout/", {});
  } catch (error) {
    // Without a connection the browser still forgets the token, which is what was asked for here.
    if (!(error instanceof ApiError)) throw error;
  } finally {
    endSession();
    leaveSignedOut();
  }
}
