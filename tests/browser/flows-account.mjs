/** The flows of the profile: who the client is, how the cabinet is entered, documents, and the end of the account. */

import assert from "node:assert/strict";

import { PASSWORD, callApi, newEmail, somebody, tryApi } from "./browser.mjs";
import { textOf } from "./cabinet.mjs";
import { headed, ofForm, press, pressIfThere, type } from "./flows.mjs";
import { addProduct, give, publishTerms } from "./goods.mjs";
import { namesOfMailsTo } from "./inbox.mjs";

const PROFILE = "/cabinet.html#profile";
const NEW_PASSWORD = "серая лошадь в яблоках";
const ACCEPT = "#document-list [data-slot=accept]";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

const inProfile = async () => ({ place: PROFILE, person: await somebody() });

/** @param {import("./flows.mjs").Stage} stage */
const profileOf = ({ scene }) => callApi("GET", "/api/auth/profile/", { token: scene.person?.token });

/** Whether a token still opens the account. @param {string} [token] */
const isOpen = async (token) => (await tryApi("GET", "/api/auth/profile/", { token })).status === 200;

/** @param {import("playwright-core").Page} page @param {string} text */
const toast = (page, text) => page.locator("#toast", { hasText: text }).waitFor();

/**
 * A fact that is changed where it stands.
 *
 * @param {"name" | "phone"} name
 * @param {string} typed
 * @param {(stage: import("./flows.mjs").Stage) => Promise<void>} done
 * @returns {import("./flows.mjs").Flow}
 */
const edit = (name, typed, done) => ({
  name: `a new ${name} in the profile`,
  begin: inProfile,
  asks: "PATCH /api/auth/profile/",
  async act({ page }) {
    await pressIfThere(page, `#profile-${name}-change`);
    await type(page, `#profile-${name}`, typed);
    await press(page, `#profile-${name}-form button[type=submit]`);
  },
  button: `#profile-${name}-form button[type=submit]`,
  fails: `#profile-${name}-form [role=alert]`,
  typed: () => ({ [`#profile-${name}`]: typed }),
  done,
});

