/** The site with other settings or other content, built into a scratch folder. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { address, required } from "./browser.mjs";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const PICTURES = "target/site-pictures";

/**
 * @param {(folder: string) => Promise<void>} change what is other than in the site that visitors get
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function buildSite(change) {
  const folder = await mkdtemp(join(tmpdir(), "scratch-site-"));
  for (const part of ["content", "site-gen/theme"]) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  // Pictures that were made before need not be made again.
  await cp(join(ROOT, PICTURES), join(folder, PICTURES), { recursive: true });
  await change(folder);
  const [code] = await once(spawn(required("SITE_BINARY"), ["build", "--root", folder], { stdio: ["ignore", "ignore", "inherit"] }), "exit");
  assert.equal(code, 0, "the site is not built");
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Puts the files of a built site in front of the server's own; the API answers as ever.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} folder
 */
export function openSite(page, folder) {
  return page.route(`${address}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith("/api/")) return route.fallback();
    return route.fulfill({ path: join(folder, "dist", pathname.endsWith("/") ? `${pathname}index.html` : pathname) });
  });
}
