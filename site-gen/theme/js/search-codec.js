/**
 * The binary files of the search index, as the generator's `search/front_coding.rs` and `search/postings.rs` write
 * them.
 */

/** Keep in step with `search/postings.rs`. */
const LEVEL_BITS = 3;

/**
 * @typedef {object} Entry
 * @property {string} text
 * @property {Uint8Array} content empty where the kind of file has none
 */

/**
 * The entries of a shard in order.
 *
 * @param {Uint8Array} bytes
 * @param {boolean} hasContent
 * @returns {Entry[]}
 */
export function readEntries(bytes, hasContent) {
  const decoder = new TextDecoder();
  const text = new Uint8Array(255);
  const reader = new Reader(bytes);
  const entries = [];
  while (!reader.isAtEnd) {
    const shared = reader.byte();
    const rest = reader.bytes(reader.byte());
    text.set(rest, shared);
    entries.push({
      text: decoder.decode(text.subarray(0, shared + rest.length)),
      content: reader.bytes(hasContent ? reader.number() : 0),
    });
  }
  return entries;
}

/**
 * How many pages hold a term. It stands first, so that one need not read the rest.
 *
 * @param {Uint8Array} content
 */
export function readCount(content) {
  return new Reader(content).number() >> 1;
}

/**
 * The pages that hold a term, each with its level.
 *
 * @param {Uint8Array} content
 * @returns {Map<number, number>}
 */
export function readPostings(content) {
  const reader = new Reader(content);
  /** @type {Map<number, number>} */
  const levels = new Map();
  if (reader.number() & 1) {
    const map = reader.bytes(reader.number());
    for (let page = 0; page < map.length * 8; page += 1) {
      if (((map[page >> 3] ?? 0) >> (page & 7)) & 1) levels.set(page, 0);
    }
  }
  let page = 0;
  while (!reader.isAtEnd) {
    const number = reader.number();
    page += number >> LEVEL_BITS;
    levels.set(page, number & ((1 << LEVEL_BITS) - 1));
  }
  return levels;
}

class Reader {
  #bytes;
  #position = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  get isAtEnd() {
    return this.#position >= this.#bytes.length;
  }

  byte() {
    const byte = this.#bytes[this.#position] ?? 0;
    this.#position += 1;
    return byte;
  }

  /** @param {number} length */
  bytes(length) {
    const start = this.#position;
    this.#position += length;
    return this.#bytes.subarray(start, this.#position);
  }

  /** Groups of seven bits, the lowest first. */
  number() {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
  }
}
