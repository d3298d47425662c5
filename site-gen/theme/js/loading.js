/**
 * A part of a page that comes from the API: it shows that it waits, what it got, or why it got nothing.
 *
 * Such a part holds `[data-loaded]`, and `[data-failed]` with `[data-reason]` and `[data-retry]`.
 */

import { ApiError } from "./api.js";
import { messages } from "./messages.js";

/**
 * A part that loads, fails and tries again by itself, so that one bad answer does not take the rest of the page with it.
 *
 * @template Answer
 * @param {HTMLElement} part
 * @param {() => Promise<Answer>} load
 * @param {(answer: Answer) => void} show
 * @returns {() => Promise<void>} does it again
 */
export function loadPart(part, load, show) {
  onRetry(part, attempt);
  attempt();
  return attempt;

  async function attempt() {
    showWaiting(part);
    try {
      show(await load());
      showLoaded(part);
    } catch (error) {
      showFailure(part, error);
    }
  }
}

/** @param {HTMLElement} part */
export function showWaiting(part) {
  part.setAttribute("aria-busy", "true");
  child(part, "loaded").hidden = false;
  child(part, "failed").hidden = true;
}

/** @param {HTMLElement} part */
export function showLoaded(part) {
  part.setAttribute("aria-busy", "false");
  child(part, "loaded").hidden = false;
  child(part, "failed").hidden = true;
}

/**
 * @param {HTMLElement} part
 * @param {unknown} error
 */
export function showFailure(part, error) {
  child(part, "reason").textContent = reasonOf(error);
  part.setAttribute("aria-busy", "false");
  child(part, "loaded").hidden = true;
  child(part, "failed").hidden = false;
}

/**
 * Why something did not succeed, in words for the visitor; what nobody foresaw is noted on the console.
 *
 * @param {unknown} error
 */
export function reasonOf(error) {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return messages.errors.unexpected;
}

/**
 * The button goes away when it is pressed; the focus stays in the section.
 *
 * @param {HTMLElement} part
 * @param {() => void} again
 */
export function onRetry(part, again) {
  child(part, "retry").addEventListener("click", () => {
    part.closest("section")?.querySelector("h1")?.focus({ preventScroll: true });
    again();
  });
}

/**
 * @param {HTMLElement} part
 * @param {"loaded" | "failed" | "reason" | "retry"} name
 */
function child(part, name) {
  return /** @type {HTMLElement} */ (part.querySelector(`[data-${name}]`));
}
