/** The icons and the manifest are there, and are what they say. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { address, inBrowser } from "../browser/browser.mjs";

test("the manifest names icons of the sizes that they have", () =>
  inBrowser(async (page) => {
    await page.goto("/");
    const href = await page.getAttribute("link[rel=manifest]", "href");
    const manifest = await (await page.request.get(href ?? "")).json();
    assert.equal((await page.request.get(manifest.start_url)).status(), 200);
    assert.ok(manifest.icons.some((/** @type {{ purpose?: string }} */ icon) => icon.purpose === "maskable"));
    const touch = await page.getAttribute("link[rel=apple-touch-icon]", "href");
    for (const { src, sizes, type } of [...manifest.icons, { src: touch, sizes: "180x180", type: "image/png" }]) {
      const response = await page.request.get(src);
      assert.equal(response.headers()["content-type"], type, src);
      if (sizes === "any") continue;
      const size = await page.evaluate(async (src) => {
        const picture = new Image();
        picture.src = src;
        await picture.decode();
        return `${picture.naturalWidth}x${picture.naturalHeight}`;
      }, address + src);
      assert.equal(size, sizes, src);
    }
  }));

test("a browser that asks for an icon by itself gets one, in the sizes of tabs and bookmarks", () =>
  inBrowser(async (page) => {
    const response = await page.request.get("/favicon.ico");
    assert.equal(response.status(), 200);
    assert.match(response.headers()["content-type"], /^image\//);
    const file = await response.body();
    // https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10): six bytes, then sixteen for each picture.
    const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) => file.readUInt8(6 + 16 * index));
    assert.deepEqual(sizes, [16, 32, 48]);
  }));
