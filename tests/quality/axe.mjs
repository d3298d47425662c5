/** axe-core on an open page: light and dark, on a phone and at a desk. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const engine = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const VIEWPORTS = { phone: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } };
const SCHEMES = /** @type {const} */ (["light", "dark"]);

/**
 * Fails when axe finds something on a page as it is now.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} place
 */
export async function findNothing(page, place) {
  await page.evaluate(engine);
  /** @type {string[]} */
  const found = [];
  for (const [device, viewport] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      // Without motion: a colour that is still on its way from light to dark would be measured.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const violations = await page.evaluate(violationsOfThisPage);
      found.push(...violations.map((violation) => `${place}, ${colorScheme}, ${device}: ${violation}`));
    }
  }
  assert.equal(found.join("\n"), "");
}

/** Runs inside the page. */
async function violationsOfThisPage() {
  const axe = /** @type {typeof import("axe-core")} */ (/** @type {any} */ (window).axe);
  const { violations } = await axe.run(document, {
    preload: false,
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => `\n    ${node.html.slice(0, 160)}\n      ${node.failureSummary?.replaceAll(/\s+/g, " ")}`);
    return `${id}: ${help}${places.join("")}`;
  });
}
