/** What was typed stays when the language is switched and when the session is over half-way; passwords do not, and nobody else gets it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { PASSWORD, callApi, inBrowser, refused, signIn, somebody } from "./browser.mjs";
import { open, painted } from "./cabinet.mjs";
import { seasoned } from "./partners.mjs";

/** @typedef {import("playwright-core").Page} Page */

const SWITCH = "a[data-language-switch]:visible";

/** @param {Page} page */
const stored = (page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

/** Changes the language, and says what was stored and asked for on the way. @param {Page} page */
async function switchLanguage(page) {
  const lang = await page.getAttribute("html", "lang");
  const coming = page.waitForRequest((request) => request.isNavigationRequest());
  await page.click(SWITCH);
  const address = (await coming).url();
  await page.locator(`html:not([lang=${lang}])`).waitFor({ state: "attached" });
  return address;
}

test("registration goes on in the other language with all that was typed but the passwords, shown or hidden, and at its tab", () =>
  inBrowser(async (page) => {
    const next = encodeURIComponent("/cabinet.html#payments?status=failed");
    await page.goto(`/login.html?next=${next}#register`);
    await page.fill("#register-name", "Анна Каренина");
    await page.fill("#register-email", "anna@example.com");
    await page.fill("#register-phone", "8 (999) 123-45-67");
    await page.fill("#register-password", PASSWORD);
    await page.fill("#register-password-repeat", PASSWORD);
    await page.click("#register-form .password-toggle >> nth=0");
    assert.equal(await page.getAttribute("#register-password", "type"), "text");
    await page.check("#register-terms");
    // What lies in the storage between the pages is seen by neither of them.
    await page.addInitScript(() => (/** @type {any} */ (window).between = JSON.stringify({ ...sessionStorage })));
    const address = await switchLanguage(page);
    await page.waitForURL(`/en/login.html?next=${next}#register`);
    assert.doesNotMatch(decodeURIComponent(address), /Анна|anna|999/);

    await page.waitForFunction(() => document.querySelector("#register-name")?.value === "Анна Каренина");
    assert.equal(await page.inputValue("#register-email"), "anna@example.com");
    assert.equal(await page.inputValue("#register-phone"), "8 (999) 123-45-67");
    for (const password of ["#register-password", "#register-password-repeat"]) assert.equal(await page.inputValue(password), "");
    assert.equal(await page.isChecked("#register-terms"), false, "the consent was given to other words");
    const between = await page.evaluate(() => /** @type {any} */ (window).between);
    assert.match(between, /Анна Каренина/);
    assert.doesNotMatch(between, /лошадь/);
    assert.equal(await stored(page), "{}", "gone after use");

    await switchLanguage(page);
    await page.waitForFunction(() => document.querySelector("#register-email")?.value === "anna@example.com");
    await page.reload();
    await page.locator("#register-form button[type=submit]:enabled").waitFor();
    assert.equal(await page.inputValue("#register-email"), "");
  }));

test("sign-in and recovery keep the address, too", () =>
  inBrowser(async (page) => {
    for (const [path, field] of [["login", "#sign-in-email"], ["forgot-password", "#forgot-email"]]) {
      await page.goto(`/${path}.html`);
      await page.fill(field, "anna@example.com");
      await switchLanguage(page);
      await page.waitForFunction((field) => document.querySelector(field)?.value === "anna@example.com", field);
    }
  }));

test("where storage is forbidden the language is switched all the same", () =>
  inBrowser(async (page) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "sessionStorage", {
        get() {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
    });
    await page.goto("/login.html#register");
    await page.fill("#register-name", "Анна Каренина");
    await switchLanguage(page);
    await page.locator("#register-form button[type=submit]:enabled").waitFor();
    assert.equal(await page.inputValue("#register-name"), "");
  }));

test("a form of the cabinet goes on in the other language, with the choices made in it", () =>
  inBrowser(async (page) => {
    await open(page, await seasoned(), "#partners/payout");
    await page.locator("#payout-form button[type=submit]:enabled").waitFor();
    await page.check("input[name=legal_form][value=company]");
    await page.fill("#payout-recipient", "ООО «Ромашка»");
    await page.fill("#payout-account", "40702810900000000001");
    await switchLanguage(page);
    await page.waitForURL("/en/cabinet.html#partners/payout");
    await page.locator("#payout-account:visible").waitFor();
    assert.equal(await page.isChecked("input[value=company]"), true);
    assert.equal(await page.isDisabled("input[name=payment_method][value=sbp]"), true);
    assert.equal(await page.inputValue("#payout-account"), "40702810900000000001");
    assert.equal(await page.inputValue("#payout-recipient"), "ООО «Ромашка»");
  }));

test("what a client has typed when the session ended is not for the one who signs in next", () =>
  inBrowser(
    async (page) => {
      const [first, second] = [await somebody(), await somebody()];
      for (const [person, kept] of /** @type {const} */ ([[second, ""], [first, "Чужое имя"]])) {
        await open(page, first, "#profile");
        await page.click("#profile-name-change:enabled");
        await page.fill("#profile-name", "Чужое имя");
        await callApi("POST", "/api/auth/logout/?all=true", { token: first.token });
        await page.keyboard.press("Enter");
        await page.locator("#session-ended:visible").waitFor();
        await signIn(page, person);
        await page.waitForURL("/cabinet.html#profile");
        await painted(page);
        await page.locator("#profile-phone-change:enabled").waitFor();
        assert.equal(await page.inputValue("#profile-name"), kept);
        assert.equal(await page.isVisible("#profile-name-form"), kept !== "");
        assert.equal(await stored(page), "{}");
        first.token = (await callApi("POST", "/api/auth/login/", { body: { email: first.email, password: PASSWORD } })).token;
      }
    },
    { expected: [refused(401)] },
  ));

test("whoever signs out leaves nothing behind", () =>
  inBrowser(
    async (page) => {
      const person = await seasoned();
      const payout = async () => {
        await page.click("a[data-section=partners]");
        await page.click("#ask-for-payout");
        await page.locator("#payout-form button[type=submit]:enabled").waitFor();
      };
      await open(page, person, "#products");
      await payout();
      await page.fill("#payout-recipient", "Анна Каренина");
      await page.click("a[data-section=profile]");
      // What is still on its way would be refused, and not what is pressed.
      for (const part of ["sessions", "events"]) await page.locator(`#account-${part}[aria-busy=false]`).waitFor();
      await callApi("POST", "/api/auth/logout/?all=true", { token: person.token });
      await page.click("#export-data");
      await page.locator("#session-ended:visible").waitFor();
      await signIn(page, person);
      await page.waitForURL("/cabinet.html#profile");
      await painted(page);
      assert.match(await stored(page), /Анна Каренина/, "it waits until its form is opened");

      await page.click("#sign-out");
      await page.waitForURL("/login.html");
      assert.equal(await stored(page), "{}");
      await signIn(page, person);
      await page.waitForURL("/cabinet.html");
      await painted(page);
      await payout();
      assert.equal(await page.inputValue("#payout-recipient"), "");
    },
    { expected: [refused(401)] },
  ));
