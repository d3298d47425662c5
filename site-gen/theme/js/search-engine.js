/** Answers questions from the static files of the search index. It knows nothing of the page that it runs on. */

import { distance } from "./search-distance.js";
import { excerptOf } from "./search-excerpt.js";
import { SearchIndex, StaleIndex } from "./search-index.js";
import { understand } from "./search-question.js";
import { rank } from "./search-ranking.js";
import { wordsOf } from "./search-words.js";

/**
 * @typedef {object} Answer
 * @property {number[]} pages all that were found, the best first
 * @property {boolean} isPartial whether no page holds all words, and those with some of them were found
 * @property {string} instead what was searched instead of what was typed; empty if nothing was changed
 * @property {Set<string>} stems the stems that were found, to be marked
 *
 * @typedef {object} Result
 * @property {string} address with the id of the heading, if the answer stands below one
 * @property {import("./search-excerpt.js").Part[]} title
 * @property {import("./search-excerpt.js").Part[]} heading
 * @property {import("./search-excerpt.js").Part[]} text
 */

export class SearchEngine {
  /** @type {Promise<SearchIndex> | undefined} */
  #index;
  /** @type {Map<string, Promise<string>>} */
  #texts = new Map();
  /** @type {RequestCache} */
  #cache = "default";
  #address;
  #fetch;

  /**
   * @param {string} address of the manifest
   * @param {typeof fetch} fetch
   */
  constructor(address, fetch) {
    this.#address = address;
    this.#fetch = fetch;
  }

  /** Fetches what every question needs, before it is asked. */
  async prepare() {
    await this.#open();
  }

  /**
   * @param {string} question as it was typed
   * @returns {Promise<Answer>}
   */
  async ask(question) {
    try {
      return await this.#answer(question);
    } catch (error) {
      if (!this.#isStale(error)) throw error;
      return this.#answer(question);
    }
  }

  /**
   * A page of an answer, with the part of its text that answers.
   *
   * @param {number} page
   * @param {Answer} answer
   * @returns {Promise<Result>}
   */
  async describe(page, answer) {
    const address = await this.#addressOf(page);
    const markdown = await this.#markdown(address);
    const { title, heading, id, text } = excerptOf(markdown, (word) => answer.stems.has(word.stem));
    const name = title.length > 0 ? title : [{ text: decodeURI(address), isMarked: false }];
    return { address: id === "" ? address : `${address}#${encodeURIComponent(id)}`, title: name, heading, text };
  }

  /** @param {string} question */
  async #answer(question) {
    const index = await this.#open();
    const understood = await understand(index, question);
    const { pages, isPartial } = rank(understood, index.pages);
    const terms = understood.words.flatMap((word) => (word.isRequired ? word.terms : []));
    const instead = pages.length > 0 ? await this.#write(understood.instead, pages[0] ?? 0) : "";
    return { pages, isPartial, instead, stems: new Set(terms.map((term) => term.stem)) };
  }

  /**
   * What was searched, in words that the best page uses: a mended stem alone is no word.
   *
   * @param {import("./search-question.js").Piece[]} pieces
   * @param {number} page
   */
  async #write(pieces, page) {
    if (!pieces.some((piece) => piece.stem !== "")) return pieces.map((piece) => piece.text).join("");
    const words = wordsOf(await this.#markdown(await this.#addressOf(page)));
    return pieces.map((piece) => nearestForm(piece, words)).join("");
  }

  /** @param {string} address of a page */
  #markdown(address) {
    return this.#text(address.replace(/\/$/, "/index").replace(/(?:\.html)?$/, ".md"));
  }

  /** @param {number} page */
  async #addressOf(page) {
    const index = await this.#open();
    try {
      return await index.address(page);
    } catch (error) {
      this.#isStale(error);
      throw error;
    }
  }

  /**
   * Whether the site was published anew since the manifest was fetched; if so, the next question fetches it again.
   *
   * @param {unknown} error
   */
  #isStale(error) {
    if (!(error instanceof StaleIndex)) return false;
    this.#index = undefined;
    this.#cache = "reload";
    return true;
  }

  #open() {
    if (!this.#index) {
      const index = SearchIndex.open(this.#address, this.#fetch, this.#cache);
      this.#index = index;
      // What failed is asked for again.
      index.catch(() => {
        if (this.#index === index) this.#index = undefined;
      });
    }
    return this.#index;
  }

  /**
   * The `.md` copy of a page; a page without one is shown by its address.
   *
   * @param {string} address
   */
  #text(address) {
    let text = this.#texts.get(address);
    if (!text) {
      text = this.#fetch(address).then((answer) => (answer.ok ? answer.text() : ""));
      this.#texts.set(address, text);
      text.catch(() => this.#texts.delete(address));
    }
    return text;
  }
}

/**
 * Among the forms of a mended word the one that is most like what was typed.
 *
 * @param {import("./search-question.js").Piece} piece
 * @param {import("./search-words.js").Word[]} words
 */
function nearestForm({ text, stem }, words) {
  if (stem === "") return text;
  const forms = words.filter((word) => word.stem === stem).map((word) => word.folded);
  const errors = (/** @type {string} */ form) => distance(text, form, text.length);
  return forms.sort((one, other) => errors(one) - errors(other))[0] ?? text;
}
