/**
 * A question as it was typed becomes groups of terms, one for each word. Words that the index does not know are tried
 * in the other keyboard layout, then with a typing error mended; what was searched instead is told.
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
 * @typedef {object} Piece of a question as it should have been typed
 * @property {string} text
 * @property {string} stem of a word that was mended: which of its forms was meant only a page can tell; otherwise
 * empty
 *
 * @typedef {object} Question
 * @property {Asked[]} words
 * @property {Piece[]} instead what was searched instead of what was typed; empty if nothing was changed
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
  return {
    words: words.map((word) => ({ ...word, isRequired: word.isRequired || isOnlyStopWords })),
    instead: understood.some((chunk) => chunk.isChanged) ? joined(understood.map((chunk) => chunk.written)) : [],
  };
}

/**
 * @param {SearchIndex} index
 * @param {string} chunk what stood between two spaces
 * @param {boolean} isUnfinished
 * @returns {Promise<{ words: Asked[], written: Piece[], isChanged: boolean }>}
 */
async function understandChunk(index, chunk, isUnfinished) {
  const known = await askAll(index, chunk, isUnfinished);
  if (known.every(isKnown)) return { words: known, written: [literal(chunk)], isChanged: false };

  const swapped = inOtherLayout(chunk);
  if (swapped !== undefined) {
    const words = await askAll(index, swapped, isUnfinished);
    if (words.length > 0 && words.every(isKnown)) return { words, written: [literal(swapped)], isChanged: true };
  }
  return mendAll(index, chunk, known);
}

/**
 * @param {SearchIndex} index
 * @param {string} chunk
 * @param {Asked[]} known the words of the chunk, some of them unknown
 */
async function mendAll(index, chunk, known) {
  const words = [];
  const written = [];
  let position = 0;
  let isChanged = false;
  for (const [number, word] of wordsOf(chunk).entries()) {
    const asked = known[number] ?? { terms: [], isRequired: true };
    const mended = isKnown(asked) ? undefined : await mend(index, word);
    words.push(mended ? { ...asked, terms: [mended] } : asked);
    if (!mended) continue;
    isChanged = true;
    written.push(literal(chunk.slice(position, word.start)), { text: word.folded, stem: mended.stem });
    position = word.end;
  }
  written.push(literal(chunk.slice(position)));
  return { words, written, isChanged };
}

/** @param {Piece[][]} chunks */
function joined(chunks) {
  return chunks.flatMap((chunk, position) => (position === 0 ? chunk : [literal(" "), ...chunk]));
}

/**
 * @param {string} text
 * @returns {Piece}
 */
function literal(text) {
  return { text, stem: "" };
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
