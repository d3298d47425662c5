/** Subscriptions in the cabinet: the one sentence that matters, and a renewal that is cancelled and taken up again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { findNothing } from "../quality/axe.mjs";
import { callApi, inBrowser, somebody } from "./browser.mjs";
import { DESKTOP, open, tabTo, textOf } from "./cabinet.mjs";
import { addCard, addProduct, give } from "./goods.mjs";

const CARD = "#subscription-list .held";

/** @param {{ token: string }} person */
const statusOf = async ({ token }) => (await callApi("GET", "/api/client/products/", { token })).products[0].status;

/** Somebody with one subscription. @param {Parameters<typeof give>[2]} [terms] */
async function subscriber(terms) {
  const person = await somebody();
  const id = give(person, addProduct(), terms);
  return { person, id };
}

for (const [prefix, sentences] of /** @type {const} */ ([
  ["", [/^Следующий платёж до \d+ \S+ \d{4} г\. — 1 990 ₽ по счёту$/, /^Следующее списание \d+ \S+ \d{4} г\. — 1 990 ₽ с карты •• 4242$/,
    /^Действует до \d+ \S+ \d{4} г\. и не продлится$/, /^Продлится .*, платить не нужно$/, /^Закончилась \d+/, /^Отключена$/, /^Готовится к запуску$/]],
  ["/en", [/^Next payment by \d+ \S+ \d{4}: 1,990 ₽, by invoice$/, /^Next charge on \d+ \S+ \d{4}: 1,990 ₽ from the card •• 4242$/,
    /^Runs until \d+ \S+ \d{4} and will not renew$/, /^Renews on .*, free of charge$/, /^Ended on \d+/, /^Switched off$/, /^In preparation$/]],
])) {
  test(`${prefix || "/ru"}: one sentence says when and how much, or why nothing`, () =>
    inBrowser(async (page) => {
      const person = await somebody();
      const product = addProduct();
      const card = addCard(person);
      for (const [index, terms] of [{}, { card }, { cancelled: true }, { price: 0 }, { to: -3 }, { revoked: true }, { from: null, to: null }].entries()) {
        const { person } = { person: await somebody() };
        const own = index === 1 ? addCard(person) : undefined;
        give(person, product, { ...terms, ...(own && { card: own }) });
        await open(page, person, "#subscriptions", prefix);
        assert.match(await textOf(page, `${CARD} .held-sentence`), sentences[index]);
      }
      give(person, product, { card });
      give(person, product, { cancelled: true });
      give(person, product, { to: -3 });
      give(person, addProduct({ kind: "one_time" }), { to: null });
      await open(page, person, "#subscriptions", prefix);
      assert.equal(await page.locator(CARD).count(), 3, "what is bought once is no subscription");
      await findNothing(page, "subscriptions");
    }));
}

test("a renewal is cancelled and taken up again with the keyboard alone", () =>
  inBrowser(
    async (page) => {
      const { person } = await subscriber({ to: 20 });
      await open(page, person, "#subscriptions");
      await tabTo(page, `${CARD} [data-slot=cancel]`);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.textContent === "Отмена продления");
      assert.match(await page.title(), /^Отмена продления/);
      assert.match(await textOf(page, "#cancel-until"), /^До \d+ \S+ \d{4} г\.$/);
      assert.match(await textOf(page, "#cancel-stops"), /^\d+ \S+ \d{4} г\. «Запись клиентов» отключится\./);
      assert.equal(await statusOf(person), "active", "to look changes nothing");
      await findNothing(page, "what a cancelled renewal means");
      await page.setViewportSize(DESKTOP);

      await tabTo(page, "#cancel-send");
      await page.keyboard.press("Enter");
      await page.locator("#toast", { hasText: "Продление отменено" }).waitFor();
      assert.equal(new URL(page.url()).hash, "#subscriptions");
      assert.match(await textOf(page, `${CARD} .held-sentence`), /^Действует до .* и не продлится$/);
      assert.equal(await page.evaluate((card) => document.activeElement?.matches(`${card} h2`), CARD), true);
      assert.equal(await statusOf(person), "cancelled");
      assert.equal(await page.locator(`${CARD} [data-slot=cancel]`).count(), 0);

      await tabTo(page, `${CARD} [data-slot=resume]`);
      await page.keyboard.press("Enter");
      await page.locator("#toast", { hasText: "Продление возобновлено" }).waitFor();
      assert.match(await textOf(page, `${CARD} .held-sentence`), /^Следующий платёж/);
      assert.equal(await statusOf(person), "active");
      await page.click("a[data-section=products]");
      assert.equal(await textOf(page, "#product-list .state"), "Работает", "the other sections know it, too");
    },
    { viewport: DESKTOP },
  ));

test("whoever keeps the renewal is back at the list, and going back does not cancel again", () =>
  inBrowser(async (page) => {
    const { person, id } = await subscriber({ to: 20 });
    await open(page, person, `#subscriptions/${id}/cancel`);
    await page.click("#cancellation a");
    await page.locator(`${CARD}:visible`).waitFor();
    await page.click(`${CARD} [data-slot=cancel]`);
    await page.click("#cancel-send");
    await page.locator("#toast:not(:empty)").waitFor();
    await page.goBack();
    await page.locator(`${CARD}:visible`).waitFor();
    await open(page, person, `#subscriptions/${id}/cancel`);
    await page.waitForURL("**/cabinet.html#subscriptions");
    assert.equal(await statusOf(person), "cancelled");
  }));

test("a cancellation that fails says why and changes nothing", () =>
  inBrowser(
    async (page) => {
      const { person, id } = await subscriber({ to: 20 });
      await open(page, person, `#subscriptions/${id}/cancel`);
      await page.route("**/cancel/", (route) => route.abort());
      await page.click("#cancel-send");
      await page.locator("#cancel-error", { hasText: "Нет связи" }).waitFor();
      await findNothing(page, "a cancellation that failed");
      assert.equal(await statusOf(person), "active");
    },
    { expected: [/net::ERR_FAILED/] },
  ));

test("who has no subscription is told what will be here", () =>
  inBrowser(async (page) => {
    await open(page, await somebody(), "#subscriptions");
    assert.equal(await page.isVisible("#subscriptions-nothing"), true);
    await findNothing(page, "no subscriptions");
  }));
