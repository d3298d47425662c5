/** The sign-in page: two tabs, two forms, one way out. */

import { ApiError } from "./api.js";
import { clearProblems } from "./error-summary.js";
import { passwordOf, takeOver, textOf } from "./form.js";
import { postAsHuman } from "./human-request.js";
import { keepPlaceAcrossLanguages } from "./language-switch.js";
import { messages } from "./messages.js";
import { offerToShowPasswords } from "./password.js";
import { checkNewPassword, tellStrength } from "./password-strength.js";
import { cameFromEndedSession, leaveForCabinet } from "./places.js";
import { forgetReferral, keptReferral } from "./referral.js";
import { readSession, SessionRefused, startSession } from "./session.js";
import { enhanceTabs } from "./tabs.js";
import { keepTyped } from "./typed-text.js";

const signIn = /** @type {HTMLFormElement} */ (document.getElementById("sign-in-form"));
const register = /** @type {HTMLFormElement} */ (document.getElementById("register-form"));
const newPassword = /** @type {HTMLInputElement} */ (document.getElementById("register-password"));

// Also after «Back»: a page from the browser's history has not asked since.
addEventListener("pageshow", () => {
  if (readSession().status === "active") leaveForCabinet();
});

const notice = /** @type {HTMLElement} */ (document.getElementById("session-ended"));
notice.hidden = !cameFromEndedSession();
signIn.addEventListener("submit", () => {
  notice.hidden = true;
});

enhanceTabs(/** @type {HTMLElement} */ (document.getElementById("entrance")), () => {
  // What was wrong with one form is no help in front of the other.
  [signIn, register].forEach(clearProblems);
});
keepPlaceAcrossLanguages();
for (const form of [signIn, register]) {
  offerToShowPasswords(form);
  keepTyped(form);
}

tellStrength(newPassword, () => ["name", "email", "phone"].map((name) => textOf(register, name)));

takeOver(signIn, {
  check(form) {
    return {
      ...(!textOf(form, "email") && { email: messages.check.email }),
      ...(!passwordOf(form, "password") && { password: messages.check.password }),
    };
  },
  async send(form) {
    const answer = await postAsHuman(form, "/api/auth/login/", () => ({
      email: textOf(form, "email"),
      password: passwordOf(form, "password"),
    }));
    enter(answer);
  },
});

takeOver(register, {
  check(form) {
    const password = passwordOf(form, "password");
    const consent = /** @type {HTMLInputElement} */ (form.elements.namedItem("terms_accepted"));
    return {
      ...(!textOf(form, "email") && { email: messages.check.email }),
      ...(!textOf(form, "phone") && { phone: messages.check.phone }),
      ...checkNewPassword(newPassword),
      ...(passwordOf(form, "password_repeat") !== password && { password_repeat: messages.check.password_repeat }),
      ...(!consent.checked && { terms_accepted: messages.check.consent }),
    };
  },
  async send(form) {
    const answer = await postAsHuman(form, "/api/auth/register/", () => {
      const name = textOf(form, "name");
      const referral = keptReferral();
      return {
        email: textOf(form, "email"),
        phone: textOf(form, "phone"),
        password: passwordOf(form, "password"),
        ...(name && { name }),
        ...(referral && { referral_code: referral }),
        terms_accepted: true,
      };
    });
    forgetReferral();
    enter(answer);
  },
});

/** @param {{ token: string }} answer */
function enter({ token }) {
  try {
    startSession(token);
  } catch (error) {
    if (error instanceof SessionRefused) throw new ApiError(messages.errors[error.reason]);
    throw error;
  }
  leaveForCabinet();
}
