/** Without a connection the signed-in see a page of ours, in their language; nothing else is ever taken from a cache. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { carryToken, inBrowser, somebody } from "./browser.mjs";

const WITH_WORKER = { serviceWorkers: /** @type {const} */ ("allow") };
const OFFLINE = [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/];

test("a page that cannot be fetched is replaced by one that says so, with its styles, and comes back with the connection", () =>
  inBrowser(
    async (page) => {
      const { token } = await somebody();
      await carryToken(page, token);
      await page.goto("/cabinet.html");
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await page.context().setOffline(true);
      for (const [address, title] of [["/help/", "Нет связи с интернетом"], ["/en/cabinet.html#profile", "No connection to the internet"]]) {
        await page.goto(address);
        assert.equal((await page.textContent("h1"))?.replace(/\s/g, " "), title);
        assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).marginTop), "8px", "the style sheet is there");
        assert.equal(await page.evaluate(() => location.pathname + location.hash), address, "reloading asks for what was wanted");
      }
      const stored = await page.evaluate(async () => {
        const cache = await caches.open("offline-page");
        return (await cache.keys()).map(({ url }) => new URL(url).pathname).filter((path) => !path.endsWith(".css"));
      });
      assert.deepEqual(stored.sort(), ["/en/offline.html", "/offline.html"]);
      await page.context().setOffline(false);
      await page.reload();
      await page.locator("#profile-name-change:enabled").waitFor();
    },
    { context: WITH_WORKER, expected: OFFLINE },
  ));

test("whoever is not signed in gets nothing installed", () =>
  inBrowser(
    async (page) => {
      for (const address of ["/", "/login.html", "/help/"]) await page.goto(address);
      assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    },
    { context: WITH_WORKER },
  ));
