/**
 * Nothing moves by itself (Cumulative Layout Shift 0): on one page of each kind while its scripts and pictures come late, and in
 * each section of the cabinet while the API is slow; on a phone and at a desk.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";

import { address, carryToken, inBrowser, refused } from "../browser/browser.mjs";
import { DESKTOP, PHONE, painted, shifts, slowDown, watchShifts } from "../browser/cabinet.mjs";
import { clientWithEverything, newClient } from "./clients.mjs";
import { onePageOfEachKind } from "./published.mjs";

/** The sections, and what each asks the API for once it is painted. @type {Record<string, string[]>} */
const SECTIONS = {
  products: [],
  subscriptions: [],
  payments: [],
  profile: ["/api/auth/events/", "/api/auth/sessions/"],
  partners: [],
};

for (const [device, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const prefix of /** @type {const} */ (["", "/en"])) {
    test(`no page of ${prefix || "/ru"} moves by itself on a ${device} while its scripts and pictures come late`, () =>
      inBrowser(
        async (page) => {
          await watchShifts(page);
          await page.route(/\.(js|png|webp|svg)$/, async (route) => {
            await new Promise((resolve) => setTimeout(resolve, 100));
            await route.continue();
          });
          const moved = [];
          for (const path of onePageOfEachKind(prefix)) {
            await page.goto(path);
            await scrollThrough(page);
            moved.push(...(await shifts(page)).map((/** @type {string} */ shift) => `${path}: ${shift}`));
          }
          assert.deepEqual(moved, []);
        },
        { viewport },
      ));
  }

  for (const [who, make] of Object.entries({ "a client with everything": clientWithEverything, "a new client": newClient })) {
    test(`nothing moves by itself in the cabinet of ${who} on a ${device}, and one request paints it`, () =>
      inBrowser(
        async (page) => {
          const { token } = await make();
          await carryToken(page, token);
          await slowDown(page);
          await watchShifts(page);
          /** @type {string[]} */
          let calls = [];
          const moved = [];
          page.on("request", (request) => void (request.url().includes("/api/") && calls.push(new URL(request.url()).pathname)));
          for (const [section, later] of Object.entries(SECTIONS)) {
            await page.goto("/404.html");
            calls = [];
            await page.goto(`/cabinet.html#${section}`);
            await painted(page);
            await scrollThrough(page);
            moved.push(...(await shifts(page)).map((/** @type {string} */ shift) => `${section}: ${shift}`));
            assert.deepEqual(calls.toSorted(), [...later, "/api/client/cabinet/"].toSorted(), section);
          }
          assert.deepEqual(moved, []);
        },
        { viewport, expected: [refused(404)] },
      ));
  }
}

test("a short page does not move when its end comes late", async () => {
  const { url, close } = await serveInTwoPieces();
  try {
    await inBrowser(
      async (page) => {
        await watchShifts(page);
        await page.goto(`${url}/login.html`);
        await scrollThrough(page);
        assert.deepEqual(await shifts(page), []);
      },
      { viewport: { width: 375, height: 1600 }, expected: [/^asked a stranger: /] },
    );
  } finally {
    close();
  }
});

test("a word of success comes and goes without moving anything, and so does another scheme", () =>
  inBrowser(async (page) => {
    await page.clock.install();
    const { token } = await clientWithEverything();
    await carryToken(page, token);
    await watchShifts(page);
    await page.goto("/cabinet.html#partners");
    await painted(page);
    await page.evaluate(() => document.getElementById("copy-partner-link")?.click());
    await page.locator("#toast:not(:empty)").waitFor();
    await page.clock.fastForward(6_000);
    await page.locator("#toast:empty").waitFor({ state: "attached" });
    for (const theme of ["dark", "light", "auto"]) {
      await page.evaluate((theme) => {
        /** @type {HTMLInputElement | null} */ (document.querySelector(`#theme-switch input[value=${theme}]`))?.click();
      }, theme);
    }
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.deepEqual(await shifts(page), []);
  }, { context: { permissions: ["clipboard-read", "clipboard-write"] } }));

test("a part that pushes others down is noticed", () =>
  inBrowser(async (page) => {
    await watchShifts(page);
    await page.goto("/terms.html");
    await scrollThrough(page);
    await page.evaluate(() => {
      scrollTo({ top: 0, behavior: "instant" });
      const late = document.createElement("p");
      late.textContent = "Позднее известие";
      document.querySelector("main")?.prepend(late);
    });
    await page.waitForFunction(() => /** @type {any} */ (window).shifts.length > 0);
  }));

/** The site as it comes over a bad network: of each page first what stands before the colours in its footer, the rest later. */
async function serveInTwoPieces() {
  const server = createServer(async ({ url = "/" }, response) => {
    const answer = await fetch(new URL(url, address));
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    const body = Buffer.from(await answer.arrayBuffer());
    const end = body.indexOf('<fieldset class="theme-switch"');
    if (url.endsWith(".html")) {
      assert.ok(end > 0, "the footer has no choice of colours to be cut before");
      response.write(body.subarray(0, end));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    response.end(body.subarray(Math.max(end, 0)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/**
 * Looks at the whole page, so that what loads when it is seen does; ends when the last frame has been drawn.
 *
 * @param {import("playwright-core").Page} page
 */
function scrollThrough(page) {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: "instant" });
      await frame();
    }
    const pictures = [...document.images].filter((picture) => !picture.complete && picture.checkVisibility());
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
    await frame();
    await frame();
  });
}
