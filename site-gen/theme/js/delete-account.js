/** Deletes the account of whoever is signed in, once they have read what goes and given their password. */

import { callAsClient } from "./api.js";
import { passwordOf, takeOver } from "./form.js";
import { messages } from "./messages.js";
import { offerToShowPasswords } from "./password.js";
import { leaveForSignIn } from "./places.js";
import { showScreen } from "./screens.js";
import { endSession, readSession } from "./session.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("deletion-form"));

// Also after «Back»: somebody else may sit here by now.
addEventListener("pageshow", () => {
  if (readSession().status !== "active" && !form.closest("[hidden]")) leaveForSignIn({ ended: false });
});
offerToShowPasswords(form);

takeOver(form, {
  check() {
    return { ...(!passwordOf(form, "password") && { password: messages.check.password }) };
  },
  async send() {
    await callAsClient("POST", "/api/auth/delete-account/", { password: passwordOf(form, "password") });
    form.reset();
    showScreen("done");
    endSession();
  },
});
