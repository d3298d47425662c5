/**
 * The `.md` copy of a page as plain text: its title, and its sections with their headings. No HTML is read or made.
 */

/**
 * @typedef {object} Section
 * @property {string} heading empty before the first heading
 * @property {string} id of the heading, if the copy tells it: `## Words {#id}`
 * @property {string} text
 */

const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)(?:\s*\{#([^}\s]+)\})?\s*#*\s*$/;
/** A line across the page, under a heading or in a table. */
const RULE = /^\s*(?:[|:\s]*-[-|:\s]*|(?:[*_]\s*){3,}|=+)$/;
const BLOCK_MARK = /^\s*(?:>\s?)*(?:\[![A-Z]+\])?\s*(?:(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|\[\^[^\]]+\]:\s*|:\s+)?/;
const STARTS_BLOCK = /^\s*(?:>|[-*+]\s|\d+[.)]\s|\||\[\^[^\]]+\]:|:\s)/;
const INLINE = new RegExp(
  [
    /\\([!-/:-@[-`{-~])/, // an escaped sign
    /(`+)(.+?)\2/, // code
    /!?\[((?:[^[\]]|\[[^\]]*\])*)\](?:\([^)]*\)|\[[^\]]*\])/, // a link or a picture
    /\[\^[^\]]+\]/, // the mark of a footnote
    /<((?:https?:|mailto:)[^>]*)>/, // an address as a link
    /\*+|~~/, // emphasis
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

/**
 * @param {string} markdown
 * @returns {{ title: string, sections: Section[] }}
 */
export function readMarkdown(markdown) {
  let title = "";
  /** @type {{ heading: string, id: string, blocks: string[] }} */
  let section = { heading: "", id: "", blocks: [] };
  const sections = [section];
  let isCode = false;
  let isContinued = false;
  for (const line of markdown.split(/\r?\n/)) {
    const heading = isCode ? null : HEADING.exec(line);
    const isFence = FENCE.test(line);
    if (isFence) {
      isCode = !isCode;
    } else if (heading?.[1] === "#" && title === "") {
      title = withoutMarks(heading[2] ?? "");
    } else if (heading) {
      section = { heading: withoutMarks(heading[2] ?? ""), id: heading[3] ?? "", blocks: [] };
      sections.push(section);
    } else if (isCode || !RULE.test(line)) {
      const text = isCode ? line.trim() : plainLine(line);
      const isNew = isCode || !isContinued || STARTS_BLOCK.test(line);
      if (text !== "" && isNew) section.blocks.push(text);
      else if (text !== "") section.blocks.push(`${section.blocks.pop() ?? ""} ${text}`);
    }
    isContinued = line.trim() !== "" && !heading && !isFence && !RULE.test(line);
  }
  return {
    title,
    sections: sections.map(({ heading, id, blocks }) => ({ heading, id, text: blocks.reduce(joined, "") })),
  };
}

/** @param {string} line */
function plainLine(line) {
  const text = line.replace(BLOCK_MARK, "");
  if (!text.trimStart().startsWith("|")) return withoutMarks(text);
  const cells = text.trim().replace(/^\||\|$/g, "").match(/(?:\\.|[^|\\])+/g) ?? [];
  return cells.map(withoutMarks).filter(Boolean).join(" · ");
}

/**
 * @param {string} text
 * @returns {string}
 */
function withoutMarks(text) {
  return text
    .replace(INLINE, (_mark, escaped, _ticks, code, label, address) =>
      label === undefined ? (escaped ?? code ?? address ?? "") : withoutMarks(label),
    )
    .replace(/(^|[^\p{L}\p{N}_])_{1,2}([^_]+)_{1,2}(?![\p{L}\p{N}_])/gu, "$1$2")
    .trim();
}

/**
 * @param {string} text
 * @param {string} block
 */
function joined(text, block) {
  if (text === "") return block;
  return /[.,:;!?…]$/.test(text) ? `${text} ${block}` : `${text} · ${block}`;
}
