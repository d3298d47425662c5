/** Confirms an address by a mailed link, when the button is pressed and not before. The form says where to. */

import { post } from "./api.js";
import { takeOver } from "./form.js";
import { isSpent, takeToken } from "./link-token.js";
import { openScreen, showScreen } from "./screens.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("confirm-form"));
const token = takeToken();

if (token === null) openScreen("missing");

takeOver(form, {
  check: () => ({}),
  async send() {
    try {
      await post(new URL(form.action).pathname, { token });
    } catch (error) {
      if (!isSpent(error)) throw error;
      showScreen("spent");
      return;
    }
    showScreen("done");
  },
});
