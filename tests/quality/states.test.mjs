/** What somebody gets to by doing something is as accessible as the page that they opened, and nothing of it is lost in large text. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { callApi, carryToken, inBrowser, refused, somebody } from "../browser/browser.mjs";
import { clientWithEverything } from "./clients.mjs";
import { findNothingLost, lookClosely } from "./closely.mjs";
import { FOR_THE_SIGNED_IN, onePageOfEachKind } from "./published.mjs";
import { CABINET_STATES, CLIENT_STATES, OPEN_STATES } from "./states.mjs";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

const nobody = () => Promise.resolve(undefined);

for (const [states, who] of /** @type {const} */ ([[OPEN_STATES, nobody], [CABINET_STATES, somebody], [CLIENT_STATES, clientWithEverything]])) {
  for (const { name, address, before, reach, refused: status } of states) {
    test(`nothing is wrong with ${name}`, () =>
      inBrowser(
        async (page) => {
          const person = await who();
          if (person) await carryToken(page, person.token);
          await before?.(page);
          await page.goto(address);
          await reach?.(page);
          await lookClosely(page, `${address}, ${name}`);
        },
        { expected: status ? [refused(status)] : [], context: CLIPBOARD },
      ));
  }
}

test("what is on its way has a bar where it will be", () =>
  inBrowser(async (page) => {
    const { token } = await clientWithEverything();
    await carryToken(page, token);
    await page.route("**/api/**", () => undefined);
    for (const [section, place, bar] of [
      ["products", "#product-list", "::before"],
      ["subscriptions", "#subscription-list", "::before"],
      ["payments", "#payments-spent", "::before"],
      ["payments", "#payments-months", "::after"],
      ["payments", "#payment-list > [data-loaded]", "::after"],
      ["profile", "#profile-email", "::before"],
      ["profile", "#account-security", "::after"],
      ["partners", "#balance-available", "::before"],
    ]) {
      await page.goto(`/cabinet.html#${section}`);
      const seen = await page.locator(place).evaluate((element, bar) => {
        const { content, visibility, backgroundImage, backgroundColor, height } = getComputedStyle(element, bar);
        const hasColour = backgroundImage !== "none" || !backgroundColor.endsWith(", 0)");
        return { content, visibility, hasColour, isHigh: Number.parseFloat(height) >= 8 };
      }, bar);
      assert.deepEqual(seen, { content: '""', visibility: "visible", hasColour: true, isHigh: true }, place);
    }
  }));

test("nothing is wrong with a session that is over", () =>
  inBrowser(
    async (page) => {
      const { token } = await somebody();
      await carryToken(page, token);
      await callApi("POST", "/api/auth/logout/", { token });
      await page.goto("/cabinet.html#payments");
      await page.locator("#session-ended:visible").waitFor();
      await lookClosely(page, "/login.html after a session");
    },
    { expected: [refused(401)] },
  ));

for (const prefix of /** @type {const} */ (["", "/en"])) {
  test(`nothing of the pages of ${prefix || "/ru"} is lost in text of 200 % on the narrowest phone`, () =>
    inBrowser(async (page) => {
      for (const path of onePageOfEachKind(prefix)) {
        await page.goto(path);
        await findNothingLost(page, path);
      }
      const { token } = await somebody();
      await carryToken(page, token);
      for (const path of FOR_THE_SIGNED_IN) {
        await page.goto(`${prefix}/${path}`);
        await page.locator("main [aria-busy=true]:visible").waitFor({ state: "detached" });
        await findNothingLost(page, path);
      }
    }));
}
