/**
 * A question as it was typed becomes groups of terms, one for each word. Words that the index does not know are tried in the other keyboard layout,
 * then with a typing error mended; what was searched instead is told.
 */

import { inOtherLayout } from "./search-layout.js";
import { lookUp, mend } from "./search-lookup.js";
import { isStopWord } from "./search-stop-words.js";
import { wordsOf } from "./search-words.js";

/** @typedef {import("./search-index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search-lookup.js").Term} Term */

/**
 * @typedef {object} Asked one word of the question
 * @property {Term[]} terms
 * @property {boolean} isRequired whether a page should hold it
 *
 * @typedef {object} Question
 * @property {Asked[]} words
 * @property {string} instead what was searched instead of what was typed; empty if nothing was changed
 */

/**
 * @param {SearchIndex} index
 * @param {string} text
 * @returns {Promise<Question>}
 */
export async function understand(index, text) {
  const chunks = text.split(/\s+/).filter((chunk) => wordsOf(chunk).length > 0);
  const isUnfinished = !/\s$/.test(text);
  const understood = await Promise.all(
    chunks.map((chunk, position) => understandChunk(index, chunk, isUnfinished && position === chunks.length - 1)),
  );
  const words = understood.flatMap((chunk) => chunk.words);
  // A question of nothing but «как» and «что» is a question about these words.
  const isOnlyStopWords = !words.some((word) => word.isRequired);
  const isChanged = understood.some((chunk, position) => chunk.written !== chunks[position]);
  return {
    words: words.map((word) => ({ ...word, isRequired: word.isRequired || isOnlyStopWords })),
    instead: isChanged ? understood.map((chunk) => chunk.written).join(" ") : "",
  };
}

/**
 * @param {SearchIndex} index
 * @param {string} chunk what stood between two spaces
 * @param {boolean} isUnfinished
 * @returns {Promise<{ words: Asked[], written: string }>}
 */
async function understandChunk(index, chunk, isUnfinished) {
  const known = await askAll(index, chunk, isUnfinished);
  if (known.every(isKnown)) return { words: known, written: chunk };

  const swapped = inOtherLayout(chunk);
  if (swapped !== undefined) {
    const words = await askAll(index, swapped, isUnfinished);
    if (words.length > 0 && words.every(isKnown)) return { words, written: swapped };
  }

  let written = chunk;
  const words = [...known];
  // From the last to the first, so that places in the chunk stay true.
  for (const [position, word] of [...wordsOf(chunk).entries()].reverse()) {
    const asked = words[position];
    if (!asked || isKnown(asked)) continue;
    const mended = await mend(index, word);
    if (!mended) continue;
    words[position] = { ...asked, terms: [mended.term] };
    written = written.slice(0, word.start) + mended.written + written.slice(word.end);
  }
  return { words, written };
}

/**
 * @param {SearchIndex} index
 * @param {string} chunk
 * @param {boolean} isUnfinished
 * @returns {Promise<Asked[]>}
 */
async function askAll(index, chunk, isUnfinished) {
  const words = wordsOf(chunk);
  return Promise.all(
    words.map(async (word, position) => ({
      terms: await lookUp(index, word, isUnfinished && position === words.length - 1),
      isRequired: !isStopWord(word.folded),
    })),
  );
}

/** @param {Asked} word */
function isKnown(word) {
  return word.terms.length > 0 || !word.isRequired;
}
