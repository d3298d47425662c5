/**
 * The pages to look at closely, found in the published folder, so that a new kind of page is looked at without anybody
 * remembering it: every page outside the help, and in each folder of the help its index, its print page and its longest article.
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dist = new URL("../../dist/", import.meta.url);

/** Shown to those who are signed in only; these are looked at with somebody signed in. */
export const FOR_THE_SIGNED_IN = ["cabinet.html", "delete-account.html"];

/**
 * The addresses of one language's pages.
 *
 * @param {"" | "/en"} prefix
 * @returns {string[]}
 */
export function pagesOfEachKind(prefix) {
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html")).sort();
  const own = files.filter((file) => file.startsWith("en/") === (prefix === "/en"));
  const names = own.map((file) => file.slice(prefix === "" ? 0 : prefix.length));
  /** @type {Map<string, string>} */
  const longest = new Map();
  const chosen = names.filter((name) => {
    if (!name.startsWith("help/") || /(^|\/)(index|print)\.html$/.test(name)) return !FOR_THE_SIGNED_IN.includes(name);
    const folder = name.slice(0, name.lastIndexOf("/"));
    const other = longest.get(folder);
    if (other === undefined || size(prefix, name) > size(prefix, other)) longest.set(folder, name);
    return false;
  });
  return [...chosen, ...longest.values()].map((name) => `${prefix}/${name.replace(/(^|\/)index\.html$/, "$1")}`);
}

/**
 * One page of each template and every page outside the help, for what takes long on each.
 *
 * @param {"" | "/en"} prefix
 * @returns {string[]}
 */
export function onePageOfEachKind(prefix) {
  const pages = pagesOfEachKind(prefix);
  const first = (/** @type {RegExp} */ kind) => pages.filter((path) => kind.test(path)).slice(0, 1);
  const inFolders = [/\/help\/[^/]+\/$/, /\/help\/[^/]+\/print\.html$/, /\/help\/[^/]+\/(?!print\.html)[^/]+\.html$/];
  return [...pages.filter((path) => !/\/help\/[^/]+\//.test(path)), ...inFolders.flatMap(first)];
}

/**
 * The addresses of the pages that search engines are told of, in all languages.
 *
 * @returns {string[]}
 */
export function pagesOfSitemap() {
  const sitemap = readFileSync(new URL("sitemap.xml", dist), "utf8");
  return [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location]) => new URL(location).pathname);
}

/**
 * @param {string} prefix
 * @param {string} name
 */
function size(prefix, name) {
  return statSync(fileURLToPath(new URL(`.${prefix}/${name}`, dist))).size;
}
