/** Sets a new password by a mailed link. */

import { post } from "./api.js";
import { passwordOf, takeOver } from "./form.js";
import { isSpent, takeToken } from "./link-token.js";
import { offerToShowPasswords } from "./password.js";
import { checkNewPassword, tellStrength } from "./password-strength.js";
import { openScreen, showScreen } from "./screens.js";
import { endSession } from "./session.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("reset-form"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("reset-password"));
const token = takeToken();

if (token === null) openScreen("missing");
offerToShowPasswords(form);
tellStrength(input, () => []);

takeOver(form, {
  check() {
    return checkNewPassword(input);
  },
  async send() {
    try {
      await post("/api/auth/password-reset/confirm/", { token, new_password: passwordOf(form, "new_password") });
    } catch (error) {
      if (!isSpent(error)) throw error;
      showScreen("spent");
      return;
    }
    // The server has ended all sessions, the one of this browser too.
    endSession();
    form.reset();
    showScreen("done");
  },
});
