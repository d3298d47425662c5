/** Pages of mailed links, from the letter to what comes of it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { callApi, carryToken, inBrowser, newEmail, refused, register, signIn, somebody, tryApi } from "./browser.mjs";
import { linkTo, namesOfMailsTo } from "./inbox.mjs";

const NEW_PASSWORD = "серая лошадь в яблоках";

/**
 * Asks for a link, as the page does.
 *
 * @param {string} email
 */
async function resetLink(email) {
  await callApi("POST", "/api/auth/password-reset/", { body: { email } });
  return linkTo(email, "password-reset");
}

/**
 * What the page has asked of the API.
 *
 * @param {import("playwright-core").Page} page
 */
function noteCalls(page) {
  /** @type {string[]} */
  const calls = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/")) calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return calls;
}

/** @param {import("playwright-core").Page} page */
const headingWithFocus = (page) => page.evaluate(() => document.activeElement?.closest("h1")?.textContent);

test("a forgotten password is replaced by a mailed link, with the keyboard alone", () =>
  inBrowser(
    async (page) => {
      const { email, token } = await somebody();
      await page.goto("/login.html");
      await page.locator("#sign-in-form button[type=submit]:enabled").waitFor();
      await page.focus("#sign-in-form button[type=submit]");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL("/forgot-password.html");
      await page.locator("#forgot-form button[type=submit]:enabled").waitFor();
      await page.focus("#forgot-email");
      await page.keyboard.type(email);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.textContent === "Проверьте почту");

      await page.goto(linkTo(email, "password-reset"));
      await page.locator("#reset-form button[type=submit]:enabled").waitFor();
      await page.focus("#reset-password");
      await page.keyboard.type(NEW_PASSWORD);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.textContent === "Пароль изменён");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL("/login.html");
      await signIn(page, { email, password: NEW_PASSWORD });
      await page.waitForURL("/cabinet.html");

      assert.equal((await tryApi("GET", "/api/auth/profile/", { token })).status, 401);
      assert.equal(namesOfMailsTo(email).includes("password-changed"), true);
    },
    { viewport: { width: 1280, height: 800 } },
  ));

test("opening a link sends nothing and takes the secret out of the address bar", () =>
  inBrowser(async (page) => {
    const { email, token } = await somebody();
    const calls = noteCalls(page);
    await page.goto(linkTo(email, "verify-email"));
    await page.locator("#confirm-form button:enabled").waitFor();
    assert.match(page.url(), /\/verify-email\.html$/);
    assert.equal(await page.evaluate(() => JSON.stringify(history.state)?.includes("token") ?? false), false);
    assert.equal(await page.getAttribute("meta[name=referrer]", "content"), "no-referrer");
    assert.deepEqual(calls, []);
    assert.equal((await callApi("GET", "/api/auth/profile/", { token })).email_verified, false);

    await page.click("#confirm-form button");
    await page.waitForFunction(() => document.activeElement?.textContent === "Почта подтверждена");
    assert.deepEqual(calls, ["POST /api/auth/verify-email/"]);
    assert.equal((await callApi("GET", "/api/auth/profile/", { token })).email_verified, true);
  }));

test("a link that was used says so, and leads to a new one", () =>
  inBrowser(
    async (page) => {
      const { email } = await somebody();
      const link = await resetLink(email);
      await callApi("POST", "/api/auth/password-reset/confirm/", {
        body: { token: link.split("=")[1], new_password: NEW_PASSWORD },
      });
      await page.goto(link);
      await page.fill("#reset-password", "другая серая лошадь");
      await page.click("#reset-form button[type=submit]");
      await page.waitForFunction(() => document.activeElement?.textContent?.includes("Ссылка больше"));
      assert.match(await page.title(), /^Ссылка больше/);
      await page.click("main a.button:visible");
      await page.waitForURL("/forgot-password.html");
      assert.equal((await tryApi("POST", "/api/auth/login/", { body: { email, password: NEW_PASSWORD } })).status, 200);
    },
    { expected: [refused(400)] },
  ));

test("a page of a link that is opened without one says where to get it", () =>
  inBrowser(async (page) => {
    for (const [prefix, title] of [["", /^Откройте ссылку/], ["/en", /^Open the link/]]) {
      for (const [name, place] of [
        ["reset-password", "/forgot-password.html"],
        ["verify-email", "/cabinet.html#section-profile"],
        ["change-email", "/cabinet.html#section-profile"],
      ]) {
        await page.goto(`${prefix}/${name}.html`);
        await page.locator("[data-screen=missing]:visible").waitFor();
        assert.match(await page.title(), /** @type {RegExp} */ (title));
        assert.equal(await page.locator("form:visible").count(), 0);
        assert.equal(await page.getAttribute("main a.button:visible", "href"), `${prefix}${place}`);
      }
    }
  }));

test("a second link that is opened in the same tab takes the place of the first", () =>
  inBrowser(
    async (page) => {
      const { email } = await somebody();
      const link = await resetLink(email);
      await page.goto("/reset-password.html#token=nonsense");
      await page.fill("#reset-password", NEW_PASSWORD);
      await page.click("#reset-form button[type=submit]");
      await page.locator("[data-screen=spent]:visible").waitFor();
      await page.evaluate((hash) => (location.hash = hash), link.split("#")[1]);
      await page.locator("#reset-form button[type=submit]:enabled:visible").waitFor();
      await page.fill("#reset-password", NEW_PASSWORD);
      await page.click("#reset-form button[type=submit]");
      await page.locator("[data-screen=done]:visible").waitFor();
    },
    { expected: [refused(400)] },
  ));

