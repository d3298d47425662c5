/**
 * What is looked at: every page and what a page can come to. Each scene is an address, who is signed in, what was done to the
 * network before, and what was done on the page.
 */

/** @import { Page } from "playwright-core" */

/**
 * @typedef {object} Scene
 * @property {string} path without the language
 * @property {string} [client] who is signed in, see tests/sample
 * @property {(page: Page) => Promise<unknown>} [before] done before the page opens
 * @property {(page: Page) => Promise<unknown>} [act] done on the page
 * @property {boolean} [waiting] the page is seen while it waits for the API
 */

/** @param {string} selector @returns {(page: Page) => Promise<void>} */
const press = (selector) => (page) => page.locator(selector).locator("visible=true").first().click();

/** The API answers never, so that the page is seen while it waits. @param {Page} page */
const silent = (page) => page.route("**/api/**", () => new Promise(() => {}));

/** @param {Page} page */
const failing = (page) => page.route("**/api/**", (route) => route.abort());

/** @param {Page} page */
async function unfoldAll(page) {
  for (const fold of await page.locator("details:visible > summary").all()) await fold.click();
}

/** @param {Page} page */
async function registerBadly(page) {
  await page.fill("#register-name", "Анна Смирнова");
  await page.fill("#register-password", "123");
  await page.click("#register-form button[type=submit]");
}

/** @param {Page} page */
async function signInBadly(page) {
  const code = JSON.stringify({ success: false, code: "invalid_credentials", message: "" });
  await page.route("**/api/auth/login/", (route) => route.fulfill({ status: 401, contentType: "application/json", body: code }));
  await page.fill("#sign-in-email", "anna@example.com");
  await page.fill("#sign-in-password", "wrong");
  await page.click("#sign-in-form button[type=submit]");
}

/** @param {Page} page */
async function fillPayout(page) {
  await page.fill("#payout-amount", "1100");
  await page.fill("#payout-recipient", "Анна Смирнова");
  await page.fill("#payout-inn", "500100732259");
  await page.fill("#payout-phone", "+7 999 123-45-67");
  await page.click("#payout-form button[type=submit]");
}

/** @param {Page} page */
async function search(page) {
  const russian = new URL(page.url()).pathname.startsWith("/help/");
  await page.fill("input[type=search]", russian ? "забыл пароль" : "forgotten password");
  await page.locator("[data-results] a").first().waitFor();
}

/** @type {Record<string, Scene>} */
export const SCENES = {
  home: { path: "/" },
  "sign-in": { path: "/login.html" },
  "sign-in-refused": { path: "/login.html", act: signInBadly },
  "sign-in-ended": { path: "/login.html?ended=1" },
  register: { path: "/login.html#register" },
  "register-mistakes": { path: "/login.html#register", act: registerBadly },
  forgot: { path: "/forgot-password.html" },
  "reset-password": { path: "/reset-password.html#token=x" },
  "reset-missing": { path: "/reset-password.html" },
  "verify-email": { path: "/verify-email.html#token=x" },
  "change-email": { path: "/change-email.html#token=x" },
  "delete-account": { path: "/delete-account.html", client: "anna" },
  terms: { path: "/terms.html" },
  missing: { path: "/404.html" },
  offline: { path: "/offline.html" },
  help: { path: "/help/" },
  "help-search": { path: "/help/", act: search },
  "help-section": { path: "/help/cabinet/" },
  "help-article": { path: "/help/start/register.html" },
  "help-print": { path: "/help/cabinet/print.html" },
  "cabinet-products": { path: "/cabinet.html#products", client: "anna" },
  "cabinet-products-states": { path: "/cabinet.html#products", client: "boris" },
  "cabinet-products-empty": { path: "/cabinet.html#products", client: "new" },
  "cabinet-products-waiting": { path: "/cabinet.html#products", client: "anna", before: silent, waiting: true },
  "cabinet-products-failing": { path: "/cabinet.html#products", client: "anna", before: failing },
  "cabinet-renewal": { path: "/cabinet.html#products", client: "boris", act: press("[data-slot=renew]") },
  "cabinet-subscriptions": { path: "/cabinet.html#subscriptions", client: "anna" },
  "cabinet-subscriptions-states": { path: "/cabinet.html#subscriptions", client: "boris" },
  "cabinet-subscriptions-empty": { path: "/cabinet.html#subscriptions", client: "new" },
  "cabinet-cancellation": { path: "/cabinet.html#subscriptions", client: "anna", act: press("[data-slot=cancel]") },
  "cabinet-payments": { path: "/cabinet.html#payments", client: "anna" },
  "cabinet-payments-many": { path: "/cabinet.html#payments?page=3", client: "gleb" },
  "cabinet-payments-none-found": { path: "/cabinet.html#payments?status=refunded&to=2020-01-01", client: "anna" },
  "cabinet-payments-empty": { path: "/cabinet.html#payments", client: "new" },
  "cabinet-payments-waiting": { path: "/cabinet.html#payments", client: "anna", before: silent, waiting: true },
  "cabinet-payment": { path: "/cabinet.html#payments?status=success", client: "anna", act: press("#payment-rows a") },
  "cabinet-profile": { path: "/cabinet.html#profile", client: "anna" },
  "cabinet-profile-unfolded": { path: "/cabinet.html#profile", client: "boris", act: unfoldAll },
  "cabinet-profile-waiting": { path: "/cabinet.html#profile", client: "anna", before: silent, waiting: true },
  "cabinet-profile-failing": { path: "/cabinet.html#profile", client: "anna", before: failing },
  "cabinet-partners": { path: "/cabinet.html#partners", client: "vera" },
  "cabinet-partners-empty": { path: "/cabinet.html#partners", client: "new" },
  "cabinet-payout": { path: "/cabinet.html#partners/payout", client: "anna" },
  "cabinet-payout-mistakes": { path: "/cabinet.html#partners/payout", client: "anna", act: press("#payout-form button[type=submit]") },
  "cabinet-payout-check": { path: "/cabinet.html#partners/payout", client: "anna", act: fillPayout },
};
