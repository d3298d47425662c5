/**
 * Where the system chooses the colours (https://www.w3.org/TR/css-color-adjust-1/#forced), grounds and shadows are gone. What
 * they told has to be told by an edge, a line or the letters themselves.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { carryToken, inBrowser } from "../browser/browser.mjs";
import { painted } from "../browser/cabinet.mjs";
import { clientWithEverything } from "./clients.mjs";
import { onePageOfEachKind } from "./published.mjs";

const VIEWPORTS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const SECTIONS = ["products", "subscriptions", "payments", "profile", "partners"];
const TABS = 12;

/** @typedef {import("playwright-core").Page} Page */

for (const [device, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`controls, choices, drawings and the focus are seen in ${colorScheme} colours of the system, ${device}`, () =>
      inBrowser(
        async (page) => {
          await page.emulateMedia({ forcedColors: "active", colorScheme, reducedMotion: "reduce" });
          for (const path of onePageOfEachKind("")) {
            await page.goto(path);
            await findNothingUnseen(page, path);
          }
          const { token } = await clientWithEverything();
          await carryToken(page, token);
          for (const section of SECTIONS) {
            await page.goto(`/cabinet.html#${section}`);
            await painted(page);
            await findNothingUnseen(page, section);
          }
        },
        { viewport },
      ));
  }
}

test("what has lost its edge, its choice or its colour is noticed", () =>
  inBrowser(async (page) => {
    await page.emulateMedia({ forcedColors: "active" });
    await page.goto("/login.html");
    await page.evaluate(() => {
      const main = /** @type {HTMLElement} */ (document.querySelector("main"));
      const button = document.createElement("button");
      button.textContent = "Ground only";
      button.style.cssText = "border: 0; background: green; color: white";
      const list = document.createElement("ul");
      for (const current of ["page", undefined]) {
        const link = document.createElement("a");
        link.href = "/";
        link.style.background = current ? "green" : "white";
        if (current) link.setAttribute("aria-current", current);
        const item = document.createElement("li");
        item.append(link);
        list.append(item);
      }
      const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      bar.setAttribute("width", "40");
      bar.setAttribute("height", "40");
      bar.style.fill = "Canvas";
      drawing.append(bar);
      main.append(button, list, drawing);
    });
    const unseen = await page.evaluate(whatIsUnseen);
    assert.deepEqual(unseen.map((line) => line.split(":")[0]), ["no edge", "not told from the others", "no colour"]);
  }));

/** @param {Page} page @param {string} place */
async function findNothingUnseen(page, place) {
  const unseen = await page.evaluate(whatIsUnseen);
  for (let tab = 0; tab < TABS; tab += 1) {
    await page.keyboard.press("Tab");
    const without = await page.evaluate(() => {
      const element = document.activeElement;
      // A part of the browser's own, such as the button in a field for days, has a ring of its own.
      if (!element?.matches(":focus-visible") || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? `no focus: ${element.outerHTML.slice(0, 120)}` : null;
    });
    if (without) unseen.push(without);
  }
  assert.deepEqual(unseen, [], place);
}

/** Runs inside the page. */
function whatIsUnseen() {
  /** @type {string[]} */
  const unseen = [];
  const isSeen = (/** @type {Element} */ element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 4;
  const tell = (/** @type {string} */ what, /** @type {Element} */ element) => unseen.push(`${what}: ${element.outerHTML.replaceAll(/\s+/g, " ").slice(0, 160)}`);
  const edges = (/** @type {CSSStyleDeclaration} */ style) => ["Top", "Right", "Bottom", "Left"].map((side) => {
    const read = (/** @type {string} */ of) => /** @type {any} */ (style)[`border${side}${of}`];
    return parseFloat(read("Width")) > 0 && read("Style") !== "none" && read("Color") !== canvas ? `${read("Width")} ${read("Color")}` : "";
  });
  const probe = document.createElement("i");
  probe.style.color = "Canvas";
  document.body.append(probe);
  const canvas = getComputedStyle(probe).color;
  probe.remove();

  const groundOf = (/** @type {Element | null} */ element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (!backgroundColor.endsWith(", 0)") || !backgroundColor.startsWith("rgba")) return backgroundColor;
    }
    return canvas;
  };

  for (const control of document.querySelectorAll("button, .button, input, select, textarea")) {
    if (!isSeen(control) || control.matches("[type=radio], [type=checkbox]")) continue;
    const style = getComputedStyle(control);
    const isLink = style.textDecorationLine.includes("underline");
    if (!edges(style).some(Boolean) && !isLink && !control.querySelector("svg")) tell("no edge", control);
  }

  const CHOSEN = "[aria-current], [aria-selected=true], [aria-pressed=true]";
  for (const chosen of document.querySelectorAll(CHOSEN)) {
    if (!isSeen(chosen) && chosen.textContent) continue;
    const group = chosen.closest("ul, ol, [role=tablist], nav, fieldset");
    const other = group && [...group.querySelectorAll(chosen.tagName)].find((one) => !one.matches(CHOSEN) && one.className === chosen.className);
    if (!other) continue;
    const told = (/** @type {Element} */ element) => {
      const parts = ["::before", "::after", undefined].map((part) => getComputedStyle(element, part));
      return parts.map((style) => [...edges(style), style.textDecorationLine, style.fontWeight, style.content].join()).join();
    };
    if (told(chosen) === told(other)) tell("not told from the others", chosen);
  }

  // The drawing of the home page brings its own grounds, and adorns only.
  for (const shape of document.querySelectorAll("svg:not(.hero-art) :is(path, rect, circle, line)")) {
    if (!isSeen(shape)) continue;
    const { fill, stroke } = getComputedStyle(shape);
    const ground = groundOf(shape);
    const isPainted = (/** @type {string} */ colour) => colour !== "none" && colour !== ground;
    const isGround = shape.closest("mask, clipPath, defs") !== null;
    if (!isGround && !isPainted(fill) && !isPainted(stroke)) tell("no colour", shape);
  }
  return unseen;
}
