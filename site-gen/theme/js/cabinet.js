/** The cabinet: for the signed-in only, and only for as long as they are. */

import { offerCredentials } from "./account-credentials.js";
import { showEvents } from "./account-events.js";
import { offerExport } from "./account-export.js";
import { showSessions } from "./account-sessions.js";
import { ApiError, callAsClient } from "./api.js";
import { loadCabinet } from "./cabinet-data.js";
import { keepPlaceAcrossLanguages } from "./language-switch.js";
import { leaveForSignIn, leaveSignedOut } from "./places.js";
import { showProfile } from "./profile.js";
import { openSectionsByAddress, whenOpened } from "./sections.js";
import { endSession, readSession, watchSession } from "./session.js";

const signOutButton = /** @type {HTMLButtonElement} */ (document.getElementById("sign-out"));

openSectionsByAddress();
keepPlaceAcrossLanguages();
watchSession((reason) => {
  if (reason === "replaced") {
    // Someone else signed in, in another tab: what is shown here is not theirs.
    location.reload();
    return;
  }
  endSession();
  leaveForSignIn({ ended: reason === "expired" });
});

if (readSession().status === "active") {
  showProfile();
  loadCabinet();
  whenOpened("profile", showAccount);
  signOutButton.addEventListener("click", signOut);
  signOutButton.disabled = false;
}

function showAccount() {
  const reload = [showSessions(), showEvents()];
  offerCredentials(() => reload.forEach((again) => again()));
  offerExport();
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
