/**
 * A real browser on the server that `cargo xtask test` has started, and people to drive it with.
 *
 * Every page that a test opens must be silent: a message on the console, an exception, a failed request to our own host or a
 * violation of the content security policy fails the test that caused it.
 */

import assert from "node:assert/strict";
import { after, before } from "node:test";

import { chromium } from "playwright-core";

export const address = required("CABINET_URL");
export const PASSWORD = "правильная лошадь";

const PHONE = { width: 375, height: 812 };

/** @type {import("playwright-core").Browser} */
let browser;

let networks = 0;

/** Whose requests these are: somebody else's every time, or the limits of one network would end the scenes. */
const fromNewNetwork = () => {
  networks += 1;
  const parts = [process.pid % 0x10000, networks].map((part) => part.toString(16));
  return { "cf-connecting-ip": `2001:db8:${parts.join(":")}:b::1` };
};

before(async () => {
  browser = await chromium.launch({
    executablePath: required("CABINET_BROWSER"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

after(() => browser?.close());

/**
 * Runs a scene in a browser profile of its own, on a phone unless told otherwise.
 *
 * @param {(page: import("playwright-core").Page) => Promise<void>} scene
 * @param {{ viewport?: { width: number, height: number }, expected?: RegExp[], context?: import("playwright-core").BrowserContextOptions }} [options]
 *   `expected`: what the console may say; `context`: what else the browser is told
 */
export async function inBrowser(scene, { viewport = PHONE, expected = [], context: settings = {} } = {}) {
  // A service worker would answer what a scene means to hold up.
  const context = await browser.newContext({ baseURL: address, extraHTTPHeaders: fromNewNetwork(), viewport, serviceWorkers: "block", locale: "ru-RU", timezoneId: "Asia/Tokyo", ...settings });
  context.setDefaultTimeout(20_000);
  /** @type {string[]} */
  const complaints = [];
  context.on("console", (message) => {
    const isOfDriver = /^Service Worker registration blocked by Playwright/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !isOfDriver) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) {
      complaints.push(`asked a stranger: ${request.url()}`);
    }
  });
  try {
    await scene(await context.newPage());
  } finally {
    await context.close();
  }
  const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
  assert.deepEqual(unexpected, []);
}

/** The browser notes every answer of 400 and above on the console, also when the page expects it. */
export const refused = (/** @type {number} */ status) => new RegExp(`the server responded with a status of ${status} `);

let people = 0;

/** An address that nobody has. */
export function newEmail() {
  people += 1;
  return `browser-${process.pid}-${Date.now()}-${people}@example.com`;
}

/**
 * Fills the registration form, and sends it.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ email: string, name?: string, phone?: string, password?: string, repeat?: string }} person
 */
export async function register(page, { email, name = "Анна Каренина", phone = "8 999 123-45-67", password = PASSWORD, repeat = password }) {
  await page.goto("/login.html#register");
  await page.fill("#register-name", name);
  await page.fill("#register-email", email);
  await page.fill("#register-phone", phone);
  await page.fill("#register-password", password);
  await page.fill("#register-password-repeat", repeat);
  await page.check("#register-terms");
  await page.click("#register-form button[type=submit]");
}

/**
 * @param {import("playwright-core").Page} page
 * @param {{ email: string, password?: string }} person
 */
export async function signIn(page, { email, password = PASSWORD }) {
  await page.fill("#sign-in-email", email);
  await page.fill("#sign-in-password", password);
  await page.click("#sign-in-form button[type=submit]");
}

/**
 * Registers somebody through the API, for the scenes that begin after it.
 *
 * @returns {Promise<{ email: string, token: string }>}
 */
export async function somebody() {
  const email = newEmail();
  const answer = await callApi("POST", "/api/auth/register/", { body: { email, phone: "+79991234567", password: PASSWORD } });
  return { email, token: answer.token };
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{ token?: string, body?: object, agent?: string }} [options]
 */
export async function callApi(method, path, options = {}) {
  const { status, answer } = await tryApi(method, path, options);
  assert.ok(status < 400, `${method} ${path}: ${status}`);
  return answer;
}

/**
 * The same for what may be refused.
 *
 * @param {string} method
 * @param {string} path
 * @param {{ token?: string, body?: object, agent?: string }} [options] `agent`: what the caller says it is
 * @returns {Promise<{ status: number, answer: any }>}
 */
export async function tryApi(method, path, { token, body, agent } = {}) {
  const response = await fetch(address + path, {
    method,
    headers: {
      ...fromNewNetwork(),
      ...(body && { "Content-Type": "application/json" }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(agent && { "User-Agent": agent }),
    },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

/**
 * Puts a token where the page keeps it, before any script of the page runs.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} token
 */
export async function carryToken(page, token) {
  // The lightest thing of this origin: no page, no script.
  await page.goto("/favicon.svg");
  await page.evaluate((token) => localStorage.setItem("userToken", token), token);
}

/**
 * A setting that the tests cannot do without.
 *
 * @param {string} name
 */
export function required(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: these tests are run by \`cargo xtask test\``);
  return value;
}
