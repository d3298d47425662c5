/** Payments in the cabinet: what was spent, the list as it is chosen, a payment on a page to print, and the table as a file. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { findNothing } from "../quality/axe.mjs";
import { inBrowser, refused, somebody } from "./browser.mjs";
import { DESKTOP, PHONE, open, painted, plain, tabTo, textOf } from "./cabinet.mjs";
import { addProduct, pay } from "./goods.mjs";

const ROWS = "#payment-rows tr";

/** The day so many days ago in Moscow, as inputs have it. @param {number} days */
const dayAgo = (days) => new Date(Date.now() - days * 86_400_000 + 3 * 3_600_000).toISOString().slice(0, 10);

/** Somebody with twelve payments, one a day; the newest is number 0. */
async function payer() {
  const person = await somebody();
  const product = addProduct();
  const ids = Array.from({ length: 12 }, (_, number) =>
    pay(person, product, {
      daysAgo: number + 1,
      amount: 100_000 + number * 100,
      status: number === 3 ? "failed" : number === 5 ? "refunded" : "success",
      refunded: number === 0 ? 50_000 : 0,
      receipt: number === 1,
      reason: number === 3 ? "Недостаточно средств" : null,
    }),
  );
  return { person, ids };
}

/** @param {import("playwright-core").Page} page */
const amounts = async (page) => (await page.locator("#payment-rows [data-slot=amount]").allTextContents()).map(plain);

for (const [prefix, count, spent, first] of /** @type {const} */ ([
  ["", "12 платежей", "9 558 ₽", "1 000,00"],
  ["/en", "12 payments", "9,558 ₽", "1,000.00"],
])) {
  test(`${prefix || "/ru"}: payments are counted, summed up and told by the month`, () =>
    inBrowser(async (page) => {
      const { person } = await payer();
      for (const viewport of [DESKTOP, PHONE, { width: 320, height: 640 }]) {
        await page.setViewportSize(viewport);
        await open(page, person, "#payments", prefix);
        assert.equal(await textOf(page, "#payments-count"), count);
        assert.equal(await textOf(page, "#payments-spent"), spent);
        assert.equal((await amounts(page))[0], first);
        assert.equal(await page.locator(ROWS).count(), 10);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
        const isCard = await page.locator(ROWS).first().evaluate((row) => getComputedStyle(row).display === "grid");
        assert.equal(isCard, viewport.width < 640);
      }
      const months = await page.locator("#payments-months tbody tr td").allTextContents();
      assert.equal(months.length, 12);
      const sum = months.map((month) => Number(plain(month).replaceAll(/[^\d]/g, ""))).reduce((sum, month) => sum + month);
      assert.equal(sum, 9_558);
      assert.equal(await page.locator("#payments-months rect").count(), 12);
      await findNothing(page, "payments");
    }));
}

test("pages follow each other with the keyboard alone", () =>
  inBrowser(
    async (page) => {
      const { person } = await payer();
      await open(page, person, "#payments");
      await tabTo(page, "#payments-next");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelectorAll("#payment-rows tr").length === 2);
      assert.equal(new URL(page.url()).hash, "#payments?page=2");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "payments-count");
      assert.equal(await textOf(page, "#payments-page"), "2 из 2");
      assert.equal(await page.isVisible("#payments-next"), false);
      await page.goBack();
      await page.waitForFunction(() => document.querySelectorAll("#payment-rows tr").length === 10);
      assert.equal(await textOf(page, "#payments-page"), "1 из 2");
    },
    { viewport: DESKTOP },
  ));

test("payments are chosen by status, days and order; the address keeps the choice", () =>
  inBrowser(async (page) => {
    const { person } = await payer();
    await open(page, person, "#payments");
    const show = async () => {
      const answered = page.waitForResponse((response) => response.url().includes("/api/client/payments/?"));
      await page.click("#payment-filters button[type=submit]");
      await answered;
      await painted(page);
    };
    await page.click("#payment-filters-fold summary");
    await page.selectOption("#payments-status", "failed");
    await show();
    assert.equal(await textOf(page, "#payments-count"), "1 платёж");
    assert.match(await textOf(page, ROWS), /Недостаточно средств/);

    await page.selectOption("#payments-status", "");
    await page.fill("#payments-from", dayAgo(5));
    await page.fill("#payments-to", dayAgo(3));
    await page.selectOption("#payments-sort", "largest");
    await show();
    assert.deepEqual(await amounts(page), ["1 004,00", "1 003,00", "1 002,00"]);
    assert.equal(await page.getAttribute("th.amount[data-sort]", "aria-sort"), "descending");

    await page.reload();
    await painted(page);
    assert.deepEqual(await amounts(page), ["1 004,00", "1 003,00", "1 002,00"]);
    assert.equal(await page.inputValue("#payments-from"), dayAgo(5));

    await page.click("a[data-language-switch]");
    await page.waitForURL("**/en/cabinet.html#payments?*");
    await painted(page);
    assert.equal(await textOf(page, "#payments-count"), "3 payments");

    await page.fill("#payments-from", "2001-01-01");
    await page.fill("#payments-to", "2001-01-02");
    await show();
    assert.match(await textOf(page, "#payments-count"), /no such payments/);
    assert.equal(await page.isVisible("#payments-csv"), false);
    await findNothing(page, "no payments found");
    await page.click("#payments-reset");
    await page.waitForFunction(() => document.querySelectorAll("#payment-rows tr").length === 10);
    assert.equal(new URL(page.url()).hash, "#payments");
    assert.equal(await page.inputValue("#payments-from"), "");
  }));

