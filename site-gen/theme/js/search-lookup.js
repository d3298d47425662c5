/**
 * From a word of a question to the terms of the index: as it is, as the beginning of a term, or with a typing error
 * mended.
 */

import { readCount } from "./search-codec.js";
import { distance, toleranceOf } from "./search-distance.js";
import { stemOf } from "./search-words.js";

/** @typedef {import("./search-codec.js").Entry} Entry */
/** @typedef {import("./search-index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search-words.js").Word} Word */

/** A beginning may go on over many shards; what it means is usually in the first. */
const SHARDS_OF_BEGINNING = 2;
const SHORTEST_BEGINNING = 2;
const MOST_ENDINGS = 30;
/** What a word is worth whose stem is only nearly that of the question. */
const NEXT_OF_KIN = 0.9;

/** How many shards on each side of a word are looked through for a mended one. */
const NEIGHBOURS = 1;
/** How many that share only the ending are looked up; each may cost a file. */
const MOST_GUESSES = 3;

/**
 * @typedef {object} Term
 * @property {string} stem
 * @property {Uint8Array} postings
 * @property {number} count how many pages hold it
 * @property {number} closeness 1 for the word itself, less for one that only begins so
 */

/**
 * The terms that a word stands for.
 *
 * @param {SearchIndex} index
 * @param {Word} word
 * @param {boolean} isUnfinished whether more letters may follow
 * @returns {Promise<Term[]>}
 */
export async function lookUp(index, word, isUnfinished) {
  // The algorithm gives «токен» the stem «ток» and «токенов» the stem «токен»: whoever asks for one means both.
  const forms = [...new Set([word.stem, word.folded, stemOf(word.stem)])];
  const entries = await Promise.all(forms.map((form) => index.entry("terms", form)));
  const terms = entries.flatMap((entry) => (entry ? [termOf(entry, entry.text === word.stem ? 1 : NEXT_OF_KIN)] : []));
  // A finished word that is unknown may still be a word cut short: «регистр».
  if (!isUnfinished && (terms.length > 0 || word.folded.length <= SHORTEST_BEGINNING)) return terms;
  if (word.folded.length < SHORTEST_BEGINNING) return terms;
  const longer = await beginningWith(index, word.folded);
  return [...terms, ...longer.filter((term) => !forms.includes(term.stem))];
}

/**
 * @param {SearchIndex} index
 * @param {string} beginning
 */
async function beginningWith(index, beginning) {
  const first = index.shardOf("terms", beginning);
  const found = [];
  for (let shard = first; shard < first + SHARDS_OF_BEGINNING; shard += 1) {
    const entries = await index.entries("terms", shard);
    found.push(...entries.filter((entry) => entry.text.startsWith(beginning)));
    const last = entries.at(-1)?.text;
    if (last === undefined || (last > beginning && !last.startsWith(beginning))) break;
  }
  return found
    .map((entry) => termOf(entry, (0.8 * beginning.length) / entry.text.length))
    .sort((one, other) => other.count - one.count)
    .slice(0, MOST_ENDINGS);
}

/**
 * The term that was probably meant by an unknown word. An error in the second half leaves the term
 * near in the order of words; one in the first half leaves it near in the order of words written backwards.
 *
 * @param {SearchIndex} index
 * @param {Word} word
 * @returns {Promise<Term | undefined>}
 */
export async function mend(index, word) {
  const tolerance = toleranceOf(word.folded);
  if (tolerance === 0) return undefined;
  const [forward, backward] = await Promise.all([
    guesses(index, "terms", word.stem, tolerance),
    guesses(index, "endings", reversed(word.stem), tolerance),
  ]);
  const candidates = forward.map((entry) => ({ term: termOf(entry, 1), errors: errorsOf(entry.text) }));
  const fewest = Math.min(...candidates.map((candidate) => candidate.errors));
  const stems = backward
    .map((entry) => reversed(entry.text))
    .filter((stem) => errorsOf(stem) <= fewest && !forward.some((entry) => entry.text === stem))
    .sort((one, other) => errorsOf(one) - errorsOf(other));
  for (const stem of stems.slice(0, MOST_GUESSES)) {
    const entry = await index.entry("terms", stem);
    if (entry) candidates.push({ term: termOf(entry, 1), errors: errorsOf(stem) });
  }
  const [best] = candidates.sort((one, other) => one.errors - other.errors || other.term.count - one.term.count);
  return best?.term;

  /** @param {string} stem */
  function errorsOf(stem) {
    return distance(word.stem, stem, tolerance);
  }
}

/**
 * The entries near a text that share its first half and differ by no more than the tolerance.
 *
 * @param {SearchIndex} index
 * @param {import("./search-index.js").Kind} kind
 * @param {string} text
 * @param {number} tolerance
 */
async function guesses(index, kind, text, tolerance) {
  const half = text.slice(0, Math.floor(text.length / 2));
  const own = index.shardOf(kind, text);
  const first = Math.max(index.shardOf(kind, half), own - NEIGHBOURS);
  const last = Math.min(index.shardOf(kind, `${half}\uffff`), own + NEIGHBOURS);
  const numbers = Array.from({ length: last - first + 1 }, (_, position) => first + position);
  const shards = await Promise.all(numbers.map((number) => index.entries(kind, number)));
  return shards
    .flat()
    .filter((entry) => entry.text.startsWith(half) && distance(text, entry.text, tolerance) <= tolerance);
}

/** @param {string} text */
function reversed(text) {
  return [...text].reverse().join("");
}

/**
 * @param {Entry} entry
 * @param {number} closeness
 * @returns {Term}
 */
function termOf(entry, closeness) {
  return { stem: entry.text, postings: entry.content, count: readCount(entry.content), closeness };
}
