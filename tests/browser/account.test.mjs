/** The account in the profile: how it is entered, from where it was, what is known of it, and its end. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { findNothing } from "../quality/axe.mjs";
import { PASSWORD, callApi, carryToken, inBrowser, refused, somebody, tryApi } from "./browser.mjs";
import { open } from "./cabinet.mjs";
import { addProduct, give, publishTerms } from "./goods.mjs";
import { linkTo, namesOfMailsTo } from "./inbox.mjs";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

/**
 * The profile of somebody who is signed in.
 *
 * @param {import("playwright-core").Page} page
 */
async function openProfile(page) {
  const person = await somebody();
  await carryToken(page, person.token);
  await page.goto("/cabinet.html#profile");
  await page.locator("#profile-name-change:enabled").waitFor();
  await page.locator("#session-list li").first().waitFor();
  return person;
}

/**
 * Somebody signs in from elsewhere.
 *
 * @param {string} email
 * @returns {Promise<string>}
 */
async function signInElsewhere(email) {
  const answer = await callApi("POST", "/api/auth/login/", { body: { email, password: PASSWORD }, agent: FIREFOX });
  return answer.token;
}

/** @param {string} token */
const isOpen = async (token) => (await tryApi("GET", "/api/auth/profile/", { token })).status === 200;

test("a sign-in from elsewhere is seen in the profile and ended there", () =>
  inBrowser(async (page) => {
    const { email, token } = await openProfile(page);
    assert.equal(await page.locator("#session-list li").count(), 1);
    await page.locator("#session-list .mark", { hasText: "Это устройство" }).waitFor();

    const other = await signInElsewhere(email);
    await page.reload();
    const row = page.locator("#session-list li", { hasText: "Firefox, Linux" });
    await row.waitFor();
    await row.locator("button").click();
    await page.locator("#session-status", { hasText: "Firefox, Linux" }).waitFor();
    assert.equal(await page.locator("#session-list li").count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "sessions-title");
    assert.equal(await isOpen(other), false);
    assert.equal(await isOpen(token), true);
  }));

