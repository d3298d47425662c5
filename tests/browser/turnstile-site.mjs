/**
 * The site with `turnstile = true`, built into a scratch folder and served by the host's own server, so that the headers are those
 * that visitors get; and Turnstile, which is the outside world, played by this file.
 *
 * The stand-in does what the documentation says and what a page can tell from outside: it is a script and a frame from
 * Cloudflare's host. Its test keys pass, fail or want a click:
 * https://developers.cloudflare.com/turnstile/troubleshooting/testing/
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { address } from "./browser.mjs";
import { ROOT, buildSite } from "./scratch-site.mjs";

export const TURNSTILE = "https://challenges.cloudflare.com";
export const TOKEN = "XXXX.DUMMY.TOKEN.XXXX";

/** Cloudflare's keys for tests. */
export const PASSES = "1x00000000000000000000AA";
export const BLOCKS = "2x00000000000000000000AB";
export const WANTS_A_CLICK = "3x00000000000000000000FF";

const SERVER = `name = "turnstile-site"
compatibility_date = "2026-10-01"
[assets]
directory = "dist"
html_handling = "none"
not_found_handling = "404-page"
`;

const SCRIPT = `
const widgets = new Map();
addEventListener("message", ({ origin, data }) => {
  if (origin !== "${TURNSTILE}") return;
  const { options } = widgets.get(data.widget) ?? {};
  options?.[data.event]?.(data.value);
});
window.turnstile = {
  render(place, options) {
    const widget = "w" + widgets.size;
    const frame = document.createElement("iframe");
    frame.title = "Turnstile";
    frame.setAttribute("sandbox", "allow-same-origin allow-scripts allow-popups");
    frame.setAttribute("allow", "cross-origin-isolated; fullscreen");
    frame.style.border = "none";
    frame.style.width = options.size === "compact" ? "150px" : "100%";
    frame.style.height = options.size === "compact" ? "140px" : "65px";
    frame.src = "${TURNSTILE}/frame?" + new URLSearchParams({ widget, sitekey: options.sitekey, action: options.action, language: options.language });
    const holder = document.createElement("div");
    holder.attachShadow({ mode: "closed" }).append(frame);
    place.append(holder);
    widgets.set(widget, { options, holder });
    return widget;
  },
  remove(widget) {
    widgets.get(widget).holder.remove();
    widgets.delete(widget);
  },
};
`;

const FRAME = `<!doctype html>
<title>Turnstile</title>
<button>Я человек</button>
<script>
  const asked = new URLSearchParams(location.search);
  const tell = (event, value) => parent.postMessage({ widget: asked.get("widget"), event, value }, "*");
  const key = asked.get("sitekey")[0];
  document.querySelector("button").onclick = () => tell("callback", "${TOKEN}");
  if (key === "1") tell("callback", "${TOKEN}");
  if (key === "2") tell("error-callback", "300030");
  if (key === "3") tell("before-interactive-callback");
</script>
`;

/** Builds the site and serves it until `end`. */
export async function serveSite() {
  const site = await buildSite((folder) => appendFile(join(folder, "content/site.toml"), "\nturnstile = true\n"));
  await writeFile(join(site.folder, "wrangler.toml"), SERVER);
  const options = ["dev", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0", "--show-interactive-dev-session=false"];
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const server = spawn(process.execPath, [wrangler, ...options], { cwd: site.folder, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const origin = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      const found = line.match(/Ready on (\S+)/);
      if (found) resolve(found[1]);
    });
    server.once("exit", () => reject(new Error("wrangler ended")));
  });
  return {
    origin,
    async end() {
      const exited = once(server, "exit");
      // With all that it started.
      process.kill(-Number(server.pid));
      await exited;
      await site.remove();
    },
  };
}

/**
 * Puts the site with Turnstile in front of the Worker, whose API answers as ever, and the stand-in in the place of Turnstile.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} origin of the site
 */
export async function openTurnstile(page, origin) {
  /** @type {string[]} */
  const asked = [];
  await page.route(`${address}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    if (pathname.startsWith("/api/")) return route.fallback();
    return route.fulfill({ response: await route.fetch({ url: origin + pathname + search }) });
  });
  await page.route(`${TURNSTILE}/**`, (route) => {
    asked.push(route.request().url().slice(TURNSTILE.length));
    return new URL(route.request().url()).pathname === "/frame"
      ? route.fulfill({ contentType: "text/html; charset=utf-8", body: FRAME })
      : route.fulfill({ contentType: "text/javascript", body: SCRIPT });
  });
  return asked;
}

/**
 * Lets the API ask for the check until a request has a token, as the Worker does that has keys.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} path
 * @param {{ key: string, action: string, refuses?: boolean }} answer `refuses`: whether the token is no good either
 */
export async function needCheck(page, path, { key, action, refuses = false }) {
  /** @type {any[]} */
  const bodies = [];
  await page.route(address + path, (route) => {
    const body = route.request().postDataJSON();
    bodies.push(body);
    if (body.turnstile_token && !refuses) return route.continue();
    const refusal = { code: "human_check_needed", message: "Подтвердите, что вы не робот.", request_id: "00000000-0000-0000-0000-000000000000", site_key: key, action };
    return route.fulfill({ status: 403, json: refusal });
  });
  return bodies;
}
