/** The states of pages that somebody gets to by doing something, each with the way there. */

import { PASSWORD, register, signIn, somebody } from "../browser/browser.mjs";
import { painted } from "../browser/cabinet.mjs";

/** @typedef {import("playwright-core").Page} Page */
/**
 * @typedef {object} State
 * @property {string} name
 * @property {string} address
 * @property {(page: Page) => Promise<unknown>} [reach] after the page was opened
 * @property {(page: Page) => Promise<unknown>} [before] the page is opened
 * @property {number} [refused] what the API answers
 */

const API = "**/api/**";
const SECTIONS = ["products", "subscriptions", "payments", "profile", "partners"];

const send = (/** @type {Page} */ page, /** @type {string} */ form) => page.click(`#${form} button[type=submit]`);
const see = (/** @type {Page} */ page, /** @type {string} */ selector) => page.locator(selector).first().waitFor();

const openAll = (/** @type {Page} */ page) => page.evaluate(() => document.querySelectorAll("main details").forEach((details) => details.setAttribute("open", "")));

/** A link of a mail was used: so it says. */
const spent = (/** @type {Page} */ page) => see(page, "[data-screen=spent]:not([hidden])");

/** For everybody. @type {State[]} */
export const OPEN_STATES = [
  {
    name: "a password that is wrong",
    address: "/login.html",
    async reach(page) {
      await signIn(page, { ...(await somebody()), password: "не тот пароль" });
      await see(page, ".error-summary:visible");
    },
    refused: 401,
  },
  {
    name: "a sign-in with nothing in it",
    address: "/login.html",
    async reach(page) {
      await send(page, "sign-in-form");
      await see(page, "#sign-in-form-errors:visible");
    },
  },
  {
    name: "an address that is taken",
    address: "/login.html",
    async reach(page) {
      await register(page, await somebody());
      await see(page, ".error-summary:visible");
    },
    refused: 400,
  },
  {
    name: "a sign-in that is on its way",
    address: "/login.html",
    async reach(page) {
      await page.route(API, () => undefined);
      await signIn(page, { email: "anna@example.com" });
      await see(page, "#sign-in-form [aria-busy=true]");
    },
  },
  {
    name: "a letter that was asked for",
    address: "/forgot-password.html",
    async reach(page) {
      await page.fill("#forgot-email", "anna@example.com");
      await send(page, "forgot-form");
      await see(page, "[data-screen=done]:not([hidden])");
    },
  },
  {
    name: "a request without an address",
    address: "/forgot-password.html",
    async reach(page) {
      await send(page, "forgot-form");
      await see(page, ".error-summary:visible");
    },
  },
  {
    name: "a link for a password that was used",
    address: "/reset-password.html#token=used",
    async reach(page) {
      await page.fill("#reset-password", PASSWORD);
      await send(page, "reset-form");
      await spent(page);
    },
    refused: 400,
  },
  ...["verify-email", "change-email"].map((name) => ({
    name: `a link of ${name} that was used`,
    address: `/${name}.html#token=used`,
    async reach(/** @type {Page} */ page) {
      await send(page, "confirm-form");
      await spent(page);
    },
    refused: 400,
  })),
  ...[["пароль", "results"], ["ыыыыыыыы", "nothing"]].map(([words, name]) => ({
    name: `a search with ${name}`,
    address: "/help/",
    async reach(/** @type {Page} */ page) {
      await page.locator("input[type=search]:visible").first().fill(words);
      await see(page, "[data-panel] :is([data-results] li, [data-empty]):visible");
    },
  })),
  {
    name: "everything that opens in an article",
    address: "/help/start/register.html",
    async reach(page) {
      await openAll(page);
    },
  },
];

/** Of a cabinet, whoever's it is. @type {State[]} */
export const CABINET_STATES = SECTIONS.flatMap((section) => [
  {
    name: `${section} on their way`,
    address: `/cabinet.html#${section}`,
    before: (page) => page.route(API, () => undefined),
    reach: (page) => see(page, `#section-${section} [aria-busy=true]`),
  },
  {
    name: `${section} that did not come`,
    address: `/cabinet.html#${section}`,
    before: (page) => page.route(API, (route) => route.fulfill({ status: 500, contentType: "application/json", body: "{}" })),
    reach: async (page) => {
      await see(page, `#section-${section} [data-retry]:visible`);
      await painted(page);
    },
    refused: 500,
  },
]);

/** Of somebody for whom every list has something, and who has money to be paid out. @type {State[]} */
export const CLIENT_STATES = [
  ...SECTIONS.map((section) => ({
    name: `${section} with everything in them, and all that opens open`,
    address: `/cabinet.html#${section}`,
    async reach(/** @type {Page} */ page) {
      await painted(page);
      await page.evaluate(() => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".editable-shown button")).forEach((change) => change.click()));
      await openAll(page);
    },
  })),
  {
    name: "a word of success",
    address: "/cabinet.html#partners",
    async reach(page) {
      await painted(page);
      await page.clock.install();
      await page.click("#copy-partner-link");
      await see(page, "#toast:not(:empty)");
    },
  },
  {
    name: "a payout with mistakes",
    address: "/cabinet.html#partners/payout",
    async reach(page) {
      await painted(page);
      await page.fill("#payout-amount", "ноль");
      await page.check("#payout-form input[value=bank_account]");
      await send(page, "payout-form");
      await see(page, "#payout-form-errors:visible");
    },
  },
  {
    name: "a payout to be checked",
    address: "/cabinet.html#partners/payout",
    async reach(page) {
      await painted(page);
      await page.fill("#payout-recipient", "Каренина Анна Аркадьевна");
      await page.fill("#payout-inn", "500100732259");
      await page.fill("#payout-phone", "8 999 123-45-67");
      await send(page, "payout-form");
      await see(page, "#payout-check:visible");
    },
  },
  {
    name: "a new password that is too short",
    address: "/cabinet.html#profile",
    async reach(page) {
      await painted(page);
      await page.click("#change-password > summary");
      await page.fill("#new-password", "123");
      await send(page, "password-form");
      await see(page, "#password-form-errors:visible");
    },
  },
  {
    name: "a deletion with a wrong password",
    address: "/delete-account.html",
    async reach(page) {
      await page.fill("#deletion-password", "не тот пароль");
      await send(page, "deletion-form");
      await see(page, ".error-summary:visible");
    },
    refused: 400,
  },
];
