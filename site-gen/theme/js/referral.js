/**
 * Keeps the code of a partner's link (`?ref=CODE`) for as long as a click on it counts: the last click wins, registration
 * sends the code. Stored are the code and the moment of the click, in this browser only.
 */

const KEY = "referral";
const PARAMETER = "ref";

/** As the API makes them: the predecessor's links have small letters too. */
const CODE = /^[0-9A-F]{8}$/;

const DAY = 86_400_000;

/** Takes the code out of the address bar, so that a copied address does not hand it on. Any other address stays as it is. */
export function noteReferral() {
  const address = new URL(location.href);
  const code = address.searchParams.get(PARAMETER)?.trim().toUpperCase() ?? "";
  if (!CODE.test(code)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ code, at: Date.now() }));
  } catch {
    // A browser that forbids storage keeps the code where it is.
    return;
  }
  address.searchParams.delete(PARAMETER);
  history.replaceState(history.state, "", address);
}

/** @returns {string | null} the code of the last click, if it still counts */
export function keptReferral() {
  try {
    const { code, at } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    // Also a moment that lies ahead by no more than that: somebody has mended the clock.
    const counts = CODE.test(code) && Math.abs(Date.now() - at) < attributionWindow();
    return counts ? code : null;
  } catch {
    return null;
  }
}

/** The code was used: nobody else who registers in this browser was invited by it. */
export function forgetReferral() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

function attributionWindow() {
  return Number(document.body.dataset.attributionDays) * DAY;
}
