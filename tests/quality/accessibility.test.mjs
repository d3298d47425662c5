/**
 * axe-core finds nothing: on each kind of page, in both languages, light and dark, on a phone and at a desk, and in each
 * section of the cabinet with somebody signed in.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { carryToken, inBrowser, refused, somebody } from "../browser/browser.mjs";
import { findNothing } from "./axe.mjs";
import { pagesOfEachKind } from "./published.mjs";

const SECTIONS = ["products", "subscriptions", "payments", "profile", "partners"];

for (const prefix of /** @type {const} */ (["", "/en"])) {
  for (const path of pagesOfEachKind(prefix)) {
    test(`axe finds nothing on ${path}`, () =>
      inBrowser(async (page) => {
        await page.goto(path);
        await findNothing(page, path);
      }));
  }

  test(`axe finds nothing in ${prefix}/cabinet.html, signed in`, () =>
    inBrowser(async (page) => {
      const { token } = await somebody();
      await carryToken(page, token);
      for (const section of SECTIONS) {
        await page.goto(`${prefix}/cabinet.html#${section}`);
        await page.locator(`#section-${section}:visible`).waitFor();
        await page.waitForFunction(() => document.querySelector("main [aria-busy=true]:not([hidden] *)") === null);
        for (const fold of await page.locator("details:visible summary").all()) await fold.click();
        await findNothing(page, `${prefix}/cabinet.html#${section}`);
      }
    }));

  test(`axe finds nothing on ${prefix}/delete-account.html, signed in`, () =>
    inBrowser(async (page) => {
      const { token } = await somebody();
      await carryToken(page, token);
      await page.goto(`${prefix}/delete-account.html`);
      await page.locator("#deletion-form button[type=submit]:enabled").waitFor();
      await findNothing(page, `${prefix}/delete-account.html`);
    }));

  test(`axe finds nothing on a page of a mailed link, and in what it says of a new password`, () =>
    inBrowser(async (page) => {
      await page.goto(`${prefix}/reset-password.html#token=x`);
      for (const password of ["123", "12345678", "двенадцать стульев"]) {
        await page.fill("#reset-password", password);
        await page.locator("#reset-password-strength:not(:empty)").waitFor();
        await findNothing(page, `${prefix}/reset-password.html with ${password}`);
      }
      await page.goto(`${prefix}/verify-email.html?x#token=x`);
      await page.locator("#confirm-form button:enabled").waitFor();
      await findNothing(page, `${prefix}/verify-email.html with a link`);
    }));

  test(`axe finds nothing in a form of ${prefix}/login.html that names what is wrong`, () =>
    inBrowser(
      async (page) => {
        await page.goto(`${prefix}/login.html#register`);
        await page.click("#register-form button[type=submit]");
        await page.locator("#register-form-errors").waitFor();
        await findNothing(page, `${prefix}/login.html#register with mistakes`);
      },
      { expected: [refused(400)] },
    ));
}

test("axe does find a picture without words and pale text", () =>
  inBrowser(async (page) => {
    await page.goto("/");
    await page.evaluate(() => {
      const text = document.createElement("p");
      text.textContent = "Бледный текст";
      text.style.color = "#eee";
      text.style.background = "#fff";
      document.querySelector("main")?.append(text, document.createElement("img"));
    });
    await assert.rejects(findNothing(page, "/"), /color-contrast[\s\S]*image-alt/);
  }));