/** @type {import("./flows.mjs").Flow[]} */
export const account = [
  edit("name", "Константин Лёвин", async (stage) => {
    const { page, t } = stage;
    await toast(page, t("Имя сохранено", "Name saved"));
    assert.equal(await textOf(page, "#profile-name-shown"), "Константин Лёвин");
    assert.equal(await textOf(page, "#owner-name"), "Константин Лёвин");
    assert.equal((await profileOf(stage)).name, "Константин Лёвин");
  }),
  edit("phone", "8 (912) 345.67-89", async (stage) => {
    const { page, t } = stage;
    await toast(page, t("Телефон сохранён", "Phone saved"));
    assert.equal(await textOf(page, "#profile-phone-shown"), "+7 912 345-67-89");
    assert.equal((await profileOf(stage)).phone, "+79123456789");
  }),
  {
    name: "a new e-mail",
    begin: async () => ({ ...(await inProfile()), detail: newEmail() }),
    asks: "POST /api/auth/change-email/",
    async act({ page, scene }) {
      if (!(await page.isVisible("#email-form"))) await press(page, "#change-email summary");
      await type(page, "#new-email", scene.detail ?? "");
      await type(page, "#email-password", PASSWORD);
      await press(page, "#email-form button[type=submit]");
    },
    ...ofForm("email-form"),
    typed: ({ detail = "" }) => ({ "#new-email": detail }),
    secrets: ["#email-password"],
    async done({ page, scene }) {
      await page.locator("#email-status:not(:empty)").waitFor();
      assert.deepEqual(namesOfMailsTo(scene.detail ?? ""), ["change-email"]);
    },
  },
  {
    name: "a new password in the profile",
    begin: inProfile,
    asks: "POST /api/auth/change-password/",
    async act({ page }) {
      if (!(await page.isVisible("#password-form"))) await press(page, "#change-password summary");
      await type(page, "#current-password", PASSWORD);
      await type(page, "#new-password", NEW_PASSWORD);
      await press(page, "#password-form button[type=submit]");
    },
    ...ofForm("password-form"),
    secrets: ["#current-password", "#new-password"],
    async done({ page, scene }) {
      await page.locator("#password-status:not(:empty)").waitFor();
      await callApi("POST", "/api/auth/login/", { body: { email: scene.person?.email, password: NEW_PASSWORD } });
    },
  },
  {
    name: "the letter that confirms an address, once more",
    begin: inProfile,
    asks: "POST /api/auth/resend-verification/",
    act: ({ page }) => press(page, "#resend-verification"),
    button: "#resend-verification",
    fails: "#resend-status",
    async done({ page, scene, t }) {
      await page.locator("#resend-status", { hasText: t("Мы отправили письмо", "sent") }).waitFor();
      assert.equal(namesOfMailsTo(scene.person?.email ?? "").filter((name) => name === "verify-email").length, 2);
    },
  },
  {
    name: "ending a sign-in from elsewhere",
    async begin() {
      const person = await somebody();
      const { token } = await callApi("POST", "/api/auth/login/", { body: { email: person.email, password: PASSWORD }, agent: FIREFOX });
      return { place: PROFILE, person, detail: token };
    },
    asks: "DELETE /api/auth/sessions/*/",
    act: ({ page }) => press(page, "#session-list button"),
    button: "#session-list button",
    fails: "#session-status",
    async done({ page, scene }) {
      await page.locator("#session-status", { hasText: "Firefox, Linux" }).waitFor();
      assert.equal(await isOpen(scene.detail), false);
    },
  },
  {
    name: "where one has signed in",
    begin: async () => ({ place: "/cabinet.html#products", person: await somebody() }),
    asks: "GET /api/auth/sessions/",
    act: ({ page }) => press(page, "a[data-section=profile]"),
    waits: "#account-sessions",
    button: "#account-sessions [data-retry]",
    fails: "#account-sessions [data-reason]",
    isReading: true,
    async done({ page }) {
      await page.locator("#session-list li .mark").waitFor();
    },
  },
  {
    name: "signing out everywhere",
    begin: inProfile,
    asks: "POST /api/auth/logout/?all=true",
    act: ({ page }) => press(page, "#end-all-sessions"),
    button: "#end-all-sessions",
    fails: "#session-status",
    async done({ page, scene }) {
      await page.waitForURL("**/login.html");
      assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
      assert.equal(await isOpen(scene.person?.token), false);
    },
  },
  {
    name: "accepting a document",
    async begin() {
      const [scene, product] = [await inProfile(), addProduct()];
      give(scene.person, product);
      publishTerms(product);
      return scene;
    },
    asks: "POST /api/client/documents/accept/subscription_terms/",
    act: ({ page }) => press(page, ACCEPT),
    button: ACCEPT,
    fails: "#documents-error",
    async done({ page, t }) {
      await toast(page, t("Документ принят", "Document accepted"));
      const row = page.locator("#document-list li", { hasText: t("Условия подписки", "Terms of the subscription") });
      await row.locator("[data-slot=state]", { hasText: t("Принят ", "Accepted") }).waitFor();
      assert.equal(await page.locator(ACCEPT).count(), 0);
      assert.equal(await page.evaluate(() => document.activeElement?.id), "documents-title");
    },
  },
  {
    name: "everything that is held on a client, as a file",
    begin: inProfile,
    asks: "GET /api/auth/export/",
    act: ({ page }) => press(page, "#export-data"),
    button: "#export-data",
    fails: "#export-error",
    isFile: true,
    async done({ file }) {
      assert.match((await file)?.suggestedFilename() ?? "", /\.json$/);
    },
  },
  {
    name: "deleting the account",
    begin: async () => ({ place: "/delete-account.html", person: await somebody() }),
    asks: "POST /api/auth/delete-account/",
    async act({ page }) {
      await type(page, "#deletion-password", PASSWORD);
      await press(page, "#deletion-form button[type=submit]");
    },
    ...ofForm("deletion-form"),
    secrets: ["#deletion-password"],
    async done({ page, scene, t }) {
      await headed(page, t("Учётная запись удалена", "Your account has been deleted"));
      assert.equal(await isOpen(scene.person?.token), false);
    },
  },
];
