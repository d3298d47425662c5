/**
 * What a flow is, and how it is gone through: with the keyboard alone, once while the API is slow, and once while everything goes
 * wrong that can. The flows themselves are declared in flows-*.mjs, each once.
 */

import assert from "node:assert/strict";

import { address, carryToken, inBrowser, refused, signIn } from "./browser.mjs";
import { painted, plain, tabTo } from "./cabinet.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @typedef {object} Scene what a flow begins with
 * @property {string} place the address without its language
 * @property {{ email: string, token: string }} [person] who is signed in
 * @property {string} [detail] what the flow needs to find its thing again
 *
 * @typedef {{ page: Page, scene: Scene, t: (russian: string, english: string) => string, file?: Promise<import("playwright-core").Download> }} Stage
 *
 * @typedef {object} Flow
 * @property {string} name
 * @property {() => Promise<Scene>} begin
 * @property {string} asks the method and the address of the API, with `*` for what differs
 * @property {(stage: Stage) => Promise<void>} act from the place, or from where it was left, to the key that asks
 * @property {string} [waits] what is busy until the answer comes, if not the button
 * @property {string} fails where it is told that the answer did not come
 * @property {(stage: Stage) => Promise<void>} [again] asks once more after that; otherwise the key that asks is pressed again
 * @property {string} button what asks
 * @property {(stage: Stage) => Promise<void>} done
 * @property {(scene: Scene) => Record<string, string>} [typed] what the fields hold, and go on holding when something goes wrong
 * @property {string[]} [secrets] the fields that are empty after signing in again
 * @property {boolean} [isReading] whether asking twice does no harm
 * @property {boolean} [isFile] whether a file comes of it
 */

/** Presses Enter on something. @param {Page} page @param {string} selector */
export async function press(page, selector) {
  await tabTo(page, selector);
  await page.keyboard.press("Enter");
}

/** The same where it may have been pressed before the session was over. @param {Page} page @param {string} selector */
export async function pressIfThere(page, selector) {
  if (await page.isVisible(selector)) await press(page, selector);
}

/** @param {Page} page @param {string} selector @param {string} text */
export async function type(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/**
 * What asks and what tells of a failure, where that is a form with a summary of its errors.
 *
 * @param {string} id
 */
export const ofForm = (id) => ({ button: `#${id} button[type=submit]`, fails: `#${id}-errors` });

/** Waits for the heading that takes the focus. @param {Page} page @param {string} text */
export const headed = (page, text) => page.waitForFunction((text) => document.activeElement?.textContent?.replace(/\s+/g, " ").trim() === text, text);

/**
 * @param {Flow} flow
 * @param {{ prefix: "" | "/en", viewport: { width: number, height: number } }} way
 */
export function goThroughSlowly(flow, way) {
  return play(flow, way, [], async (stage) => {
    const { page } = stage;
    const { release, calls } = await holdUp(page, flow.asks);
    const label = flow.isFile ? await page.innerHTML(flow.button) : "";
    await flow.act(stage);
    const busy = page.locator(`${flow.waits ?? flow.button}[aria-busy=true]`);
    await busy.waitFor();
    const words = await busy.getAttribute("data-waiting");
    if (words) assert.equal(plain(await busy.textContent()), words);
    if (!flow.isReading) {
      assert.equal(await busy.evaluate((button) => button === document.activeElement), true, "the focus stays");
      await page.keyboard.press("Enter");
    }
    release();
    await flow.done(stage);
    assert.equal(calls(), 1);
    if (flow.isFile) {
      await page.locator(`${flow.button}[aria-busy=false]`).waitFor();
      assert.equal(await page.innerHTML(flow.button), label, "the button is as it was");
    }
  });
}

/**
 * The server breaks, the connection is cut, the session is over; then it goes on where it was.
 *
 * @param {Flow} flow
 * @param {{ prefix: "" | "/en", viewport: { width: number, height: number } }} way
 */
export function goThroughTrouble(flow, way) {
  const expected = [refused(500), refused(401), /net::ERR_FAILED/];
  return play(flow, way, expected, async (stage) => {
    const { page, scene, t } = stage;
    const again = flow.again ?? (() => press(page, flow.button));
    const spoil = await spoilAnswers(page, flow.asks);

    spoil("broken");
    await flow.act(stage);
    await told(page, flow, t("Что-то сломалось на нашей стороне", "Something broke on our side"));
    assert.notEqual(await page.evaluate(() => document.activeElement?.localName), "body", "the focus is not lost");
    await findTyped(stage, flow);

    spoil("cut");
    await again(stage);
    await told(page, flow, t("Нет связи с сервером", "The server cannot be reached"));
    await findTyped(stage, flow);

    if (!scene.person) {
      spoil("nothing");
      await again(stage);
      await flow.done(stage);
      return;
    }
    const place = page.url();
    spoil("over");
    await again(stage);
    await page.waitForURL("**/login.html*");
    await page.locator("#session-ended:visible").waitFor();
    spoil("nothing");
    await signIn(page, scene.person);
    await page.waitForURL(place);
    await painted(page);
    await findTyped(stage, flow);
    for (const secret of flow.secrets ?? []) assert.equal(await page.inputValue(secret), "", secret);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0, "what was kept is gone after use");
    await flow.act(stage);
    await flow.done(stage);
  });
}

