/**
 * A close look at a page as it is now: axe, the ids that scripts have made, and the text twice as large on the narrowest phone.
 */

import assert from "node:assert/strict";

import { findNothing } from "./axe.mjs";

const NARROWEST = { width: 320, height: 640 };

/**
 * @param {import("playwright-core").Page} page
 * @param {string} place
 */
export async function lookClosely(page, place) {
  assert.deepEqual(await page.evaluate(repeatedIds), [], `${place}: ids that are there more than once`);
  await findNothing(page, place);
  await findNothingLost(page, place);
}

/**
 * With text of 200 % at 320 pixels nothing is cut off and nothing has to be scrolled sideways.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} place
 */
export async function findNothingLost(page, place) {
  const before = page.viewportSize();
  await page.setViewportSize(NARROWEST);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  assert.deepEqual(await page.evaluate(whatIsCutOff), [], `${place}, text of 200 % at 320 pixels`);
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  if (before) await page.setViewportSize(before);
}

/** Runs inside the page. */
function repeatedIds() {
  const all = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return [...new Set(all.filter((id, at) => all.indexOf(id) !== at))];
}

/** Runs inside the page. */
function whatIsCutOff() {
  /** @type {string[]} */
  const wrong = [];
  const name = (/** @type {Element} */ element) => `<${element.tagName.toLowerCase()} id="${element.id}" class="${element.className}"> ${element.textContent?.trim().slice(0, 40)}`;
  const isForEarsOnly = (/** @type {Element | null} */ element) => {
    for (let each = element; each; each = each.parentElement) if (getComputedStyle(each).clipPath !== "none") return true;
    return false;
  };
  // Data in rows and columns may be wider than the screen (WCAG 1.4.10); in the cabinet they become cards.
  const tables = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".prose table")]);
  for (const table of tables) table.style.display = "none";
  if (document.documentElement.scrollWidth > innerWidth) {
    wrong.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
  }
  const isOwnScroller = (/** @type {Element} */ element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  for (const element of document.body.querySelectorAll("*")) {
    if (!(element instanceof HTMLElement) || !element.checkVisibility({ visibilityProperty: true })) continue;
    // The skip link is seen with the focus, and the name of the site gives way to its mark; what is typed scrolls in its field.
    if (isForEarsOnly(element) || element.closest(".skip-link, .brand, input")) continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    // What ends in dots says so, and stands elsewhere in full.
    const hides = ["hidden", "clip"].includes(overflowX) && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1;
    const { left, right, width } = element.getBoundingClientRect();
    let frame = element.parentElement;
    while (frame && !isOwnScroller(frame)) frame = frame.parentElement;
    const isOutside = width > 1 && !frame && (right > innerWidth + 1 || left < -1) && element.childElementCount === 0;
    if (hides || isOutside) wrong.push(name(element));
  }
  for (const table of tables) table.style.removeProperty("display");
  return wrong;
}
