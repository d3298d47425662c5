/**
 * Pages read well without scripts, and also without styles: one heading of the first level, the others in order, every word of
 * the text to be seen, nothing in front of anything.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inBrowser } from "../browser/browser.mjs";
import { FOR_THE_SIGNED_IN, pagesOfEachKind } from "./published.mjs";

/** A style sheet that was refused is told on the console. */
const REFUSED = /net::ERR_FAILED/;

for (const prefix of /** @type {const} */ (["", "/en"])) {
  for (const path of [...pagesOfEachKind(prefix), ...FOR_THE_SIGNED_IN.map((name) => `${prefix}/${name}`)]) {
    test(`${path} reads well without scripts`, () =>
      inBrowser(
        async (page) => {
          for (const viewport of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
            await page.setViewportSize(viewport);
            await page.goto(path);
            assert.deepEqual(await page.evaluate(whatIsWrongWithTheText), []);
            assert.deepEqual(await page.evaluate(whatIsCovered), []);
          }
        },
        { context: { javaScriptEnabled: false } },
      ));

    test(`${path} reads well without scripts and styles`, () =>
      inBrowser(
        async (page) => {
          await page.route("**/*.css", (route) => route.abort());
          await page.goto(path);
          assert.equal(await page.evaluate(() => getComputedStyle(document.body).marginTop), "8px", "the styles are off");
          assert.deepEqual(await page.evaluate(whatIsWrongWithTheText), []);
        },
        { context: { javaScriptEnabled: false }, expected: [REFUSED] },
      ));
  }
}

/** Runs inside the page. */
function whatIsWrongWithTheText() {
  const isShown = (/** @type {Element} */ element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  /** @type {string[]} */
  const wrong = [];
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(isShown);
  const titles = headings.filter((heading) => heading.tagName === "H1");
  if (titles.length !== 1) wrong.push(`${titles.length} headings of the first level`);
  let last = 0;
  for (const heading of headings) {
    const level = Number(heading.tagName.slice(1));
    if (level > last + 1) wrong.push(`level ${level} after ${last}: ${heading.textContent?.trim()}`);
    last = level;
  }
  if ((document.querySelector("main")?.textContent ?? "").trim() === "") wrong.push("no text");
  const texts = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    // What is hidden by its attribute waits for a script, which shows it when there is something to say.
    if (!element || !text.textContent?.trim() || element.closest("[hidden], script, style, template, select, svg")) continue;
    // The search is a script, and its box is there only where the script is; the last line of an article is for paper.
    // The contents name on a phone the larger parts only, and every heading stands in the text.
    if (element.closest("form.search, .printed-address, .toc")) continue;
    // The articles of the section lie folded above the text on a phone and beside it elsewhere; one of the two is shown.
    const twins = [".section-above", ".section-beside"].map((twin) => document.querySelector(twin));
    if (twins.some((twin) => twin?.contains(element)) && twins.some((twin) => twin && isShown(twin))) continue;
    // A disclosure that the reader has not opened yet opens without a script.
    if (element.closest("details:not([open])") && !element.closest("summary")) continue;
    // One of several screens, opened by a link to it.
    const screen = element.closest("main section[id]");
    const opener = screen && document.querySelector(`main a[href="#${screen.id}"]`);
    if (screen && opener && isShown(opener) && !isShown(screen)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    if (range.getClientRects().length === 0 || !isShown(element)) wrong.push(`not to be seen: ${text.textContent.trim()}`);
  }
  return wrong;
}

/** Runs inside the page. */
function whatIsCovered() {
  /** @type {string[]} */
  const wrong = [];
  for (const element of document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, dt, dd, td, th, label, input, button, a)")) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.getClientRects().length === 0) continue;
    element.scrollIntoView({ block: "center", inline: "center" });
    const box = element.getClientRects()[0];
    if (box.width < 2 || box.height < 2) continue;
    const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const isOwn = above !== null && (above.contains(element) || element.contains(above));
    // A card is a link as a whole: the link is spread over it and shows what lies below.
    const isCard = above instanceof HTMLAnchorElement && above.closest(".card")?.contains(element);
    if (!isOwn && !isCard) {
      wrong.push(`<${element.tagName.toLowerCase()}> ${element.textContent?.trim().slice(0, 40)} lies behind ${above?.outerHTML.slice(0, 80)}`);
    }
  }
  return wrong;
}
