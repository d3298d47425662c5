/**
 * What a word is, and its stem. The generator's `search/words.rs` and `search/stems.rs` do the same: letters and
 * digits, small, without stress marks and soft hyphens, «ё» as «е»; the Russian stemmer for Cyrillic, the English one
 * for Latin.
 */

import { stemEnglish } from "./search-stem-english.js";
import { stemRussian } from "./search-stem-russian.js";

const WORD = /[\p{Alphabetic}\p{N}\u0300-\u036f\u00ad]+/gu;
const LONGEST = 40;

/**
 * @typedef {object} Word
 * @property {number} start where it stands in the text
 * @property {number} end
 * @property {string} folded
 * @property {string} stem
 */

/**
 * The words of a text that can be searched for.
 *
 * @param {string} text
 * @returns {Word[]}
 */
export function wordsOf(text) {
  const words = [];
  for (const match of text.matchAll(WORD)) {
    const folded = fold(match[0]);
    if (!isSearched(folded)) continue;
    words.push({ start: match.index, end: match.index + match[0].length, folded, stem: stemOf(folded) });
  }
  return words;
}

/** @param {string} word */
export function fold(word) {
  return word
    .toLowerCase()
    .replaceAll("и\u0306", "й")
    .replaceAll(/[\u0300-\u036f\u00ad]/g, "")
    .replaceAll("ё", "е")
    .replaceAll("ς", "σ");
}

/**
 * @param {string} folded
 * @returns {string}
 */
export function stemOf(folded) {
  if (/[а-я]/.test(folded)) return stemRussian(folded);
  return /[a-z]/.test(folded) ? stemEnglish(folded) : folded;
}

/**
 * A letter alone is a preposition or a bullet; a digit alone may be a version.
 *
 * @param {string} folded
 */
function isSearched(folded) {
  const length = [...folded].length;
  return length > 1 ? length <= LONGEST : /^\p{N}$/u.test(folded);
}
