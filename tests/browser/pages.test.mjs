import assert from "node:assert/strict";
import { test } from "node:test";

import { address, inBrowser, refused } from "./browser.mjs";

const PAGES = [
  "/",
  "/login.html",
  "/forgot-password.html",
  "/reset-password.html",
  "/verify-email.html",
  "/change-email.html",
  "/help/",
  "/help/cabinet-access.html",
  "/terms.html",
  "/privacy.html",
];

for (const prefix of ["", "/en"]) {
  for (const path of PAGES) {
    test(`${prefix}${path} is whole without scripts, fits a narrow phone, and links only to what is there`, () =>
      inBrowser(
        async (page) => {
          const response = await page.goto(prefix + path);
          assert.equal(response?.status(), 200);
          assert.equal(await page.locator("h1:visible").count(), 1);
          assert.equal(await page.getAttribute("html", "lang"), prefix === "" ? "ru" : "en");
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
          const policy = response?.headers()["content-security-policy"] ?? "";
          assert.match(policy, /default-src 'none'/);
          assert.doesNotMatch(policy, /unsafe/);
          const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href.split("#")[0]));
          for (const link of new Set(links.filter((link) => link.startsWith(address)))) {
            assert.equal((await page.request.get(link)).status(), 200, link);
          }
        },
        { viewport: { width: 320, height: 640 } },
      ));
  }
}

test("the legal texts say that they are samples", () =>
  inBrowser(async (page) => {
    for (const [prefix, words] of [["", "Это образец текста"], ["/en", "This is a sample text"]]) {
      for (const path of ["/terms.html", "/privacy.html"]) {
        await page.goto(prefix + path);
        await page.locator(".alert-warning:visible", { hasText: words }).waitFor();
      }
    }
  }));

test("the language switch leads to the same page", () =>
  inBrowser(async (page) => {
    await page.goto("/help/cabinet-access.html");
    await page.click("a[hreflang=en]:visible");
    await page.waitForURL("/en/help/cabinet-access.html");
    await page.click("a[hreflang=ru]:visible");
    await page.waitForURL("/help/cabinet-access.html");
  }));

test("a page that is not there is told in the visitor's language", () =>
  inBrowser(
    async (page) => {
      for (const [path, language] of [["/nothing.html", "ru"], ["/en/nothing.html", "en"]]) {
        const response = await page.goto(path);
        assert.equal(response?.status(), 404);
        assert.equal(await page.getAttribute("html", "lang"), language);
      }
    },
    { expected: [refused(404)] },
  ));

test("the pages keep their addresses with .html, and folders theirs with a slash", () =>
  inBrowser(async (page) => {
    for (const path of ["/login.html", "/cabinet.html", "/help/"]) {
      const response = await page.request.get(path, { maxRedirects: 0 });
      assert.equal(response.status(), 200, path);
    }
    const redirect = await page.request.get("/help", { maxRedirects: 0 });
    assert.equal(redirect.status(), 301);
    assert.match(redirect.headers().location, /\/help\/$/);
  }));

test("styles and scripts are kept for a year, pages are asked for anew", () =>
  inBrowser(async (page) => {
    const html = await (await page.request.get("/")).text();
    const assets = [...html.matchAll(/\/assets\/[\w./-]+/g)].map(([path]) => path);
    assert.ok(assets.length > 0);
    for (const asset of assets) {
      assert.match(asset, /[./][0-9a-f]{10}\.(css|js|png|webp)$/);
      assert.match((await page.request.get(asset)).headers()["cache-control"], /max-age=31536000.*immutable/);
    }
    assert.doesNotMatch((await page.request.get("/")).headers()["cache-control"] ?? "", /immutable/);
  }));
