/** Products and prices on the home page, which come from content/products.toml as the catalogue of the cabinet does. */

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { findNothing } from "../quality/axe.mjs";
import { inBrowser } from "./browser.mjs";
import { DESKTOP, PHONE, plain } from "./cabinet.mjs";
import { buildSite, openSite } from "./scratch-site.mjs";

const PRODUCTS = `
[[on_sale]]
slug = "booking"
name = { ru = "Запись клиентов", en = "Client booking" }
description = { ru = "Клиенты записываются сами", en = "Clients book by themselves" }
price = 199000
every = "month"

[[on_sale]]
slug = "loyalty"
name = { ru = "Лояльность <b>плюс</b>", en = "Loyalty <b>plus</b>" }
price = 1290050
every = "year"

[[on_sale]]
slug = "set-up"
name = { ru = "Настройка", en = "Set-up" }
price = 1500000
`;

/** @type {Awaited<ReturnType<typeof buildSite>>} */
let site;
before(async () => {
  site = await buildSite((folder) => writeFile(join(folder, "content/products.toml"), PRODUCTS));
});
after(() => site?.remove());

for (const [prefix, names, prices, choose] of /** @type {const} */ ([
  ["", ["Запись клиентов", "Лояльность <b>плюс</b>", "Настройка"], ["1 990 ₽ в месяц", "12 900,50 ₽ в год", "15 000 ₽ один раз"], "Подключить: Запись клиентов"],
  ["/en", ["Client booking", "Loyalty <b>plus</b>", "Set-up"], ["1,990 ₽ a month", "12,900.50 ₽ a year", "15,000 ₽ once"], "Get started: Client booking"],
])) {
  test(`${prefix || "/ru"}: the home page says what is sold and for how much, and leads to registration with the keyboard`, () =>
    inBrowser(async (page) => {
      await openSite(page, site.folder);
      for (const viewport of [DESKTOP, PHONE, { width: 320, height: 640 }]) {
        await page.setViewportSize(viewport);
        await page.goto(`${prefix}/`);
        assert.deepEqual((await page.locator(".home-products h3").allTextContents()).map(plain), names);
        assert.deepEqual((await page.locator(".home-products .price").allTextContents()).map(plain), prices);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      }
      await findNothing(page, "the home page with prices");
      await page.locator(".home-products a", { hasText: choose }).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(`${prefix}/login.html#register`);
      await page.locator("#register-name:visible").waitFor();
    }));
}

test("while nothing is sold by the site, the home page promises no prices", () =>
  inBrowser(async (page) => {
    await page.goto("/");
    assert.equal(await page.locator(".home-products, .price").count(), 0);
  }));