/**
 * @param {Flow} flow
 * @param {{ prefix: "" | "/en", viewport: { width: number, height: number } }} way
 * @param {RegExp[]} expected
 * @param {(stage: Stage) => Promise<void>} story
 */
function play(flow, { prefix, viewport }, expected, story) {
  return inBrowser(
    async (page) => {
      const scene = await flow.begin();
      if (scene.person) await carryToken(page, scene.person.token);
      await page.goto(prefix + scene.place);
      if (scene.person) await painted(page);
      const file = flow.isFile ? page.waitForEvent("download") : undefined;
      await story({ page, scene, t: (russian, english) => (prefix === "" ? russian : english), file });
    },
    { viewport, expected },
  );
}

/**
 * Lets the answers wait until they are released.
 *
 * @param {Page} page
 * @param {string} asks
 */
async function holdUp(page, asks) {
  let calls = 0;
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const released = new Promise((resolve) => (release = resolve));
  await onCall(page, asks, async (route) => {
    calls += 1;
    await released;
    await route.continue();
  });
  return { release, calls: () => calls };
}

/**
 * @param {Page} page
 * @param {string} asks
 * @returns {Promise<(way: "nothing" | "broken" | "cut" | "over") => void>}
 */
async function spoilAnswers(page, asks) {
  let way = "nothing";
  await onCall(page, asks, (route) => {
    if (way === "broken") return route.fulfill({ status: 500, contentType: "text/plain", body: "error code: 1101" });
    if (way === "cut") return route.abort();
    if (way === "over") return route.fulfill({ status: 401, json: { success: false, code: "unauthorized", message: "" } });
    return route.continue();
  });
  return (next) => {
    way = next;
  };
}

/**
 * @param {Page} page
 * @param {string} asks
 * @param {(route: import("playwright-core").Route) => Promise<void>} answer
 */
function onCall(page, asks, answer) {
  const [method, path] = asks.split(" ");
  return page.route(address + path, (route) => (route.request().method() === method ? answer(route) : route.fallback()));
}

/** @param {Page} page @param {Flow} flow @param {string} words */
const told = (page, flow, words) => page.locator(flow.fails).filter({ visible: true, hasText: words }).first().waitFor();

/**
 * Waits until what was typed is in its fields: after signing in again the script that puts it back comes with its section.
 *
 * @param {Stage} stage
 * @param {Flow} flow
 */
async function findTyped({ page, scene }, { typed }) {
  for (const [field, text] of Object.entries(typed?.(scene) ?? {})) {
    await page.waitForFunction(([field, text]) => document.querySelector(field)?.value.replace(/\s/g, " ") === text, [field, text]);
    assert.equal(await page.isVisible(field), true, field);
  }
}
