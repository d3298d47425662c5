/** One mistake or warning as elements: the message, the place, the line with a caret, and the cure. */

/** @typedef {import("./preview-news.js").Remark} Remark */

/**
 * @param {Remark} remark
 * @returns {HTMLElement}
 */
export function remarkElement(remark) {
  const item = element("li", "remark");
  item.append(element("p", "message", remark.message), element("p", "place", place(remark)));
  const { text, column, end_column: end } = remark;
  if (text !== undefined && column && end) item.append(lineWithCaret(text, column, end - column));
  if (remark.note) item.append(element("p", "note", remark.note));
  if (remark.help) item.append(element("p", "help", remark.help));
  return item;
}

/** @param {Remark} remark */
export function place({ file, line, column }) {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/**
 * @param {string} text
 * @param {number} column
 * @param {number} width
 */
function lineWithCaret(text, column, width) {
  const letters = [...text];
  const before = letters.slice(0, column - 1);
  const block = element("pre", "line");
  block.tabIndex = 0;
  const caret = element("span", "caret", `${before.map(blank).join("")}${"^".repeat(width)}`);
  // The mark in the line tells it already.
  caret.ariaHidden = "true";
  block.append(
    before.join(""),
    element("mark", "", letters.slice(column - 1, column - 1 + width).join("")),
    letters.slice(column - 1 + width).join(""),
    "\n",
    caret,
  );
  return block;
}

/**
 * A blank as wide as the letter above it.
 *
 * @param {string} letter
 */
function blank(letter) {
  return letter === "\t" ? "\t" : " ";
}

/**
 * @param {string} name
 * @param {string} [part] what the style sheet calls it
 * @param {string} [text]
 * @returns {HTMLElement}
 */
export function element(name, part = "", text = "") {
  const made = document.createElement(name);
  if (part) made.className = part;
  made.textContent = text;
  return made;
}
