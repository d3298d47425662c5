/** The partner programme in the cabinet: the link, the figures, and a payout from the form to the history. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { callApi, carryToken, inBrowser, refused, somebody } from "./browser.mjs";
import { plain } from "./cabinet.mjs";
import { bring, earn, newPartner, seasoned } from "./partners.mjs";

/**
 * Opens the section as somebody.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ token: string }} person
 */
async function open(page, { token }, prefix = "") {
  await carryToken(page, token);
  await page.goto(`${prefix}/cabinet.html#partners`);
  await page.locator("#partner-payouts[aria-busy=false]").waitFor();
}

/** @param {import("playwright-core").Page} page @param {string} selector */
const textOf = async (page, selector) => plain(await page.textContent(selector));

test("a new partner has a link, its code, and is told what is missing", () =>
  inBrowser(async (page) => {
    const partner = await newPartner();
    await open(page, partner);
    assert.equal(await page.inputValue("#partner-address"), partner.link);
    assert.equal(await page.getAttribute("#partner-code svg", "role"), "img");
    for (const sum of ["available", "pending", "reserved", "paid"]) assert.equal(await textOf(page, `#balance-${sum}`), "0 ₽");
    assert.equal(await page.isVisible("#ask-for-payout"), false);
    assert.match(await textOf(page, "#payout-state"), /1 000 ₽/);
    assert.equal(await page.isVisible("#commissions-nothing"), true);
    assert.equal(await page.isVisible("#payouts-nothing"), true);
    assert.equal(await page.isVisible("#partner-months"), false);
  }));

test("the link is copied, and shared where the browser can", () =>
  inBrowser(
    async (page) => {
      await page.addInitScript(() => {
        navigator.canShare = () => true;
        navigator.share = async (offer) => void (document.title = `shared ${offer?.url}`);
      });
      const partner = await newPartner();
      await open(page, partner);
      await page.click("#copy-partner-link");
      await page.locator("#toast", { hasText: "Ссылка скопирована" }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), partner.link);
      await page.click("#share-partner-link");
      assert.equal(await page.title(), `shared ${partner.link}`);
    },
    { context: { permissions: ["clipboard-read", "clipboard-write"] } },
  ));

test("figures, months and lists say what the ledger says, in both languages", () =>
  inBrowser(async (page) => {
    const partner = await seasoned();
    for (const [prefix, share, taken, refusal] of [["", "50 % от зарегистрированных", "Возвращено клиенту", "Отклонена"], ["/en", "50% of those registered", "Returned to the client", "Refused"]]) {
      await open(page, partner, prefix);
      const sum = (/** @type {string} */ name) => textOf(page, `#balance-${name}`);
      assert.equal((await sum("available")).replaceAll(/\D/g, ""), "3000");
      assert.equal((await sum("pending")).replaceAll(/\D/g, ""), "600");
      assert.equal(await textOf(page, "#funnel-came"), "2");
      assert.equal(await textOf(page, "#funnel-paying-note"), share);
      const rows = await page.locator("#partner-months tbody tr").allTextContents();
      assert.equal(rows.some((row) => /3[\s,]?000/.test(plain(row))), true, rows.join());
      const commissions = await page.locator("#commissions-list li").allTextContents();
      assert.equal(commissions.length, 3);
      assert.equal(await page.locator(":is(#commissions-list, #payouts-list) .state svg").count(), 4);
      assert.ok(commissions.some((row) => plain(row).includes(taken)), commissions.join());
      assert.match(await textOf(page, "#payouts-list li"), new RegExp(`Нет чека.*${refusal}`));
    }
  }));

test("more commissions than the cabinet first shows are loaded on demand, each once", () =>
  inBrowser(async (page) => {
    const partner = await newPartner();
    const client = await bring(partner);
    earn(partner, client, Array.from({ length: 13 }, (_, at) => ({ amount: 1_000 * (at + 1), daysAgo: at + 1 })));
    await open(page, partner);
    assert.equal(await page.locator("#commissions-list li").count(), 10);
    await page.click("#commissions-more");
    await page.waitForFunction(() => document.querySelectorAll("#commissions-list li").length > 10);
    const rows = await page.locator("#commissions-list li strong").allTextContents();
    assert.equal(new Set(rows).size, 13);
    assert.equal(await page.isVisible("#commissions-more"), false);
    assert.equal(await page.evaluate(() => document.activeElement?.matches("#commissions-list li:nth-child(11)")), true);
  }));

test("both lists are taken along as tables", () =>
  inBrowser(async (page) => {
    const partner = await seasoned();
    await open(page, partner);
    for (const [list, word] of [["commissions", "Запись клиентов"], ["payouts", "Нет чека"]]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.click(`#${list}-csv`)]);
      assert.match(download.suggestedFilename(), /\.csv$/);
      assert.match(await readFile(await download.path(), "utf8"), new RegExp(word));
    }
  }));

