/** The flows in front of the cabinet: registration, sign-in, and the pages of mailed links. */

import { PASSWORD, callApi, newEmail, somebody } from "./browser.mjs";
import { tabTo } from "./cabinet.mjs";
import { headed, ofForm, press, type } from "./flows.mjs";
import { linkTo } from "./inbox.mjs";

const NEW_PASSWORD = "серая лошадь в яблоках";

/** The address of a mailed link without its language. @param {string} link */
const withoutLanguage = (link) => link.replace(/^\/en/, "");

/** @type {import("./flows.mjs").Flow[]} */
export const entrance = [
  {
    name: "registration",
    begin: async () => ({ place: "/login.html", detail: newEmail() }),
    asks: "POST /api/auth/register/",
    async act({ page, scene }) {
      if (!(await page.isVisible("#register-form"))) {
        await tabTo(page, "#tab-sign-in");
        await page.keyboard.press("ArrowRight");
      }
      await type(page, "#register-name", "Анна Каренина");
      await type(page, "#register-email", scene.detail ?? "");
      await type(page, "#register-phone", "8 (999) 123-45-67");
      await type(page, "#register-password", PASSWORD);
      await type(page, "#register-password-repeat", PASSWORD);
      await tabTo(page, "#register-terms");
      await page.keyboard.press("Space");
      await press(page, "#register-form button[type=submit]");
    },
    ...ofForm("register-form"),
    typed: ({ detail = "" }) => ({
      "#register-name": "Анна Каренина",
      "#register-email": detail,
      "#register-phone": "8 (999) 123-45-67",
      "#register-password": PASSWORD,
    }),
    async done({ page }) {
      await page.waitForURL("**/cabinet.html");
      await page.locator("#owner-name", { hasText: "Анна Каренина" }).waitFor();
    },
  },
  {
    name: "sign-in",
    begin: async () => ({ place: "/login.html", detail: (await somebody()).email }),
    asks: "POST /api/auth/login/",
    async act({ page, scene }) {
      await type(page, "#sign-in-email", scene.detail ?? "");
      await type(page, "#sign-in-password", PASSWORD);
      await press(page, "#sign-in-form button[type=submit]");
    },
    ...ofForm("sign-in-form"),
    typed: ({ detail = "" }) => ({ "#sign-in-email": detail, "#sign-in-password": PASSWORD }),
    async done({ page }) {
      await page.waitForURL("**/cabinet.html");
    },
  },
  {
    name: "asking for a letter with a new password",
    begin: async () => ({ place: "/forgot-password.html", detail: (await somebody()).email }),
    asks: "POST /api/auth/password-reset/",
    async act({ page, scene }) {
      await type(page, "#forgot-email", scene.detail ?? "");
      await press(page, "#forgot-form button[type=submit]");
    },
    ...ofForm("forgot-form"),
    typed: ({ detail = "" }) => ({ "#forgot-email": detail }),
    async done({ page, scene, t }) {
      await headed(page, t("Проверьте почту", "Check your mail"));
      linkTo(scene.detail ?? "", "password-reset");
    },
  },
  {
    name: "a new password by a mailed link",
    async begin() {
      const { email } = await somebody();
      await callApi("POST", "/api/auth/password-reset/", { body: { email } });
      return { place: withoutLanguage(linkTo(email, "password-reset")), detail: email };
    },
    asks: "POST /api/auth/password-reset/confirm/",
    async act({ page }) {
      await type(page, "#reset-password", NEW_PASSWORD);
      await press(page, "#reset-form button[type=submit]");
    },
    ...ofForm("reset-form"),
    typed: () => ({ "#reset-password": NEW_PASSWORD }),
    async done({ page, scene, t }) {
      await headed(page, t("Пароль изменён", "The password has changed"));
      await callApi("POST", "/api/auth/login/", { body: { email: scene.detail, password: NEW_PASSWORD } });
    },
  },
  {
    name: "confirming an address by a mailed link",
    async begin() {
      const { email, token } = await somebody();
      return { place: withoutLanguage(linkTo(email, "verify-email")), detail: token };
    },
    asks: "POST /api/auth/verify-email/",
    act: ({ page }) => press(page, "#confirm-form button"),
    button: "#confirm-form button",
    fails: "#confirm-form-errors",
    async done({ page, t }) {
      await headed(page, t("Почта подтверждена", "The e-mail is confirmed"));
    },
  },
];
