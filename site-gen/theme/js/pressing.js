/** A button that asks the API for something: once at a time, with a word while it waits, and the reason when it fails. */

import { ApiError } from "./api.js";
import { messages } from "./messages.js";

/**
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} act
 * @param {(reason: string) => void} fail
 */
export function onPress(button, act, fail) {
  const label = [...button.childNodes];
  const name = button.getAttribute("aria-label");
  let isWaiting = false;

  button.addEventListener("click", async () => {
    if (isWaiting) return;
    showWaiting(true);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) console.error(error);
      fail(error instanceof ApiError ? error.message : messages.errors.unexpected);
    } finally {
      showWaiting(false);
    }
  });
  button.disabled = false;

  /** @param {boolean} is */
  function showWaiting(is) {
    isWaiting = is;
    // Not `disabled`: that would take the focus from whoever pressed it with the keyboard.
    button.setAttribute("aria-busy", String(is));
    button.setAttribute("aria-disabled", String(is));
    if (!is) button.replaceChildren(...label);
    else if (button.dataset.waiting) button.textContent = button.dataset.waiting;
    // A name of its own would hide the word from who hears the page.
    if (is && button.dataset.waiting) button.removeAttribute("aria-label");
    else if (name) button.setAttribute("aria-label", name);
  }
}
