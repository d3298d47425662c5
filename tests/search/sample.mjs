/**
 * The sample site of the search: the index as the generator makes it (its own tests compare it byte by byte) and the
 * `.md` copies of the pages, served without a network.
 */

import { readFileSync } from "node:fs";

import { SearchEngine } from "../../site-gen/theme/js/search-engine.js";

export const MANIFEST = "/search/ru.json";

const vectors = new URL("../../site-gen/src/search/vectors/", import.meta.url);

/** @type {Record<string, string>} */
const index = JSON.parse(readFileSync(new URL("index.json", vectors), "utf8"));

/** @type {{ address: string, title: string, description: string, sections: [string, string, string][] }[]} */
const pages = JSON.parse(readFileSync(new URL("pages.json", vectors), "utf8"));

/** The files of the sample site by address. */
export function sampleFiles() {
  /** @type {Map<string, Uint8Array<ArrayBuffer> | string>} */
  const files = new Map();
  for (const [path, content] of Object.entries(index)) {
    files.set(`/${path}`, Uint8Array.from(Buffer.from(content, "base64")));
  }
  for (const { address, title, description, sections } of pages) {
    const text = sections.map(([id, heading, text]) => (heading === "" ? text : `## ${heading} {#${id}}\n\n${text}`));
    const copy = address.replace(/\/$/, "/index.html").replace(".html", ".md");
    files.set(copy, [`# ${title}`, description, ...text].join("\n\n"));
  }
  const words = readFileSync(new URL("stems.txt", vectors), "utf8").split("\n");
  files.set("/help/words.md", `# Слова\n\n${words.filter((_, position) => position % 4 === 0).join("\n")}\n`);
  return files;
}

/**
 * An engine on files, and the addresses that it has asked for.
 *
 * @param {ReturnType<typeof sampleFiles>} files
 */
export function engineOn(files) {
  /** @type {string[]} */
  const asked = [];
  const engine = new SearchEngine(MANIFEST, async (address) => {
    asked.push(String(address));
    const content = files.get(decodeURI(String(address)));
    return content === undefined ? new Response("", { status: 404 }) : new Response(content);
  });
  return { engine, asked };
}

/**
 * The addresses that a question finds, and what was searched instead.
 *
 * @param {string} question
 */
export async function search(question) {
  const { engine } = engineOn(sampleFiles());
  const answer = await engine.ask(question);
  const results = await Promise.all(answer.pages.map((page) => engine.describe(page, answer)));
  return { ...answer, results, addresses: results.map((result) => result.address.replace(/#.*/, "")) };
}
