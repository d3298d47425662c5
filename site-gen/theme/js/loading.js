/**
 * A part of a page that comes from the API: it shows that it waits, what it got, or why it got nothing.
 *
 * Such a part holds `[data-loaded]`, and beside it `[data-failed]` with `[data-reason]` and `[data-retry]`. Where several parts fail
 * of the same, the first of them says so for all.
 */

import { ApiError } from "./api.js";
import { messages } from "./messages.js";

/** What tries again with a part. @type {WeakMap<HTMLElement, () => void>} */
const retries = new WeakMap();

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
  turn(part, { isBusy: true, hasFailed: false });
}

/** @param {HTMLElement} part */
export function showLoaded(part) {
  turn(part, { isBusy: false, hasFailed: false });
}

/**
 * @param {HTMLElement} part
 * @param {unknown} error
 */
export function showFailure(part, error) {
  child(part, "reason").textContent = reasonOf(error);
  turn(part, { isBusy: false, hasFailed: true });
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
 * Tries again with everything that has failed beside the part. The button goes away when it is pressed; the focus stays in the section.
 *
 * @param {HTMLElement} part
 * @param {() => void} again
 */
export function onRetry(part, again) {
  retries.set(part, again);
  child(part, "retry").addEventListener("click", () => {
    part.closest("section")?.querySelector("h1")?.focus({ preventScroll: true });
    // Several parts may come from one request.
    for (const attempt of new Set(failedBeside(part).map((failed) => retries.get(failed)))) attempt?.();
  });
}

/**
 * @param {HTMLElement} part
 * @param {{ isBusy: boolean, hasFailed: boolean }} state
 */
function turn(part, { isBusy, hasFailed }) {
  part.setAttribute("aria-busy", String(isBusy));
  child(part, "loaded").hidden = hasFailed;
  child(part, "failed").hidden = !hasFailed;
  part.removeAttribute("data-told-above");
  tellOnce(failedBeside(part));
}

/**
 * When the API is out of reach, every part fails, and one that says so is enough.
 *
 * @param {HTMLElement[]} failed
 */
function tellOnce(failed) {
  const told = new Set();
  for (const part of failed) {
    const reason = child(part, "reason").textContent;
    part.toggleAttribute("data-told-above", told.has(reason));
    told.add(reason);
  }
}

/**
 * The parts that have failed, in the view or the section of this one.
 *
 * @param {HTMLElement} part
 * @returns {HTMLElement[]}
 */
function failedBeside(part) {
  const place = part.closest("[data-view], section") ?? part;
  const failures = [...place.querySelectorAll("[data-failed]:not([hidden])")];
  return failures.map((failure) => /** @type {HTMLElement} */ (failure.parentElement));
}

/**
 * @param {HTMLElement} part
 * @param {"loaded" | "failed" | "reason" | "retry"} name
 */
function child(part, name) {
  return /** @type {HTMLElement} */ (part.querySelector(`[data-${name}]`));
}
