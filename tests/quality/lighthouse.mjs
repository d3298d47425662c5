/** Lighthouse on the running product, with the browser of the tests. */

import { createServer } from "node:net";

import lighthouse from "lighthouse";
import { chromium } from "playwright-core";

/** Whose reports these are. @typedef {"accessibility" | "best-practices" | "seo" | "performance"} Category */
/** What Lighthouse can be told. @typedef {import("lighthouse").Flags} Flags @typedef {import("lighthouse").Config} Config */

/** Nothing of these depends on time, so nothing is waited for after the page has loaded. */
const AT_ONCE = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0, disableFullPageScreenshot: true };

/** What is right or wrong of a page, fast machine or slow. @type {Category[]} */
export const TIMELESS = ["accessibility", "best-practices", "seo"];

/**
 * Starts a browser that Lighthouse can drive.
 *
 * @returns {Promise<{ look: (path: string, flags: Flags, config?: Config) => Promise<import("lighthouse").Result>, close: () => Promise<void> }>}
 */
export async function startLighthouse() {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: required("CABINET_BROWSER"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", `--remote-debugging-port=${port}`],
  });
  return {
    async look(path, flags, config) {
      const result = await lighthouse(required("CABINET_URL") + path, { port, output: "json", logLevel: "silent", ...flags }, config);
      if (!result) throw new Error(`Lighthouse has nothing to say of ${path}`);
      const { runtimeError } = result.lhr;
      if (runtimeError) throw new Error(`Lighthouse on ${path}: ${runtimeError.code} ${runtimeError.message}`);
      return result.lhr;
    },
    close: () => browser.close(),
  };
}

/**
 * What keeps a page from 100 in the categories that do not depend on time, also what counts for nothing there.
 *
 * @param {Awaited<ReturnType<typeof startLighthouse>>} engine
 * @param {string} path
 * @param {string[]} [without] audits that are not for this page
 * @returns {Promise<string[]>}
 */
export async function timelessFaults(engine, path, without = []) {
  const { categories, audits } = await engine.look(path, { ...AT_ONCE, onlyCategories: TIMELESS, skipAudits: without });
  return Object.values(categories).flatMap((category) => {
    const failed = category.auditRefs.map(({ id }) => audits[id]).filter(({ score }) => score !== null && score < 1);
    const faults = failed.map(({ id, title, details }) => `${category.id}, ${id}: ${title} ${JSON.stringify(details?.items ?? []).slice(0, 800)}`);
    // A score below 1 with no audit to blame: an audit that broke counts as well.
    return category.score === 1 || faults.length > 0 ? faults : [`${category.id}: ${category.score}`];
  });
}

/** @param {string} name */
function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: Lighthouse is run by cargo xtask test and cargo xtask lighthouse`);
  return value;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
