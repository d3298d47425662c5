/** The flows of what is bought, paid and earned: products, subscriptions, payments, the partner programme. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { callApi, somebody } from "./browser.mjs";
import { plain, tabTo, textOf } from "./cabinet.mjs";
import { addProduct, give, pay } from "./goods.mjs";
import { headed, ofForm, press, pressIfThere, type } from "./flows.mjs";
import { bring, earn, newPartner, seasoned } from "./partners.mjs";

/** @typedef {import("./flows.mjs").Stage} Stage */

const CARD = "#subscription-list .held";

/** Somebody with one product. @param {string} place @param {Parameters<typeof give>[2]} terms */
async function owner(place, terms) {
  const person = await somebody();
  return { place: `/cabinet.html${place}`, person, detail: give(person, addProduct(), terms) };
}

/** How the one product stands. @param {Stage} stage */
const statusOf = async ({ scene }) => (await callApi("GET", "/api/client/products/", { token: scene.person?.token })).products[0].status;

/** @param {Stage} stage @param {string} russian @param {string} english */
const toast = ({ page, t }, russian, english) => page.locator("#toast", { hasText: t(russian, english) }).waitFor();

/** @param {Stage} stage */
async function tableOf({ file }) {
  const download = await file;
  assert.match(download?.suggestedFilename() ?? "", /\.csv$/);
  return readFile((await download?.path()) ?? "", "utf8");
}

/** Somebody who has paid, and once in vain. */
async function payer() {
  const person = await somebody();
  const product = addProduct();
  for (const [amount, status] of /** @type {const} */ ([[100_000, "success"], [300_000, "failed"], [200_000, "failed"]])) pay(person, product, { amount, status });
  return { place: "/cabinet.html#payments", person };
}

/** Sends the request for a payout, which is shown before it goes. @param {Stage} stage */
async function sendPayout({ page }) {
  await press(page, "#payout-form button[type=submit]");
  await page.locator("#payout-check:visible").waitFor();
  await press(page, "#payout-form button[type=submit]");
}

/**
 * A cancelled renewal is taken up again on either card that tells of it.
 *
 * @param {string} name
 * @param {"subscription" | "product"} kind
 * @returns {import("./flows.mjs").Flow}
 */
function resuming(name, kind) {
  const card = `#${kind}-list .held`;
  return {
    name,
    begin: () => owner(`#${kind}s`, { to: 20, cancelled: true }),
    asks: "POST /api/client/subscriptions/*/resume/",
    act: ({ page }) => press(page, `${card} [data-slot=resume]`),
    button: `${card} [data-slot=resume]`,
    fails: `${card} [data-slot=error]`,
    async done(stage) {
      await toast(stage, "Продление возобновлено", "Renewal resumed");
      assert.equal(await stage.page.evaluate((card) => document.activeElement?.matches(`${card} h2`), card), true);
      assert.equal(await statusOf(stage), "active");
    },
  };
}