test("the filters stand open where there is room, and on a phone for those who ask or have chosen", () =>
  inBrowser(async (page) => {
    const { person } = await payer();
    await open(page, person, "#payments");
    const filters = page.locator("#payment-filters");
    assert.equal(await filters.isVisible(), false);
    await tabTo(page, "#payment-filters-fold summary");
    await page.keyboard.press("Enter");
    assert.equal(await filters.isVisible(), true);
    await page.keyboard.press("Enter");
    assert.equal(await filters.isVisible(), false);

    await page.setViewportSize(DESKTOP);
    await filters.waitFor();
    assert.equal(await page.isVisible("#payment-filters-fold summary"), false);
    await page.setViewportSize(PHONE);
    await filters.waitFor({ state: "hidden" });

    await page.goto("/cabinet.html#payments?status=failed");
    await painted(page);
    assert.equal(await filters.isVisible(), true);
  }));

test("what the address chooses in vain is left out, and an unknown status is told", () =>
  inBrowser(
    async (page) => {
      const { person } = await payer();
      for (const choice of ["user=7&status=", "from=06.03.2026", "to=2026-02-30", "from=x"]) {
        await open(page, person, `#payments?${choice}`);
        assert.equal(await textOf(page, "#payments-count"), "12 платежей", choice);
      }
      await open(page, person, "#payments?status=lost");
      await page.locator("#payment-list [data-failed]:visible").waitFor();
    },
    { expected: [refused(400)] },
  ));

test("the table comes as a file, chosen as on the screen", () =>
  inBrowser(
    async (page) => {
      const { person } = await payer();
      await open(page, person, "#payments?status=failed");
      const coming = page.waitForEvent("download");
      await page.click("#payments-csv");
      const file = await coming;
      assert.match(file.suggestedFilename(), /^платежи-\d\d\.\d\d\.\d{4}\.csv$/);
      const rows = readFileSync(await file.path(), "utf8").trimEnd().split("\r\n");
      assert.equal(rows.length, 2);
      assert.match(rows[1], /;1003,00;0,00;не прошёл;по счёту;/);
      await page.route("**/export.csv*", (route) => route.abort());
      await page.click("#payments-csv");
      await page.locator("#payments-csv-error", { hasText: "Нет связи" }).waitFor();
    },
    { expected: [/net::ERR_FAILED/] },
  ));

test("a payment has a page to print, with its receipt, also when it is an old one", () =>
  inBrowser(async (page) => {
    const { person, ids } = await payer();
    await page.addInitScript(() => (window.print = () => (document.title = "printed")));
    await open(page, person, "#payments");
    await page.click(`a[href='#payments/${ids[1]}/receipt']`);
    await page.waitForFunction(() => document.activeElement?.textContent === "Платёж");
    assert.equal(await textOf(page, ".sheet-amount"), "1 001 ₽ Оплачен");
    assert.equal(await page.getAttribute(".sheet [data-slot=receipt]", "href"), `https://receipts.example.com/${ids[1]}`);
    assert.match(await textOf(page, ".sheet [data-slot=payer]"), new RegExp(person.email));
    assert.match(await textOf(page, ".sheet [data-slot=order]"), /^ME-/);
    await findNothing(page, "a payment");
    await page.click(".sheet [data-slot=print]");
    assert.equal(await page.title(), "printed");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("nav:visible, button:visible, .view-back:visible, header.site-header:visible").count(), 0);
    await page.emulateMedia({ media: null });

    await open(page, person, `#payments/${ids[0]}/receipt`);
    assert.equal(await textOf(page, ".sheet [data-slot=returned]"), "500 ₽");
    assert.match(await textOf(page, ".sheet [data-slot=receipt_note]"), /чека пока нет/);
    await open(page, person, `#payments/${ids[11]}/receipt`);
    assert.match(await textOf(page, ".sheet-amount"), /^1 011 ₽/);
  }));

test("somebody else's payment is told like one that is not there", () =>
  inBrowser(
    async (page) => {
      const { ids } = await payer();
      await open(page, await somebody(), `#payments/${ids[0]}/receipt`);
      await page.locator("#payment [data-failed]:visible").waitFor();
      await findNothing(page, "no payment");
    },
    { expected: [refused(404)] },
  ));

test("a list that fails keeps the rest and can be asked for again", () =>
  inBrowser(
    async (page) => {
      const { person } = await payer();
      await page.route("**/api/client/payments/?*", (route) => route.abort());
      await open(page, person, "#payments?status=failed");
      await page.locator("#payment-list [data-failed]:visible").waitFor();
      assert.equal(await textOf(page, "#payments-spent"), "9 558 ₽");
      await findNothing(page, "a list that failed");
      await page.unroute("**/api/client/payments/?*");
      await page.click("#payment-list [data-retry]");
      await page.locator("#payments-count", { hasText: "1 платёж" }).waitFor();
    },
    { expected: [/net::ERR_FAILED/] },
  ));

test("who has paid nothing is told what will be here", () =>
  inBrowser(async (page) => {
    await open(page, await somebody(), "#payments");
    assert.equal(await page.isVisible("#payments-nothing"), true);
    assert.equal(await page.isVisible("#payment-filters"), false);
    await findNothing(page, "no payments");
  }));
