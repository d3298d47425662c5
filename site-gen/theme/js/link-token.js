/**
 * The secret of a mailed link. It stands in the fragment, which browsers send to no server, and it leaves the address bar at
 * once: whoever looks over a shoulder, a history that is synchronised and an address that is copied do not get it.
 *
 * Nothing is sent here: programs that look at mail open every link in it, and a link that did something when it is opened
 * would be used up before its reader sees it.
 */

import { ApiError } from "./api.js";

const NAME = "token";

/** @returns {string | null} the secret; null when the page was opened without one, or again */
export function takeToken() {
  const token = tokenOfAddress();
  if (token !== null) history.replaceState(history.state, "", location.pathname + location.search);
  // A second link that is opened in the same tab changes only the fragment, and the browser does not load the page again.
  addEventListener("hashchange", () => {
    if (tokenOfAddress() !== null) location.reload();
  });
  if (token !== null) carryAcrossLanguages(token);
  return token;
}

/**
 * Whether the server refused the link itself: it is too old, was used, or a newer one has taken its place.
 *
 * @param {unknown} error
 */
export function isSpent(error) {
  return error instanceof ApiError && error.code === "link_not_valid";
}

/** @returns {string | null} */
function tokenOfAddress() {
  return new URLSearchParams(location.hash.slice(1)).get(NAME) || null;
}

/**
 * The page in the other language is told the secret at the moment it is asked for.
 *
 * @param {string} token
 */
function carryAcrossLanguages(token) {
  for (const link of document.querySelectorAll("a[data-language-switch]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener("click", () => {
      link.hash = new URLSearchParams({ [NAME]: token }).toString();
    });
  }
}
