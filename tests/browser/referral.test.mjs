/** The code of a partner's link is kept from any page until registration sends it, and no longer than a click counts. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { callApi, inBrowser, newEmail, refused, register, somebody } from "./browser.mjs";
import { open } from "./cabinet.mjs";
import { addProduct, give } from "./goods.mjs";

const DAY = 86_400_000;

/** What the browser has kept. @param {import("playwright-core").Page} page */
const kept = (page) => page.evaluate(() => localStorage.getItem("referral"));

/** Somebody with a link. */
async function partner() {
  const { token } = await somebody();
  const { referral_link: link } = await callApi("GET", "/api/client/referrals/", { token });
  return { token, code: new URL(link).searchParams.get("ref") ?? "" };
}

/** How many people came by the link. @param {string} token */
const invited = async (token) => (await callApi("GET", "/api/client/referrals/", { token })).total;

test("who came by a partner's link and looked around is that partner's when they register", () =>
  inBrowser(async (page) => {
    const { token, code } = await partner();
    await page.goto(`/en/help/?ref=${code.toLowerCase()}&from=mail#support`);
    await page.waitForURL("/en/help/?from=mail#support");
    await page.goto("/");
    await register(page, { email: newEmail() });
    await page.waitForURL("/cabinet.html");
    assert.equal(await invited(token), 1);
    assert.equal(await kept(page), null, "the next one to register in this browser was invited by nobody");
  }));

test("the last link counts, and a parameter of somebody else's changes nothing", () =>
  inBrowser(async (page) => {
    const [first, last] = [await partner(), await partner()];
    await page.goto(`/?ref=${first.code}`);
    await page.waitForURL("/");
    await page.goto(`/privacy.html?ref=${last.code}`);
    await page.waitForURL("/privacy.html");
    await page.goto("/?ref=a-catalogue-of-sites");
    assert.equal(new URL(page.url()).search, "?ref=a-catalogue-of-sites");
    await register(page, { email: newEmail() });
    await page.waitForURL("/cabinet.html");
    assert.deepEqual([await invited(first.token), await invited(last.token)], [0, 1]);
  }));

test("a refused registration keeps the code for the next attempt", () =>
  inBrowser(
    async (page) => {
      const { token, code } = await partner();
      await page.goto(`/?ref=${code}`);
      await page.waitForURL("/");
      await register(page, { email: "no address" });
      await page.locator("#register-form-errors").waitFor();
      await page.fill("#register-email", newEmail());
      await page.click("#register-form button[type=submit]");
      await page.waitForURL("/cabinet.html");
      assert.equal(await invited(token), 1);
    },
    { expected: [refused(400)] },
  ));

test("a click counts for 90 days", () =>
  inBrowser(async (page) => {
    const { token, code } = await partner();
    for (const [days, expected] of [[90.1, 0], [89.9, 1]]) {
      await page.goto("/");
      await page.evaluate(([code, at]) => localStorage.setItem("referral", JSON.stringify({ code, at })), [code, Date.now() - days * DAY]);
      await register(page, { email: newEmail() });
      await page.waitForURL("/cabinet.html");
      assert.equal(await invited(token), expected, `${days} days`);
      await page.evaluate(() => localStorage.clear());
    }
  }));

test("what somebody else has put into the storage is not sent", () =>
  inBrowser(async (page) => {
    for (const rubbish of ["", "null", "0", "{", '{"code":"<script>","at":0}', '{"code":"0123ABCD"}', '{"code":7,"at":"x"}']) {
      await page.goto("/");
      await page.evaluate((rubbish) => localStorage.setItem("referral", rubbish), rubbish);
      const sent = page.waitForRequest("**/api/auth/register/");
      await register(page, { email: newEmail() });
      assert.equal((await sent).postDataJSON().referral_code, undefined, rubbish);
      await page.waitForURL("/cabinet.html");
      await page.evaluate(() => localStorage.clear());
    }
  }));

test("a browser that forbids storage shows the page all the same", () =>
  inBrowser(async (page) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
    });
    await page.goto("/?ref=0123ABCD");
    await page.locator("#theme-switch:visible").waitFor();
    await page.check("#theme-switch input[value=dark]");
    assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  }));

test("an order names the partner whose link its client followed", () =>
  inBrowser(async (page) => {
    const [{ code }, person] = [await partner(), await somebody()];
    const id = give(person, addProduct(), { to: 20 });
    await page.goto(`/?ref=${code}`);
    await page.waitForURL("/");
    await open(page, person, `#products/${id}/renew`);
    const [request] = await Promise.all([page.waitForRequest((request) => request.url().endsWith("/renew/")), page.click("#renewal-order")]);
    assert.deepEqual(request.postDataJSON(), { referral_code: code });
    await page.locator("#renewal-number:visible").waitFor();
  }));
