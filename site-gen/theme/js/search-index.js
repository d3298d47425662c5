/** The files of the search index: which shard holds what, each fetched once and only when it is asked for. */

import { readEntries } from "./search-codec.js";

/** @typedef {import("./search-codec.js").Entry} Entry */
/** @typedef {"terms" | "endings"} Kind */

/** The index names a file that is not there: it was replaced after the manifest was fetched. */
export class StaleIndex extends Error {}

/**
 * @typedef {object} Manifest as the generator's `search/manifest.rs` writes it
 * @property {number} pages how many pages are searched
 * @property {number} digits how many digits of `names` belong to one shard
 * @property {{ from: string, names: string }} terms
 * @property {{ from: string, names: string }} endings
 * @property {{ length: number, names: string }} addresses
 */

export class SearchIndex {
  /** @type {Map<string, Promise<Entry[]>>} */
  #shards = new Map();
  #folder;
  #fetch;
  #manifest;

  /**
   * @param {string} address of the manifest
   * @param {Manifest} manifest
   * @param {typeof fetch} fetch
   */
  constructor(address, manifest, fetch) {
    this.#folder = address.replace(/\.json$/, "/");
    this.#manifest = manifest;
    this.#fetch = fetch;
  }

  /**
   * @param {string} address of the manifest
   * @param {typeof fetch} fetch
   * @param {RequestCache} cache
   */
  static async open(address, fetch, cache) {
    const answer = await fetch(address, { cache });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return new SearchIndex(address, await answer.json(), fetch);
  }

  /** How many pages are searched. */
  get pages() {
    return this.#manifest.pages;
  }

  /**
   * The shard that holds a text, or would hold it.
   *
   * @param {Kind} kind
   * @param {string} text
   */
  shardOf(kind, text) {
    const beginnings = this.#manifest[kind].from.split(" ");
    let low = 0;
    let high = beginnings.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((beginnings[middle] ?? "") <= text) low = middle;
      else high = middle;
    }
    return low;
  }

  /**
   * The entries of a shard; none if there is no such shard.
   *
   * @param {Kind | "addresses"} kind
   * @param {number} number
   * @returns {Promise<Entry[]>}
   */
  async entries(kind, number) {
    const { digits } = this.#manifest;
    const name = this.#manifest[kind].names.slice(number * digits, (number + 1) * digits);
    if (number < 0 || name === "") return [];
    let shard = this.#shards.get(name);
    if (!shard) {
      shard = this.#load(name, kind === "terms");
      this.#shards.set(name, shard);
      // What failed is asked for again.
      shard.catch(() => this.#shards.delete(name));
    }
    return shard;
  }

  /**
   * @param {string} text
   * @param {Kind} kind
   * @returns {Promise<Entry | undefined>}
   */
  async entry(kind, text) {
    const entries = await this.entries(kind, this.shardOf(kind, text));
    return entries.find((entry) => entry.text === text);
  }

  /** @param {number} page */
  async address(page) {
    const { length } = this.#manifest.addresses;
    const entries = await this.entries("addresses", Math.floor(page / length));
    return entries[page % length]?.text ?? "";
  }

  /**
   * @param {string} name
   * @param {boolean} hasContent
   */
  async #load(name, hasContent) {
    const answer = await this.#fetch(`${this.#folder}${name}.bin`);
    if (answer.status === 404) throw new StaleIndex(name);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return readEntries(new Uint8Array(await answer.arrayBuffer()), hasContent);
  }
}
