import assert from "node:assert/strict";
import { test } from "node:test";

import { callApi, carryToken, inBrowser, refused, signIn, somebody } from "./browser.mjs";
import { seasoned } from "./partners.mjs";

const HOUR = 60 * 60 * 1_000;

test("the cabinet without a token sends to sign-in, and back to the same section afterwards", () =>
  inBrowser(async (page) => {
    const person = await somebody();
    await page.goto("/cabinet.html#payments");
    await page.waitForURL("/login.html*");
    await signIn(page, person);
    await page.waitForURL("/cabinet.html#payments");
    assert.equal(await page.locator("#section-payments").isVisible(), true);
  }));

test("somebody whose session ends half-way comes back to the very place, with what was chosen in it", () =>
  inBrowser(
    async (page) => {
      const person = await seasoned();
      await carryToken(page, person.token);
      for (const [prefix, place] of [["", "#payments?status=failed"], ["/en", "#partners/payout"]]) {
        // A request under way would find the session gone, and lead away while the page is loaded anew.
        await page.goto(`${prefix}/cabinet.html${place}`, { waitUntil: "networkidle" });
        await callApi("POST", "/api/auth/logout/?all=true", { token: await page.evaluate(() => localStorage.getItem("userToken") ?? "") });
        // The page leaves for sign-in before it has come whole.
        await page.reload({ waitUntil: "commit" });
        await page.waitForURL(`${prefix}/login.html*`);
        await page.locator("#session-ended:visible").waitFor();
        await signIn(page, person);
        await page.waitForURL(`${prefix}/cabinet.html${place}`);
      }
    },
    { expected: [refused(401)] },
  ));

test("a token that has expired sends to sign-in without asking the server", () =>
  inBrowser(async (page) => {
    const { token } = await somebody();
    const [header, claims, signature] = token.split(".");
    const expired = { ...JSON.parse(Buffer.from(claims, "base64url").toString()), exp: Math.floor(Date.now() / 1_000) - 1 };
    const stale = [header, Buffer.from(JSON.stringify(expired)).toString("base64url"), signature].join(".");
    await carryToken(page, stale);
    let calls = 0;
    page.on("request", (request) => (calls += Number(request.url().includes("/api/"))));
    await page.goto("/cabinet.html");
    await page.waitForURL("/login.html*");
    assert.equal(calls, 0);
    assert.equal(await page.evaluate(() => localStorage.getItem("userToken")), null);
  }));

test("a token that was signed out elsewhere sends to sign-in", () =>
  inBrowser(
    async (page) => {
      const { token } = await somebody();
      await callApi("POST", "/api/auth/logout/", { token });
      await carryToken(page, token);
      await page.goto("/cabinet.html");
      await page.waitForURL("/login.html*");
      assert.equal(await page.evaluate(() => localStorage.getItem("userToken")), null);
    },
    { expected: [refused(401)] },
  ));

test("a cabinet that stays open leaves for sign-in by itself after 24 hours", () =>
  inBrowser(async (page) => {
    const { token } = await somebody();
    await page.clock.install();
    await carryToken(page, token);
    await page.goto("/cabinet.html#profile");
    await page.locator("#profile-name-change:enabled").waitFor();
    await page.clock.fastForward(23 * HOUR);
    assert.match(page.url(), /cabinet\.html/);
    await page.clock.fastForward(HOUR);
    await page.waitForURL("/login.html*");
  }));

test("signing out in one tab signs out the other", () =>
  inBrowser(async (page) => {
    const { token } = await somebody();
    await carryToken(page, token);
    await page.goto("/cabinet.html#profile");
    await page.locator("#profile-name-change:enabled").waitFor();
    // What is still on its way would be refused.
    for (const part of ["sessions", "events"]) await page.locator(`#account-${part}[aria-busy=false]`).waitFor();
    const other = await page.context().newPage();
    await other.goto("/cabinet.html");
    await other.click("#sign-out");
    await other.waitForURL("/login.html*");
    await page.waitForURL("/login.html*");
  }));

test("signing out works without a connection, as far as this browser goes", () =>
  inBrowser(
    async (page) => {
      const { token } = await somebody();
      await carryToken(page, token);
      await page.goto("/en/cabinet.html");
      await page.route("**/api/auth/logout/", (route) => route.abort());
      await page.locator("#sign-out:enabled").focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("/en/login.html");
      assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    },
    { expected: [/net::ERR_FAILED/] },
  ));

test("whoever is signed in goes from the sign-in page straight to the cabinet", () =>
  inBrowser(async (page) => {
    const { token } = await somebody();
    await carryToken(page, token);
    await page.goto("/login.html");
    await page.waitForURL("/cabinet.html");
  }));

test("sign-in never leads to a stranger's address", () =>
  inBrowser(async (page) => {
    const person = await somebody();
    for (const next of ["https://example.com/cabinet.html", "//example.com/cabinet.html", "javascript:alert(1)", "/api/"]) {
      await page.goto(`/login.html?next=${encodeURIComponent(next)}`);
      await signIn(page, person);
      await page.waitForURL("/cabinet.html");
      await page.evaluate(() => localStorage.clear());
    }
  }));

test("each section of the cabinet has its address, its title and its place in the history", () =>
  inBrowser(async (page) => {
    const { token } = await somebody();
    await carryToken(page, token);
    await page.goto("/cabinet.html");
    const titles = new Set();
    for (const section of ["products", "subscriptions", "payments", "profile", "partners"]) {
      await page.click(`a[data-section=${section}]`);
      await page.locator(`#section-${section}`).waitFor();
      assert.equal(await page.locator("main section[id^=section-]:visible").count(), 1);
      assert.equal(new URL(page.url()).hash, `#${section}`);
      titles.add(await page.title());
    }
    assert.equal(titles.size, 5);
    await page.goBack();
    await page.locator("#section-profile").waitFor();
  }));

test("when the server cannot be reached the cabinet says so once, and one button tries everything again", () =>
  inBrowser(
    async (page) => {
      const { token } = await somebody();
      await carryToken(page, token);
      await page.route("**/api/**", (route) => route.abort());
      await page.goto("/cabinet.html#profile");
      await page.waitForFunction(() => document.querySelectorAll("#section-profile [data-failed]:not([hidden])").length === 5);
      const retry = page.locator("#section-profile button:visible", { hasText: "Попробовать" });
      assert.equal(await retry.count(), 1);
      await page.unroute("**/api/**");
      await retry.click();
      for (const seen of ["#profile-name-change:enabled", "#session-list li", "#event-list li"]) await page.locator(seen).first().waitFor();
      assert.equal(await retry.count(), 0);
    },
    { expected: [/net::ERR_FAILED/] },
  ));
