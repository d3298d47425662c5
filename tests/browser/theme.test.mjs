/** Light, dark, or as on the device: what was chosen holds on all pages, before anything is drawn. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inBrowser } from "./browser.mjs";

const LIGHT = "rgb(245, 249, 247)";
const DARK = "rgb(12, 20, 17)";

/** @param {import("playwright-core").Page} page */
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("the colours are the device's until somebody chooses, and the choice goes before the device", () =>
  inBrowser(async (page) => {
    for (const [scheme, colour] of /** @type {const} */ ([["light", LIGHT], ["dark", DARK]])) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto("/");
      assert.equal(await background(page), colour);
      assert.equal(await page.isChecked("#theme-switch input[value=auto]"), true);
    }
    await page.check("#theme-switch input[value=light]");
    assert.equal(await background(page), LIGHT);
    await page.goto("/en/login.html");
    assert.equal(await background(page), LIGHT);
    assert.equal(await page.isChecked("#theme-switch input[value=light]"), true);
    await page.emulateMedia({ colorScheme: "light" });
    await page.check("#theme-switch input[value=dark]");
    assert.equal(await background(page), DARK);
    await page.check("#theme-switch input[value=auto]");
    assert.equal(await background(page), LIGHT);
    assert.equal(await page.evaluate(() => localStorage.length), 0, "what is as it was before is not kept");
  }));

test("a dark page is dark before its scripts come, and its pictures are dark as well", () =>
  inBrowser(async (page) => {
    await page.goto("/");
    await page.check("#theme-switch input[value=dark]");
    await page.route("**/*.js", (route) => route.abort());
    await page.goto("/help/start/sign-in.html");
    assert.equal(await background(page), DARK);
    await page.unroute("**/*.js");
    await page.reload();
    await page.locator("#theme-switch:visible").waitFor();
    await page.locator("picture img").first().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => /dark/.test(document.querySelector("picture img")?.currentSrc ?? ""));
  }, { expected: [/net::ERR_FAILED/] }));

test("another page that is open follows", () =>
  inBrowser(async (page) => {
    await page.goto("/");
    const other = await page.context().newPage();
    await other.goto("/help/");
    await other.check("#theme-switch input[value=dark]");
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    assert.equal(await page.isChecked("#theme-switch input[value=dark]"), true);
  }));

test("paper is white and black whatever the screen is", () =>
  inBrowser(async (page) => {
    await page.goto("/");
    await page.check("#theme-switch input[value=dark]");
    await page.emulateMedia({ media: "print" });
    assert.equal(await background(page), "rgb(255, 255, 255)");
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 0)");
  }));
