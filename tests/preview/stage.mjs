/**
 * A small site in a scratch folder, the generator that shows it, and a browser that looks at it.
 *
 * `SITE_BINARY` is the generator, `CABINET_BROWSER` the browser. The preview's own scripts are those of the theme.
 */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const THEME = fileURLToPath(new URL("../../site-gen/theme/js/", import.meta.url));
const FRONT_MATTER = '+++\ntitle = "Заголовок"\ndescription = "Описание"\n+++\n';

export const TEMPLATE = `<!doctype html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<title>{{ page.title }}</title>
<meta name="description" content="{{ page.description }}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{ asset("css/site.css") }}" integrity="{{ asset_integrity("css/site.css") }}">
{% if live_reload %}
<script type="module" src="{{ asset("js/live-reload.js") }}"></script>
{% endif %}
<script type="module" src="{{ asset("js/page.js") }}"></script>
</head>
<body>
<script type="application/json" id="messages">{{ messages_json }}</script>
<main>{{ page.content }}</main>
<form><input id="field"><button id="send" disabled>Отправить</button></form>
<details><summary>Подробнее</summary>Текст</details>
<div class="tall"></div>
</body>
</html>
`;

/** What a page's own script does: it enables what waits for it, and adds what only works with it. */
export const SCRIPT = `document.getElementById("send").disabled = false;
for (const block of document.querySelectorAll("pre")) {
  const button = document.createElement("button");
  button.textContent = "Скопировать";
  block.append(button);
}
`;

const FILES = {
  "content/site.toml": '[site]\nbase_url = "https://a.example"\n',
  "content/ru/messages.toml": '[script]\nhello = "Привет"\n',
  "content/ru/index.md": `${FRONT_MATTER}Первый абзац.\n\nВторой абзац.\n\n\`\`\`\nкод\n\`\`\`\n`,
  "content/ru/404.md": `${FRONT_MATTER}Ничего нет.\n`,
  "site-gen/theme/templates/page.html": TEMPLATE,
  "site-gen/theme/css/site.css": "main { color: rgb(1, 2, 3); } .tall { block-size: 300vh; }\n",
  "site-gen/theme/js/page.js": SCRIPT,
};

/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: required("CABINET_BROWSER"), args: ["--no-sandbox", "--disable-gpu"] });
});

after(() => browser?.close());

/** A site on the disk, as an editor changes it. */
class Site {
  /** @param {string} root */
  constructor(root) {
    this.root = root;
  }

  /**
   * @param {string} path
   * @param {string} text
   */
  async write(path, text) {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text);
  }

  /**
   * Writes a page of the site.
   *
   * @param {string} path below `content/ru/`
   * @param {string} text
   */
  page(path, text) {
    return this.write(`content/ru/${path}`, `${FRONT_MATTER}${text}\n`);
  }

  /** @param {string} path */
  remove(path) {
    return rm(join(this.root, path));
  }
}

/**
 * Makes a site, shows it by `cargo site serve`, and opens its home page. A word on the console fails the scene.
 *
 * @param {(page: import("playwright-core").Page, site: Site) => Promise<void>} scene
 * @param {{ files?: Record<string, string>, expected?: RegExp[], start?: (site: Site) => Promise<Shown> }} [options]
 * `files` replace those of the site before it is built, `expected` is what the console may say, `start` shows the site
 */
export async function inPreview(scene, { files = {}, expected = [], start = serve } = {}) {
  const site = new Site(await mkdtemp(join(tmpdir(), "preview-")));
  const shown = await prepare(site, files).then(() => start(site));
  const context = await browser.newContext({ baseURL: shown.address, viewport: { width: 800, height: 600 } });
  context.setDefaultTimeout(20_000);
  /** @type {string[]} */
  const complaints = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  try {
    const page = await context.newPage();
    await page.goto("/");
    await scene(page, site);
  } finally {
    await context.close();
    await shown.end();
    await rm(site.root, { recursive: true, force: true });
  }
  assert.deepEqual(
    complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint))),
    [],
  );
}

/**
 * @param {Site} site
 * @param {Record<string, string>} files
 */
async function prepare(site, files) {
  for (const name of await readdir(THEME)) {
    if (!/^(live-reload|preview-.*)\.js$/.test(name)) continue;
    const target = join(site.root, "site-gen/theme/js", name);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(THEME, name), target);
  }
  for (const [path, text] of Object.entries({ ...FILES, ...files })) await site.write(path, text);
}

/**
 * @typedef {object} Shown
 * @property {string} address
 * @property {() => Promise<void>} end
 */

/**
 * @param {Site} site
 * @returns {Promise<Shown>}
 */
async function serve(site) {
  const program = run(["serve", "--port", "0", "--root", site.root]);
  const line = await program.line(/^the site is on (\S+)$/);
  return { address: /** @type {string} */ (line[1]), end: program.end };
}

/**
 * Starts the generator.
 *
 * @param {string[]} options
 */
export function run(options) {
  const child = spawn(required("SITE_BINARY"), options, { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  let complaints = "";
  child.stderr.on("data", (text) => (complaints += text));
  return {
    /** @param {RegExp} pattern */
    line: (pattern) =>
      new Promise((/** @type {(found: RegExpMatchArray) => void} */ resolve, reject) => {
        lines.on("line", (line) => {
          const found = line.match(pattern);
          if (found) resolve(found);
        });
        exited.then(() => reject(new Error(`the generator ended: ${complaints}`)), reject);
      }),
    async end() {
      child.kill();
      await exited;
    },
  };
}

/** @param {string} name */
function required(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: these tests are run by \`cargo xtask test\``);
  return value;
}