test("a payout is asked for with the keyboard alone: form, check page, request, history", () =>
  inBrowser(async (page) => {
    const partner = await seasoned();
    await open(page, partner);
    await page.focus("#ask-for-payout");
    await page.keyboard.press("Enter");
    await page.locator("#payout-title").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "payout-title");
    assert.equal(await page.inputValue("#payout-amount"), "3000");
    assert.equal(await textOf(page, "#payout-amount-hint"), "От 1 000 ₽ до 3 000 ₽");
    assert.equal(plain(await page.inputValue("#payout-phone")), "+7 999 123-45-67");
    await page.focus("#payout-amount");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("1 500,50 ₽");
    await page.focus("#payout-recipient");
    await page.keyboard.type("Анна Каренина");
    await page.keyboard.press("Tab");
    await page.keyboard.type("5001 0073 2259");
    await page.keyboard.press("Enter");

    await page.locator("#payout-check:visible").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Проверьте запрос");
    const summary = await textOf(page, "#payout-check");
    for (const part of ["1 500,50 ₽", "Анна Каренина, самозанятый", "500100732259", "По номеру телефона через СБП: +7 999 123-45-67"]) {
      assert.ok(summary.includes(part), summary);
    }
    await page.click("#payout-change");
    assert.equal(await page.inputValue("#payout-recipient"), "Анна Каренина");
    await page.focus("#payout-inn");
    await page.keyboard.press("Enter");
    const send = page.locator("#payout-form button[type=submit]", { hasText: "Запросить 1" });
    await send.focus();
    await page.keyboard.press("Enter");

    await page.waitForURL("/cabinet.html#partners");
    await page.locator("#toast", { hasText: "Выплата запрошена" }).waitFor();
    await page.locator("#payouts-list", { hasText: "Запрошена" }).waitFor();
    assert.equal((await textOf(page, "#balance-reserved")).replaceAll(/[^\d,]/g, ""), "1500,50");
    assert.equal(await page.isVisible("#ask-for-payout"), false);
    assert.match(await textOf(page, "#payout-state"), /ждёт перевода/);
    const { payouts } = await callApi("GET", "/api/client/referrals/payouts/", { token: partner.token });
    assert.deepEqual([payouts[0].amount, payouts[0].payment_method], ["1500.50", "sbp"]);

    // There is one request at a time: its form says so by not being there, in the open cabinet and in one that is opened there.
    for (const from of ["/cabinet.html#partners", "/terms.html"]) {
      await page.goto(from);
      await page.goto("/cabinet.html#partners/payout");
      await page.waitForURL("/cabinet.html#partners");
      await page.locator("#payout-state:visible", { hasText: "ждёт перевода" }).waitFor();
    }
  }));

test("what is wrong with a request is told at its field, by the page and by the API, and nothing typed is lost", () =>
  inBrowser(
    async (page) => {
      const partner = await seasoned();
      await open(page, partner);
      await page.click("#ask-for-payout");
      const submit = () => page.click("#payout-form button[type=submit]");
      const mistakes = () => page.locator("#payout-form-errors a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      await page.fill("#payout-phone", "");
      for (const [amount, words] of [["много", /цифрами/], ["999,99", /Наименьшая выплата/], ["3 000,01", /не больше/]]) {
        await page.fill("#payout-amount", amount);
        await submit();
        await page.locator("#payout-form-errors").waitFor();
        assert.deepEqual(await mistakes(), ["#payout-amount", "#payout-recipient", "#payout-inn", "#payout-phone"]);
        assert.match(await textOf(page, "#payout-amount-error"), words);
      }
      await page.check("input[name=legal_form][value=company]");
      assert.equal(await page.isDisabled("input[name=payment_method][value=sbp]"), true);
      await page.fill("#payout-amount", "2000");
      await page.fill("#payout-recipient", "ООО «Ромашка»");
      await page.fill("#payout-inn", "7707083894");
      await page.fill("#payout-bik", "044525225");
      await page.fill("#payout-account", "40702810900000000001");
      await submit();
      await page.locator("#payout-check:visible").waitFor();
      await submit();
      await page.locator("#payout-form-errors a").first().waitFor();
      assert.equal(await page.isVisible("#payout-fields"), true);
      assert.equal((await mistakes()).includes("#payout-inn") || (await mistakes()).includes("#payout-account"), true);
      assert.equal(await page.inputValue("#payout-recipient"), "ООО «Ромашка»");
    },
    { expected: [refused(400)] },
  ));

test("a section that could not be loaded says so and can try again", () =>
  inBrowser(
    async (page) => {
      const { token } = await somebody();
      await carryToken(page, token);
      await page.route("**/api/**", (route) => route.abort());
      await page.goto("/cabinet.html#partners");
      const retry = page.locator("#partner-link button", { hasText: "Попробовать" });
      await retry.waitFor();
      await page.unroute("**/api/**");
      await retry.click();
      await page.locator("#partner-code svg").waitFor();
    },
    { expected: [/net::ERR_FAILED/] },
  ));
