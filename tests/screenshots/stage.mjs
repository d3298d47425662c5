/** A browser on the server that `cargo xtask screenshots` has started, in which scenes are played until nothing moves any more. */

import { env } from "node:process";

import { chromium } from "playwright-core";

/** @import { Browser, BrowserContext, Page } from "playwright-core" */
/** @import { Scene } from "./scenes.mjs" */

/**
 * @typedef {object} Look
 * @property {{ width: number, height: number }} viewport
 * @property {"light" | "dark"} scheme
 * @property {string} language `ru` or `en`
 * @property {number} scale pixels of the picture to one of the page
 */

/**
 * @typedef {object} Shot
 * @property {string} file
 * @property {Look} look
 * @property {Scene} scene
 * @property {string} [frame] what of the page is seen: "" is what the screen shows; without it the whole page
 */

/** Where the sample clients sit, as the list of their sign-ins tells it. */
const AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Around a framed part, so that its edge and shadow are seen. */
const MARGIN = 16;

export class Stage {
  /** @type {Map<string, string>} */
  #tokens = new Map();
  #browser;

  /** @param {Browser} browser */
  constructor(browser) {
    this.#browser = browser;
  }

  static async set() {
    const args = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"];
    return new Stage(await chromium.launch({ executablePath: required("CABINET_BROWSER"), args }));
  }

  /**
   * Where scenes are played in one look.
   *
   * @param {Look} look
   */
  async room({ viewport, scheme, language, scale }) {
    const context = await this.#browser.newContext({
      baseURL: required("CABINET_URL"),
      viewport,
      deviceScaleFactor: scale,
      colorScheme: scheme,
      locale: language,
      timezoneId: "Europe/Moscow",
      reducedMotion: "reduce",
      serviceWorkers: "block",
    });
    // A busy machine takes its time.
    context.setDefaultTimeout(120_000);
    return new Room(context, language === "ru" ? "" : `/${language}`, (client) => this.#tokenOf(client));
  }

  strike() {
    return this.#browser.close();
  }

  /**
   * A token of a sample client: each signs in once.
   *
   * @param {string} client
   * @returns {Promise<string>}
   */
  async #tokenOf(client) {
    const known = this.#tokens.get(client);
    if (known) return known;
    const answer = await fetch(`${required("CABINET_URL")}/api/auth/login/`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": AGENT },
      body: JSON.stringify({ email: `${client}@example.com`, password: required("SAMPLE_PASSWORD") }),
    });
    const { token, message } = /** @type {{ token?: string, message?: string }} */ (await answer.json());
    if (!token) throw new Error(`${client} cannot sign in: ${message}`);
    this.#tokens.set(client, token);
    return token;
  }
}

class Room {
  #context;
  #prefix;
  #tokenOf;

  /**
   * @param {BrowserContext} context
   * @param {string} prefix of the addresses in this language
   * @param {(client: string) => Promise<string>} tokenOf
   */
  constructor(context, prefix, tokenOf) {
    this.#context = context;
    this.#prefix = prefix;
    this.#tokenOf = tokenOf;
  }

  /**
   * @param {Scene} scene
   * @returns {Promise<Page>} the page when nothing on it moves any more
   */
  async #play({ path, client, before, act, waiting = false }) {
    const page = await this.#context.newPage();
    const token = client ? await this.#tokenOf(client) : "";
    await page.addInitScript((token) => (token ? localStorage.setItem("userToken", token) : localStorage.removeItem("userToken")), token);
    await before?.(page);
    await page.goto(this.#prefix + path, { waitUntil: waiting ? "load" : "networkidle" });
    await settled(page, waiting);
    if (act) {
      await act(page);
      await page.waitForLoadState("networkidle");
      await settled(page, waiting);
    }
    return page;
  }

  /**
   * @param {Shot} shot
   * @returns {Promise<Buffer>} a PNG
   */
  async take({ scene, frame }) {
    const page = await this.#play(scene);
    await spread(page, frame);
    const picture = await page.screenshot(frame ? { fullPage: true, clip: await around(page, frame) } : { fullPage: frame === undefined });
    await page.close();
    return picture;
  }

  leave() {
    return this.#context.close();
  }
}

/**
 * Prepares the page for a picture from its beginning. In one of more than a screen what lies at the edge of the screen would
 * cover the middle, so it goes to the end.
 *
 * @param {Page} page
 * @param {string | undefined} frame
 */
function spread(page, frame) {
  return page.evaluate((isLong) => {
    scrollTo({ top: 0, behavior: "instant" });
    if (!isLong) return;
    document.body.style.position = "relative";
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("nav, .toast"))) {
      if (getComputedStyle(each).position === "fixed") each.style.position = "absolute";
    }
  }, frame !== "");
}

/**
 * The smallest rectangle of the page around everything visible that a selector finds.
 *
 * @param {Page} page
 * @param {string} selector
 */
async function around(page, selector) {
  const found = await page.locator(selector).locator("visible=true").all();
  const boxes = (await Promise.all(found.map((each) => each.boundingBox()))).filter((box) => box !== null);
  if (boxes.length === 0) throw new Error(`nothing visible is ${selector} on ${page.url()}`);
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN + (await page.evaluate(() => scrollY));
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN + (await page.evaluate(() => scrollY));
  return { x: Math.max(0, left), y: Math.max(0, top), width: right - Math.max(0, left), height: bottom - Math.max(0, top) };
}

/**
 * @param {Page} page
 * @param {boolean} waiting
 */
async function settled(page, waiting) {
  await page.mouse.move(0, 0);
  if (!waiting) await page.waitForFunction(() => document.querySelector("main [aria-busy=true]:not([hidden] *)") === null);
  await page.evaluate(() => document.fonts.ready);
}

/** @param {string} name */
function required(name) {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: these pictures are taken by cargo xtask screenshots`);
  return value;
}
