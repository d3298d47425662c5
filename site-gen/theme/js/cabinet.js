/** The cabinet: for the signed-in only, and only for as long as they are. */

import { showAccount } from "./account.js";
import { ApiError, callAsClient } from "./api.js";
import { loadCabinet } from "./cabinet-data.js";
import { keepPlaceAcrossLanguages } from "./language-switch.js";
import { keepOfflinePage } from "./offline-page.js";
import { offerSheets } from "./payment-sheet.js";
import { leaveForSignIn, leaveSignedOut } from "./places.js";
import { offerRenewal } from "./product-renewal.js";
import { showProfile } from "./profile.js";
import { showPartners } from "./section-partners.js";
import { showPayments } from "./section-payments.js";
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
  whenOpened("payments", () => {
    showPayments();
    offerSheets();
  });
  whenOpened("profile", showAccount);
  whenOpened("partners", showPartners);
  signOutButton.addEventListener("click", signOut);
  signOutButton.disabled = false;
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
