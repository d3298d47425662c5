/** The part of a page that answers a question, with the words of the question marked. */

import { readMarkdown } from "./search-markdown.js";
import { wordsOf } from "./search-words.js";

/** @typedef {import("./search-words.js").Word} Word */

/** How many letters an excerpt has, about. */
const LENGTH = 180;
/** How many of them stand before the first marked word. */
const LEAD = 50;

/**
 * @typedef {object} Part a piece of text
 * @property {string} text
 * @property {boolean} isMarked
 *
 * @typedef {object} Excerpt
 * @property {Part[]} title
 * @property {Part[]} heading empty if the text stands before the first heading
 * @property {string} id of the heading; empty if it is not known
 * @property {Part[]} text
 */

/**
 * @param {string} markdown the `.md` copy of a page
 * @param {(word: Word) => boolean} isAsked
 * @returns {Excerpt}
 */
export function excerptOf(markdown, isAsked) {
  const { title, sections } = readMarkdown(markdown);
  let best = { section: sections[0], found: -1 };
  for (const section of sections) {
    const words = wordsOf(`${section.heading} ${section.text}`).filter(isAsked);
    const found = new Set(words.map((word) => word.stem)).size;
    if (found > best.found) best = { section, found };
  }
  const section = best.section ?? { heading: "", id: "", text: "" };
  return {
    title: mark(title, isAsked),
    heading: mark(section.heading, isAsked),
    id: section.id,
    text: mark(cutOut(section.text, isAsked), isAsked),
  };
}

/**
 * The piece of a text with the most different words of the question.
 *
 * @param {string} text
 * @param {(word: Word) => boolean} isAsked
 */
function cutOut(text, isAsked) {
  const words = wordsOf(text).filter(isAsked);
  let best = { start: 0, found: 0 };
  for (const first of words) {
    const near = words.filter((word) => word.start >= first.start && word.end <= first.start + LENGTH - LEAD);
    const found = new Set(near.map((word) => word.stem)).size;
    if (found > best.found) best = { start: first.start, found };
  }
  if (text.length <= LENGTH) return text;
  const start = best.start <= LEAD ? 0 : text.indexOf(" ", Math.min(best.start - LEAD, text.length - LENGTH)) + 1;
  const end = start + LENGTH >= text.length ? text.length : text.lastIndexOf(" ", start + LENGTH);
  const piece = text.slice(start, end > start ? end : start + LENGTH).replace(/[\s·,;:—–-]+$/, "");
  // A piece that ends with its sentence needs no more dots.
  const isCut = end < text.length && !/[.!?…]$/.test(piece);
  return `${start > 0 ? "…" : ""}${piece}${isCut ? "…" : ""}`;
}

/**
 * @param {string} text
 * @param {(word: Word) => boolean} isAsked
 * @returns {Part[]}
 */
function mark(text, isAsked) {
  const parts = [];
  let position = 0;
  for (const word of wordsOf(text).filter(isAsked)) {
    parts.push({ text: text.slice(position, word.start), isMarked: false });
    parts.push({ text: text.slice(word.start, word.end), isMarked: true });
    position = word.end;
  }
  parts.push({ text: text.slice(position), isMarked: false });
  return parts.filter((part) => part.text !== "");
}