test("the link goes along into the other language, and not into the address bar", () =>
  inBrowser(async (page) => {
    const { email } = await somebody();
    await page.goto(await resetLink(email));
    await page.locator("#reset-form button[type=submit]:enabled").waitFor();
    await page.click("a[hreflang=en]:visible");
    await page.locator("h1:visible", { hasText: "A new password" }).waitFor();
    await page.locator("#reset-form button[type=submit]:enabled").waitFor();
    assert.match(page.url(), /\/en\/reset-password\.html$/);
    await page.fill("#reset-password", NEW_PASSWORD);
    await page.click("#reset-form button[type=submit]");
    await page.waitForFunction(() => document.activeElement?.textContent === "The password has changed");
  }));

test("a password that the server refuses is told at its field, and the link still works", () =>
  inBrowser(
    async (page) => {
      const { email } = await somebody();
      await page.goto(await resetLink(email));
      await page.fill("#reset-password", "12345");
      await page.click("#reset-form button[type=submit]");
      await page.locator("#reset-form-errors a[href='#reset-password']").waitFor();
      assert.equal(await page.getAttribute("#reset-password", "aria-invalid"), "true");
      await page.fill("#reset-password", "123456");
      await page.click("#reset-form button[type=submit]");
      await page.waitForFunction(() => !document.querySelector("#reset-password-error")?.textContent?.includes("короче"));
      await page.locator("#reset-form-errors a[href='#reset-password']").waitFor();
      await page.fill("#reset-password", NEW_PASSWORD);
      await page.click("#reset-form button[type=submit]");
      await page.locator("[data-screen=done]:visible").waitFor();
    },
    { expected: [refused(400)] },
  ));

test("the limit in front of the Worker, which answers without words, is told in ours", () =>
  inBrowser(
    async (page) => {
      // The limit is the host's: nothing on this machine answers like it.
      await page.route("**/api/auth/password-reset/", (route) => route.fulfill({ status: 429, body: "error code: 1015" }));
      await page.goto("/forgot-password.html");
      await page.fill("#forgot-email", newEmail());
      await page.click("#forgot-form button[type=submit]");
      await page.locator("#forgot-form-errors", { hasText: "Слишком много попыток" }).waitFor();
    },
    { expected: [refused(429)] },
  ));

test("an address that nobody has is answered like any other", () =>
  inBrowser(async (page) => {
    const email = newEmail();
    await page.goto("/forgot-password.html");
    await page.fill("#forgot-email", email);
    await page.click("#forgot-form button[type=submit]");
    await page.locator("[data-screen=done]:visible").waitFor();
    assert.deepEqual(namesOfMailsTo(email), []);
    await page.click("#forgot-again");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "forgot-email");
  }));

test("a new address takes the place of the old one when its owner confirms it", () =>
  inBrowser(async (page) => {
    const { email, token } = await somebody();
    const next = newEmail();
    await carryToken(page, token);
    await page.goto("/cabinet.html#profile");
    await page.locator("#profile-name-change:enabled").waitFor();
    await page.click("#change-email summary");
    await page.fill("#new-email", next);
    await page.fill("#email-password", "правильная лошадь");
    await page.click("#email-form button[type=submit]");
    await page.locator("#email-status:not(:empty)").waitFor();
    assert.equal(await page.locator("#email-form:visible").count(), 0);
    assert.equal((await callApi("GET", "/api/auth/profile/", { token })).email, email);

    await page.goto(linkTo(next, "change-email"));
    await page.click("#confirm-form button:enabled");
    await page.waitForFunction(() => document.activeElement?.textContent === "Почта изменена");
    await page.click("main a.button:visible");
    await page.locator(".cabinet-owner", { hasText: next }).waitFor();
    const told = namesOfMailsTo(email);
    assert.equal(told.includes("email-change-requested") && told.includes("email-changed"), true, String(told));
  }));

test("how good a new password is, is said in words while it is typed", () =>
  inBrowser(async (page) => {
    await page.goto("/login.html#register");
    await page.fill("#register-email", "karenina@example.com");
    const strength = page.locator("#register-password-strength");
    assert.equal(await strength.getAttribute("aria-live"), "polite");
    for (const [password, word] of [
      ["12345", "Короткий: нужно не\u00A0меньше 6"],
      ["йцукен123", "Слабый: такие сочетания"],
      ["karenina1", "Слабый: похож"],
      ["vzr8kp", "Слабый: добавьте"],
      ["vzr8kpqm1x", "Неплохой"],
      ["двенадцать стульев", "Надёжный"],
    ]) {
      await page.fill("#register-password", password);
      await strength.filter({ hasText: word.replaceAll("\u00A0", " ") }).waitFor();
    }
    await page.fill("#register-password", "");
    assert.equal(await strength.textContent(), "");
    await register(page, { email: newEmail() });
    await page.waitForURL("/cabinet.html");
  }));
