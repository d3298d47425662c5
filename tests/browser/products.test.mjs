/** Products in the cabinet: how each stands, what may be done with it, and another period by invoice. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { findNothing } from "../quality/axe.mjs";
import { inBrowser, refused, somebody } from "./browser.mjs";
import { DESKTOP, PHONE, open, painted, plain, shifts, slowDown, tabTo, textOf, watchShifts } from "./cabinet.mjs";
import { addProduct, give, retire } from "./goods.mjs";

const CARD = "#product-list .held";

/** Somebody who has a product of every kind and state. */
async function owner() {
  const person = await somebody();
  const booking = addProduct();
  const setup = addProduct({ kind: "one_time", price: 1_500_000, name: ["Настройка", "Set-up"], adminUrl: null, appUrl: "javascript:alert(1)" });
  give(person, booking, { from: -60, to: -3 });
  give(person, booking, { from: -60, to: 9, revoked: true });
  give(person, setup, { from: null, to: null });
  give(person, setup, { to: null });
  give(person, booking, { to: 9, cancelled: true });
  const id = give(person, booking, { to: 20 });
  return { person, id };
}

for (const [prefix, states, next] of /** @type {const} */ ([
  ["", ["Не продлевается", "Работает", "Работает", "Готовится", "Отключён", "Срок закончился"], /^До \d+ \S+ \d{4} г\. оплатите следующий период, чтобы/],
  ["/en", ["Will not renew", "Active", "Active", "In preparation", "Switched off", "Expired"], /^Pay for the next period by \d+ \S+ \d{4} to keep/],
])) {
  test(`${prefix || "/ru"}: each product says how it stands and what happens next, that which ends soonest first, and gives only links that work`, () =>
    inBrowser(
      async (page) => {
        const { person } = await owner();
        for (const viewport of [PHONE, { width: 320, height: 640 }, DESKTOP]) {
          await page.setViewportSize(viewport);
          await open(page, person, "#products", prefix);
          assert.deepEqual((await page.locator(`${CARD} .state span`).allTextContents()).map(plain), states);
          assert.match(await textOf(page, `${CARD}:nth-of-type(2) .held-next`), next);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
        }
        assert.doesNotMatch(await page.innerText("#product-list"), /\.\.|undefined|null|\{/);
        const [first, , setup] = await page.locator(CARD).all();
        assert.equal(await first.locator("[data-slot=open]").getAttribute("href"), "https://app.example.com/booking");
        assert.equal(await first.locator("[data-slot=manage]").getAttribute("href"), "https://admin.example.com/booking");
        assert.deepEqual(await Promise.all(["resume", "renew"].map((name) => first.locator(`[data-slot=${name}]`).count())), [1, 0]);
        assert.equal(await setup.locator("a[href^=javascript], [data-slot=manage], [data-slot=renew]").count(), 0);
        for (const over of (await page.locator(CARD).all()).slice(3)) assert.equal(await over.locator("[data-slot=open]").count(), 0);
        await findNothing(page, "products of every kind");
      },
    ));
}

test("a link is copied, and shown where the browser does not let it be copied", () =>
  inBrowser(
    async (page) => {
      const { person } = await owner();
      await open(page, person, "#products");
      const copy = page.locator("[data-slot=copy]").first();
      await copy.click();
      await page.locator("#toast", { hasText: "Ссылка скопирована" }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "https://app.example.com/booking");
      await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("no"))));
      await copy.click();
      await page.locator("[data-slot=link]:visible", { hasText: "https://app.example.com/booking" }).waitFor();
    },
    { context: { permissions: ["clipboard-read", "clipboard-write"] } },
  ));

test("another period is ordered with the keyboard alone, once however often", () =>
  inBrowser(
    async (page) => {
      const { person, id } = await owner();
      await open(page, person, "#products");
      const order = async () => {
        await tabTo(page, `a[href='#products/${id}/renew']`);
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.activeElement?.textContent === "Оплата нового периода");
        assert.match(await page.title(), /^Оплата нового периода/);
        assert.match(await textOf(page, "#renewal-period"), /^С \d+ .* сразу после текущего$/);
        await tabTo(page, "#renewal-order");
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.activeElement?.id === "renewal-number");
        return textOf(page, "#renewal-number");
      };
      const said = await order();
      const number = /ME-\S+/.exec(said)?.[0];
      assert.ok(number, said);
      const letter = new URL((await page.getAttribute("#renewal-write", "href")) ?? "");
      assert.equal(letter.pathname, "hello@miniapp.expert");
      assert.equal(letter.searchParams.get("subject"), `Счёт для заказа ${number}`);
      await findNothing(page, "an order that waits");
      await page.setViewportSize(DESKTOP);
      await page.goBack();
      await page.locator("#products-data:visible").waitFor();
      assert.equal(await order(), said);
    },
    { viewport: DESKTOP },
  ));

