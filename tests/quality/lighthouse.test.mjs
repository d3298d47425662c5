/**
 * Lighthouse finds nothing in accessibility, best practices and search: on every public page outside the help, in both
 * languages, and in the help on its index, its single pages, and one section, one page for print and one long article.
 *
 * Performance is measured by `cargo xtask lighthouse`: a busy machine would prove nothing here.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startLighthouse, timelessFaults } from "./lighthouse.mjs";
import { onePageOfEachKind, pagesOfSitemap } from "./published.mjs";

/** @type {Awaited<ReturnType<typeof startLighthouse>>} */
let engine;

before(async () => {
  engine = await startLighthouse();
});

after(() => engine?.close());

const inSitemap = new Set(pagesOfSitemap());

for (const prefix of /** @type {const} */ (["", "/en"])) {
  for (const path of onePageOfEachKind(prefix)) {
    // Whoever is not in the sitemap tells search engines to stay away, which is a fault only of a page that is.
    const without = inSitemap.has(path) ? [] : ["is-crawlable"];
    test(`Lighthouse finds nothing on ${path}`, async () => {
      assert.deepEqual(await timelessFaults(engine, path, without), []);
    });
  }
}

test("Lighthouse does find a page that search engines are told to leave out", async () => {
  const faults = await timelessFaults(engine, "/404.html");
  assert.match(faults.join("\n"), /^seo, is-crawlable: /);
});
