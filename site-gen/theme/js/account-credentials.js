/** What the cabinet is entered with: a new password, a new address, and the letter that confirms the present one. */

import { callAsClient } from "./api.js";
import { knownCabinet } from "./cabinet-data.js";
import { clearProblems } from "./error-summary.js";
import { passwordOf, takeOver, textOf } from "./form.js";
import { messages } from "./messages.js";
import { offerToShowPasswords } from "./password.js";
import { checkNewPassword, tellStrength } from "./password-strength.js";
import { onPress } from "./pressing.js";
import { keepTyped } from "./typed-text.js";

const passwordForm = /** @type {HTMLFormElement} */ (document.getElementById("password-form"));
const emailForm = /** @type {HTMLFormElement} */ (document.getElementById("email-form"));
const newPassword = /** @type {HTMLInputElement} */ (document.getElementById("new-password"));
const resend = /** @type {HTMLButtonElement} */ (document.getElementById("resend-verification"));

/** @param {() => void} changed called when the server has ended sessions and noted an event */
export function offerCredentials(changed) {
  for (const form of [passwordForm, emailForm]) {
    offerToShowPasswords(form);
  }
  for (const form of [passwordForm, emailForm]) {
    form.addEventListener("submit", () => leaveAlone(form));
  }
  if (keepTyped(emailForm)) /** @type {HTMLDetailsElement} */ (emailForm.closest("details")).open = true;
  tellStrength(newPassword, whatIsKnown);
  onPress(resend, async () => say("resend-status", (await callAsClient("POST", "/api/auth/resend-verification/", {})).message), (reason) =>
    say("resend-status", reason),
  );
  takeOver(passwordForm, {
    check() {
      return {
        ...(!passwordOf(passwordForm, "current_password") && { current_password: messages.check.current_password }),
        ...checkNewPassword(newPassword),
      };
    },
    async send() {
      const answer = await callAsClient("POST", "/api/auth/change-password/", {
        current_password: passwordOf(passwordForm, "current_password"),
        new_password: passwordOf(passwordForm, "new_password"),
      });
      finish(passwordForm, "password-status", answer.message);
      changed();
    },
  });
  takeOver(emailForm, {
    check() {
      return {
        ...(!textOf(emailForm, "new_email") && { new_email: messages.check.new_email }),
        ...(!passwordOf(emailForm, "password") && { password: messages.check.current_password }),
      };
    },
    async send() {
      const answer = await callAsClient("POST", "/api/auth/change-email/", {
        new_email: textOf(emailForm, "new_email"),
        password: passwordOf(emailForm, "password"),
      });
      finish(emailForm, "email-status", answer.message);
      changed();
    },
  });
}

/**
 * The form has done its work: it folds, and what came of it is said where it was.
 *
 * @param {HTMLFormElement} form
 * @param {string} status
 * @param {string} message
 */
function finish(form, status, message) {
  const owner = /** @type {HTMLInputElement} */ (document.getElementById("password-owner"));
  const email = owner.value;
  form.reset();
  owner.value = email;
  const fold = /** @type {HTMLDetailsElement} */ (form.closest("details"));
  fold.open = false;
  fold.querySelector("summary")?.focus();
  say(status, message);
}

/**
 * What was wrong with one form, or went well with it, is no news while another is sent.
 *
 * @param {HTMLFormElement} sent
 */
function leaveAlone(sent) {
  for (const form of [passwordForm, emailForm]) {
    if (form !== sent) clearProblems(form);
  }
  say("password-status", "");
  say("email-status", "");
}

function whatIsKnown() {
  const { email, name, phone } = knownCabinet()?.user ?? {};
  return [email, name, phone].map((known) => known ?? "");
}

/**
 * @param {string} id
 * @param {string} text
 */
function say(id, text) {
  /** @type {HTMLElement} */ (document.getElementById(id)).textContent = text;
}
