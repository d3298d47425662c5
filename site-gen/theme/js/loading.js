/**
 * A part of a page that comes from the API. It loads, fails and tries again by itself, so that one bad answer does not
 * take the rest of the page with it.
 */

import { ApiError } from "./api.js";
import { messages } from "./messages.js";

/**
 * @template Answer
 * @param {HTMLElement} part holds `[data-loaded]`, and `[data-failed]` with `[data-reason]` and `[data-retry]`
 * @param {() => Promise<Answer>} load
 * @param {(answer: Answer) => void} show
 * @returns {() => Promise<void>} does it again
 */
export function loadPart(part, load, show) {
  const loaded = /** @type {HTMLElement} */ (part.querySelector("[data-loaded]"));
  const failed = /** @type {HTMLElement} */ (part.querySelector("[data-failed]"));
  const reason = /** @type {HTMLElement} */ (part.querySelector("[data-reason]"));
  const retry = /** @type {HTMLButtonElement} */ (part.querySelector("[data-retry]"));

  retry.addEventListener("click", attempt);
  attempt();
  return attempt;

  async function attempt() {
    part.setAttribute("aria-busy", "true");
    loaded.hidden = false;
    failed.hidden = true;
    try {
      show(await load());
    } catch (error) {
      if (!(error instanceof ApiError)) console.error(error);
      reason.textContent = error instanceof ApiError ? error.message : messages.errors.unexpected;
      loaded.hidden = true;
      failed.hidden = false;
    }
    part.setAttribute("aria-busy", "false");
  }
}
