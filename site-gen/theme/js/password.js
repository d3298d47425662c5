/** The button that shows a password, for those who type it on a phone. */

import { messages } from "./messages.js";

/** @param {HTMLFormElement} form */
export function offerToShowPasswords(form) {
  for (const button of form.querySelectorAll(".password-toggle")) {
    const input = document.getElementById(button.getAttribute("aria-controls") ?? "");
    if (button instanceof HTMLButtonElement && input instanceof HTMLInputElement) {
      connect(form, button, input);
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 * @param {HTMLInputElement} input
 */
function connect(form, button, input) {
  /** @param {boolean} isShown */
  function show(isShown) {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? messages.password.hide : messages.password.show;
    button.setAttribute("aria-label", isShown ? messages.password.hide_label : messages.password.show_label);
  }

  button.addEventListener("click", () => show(input.type === "password"));
  form.addEventListener("hide-passwords", () => show(false));
  button.hidden = false;
}