test("a new password ends the other sign-ins and keeps this one", () =>
  inBrowser(
    async (page) => {
      const { email, token } = await openProfile(page);
      const other = await signInElsewhere(email);
      await page.click("#change-password summary");
      assert.equal(await page.inputValue("#password-owner"), email);
      await page.click("#password-form button[type=submit]");
      const links = await page.locator("#password-form-errors a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      assert.deepEqual(links, ["#current-password", "#new-password"]);

      await page.fill("#current-password", "неправильная лошадь");
      await page.fill("#new-password", "серая лошадь в яблоках");
      await page.click("#password-form button[type=submit]");
      await page.locator("#current-password-error", { hasText: "Неверный пароль" }).waitFor();

      await page.fill("#current-password", PASSWORD);
      await page.click("#password-form button[type=submit]");
      await page.locator("#password-status:not(:empty)").waitFor();
      assert.equal(await page.inputValue("#current-password"), "");
      assert.equal(await page.evaluate(() => document.activeElement?.parentElement?.id), "change-password");
      assert.equal(await isOpen(other), false);
      assert.equal(await isOpen(token), true);
      assert.equal(namesOfMailsTo(email).at(-1), "password-changed");
      await page.locator("#event-list li", { hasText: "Изменён пароль" }).waitFor();
    },
    { expected: [refused(400)] },
  ));

test("what happened to the account is told in words, the newest first", () =>
  inBrowser(async (page) => {
    const { email, token } = await openProfile(page);
    await tryApi("POST", "/api/auth/login/", { body: { email, password: "неправильная лошадь" }, agent: FIREFOX });
    await callApi("PATCH", "/api/auth/profile/", { token, body: { name: "Анна" } });
    await page.reload();
    await page.locator("#event-list li").first().waitFor();
    const events = await page.locator("#event-list strong").allTextContents();
    assert.deepEqual(events, ["Изменены имя или телефон", "Неудачная попытка входа", "Регистрация"]);
    await page.locator("#event-list li", { hasText: "Firefox, Linux" }).waitFor();
  }));

test("an address that is not confirmed says so, and the letter can be sent again", () =>
  inBrowser(async (page) => {
    const { email } = await openProfile(page);
    await page.locator("#email-unverified:visible").waitFor();
    await page.click("#resend-verification");
    await page.locator("#resend-status:not(:empty)").waitFor();
    assert.deepEqual(namesOfMailsTo(email), ["verify-email", "verify-email"]);
    await page.goto(linkTo(email, "verify-email"));
    await page.click("#confirm-form button:enabled");
    await page.locator("[data-screen=done]:visible").waitFor();
    await page.goto("/cabinet.html#profile");
    await page.locator("#email-verified:visible").waitFor();
    assert.equal(await page.locator("#email-unverified:visible").count(), 0);
  }));

test("a document is read and accepted, and its next edition asks once more", () =>
  inBrowser(async (page) => {
    const [person, product] = [await somebody(), addProduct()];
    give(person, product);
    const row = page.locator("#document-list li", { hasText: "Условия подписки" });
    const [state, accept] = [row.locator("[data-slot=state]"), row.locator("[data-slot=accept]")];
    for (const [edition, asked, text] of /** @type {const} */ ([[1, "Нужно ваше согласие", "Платите до начала месяца."], [2, "Новая редакция", "Платите до конца месяца."]])) {
      publishTerms(product, [text, "In English."]);
      await open(page, person, "#profile");
      await state.filter({ hasText: asked }).waitFor();
      assert.equal(await accept.getAttribute("aria-label"), "Принять: Условия подписки");
      await row.locator("summary").click();
      assert.equal(await row.locator("[data-slot=content]").innerText(), text);
      if (edition === 1) await findNothing(page, "a document that waits");
      await accept.click();
      await state.filter({ hasText: `редакция ${edition}` }).waitFor();
      assert.equal(await accept.count(), 0);
      const { documents_to_sign: waiting, signed_documents: signed } = await callApi("GET", "/api/client/documents/", { token: person.token });
      assert.deepEqual([waiting.length, signed.map((/** @type {any} */ one) => one.signed_version)], [0, [edition]]);
    }
  }));

test("a document that has changed while it was read is not accepted unread", () =>
  inBrowser(
    async (page) => {
      const [person, product] = [await somebody(), addProduct()];
      give(person, product);
      publishTerms(product);
      await open(page, person, "#profile");
      publishTerms(product, ["Новый пункт.", "A new point."]);
      await page.click("#document-list [data-slot=accept]");
      await page.locator("#documents-error:visible").waitFor();
      const { documents_to_sign: waiting } = await callApi("GET", "/api/client/documents/", { token: person.token });
      assert.equal(waiting.length, 1);
    },
    { expected: [/the server responded with a status of 4\d\d/] },
  ));

test("everything that is held on a person comes as a file", () =>
  inBrowser(async (page) => {
    const { email } = await openProfile(page);
    const coming = page.waitForEvent("download");
    await page.click("#export-data");
    const file = await coming;
    assert.match(file.suggestedFilename(), /^miniapp-expert-\d{4}-\d\d-\d\d\.json$/);
    const text = readFileSync(await file.path(), "utf8");
    assert.equal(JSON.stringify(JSON.parse(text)).includes(email), true);
    await page.locator("#export-status:not(:empty)").waitFor();
  }));

test("an account is deleted with the keyboard alone, after its owner was told what goes", () =>
  inBrowser(
    async (page) => {
      const { email, token } = await openProfile(page);
      await page.focus("#account-data a");
      await page.keyboard.press("Enter");
      await page.waitForURL("/delete-account.html");
      await page.locator("h2", { hasText: "Что исчезнет" }).waitFor();
      await page.locator("#deletion-form button[type=submit]:enabled").waitFor();
      await page.focus("#deletion-password");
      await page.keyboard.press("Enter");
      await page.locator("#deletion-form-errors a[href='#deletion-password']").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "deletion-password");
      await page.keyboard.type("неправильная лошадь");
      await page.keyboard.press("Enter");
      await page.locator("#deletion-password-error", { hasText: "Неверный пароль" }).waitFor();
      assert.equal(await isOpen(token), true);

      await page.focus("#deletion-password");
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.textContent === "Учётная запись удалена");
      assert.equal(await page.evaluate(() => localStorage.length), 0);
      assert.equal(await isOpen(token), false);
      assert.equal((await tryApi("POST", "/api/auth/login/", { body: { email, password: PASSWORD } })).status, 401);
    },
    { expected: [refused(400)] },
  ));

test("the page that deletes an account is for those who are signed in", () =>
  inBrowser(async (page) => {
    await page.goto("/delete-account.html");
    await page.waitForURL("/login.html*");
  }));
