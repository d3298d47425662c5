/** The ways between sign-in and cabinet, in the language of the page. */

import { carryTyped, forgetTyped } from "./typed-text.js";

/** Where a visitor may be sent after signing in. A closed list: an address from a link must never lead elsewhere. */
const PLACES = ["/cabinet.html", "/delete-account.html"].flatMap((place) => [place, `/en${place}`]);

let isLeaving = false;

/**
 * Leaves for the sign-in page, which leads back here. The page left is not kept in the history: its content must not
 * come back with «Back». Of several reasons the first one stands: what is still under way finds no session then, too.
 *
 * @param {{ ended: boolean }} reason `ended`: the visitor was signed in until now and should be told what happened
 */
export function leaveForSignIn({ ended }) {
  if (isLeaving) return;
  isLeaving = true;
  // Not when somebody has signed out in another tab: then nothing is to be remembered.
  if (ended) carryTyped();
  const address = signInPage();
  const place = location.pathname + location.hash;
  if (PLACES.includes(location.pathname) && place !== document.body.dataset.cabinet) address.searchParams.set("next", place);
  if (ended) address.searchParams.set("ended", "1");
  location.replace(address);
}

/** Leaves for the sign-in page after signing out: nothing is remembered for whoever comes next. */
export function leaveSignedOut() {
  isLeaving = true;
  forgetTyped();
  location.replace(signInPage());
}

/** Leaves for the cabinet, or for the place in it that `?next=` names. */
export function leaveForCabinet() {
  location.replace(requestedPlace() ?? document.body.dataset.cabinet ?? "/");
}

/** Whether the visitor was sent here because the session ended. */
export function cameFromEndedSession() {
  return new URLSearchParams(location.search).has("ended");
}

function signInPage() {
  return new URL(document.body.dataset.signIn ?? "/", location.origin);
}

/** @returns {string | null} */
function requestedPlace() {
  const next = new URLSearchParams(location.search).get("next");
  if (next === null) return null;
  try {
    const address = new URL(next, location.origin);
    const isOurs = address.origin === location.origin && PLACES.includes(address.pathname);
    return isOurs ? address.pathname + address.hash : null;
  } catch {
    return null;
  }
}
