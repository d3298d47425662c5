/** The browser's words and stems are those of the generator: both read the same lists. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { stemOf, wordsOf } from "../../site-gen/theme/js/search-words.js";

const vectors = new URL("../../site-gen/src/search/vectors/", import.meta.url);

test("words stem as the list says that the generator is held to", async () => {
  const lines = (await readFile(new URL("stems.txt", vectors), "utf8")).trim().split("\n");
  assert.ok(lines.length > 7000);
  for (const line of lines) {
    const [word = "", stem] = line.split(" ");
    assert.equal(stemOf(word), stem, word);
  }
});

test("texts are cut as the list says that the generator is held to", async () => {
  /** @type {[string, string[]][]} */
  const texts = JSON.parse(await readFile(new URL("texts.json", vectors), "utf8"));
  for (const [text, stems] of texts) {
    assert.deepEqual(wordsOf(text).map((word) => word.stem), stems, text);
  }
});

test("a word knows its place in the text, with its marks", () => {
  const text = "Смените па\u0301роль, ПАРОЛИ";
  const found = wordsOf(text).filter((word) => word.stem === "парол");
  assert.deepEqual(found.map((word) => text.slice(word.start, word.end)), ["па\u0301роль", "ПАРОЛИ"]);
});
