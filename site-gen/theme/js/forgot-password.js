/** Asks for a link to set a new password. The answer is the same whether or not the address is known, and so is the page. */

import { takeOver, textOf } from "./form.js";
import { postAsHuman } from "./human-request.js";
import { keepPlaceAcrossLanguages } from "./language-switch.js";
import { messages } from "./messages.js";
import { showScreen } from "./screens.js";
import { keepTyped } from "./typed-text.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("forgot-form"));
const again = /** @type {HTMLButtonElement} */ (document.getElementById("forgot-again"));

keepPlaceAcrossLanguages();
keepTyped(form);

takeOver(form, {
  check() {
    return { ...(!textOf(form, "email") && { email: messages.check.email }) };
  },
  async send() {
    await postAsHuman(form, "/api/auth/password-reset/", () => ({ email: textOf(form, "email") }));
    showScreen("done");
  },
});

again.addEventListener("click", () => {
  showScreen("ask");
  document.getElementById("forgot-email")?.focus();
});
