/** Which pages answer a question, the best first. */

import { readPostings } from "./search-codec.js";

/** @typedef {import("./search-question.js").Question} Question */

/**
 * What a level of the generator's `search/page_terms.rs` is worth: once in the text, twice, often; in the
 * description; in a heading, and in the text too; in the title, and in a short one.
 */
const WORTH = [1, 1.4, 1.8, 3, 4.5, 5.5, 10, 14];

/**
 * @typedef {object} Ranking
 * @property {number[]} pages
 * @property {boolean} isPartial whether no page holds all words, and those with some of them are shown
 */

/**
 * @param {Question} question
 * @param {number} total how many pages there are
 * @returns {Ranking}
 */
export function rank(question, total) {
  /** @type {Map<number, { score: number, held: number }>} */
  const found = new Map();
  for (const word of question.words) {
    for (const [page, score] of scores(word.terms, total)) {
      const before = found.get(page) ?? { score: 0, held: 0 };
      found.set(page, { score: before.score + score, held: before.held + (word.isRequired ? 1 : 0) });
    }
  }
  const asked = question.words.filter((word) => word.isRequired).length;
  const most = Math.max(0, ...[...found.values()].map((page) => page.held));
  const pages = [...found]
    .filter(([, page]) => page.held > 0 && (most < asked || page.held === asked))
    .sort(([one, a], [other, b]) => b.held - a.held || b.score - a.score || one - other)
    .map(([page]) => page);
  return { pages, isPartial: most < asked };
}

/**
 * A page counts a word once, for the best of the terms that it stands for. A rare term says more than a frequent one.
 *
 * @param {import("./search-lookup.js").Term[]} terms
 * @param {number} total
 */
function scores(terms, total) {
  /** @type {Map<number, number>} */
  const best = new Map();
  for (const term of terms) {
    const rarity = Math.log(1 + total / term.count) * term.closeness;
    for (const [page, level] of readPostings(term.postings)) {
      best.set(page, Math.max(best.get(page) ?? 0, rarity * (WORTH[level] ?? 0)));
    }
  }
  return best;
}
