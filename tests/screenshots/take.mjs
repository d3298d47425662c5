/**
 * Takes pictures of the pages for `cargo xtask screenshots`: node take.mjs <folder> [part of a name].
 *
 * The names say what is seen: <page>-<device>-<scheme>-<language>.png.
 */

import { join } from "node:path";
import { env, argv } from "node:process";

import { chromium } from "playwright-core";

const [folder, part = ""] = argv.slice(2);
const address = required("CABINET_URL");

const DEVICES = {
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 640 },
  desktop: { width: 1280, height: 900 },
  wide: { width: 2560, height: 1300 },
};

/** Who shows a section best: see tests/sample. @type {Record<string, [string, string]>} */
const CABINETS = {
  products: ["anna", "#products"],
  "products-states": ["boris", "#products"],
  "products-empty": ["new", "#products"],
  subscriptions: ["anna", "#subscriptions"],
  "subscriptions-states": ["boris", "#subscriptions"],
  payments: ["anna", "#payments"],
  "payments-many": ["gleb", "#payments"],
  "payments-empty": ["new", "#payments"],
  partners: ["vera", "#partners"],
  "partners-empty": ["new", "#partners"],
  payout: ["vera", "#partners/payout"],
  profile: ["anna", "#profile"],
};

const PAGES = {
  home: "/",
  "sign-in": "/login.html",
  register: "/login.html#register",
  forgot: "/forgot-password.html",
  help: "/help/",
  article: "/help/partners/",
  missing: "/404.html",
};

const browser = await chromium.launch({ executablePath: required("CABINET_BROWSER"), args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"] });
/** @type {Map<string, string>} */
const tokens = new Map();
let taken = 0;

for (const [device, viewport] of Object.entries(DEVICES)) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const language of ["ru", "en"]) {
      const suffix = `${device}-${colorScheme}-${language}.png`;
      const context = await browser.newContext({ baseURL: address, viewport, colorScheme, locale: language, timezoneId: "Europe/Moscow", reducedMotion: "reduce", serviceWorkers: "block" });
      const prefix = language === "ru" ? "" : `/${language}`;
      for (const [name, path] of Object.entries(PAGES)) await take(context, `${name}-${suffix}`, prefix + path);
      for (const [name, [client, section]] of Object.entries(CABINETS)) await take(context, `cabinet-${name}-${suffix}`, `${prefix}/cabinet.html${section}`, client);
      await context.close();
    }
  }
}
await browser.close();
console.log(`${taken} taken`);

/**
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} name
 * @param {string} path
 * @param {string} [client] who is signed in
 */
async function take(context, name, path, client) {
  if (!name.includes(part)) return;
  const page = await context.newPage();
  const token = client && (await tokenOf(client));
  if (token) await page.addInitScript((token) => localStorage.setItem("userToken", token), token);
  await page.goto(path, { waitUntil: "networkidle" });
  await page.waitForFunction(() => document.querySelectorAll("section:not([hidden]) [aria-busy=true]").length === 0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, name), fullPage: true });
  await page.close();
  taken += 1;
}

/**
 * A token of a sample client: each signs in once.
 *
 * @param {string} client
 * @returns {Promise<string>}
 */
async function tokenOf(client) {
  const known = tokens.get(client);
  if (known) return known;
  const answer = await fetch(`${address}/api/auth/login/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: `${client}@example.com`, password: required("SAMPLE_PASSWORD") }),
  });
  const { token, message } = /** @type {{ token?: string, message?: string }} */ (await answer.json());
  if (!token) throw new Error(`${client} cannot sign in: ${message}`);
  tokens.set(client, token);
  return token;
}

/** @param {string} name */
function required(name) {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: these pictures are taken by cargo xtask screenshots`);
  return value;
}
