import assert from "node:assert/strict";
import { test } from "node:test";

import { inBrowser } from "./browser.mjs";

const ARTICLE = "/help/cabinet-access.html";
const DESKTOP = { viewport: { width: 1280, height: 800 } };

/**
 * The first article of the help that holds a block of code.
 *
 * @param {import("playwright-core").Page} page
 */
async function articleWithCode(page) {
  const sitemap = await (await page.request.get("/sitemap.xml")).text();
  for (const [, path] of sitemap.matchAll(/<loc>https:\/\/[^/<]+(\/help\/[^<]+\.html)<\/loc>/g)) {
    if ((await (await page.request.get(path)).text()).includes("<pre")) return path;
  }
  throw new Error("no article holds code");
}

/**
 * The sheet of the first section that has one.
 *
 * @param {import("playwright-core").Page} page
 */
async function sheet(page) {
  const sitemap = await (await page.request.get("/sitemap.xml")).text();
  for (const [, path] of sitemap.matchAll(/<loc>https:\/\/[^/<]+(\/help\/[^<]*)<\/loc>/g)) {
    if (path.endsWith("/") && (await page.request.get(`${path}print.html`)).ok()) return `${path}print.html`;
  }
  throw new Error("no section has a sheet");
}

test("the table of contents marks the part that is being read, also after a leap", () =>
  inBrowser(async (page) => {
    await page.goto(ARTICLE);
    const links = await page.locator(".toc a").all();
    assert.ok(links.length > 4);
    assert.equal(await page.locator(".toc [aria-current]").count(), 0);
    for (const place of [1, 4, 2]) {
      const id = decodeURIComponent((await links[place].getAttribute("href"))?.slice(1) ?? "");
      await page.evaluate((name) => document.getElementById(name)?.scrollIntoView(), id);
      await page.locator(`.toc a[href="#${id}"][aria-current="true"]`).waitFor();
      assert.equal(await page.locator(".toc [aria-current]").count(), 1);
    }
    await page.evaluate(async () => {
      while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
        scrollBy(0, 90);
        await new Promise((done) => requestAnimationFrame(done));
      }
    });
    await page.locator(".toc li:last-child > a[aria-current=true]").last().waitFor();
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator(".toc:not(:has([aria-current]))").waitFor();
  }, DESKTOP));

test("each heading has a link that names it, seen when it has the focus and not read out with the heading", () =>
  inBrowser(async (page) => {
    await page.goto(ARTICLE);
    await page.locator(".heading-link").first().waitFor({ state: "attached" });
    const headings = page.locator("article :is(h2, h3)[id]");
    assert.equal(await page.locator(".heading-link").count(), await headings.count());
    const heading = headings.first();
    const title = (await heading.textContent()) ?? "";
    assert.equal(await page.getByRole("heading", { name: title, exact: true }).count(), 1);
    const link = page.getByRole("link", { name: `Ссылка на раздел «${title}»` });
    assert.equal(await link.getAttribute("href"), `#${await heading.getAttribute("id")}`);
    await link.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    assert.equal(await link.evaluate((element) => getComputedStyle(element).opacity), "1");
  }, DESKTOP));

test("code is copied as it stands, and a reader is told", () =>
  inBrowser(async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(await articleWithCode(page));
    const code = await page.locator("article pre").first().textContent();
    const button = page.getByRole("button", { name: "Копировать" }).first();
    await button.focus();
    await page.keyboard.press("Enter");
    await page.locator("[role=status]", { hasText: "Скопировано" }).waitFor({ state: "attached" });
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
    await page.locator("[role=status]:empty").waitFor({ state: "attached" });
  }));

test("where the clipboard is closed, the code is selected for the visitor to copy", () =>
  inBrowser(async (page) => {
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("closed"));
    });
    await page.goto(await articleWithCode(page));
    await page.getByRole("button", { name: "Копировать" }).first().click();
    await page.locator("[role=status]", { hasText: "Скопируйте выделенное" }).waitFor({ state: "attached" });
    const selected = await page.evaluate(() => getSelection()?.toString().trim());
    assert.equal(selected, (await page.locator("article pre").first().textContent())?.trim());
  }));

test("the sheet with a whole section prints itself", () =>
  inBrowser(async (page) => {
    await page.addInitScript(() => {
      window.print = () => document.documentElement.setAttribute("data-printed", "");
    });
    await page.goto(await sheet(page));
    await page.getByRole("button", { name: "Напечатать" }).click();
    await page.locator("html[data-printed]").waitFor();
  }));
