import assert from "node:assert/strict";
import { test } from "node:test";

import { inBrowser, newEmail, refused, register, signIn, somebody } from "./browser.mjs";
import { painted, plain } from "./cabinet.mjs";

const today = new Intl.DateTimeFormat("ru-RU", { day: "numeric", month: "long", year: "numeric", timeZone: "Europe/Moscow" });

test("a person registers, sees their data, signs out, and signs in again", () =>
  inBrowser(async (page) => {
    const email = newEmail();
    await register(page, { email });

    await page.waitForURL("/cabinet.html");
    await page.waitForFunction((email) => document.querySelector(".cabinet-owner")?.textContent?.includes(email), email);
    assert.match(plain(await page.textContent(".cabinet-owner")), /^Анна Каренина/);
    await page.click("a[data-section=profile]");
    await page.waitForFunction(() => document.getElementById("profile-email")?.textContent !== "");
    assert.equal(plain(await page.textContent("#profile-name-shown")), "Анна Каренина");
    assert.equal(plain(await page.textContent("#profile-email")), email);
    assert.equal(plain(await page.textContent("#profile-phone-shown")), "+7 999 123-45-67");
    assert.equal(plain(await page.textContent("#profile-created")), plain(today.format(new Date())));
    for (const statistic of ["#stat-products", "#stat-subscriptions", "#stat-payments"]) {
      await page.waitForFunction((id) => document.querySelector(id)?.textContent?.trim() === "0", statistic);
    }

    // What is still on its way would be refused.
    await painted(page);
    await page.click("#sign-out");
    await page.waitForURL("/login.html*");
    assert.equal(await page.evaluate(() => localStorage.length), 0);

    await signIn(page, { email: email.toUpperCase() });
    await page.waitForURL("/cabinet.html");
  }));

test("a wrong password is told in the error summary, and the address stays in its field", () =>
  inBrowser(
    async (page) => {
      const { email } = await somebody();
      await page.goto("/login.html");
      await signIn(page, { email, password: "неправильная лошадь" });

      const summary = page.locator("#sign-in-form-errors");
      await summary.waitFor();
      assert.match(plain(await summary.textContent()), /Неверная почта или пароль/);
      assert.match(await page.title(), /^Ошибка: /);
      assert.equal(await page.inputValue("#sign-in-email"), email);
      assert.equal(await page.evaluate(() => localStorage.length), 0);
    },
    { expected: [refused(401)] },
  ));

test("what is wrong with a form is listed at once, each line leading to its field, before anything is sent", () =>
  inBrowser(async (page) => {
    await page.goto("/login.html#register");
    await page.fill("#register-name", "Анна");
    await page.fill("#register-password", "12345");
    await page.fill("#register-password-repeat", "54321");
    let requests = 0;
    page.on("request", () => (requests += 1));
    await page.click("#register-form button[type=submit]");

    const summary = page.locator("#register-form-errors");
    await summary.waitFor();
    assert.equal(await summary.evaluate((element) => element.contains(document.activeElement)), true);
    const links = await summary.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(links, [
      "#register-email",
      "#register-phone",
      "#register-password",
      "#register-password-repeat",
      "#register-terms",
    ]);
    await summary.locator("a").first().click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "register-email");
    assert.equal(await page.getAttribute("#register-email", "aria-invalid"), "true");
    assert.equal(await page.inputValue("#register-name"), "Анна");
    assert.equal(requests, 0);
  }));

test("what the server refuses is shown at the field in the server's words", () =>
  inBrowser(
    async (page) => {
      const { email } = await somebody();
      await register(page, { email: email.toUpperCase() });
      await page.locator("#register-form-errors a[href='#register-email']").waitFor();
      assert.match(plain(await page.textContent("#register-form")), /Эта почта уже зарегистрирована/);

      await page.fill("#register-email", newEmail());
      await page.fill("#register-password", "123456");
      await page.fill("#register-password-repeat", "123456");
      await page.click("#register-form button[type=submit]");
      await page.locator("#register-form-errors a[href='#register-password']").waitFor();
    },
    { expected: [refused(400)] },
  ));

test("a name with markup in it is shown as text", () =>
  inBrowser(async (page) => {
    const name = "<img src=x onerror=document.title='pwned'>";
    await register(page, { email: newEmail(), name });
    await page.waitForURL("/cabinet.html");
    await page.goto("/cabinet.html#profile");
    await page.waitForFunction((name) => document.querySelector("#profile-name-shown")?.textContent === name, name);
    assert.equal(await page.locator("img[src=x]").count(), 0);
    assert.doesNotMatch(await page.title(), /pwned/);
  }));

test("what is said of a new password takes the place of its hint: the fields stand as evenly before as after, and none moves", () =>
  inBrowser(
    async (page) => {
      await page.goto("/login.html#register");
      await page.locator("#register-form button[type=submit]:enabled").waitFor();
      const top = async (/** @type {string} */ selector) => Math.round((await page.locator(selector).boundingBox())?.y ?? 0);
      const bottom = async (/** @type {string} */ selector) => (await top(selector)) + Math.round((await page.locator(selector).boundingBox())?.height ?? 0);
      const gap = async (/** @type {string} */ field, /** @type {string} */ next) => (await top(`label[for=${next}]`)) - (await bottom(`#${field}`));
      const usual = await gap("register-phone", "register-password");
      assert.equal(await gap("register-password", "register-password-repeat"), usual);
      const before = await top("#register-password-repeat");
      await page.fill("#register-password", "123");
      await page.locator("#register-password-strength:not(:empty)").waitFor();
      assert.equal(await top("#register-password-repeat"), before);
      assert.equal(await page.isVisible("#register-password-hint"), false, "one of the two is read at a time");
    },
    { viewport: { width: 1280, height: 900 } },
  ));
