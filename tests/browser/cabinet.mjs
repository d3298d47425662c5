/** What the scenes of the cabinet's sections do all the time. */

import assert from "node:assert/strict";

import { carryToken } from "./browser.mjs";

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 375, height: 812 };

/** Without the spaces and the hyphens that typography puts in. */
export const plain = (/** @type {string | null} */ text) => (text ?? "").replace(/\s+/g, " ").replaceAll("\u2011", "-").trim();

/**
 * Opens a place of the cabinet as somebody and waits until it is painted.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ token: string }} person
 * @param {string} place `#products`
 * @param {"" | "/en"} [prefix]
 */
export async function open(page, { token }, place, prefix = "") {
  await carryToken(page, token);
  await page.goto(`${prefix}/cabinet.html${place}`);
  await painted(page);
}

/** @param {import("playwright-core").Page} page */
export async function painted(page) {
  await page.waitForFunction(() => document.querySelector("main [aria-busy=true]:not([hidden] *)") === null);
}

/**
 * The visible text of what a selector finds.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 */
export const textOf = async (page, selector) => plain(await page.locator(selector).first().innerText());

/**
 * Presses Tab until something has the focus, as somebody without a mouse does.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 */
export async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

/**
 * Answers every call of the API late.
 *
 * @param {import("playwright-core").Page} page
 */
export async function slowDown(page) {
  await page.route("**/api/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
}

/**
 * Counts from now on how far the layout shifts by itself (Cumulative Layout Shift).
 *
 * @param {import("playwright-core").Page} page
 */
export async function watchShifts(page) {
  await page.addInitScript(() => {
    const known = /** @type {any} */ (window);
    known.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) {
        if (entry.hadRecentInput) continue;
        const moved = entry.sources.map((/** @type {any} */ source) => source.node?.id || source.node?.className || source.node?.nodeName);
        const places = entry.sources.map((/** @type {any} */ { previousRect, currentRect }) => `${previousRect.y} → ${currentRect.y}`);
        known.shifts.push(`${entry.value.toFixed(4)} ${moved} ${places}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** @param {import("playwright-core").Page} page */
export const shifts = (page) => page.evaluate(() => /** @type {any} */ (window).shifts);