/** @type {import("./flows.mjs").Flow[]} */
export const business = [
  {
    name: "buying a product again that has expired",
    begin: () => owner("#products", { from: -60, to: -3 }),
    asks: "POST /api/client/subscriptions/*/renew/",
    async act({ page, scene, t }) {
      if (!(await page.isVisible("#renewal-order"))) {
        const link = `#product-list a[href='#products/${scene.detail}/renew']`;
        assert.equal(await textOf(page, link), t("Подключить снова", "Get it again"));
        await press(page, link);
        await headed(page, t("Оплата нового периода", "Pay for a new period"));
      }
      assert.equal(await textOf(page, "#renewal-period"), t("Начнётся в день оплаты", "Begins on the day of payment"));
      await press(page, "#renewal-order");
    },
    button: "#renewal-order",
    fails: "#renewal-error",
    async done({ page }) {
      await page.waitForFunction(() => document.activeElement?.id === "renewal-number");
      assert.match(await textOf(page, "#renewal-number"), /ME-\S+/);
    },
  },
  {
    name: "cancelling a renewal",
    begin: () => owner("#subscriptions", { to: 20 }),
    asks: "POST /api/client/subscriptions/*/cancel/",
    async act({ page }) {
      await pressIfThere(page, `${CARD} [data-slot=cancel]`);
      await press(page, "#cancel-send");
    },
    button: "#cancel-send",
    fails: "#cancel-error",
    async done(stage) {
      await toast(stage, "Продление отменено", "Renewal cancelled");
      assert.equal(await statusOf(stage), "cancelled");
    },
  },
  resuming("taking up a cancelled renewal", "subscription"),
  resuming("taking up a cancelled renewal where the product stands", "product"),
  {
    name: "choosing and sorting payments",
    begin: payer,
    asks: "GET /api/client/payments/?*",
    async act({ page }) {
      if (!(await page.isVisible("#payment-filters"))) await press(page, "#payment-filters-fold summary");
      for (const [name, choice] of [["status", "failed"], ["sort", "largest"]]) {
        await tabTo(page, `#payments-${name}`);
        while ((await page.inputValue(`#payments-${name}`)) !== choice) await page.keyboard.press("ArrowDown");
      }
      await press(page, "#payment-filters button[type=submit]");
    },
    waits: "#payment-list",
    button: "#payment-list [data-retry]",
    fails: "#payment-list [data-reason]",
    isReading: true,
    async done({ page, t }) {
      await page.locator("#payment-list[aria-busy=false]").waitFor();
      const amounts = await page.locator("#payment-rows [data-slot=amount]").allTextContents();
      assert.deepEqual(amounts.map(plain), [t("3 000,00", "3,000.00"), t("2 000,00", "2,000.00")]);
      assert.equal(new URL(page.url()).hash, "#payments?status=failed&sort=largest");
    },
  },
  {
    name: "an old payment on its page",
    async begin() {
      const person = await somebody();
      const product = addProduct();
      for (let daysAgo = 1; daysAgo < 12; daysAgo += 1) pay(person, product, { daysAgo, amount: 100_000 * daysAgo });
      return { place: "/cabinet.html#payments?page=2", person };
    },
    asks: "GET /api/client/payments/*/",
    act: ({ page }) => pressIfThere(page, "#payment-rows a"),
    waits: "#payment",
    button: "#payment [data-retry]",
    fails: "#payment [data-reason]",
    isReading: true,
    async done({ page, t }) {
      await page.locator(".sheet-amount:visible", { hasText: t("11\u00A0000 ₽", "11,000 ₽") }).waitFor();
    },
  },
  {
    name: "payments as a table",
    begin: payer,
    asks: "GET /api/client/payments/export.csv?*",
    act: ({ page }) => press(page, "#payments-csv"),
    button: "#payments-csv",
    fails: "#payments-csv-error",
    isFile: true,
    async done(stage) {
      assert.equal((await tableOf(stage)).trimEnd().split("\r\n").length, 4);
    },
  },
  {
    name: "asking for a payout",
    begin: async () => ({ place: "/cabinet.html#partners", person: await seasoned() }),
    asks: "POST /api/client/referrals/request-payout/",
    async act(stage) {
      const { page } = stage;
      await pressIfThere(page, "#ask-for-payout");
      await type(page, "#payout-amount", "1 500,50 ₽");
      await type(page, "#payout-recipient", "Анна Каренина");
      await type(page, "#payout-inn", "5001 0073 2259");
      await sendPayout(stage);
    },
    again: sendPayout,
    ...ofForm("payout-form"),
    typed: () => ({ "#payout-amount": "1 500,50 ₽", "#payout-recipient": "Анна Каренина", "#payout-inn": "5001 0073 2259" }),
    async done(stage) {
      await toast(stage, "Выплата запрошена", "Payout requested");
      const { payouts } = await callApi("GET", "/api/client/referrals/payouts/", { token: stage.scene.person?.token });
      assert.equal(payouts[0].amount, "1500.50");
    },
  },
  {
    name: "older commissions",
    async begin() {
      const partner = await newPartner();
      earn(partner, await bring(partner), Array.from({ length: 12 }, (_, at) => ({ amount: 1_000 * (at + 1), daysAgo: at + 1 })));
      return { place: "/cabinet.html#partners", person: partner };
    },
    asks: "GET /api/client/referrals/commissions/?*",
    act: ({ page }) => press(page, "#commissions-more"),
    button: "#commissions-more",
    fails: "#commissions-error",
    async done({ page }) {
      await page.locator("#commissions-list li:nth-child(12)").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.matches("#commissions-list li:nth-child(11)")), true);
    },
  },
  {
    name: "payouts as a table",
    begin: async () => ({ place: "/cabinet.html#partners", person: await seasoned() }),
    asks: "GET /api/client/referrals/payouts/export.csv",
    act: ({ page }) => press(page, "#payouts-csv"),
    button: "#payouts-csv",
    fails: "#payouts-error",
    isFile: true,
    async done(stage) {
      assert.match(await tableOf(stage), /Нет чека/);
    },
  },
];