test("what cannot be renewed, or is not there, has no such page", () =>
  inBrowser(async (page) => {
    const { person } = await owner();
    for (const id of ["00000000-0000-4000-8000-000000000000", "%27", ""]) {
      await open(page, person, `#products/${id}/renew`);
      await page.waitForURL("**/cabinet.html#products");
      await page.locator(`${CARD}:visible`).first().waitFor();
    }
  }));

test("an order that fails says why, and can be made again", () =>
  inBrowser(
    async (page) => {
      const { person, id } = await owner();
      await open(page, person, `#products/${id}/renew`);
      await page.route("**/renew/", (route) => route.abort());
      await page.click("#renewal-order");
      await page.locator("#renewal-error", { hasText: "Нет связи" }).waitFor();
      await findNothing(page, "an order that failed");
      await page.unroute("**/renew/");
      await page.click("#renewal-order");
      await page.locator("#renewal-ordered:visible").waitFor();
      assert.equal(await page.isVisible("#renewal-error"), false);
    },
    { expected: [/net::ERR_FAILED/] },
  ));

test("who has nothing is told what will be here, and what there is to have", () =>
  inBrowser(async (page) => {
    const person = await somebody();
    const product = addProduct({ isOnSale: true, name: ["Лояльность", "Loyalty"], period: "year", price: 1_290_050 });
    try {
      await open(page, person, "#products");
      assert.equal(await page.isVisible("#products-nothing"), true);
      const offer = page.locator(".offer", { hasText: "Лояльность" });
      assert.equal(plain(await offer.locator(".offer-price").textContent()), "12 900,50 ₽ в год");
      assert.match(decodeURIComponent((await offer.locator("a").getAttribute("href")) ?? ""), /^mailto:hello@miniapp\.expert\?subject=Подключить «Лояльность»$/);
      await findNothing(page, "no products");
      give(person, product);
      await open(page, person, "#products");
      assert.equal(await page.isVisible("#products-nothing"), false);
      assert.equal(await offer.count(), 0, "what somebody has is not offered");
    } finally {
      retire(product);
    }
  }));

for (const viewport of [PHONE, DESKTOP]) {
  for (const place of ["#products", "#subscriptions", "#payments"]) {
    test(`${place} waits without moving anything, and asks the API once, ${viewport.width} pixels wide`, () =>
      inBrowser(
        async (page) => {
          const { person } = await owner();
          await open(page, person, "#profile");
          await page.goto("/404.html");
          await slowDown(page);
          await watchShifts(page);
          /** @type {string[]} */
          const calls = [];
          page.on("request", (request) => void (request.url().includes("/api/") && calls.push(request.url())));
          await page.goto(`/cabinet.html${place}`);
          await page.locator(`${place}-data[aria-busy=true]`).waitFor();
          await painted(page);
          assert.deepEqual(calls.map((call) => new URL(call).pathname), ["/api/client/cabinet/"]);
          assert.deepEqual(await shifts(page), []);
        },
        { viewport, expected: [refused(404)] },
      ));
  }
}

test("when the API fails every section says so, and one button brings all of them", () =>
  inBrowser(
    async (page) => {
      const { person } = await owner();
      await page.route("**/api/client/cabinet/", (route) => route.fulfill({ status: 500, contentType: "application/json", body: "{}" }));
      await open(page, person, "#products");
      for (const place of ["products", "subscriptions", "payments"]) {
        await page.click(`a[data-section=${place}]`);
        await page.locator(`#${place}-data [data-failed]:visible`, { hasText: "Не получилось загрузить данные" }).waitFor();
      }
      await findNothing(page, "payments that failed");
      await page.unroute("**/api/client/cabinet/");
      await tabTo(page, "#payments-data [data-retry]");
      await page.keyboard.press("Enter");
      await page.locator("#payments-nothing:visible").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), "heading-payments");
      await page.click("a[data-section=products]");
      await page.locator(`${CARD}:visible`).first().waitFor();
    },
    { expected: [refused(500)] },
  ));
