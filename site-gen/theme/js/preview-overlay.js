/**
 * Mistakes over the page that was last good, and warnings as a quiet badge in the corner.
 *
 * It lives in a shadow root with styles of its own: the page cannot disfigure it, and it cannot disfigure the page.
 */

import { element, place, remarkElement } from "./preview-remark.js";

/** @typedef {import("./preview-news.js").Remark} Remark */

const STYLE = `
  :host { all: initial; color-scheme: light dark; }
  .panel, .badge {
    position: fixed; z-index: 2147483647; box-sizing: border-box; margin: 0;
    font: 1rem/1.45 system-ui, sans-serif;
    color: light-dark(#24110f, #fbe9e7); background: light-dark(#fffaf9, #1f1412);
  }
  .panel {
    inset: auto 0 0; max-block-size: min(75vh, 44rem); overflow: auto; overscroll-behavior: contain;
    padding: 1rem clamp(1rem, 4vw, 2.5rem) 1.5rem; border-block-start: 4px solid light-dark(#b3261e, #ff9d94);
    box-shadow: 0 -8px 32px rgb(0 0 0 / 30%);
  }
  .head { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between; }
  h2 { margin: 0; font-size: 1.25rem; }
  button, summary {
    min-block-size: 2.75rem; padding: 0.25rem 1rem; border: 1.5px solid currentColor; border-radius: 0.5rem;
    font: inherit; color: inherit; background: transparent; cursor: pointer;
  }
  button:focus-visible, summary:focus-visible, .line:focus-visible, .panel:focus-visible {
    outline: 3px solid light-dark(#b3261e, #ff9d94); outline-offset: 2px;
  }
  ul { margin: 1rem 0 0; padding: 0; list-style: none; }
  .remark + .remark { margin-block-start: 1.25rem; padding-block-start: 1.25rem; border-block-start: 1px solid light-dark(#e5cfcc, #4a302c); }
  p { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
  .message { font-weight: 600; }
  .place, .line { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.9375rem; }
  .place, .note { color: light-dark(#6b4a46, #d3b3ae); }
  .line {
    margin: 0.5rem 0 0; padding: 0.75rem 1rem; overflow-x: auto; border-radius: 0.5rem; tab-size: 4;
    background: light-dark(#fdecea, #33201d);
  }
  mark, .caret { color: light-dark(#b3261e, #ff9d94); background: none; font-weight: 700; }
  .help { white-space: pre-wrap; }
  .help::before { content: "→ "; }
  .badge {
    inset: auto 1rem 1rem auto; max-inline-size: min(40rem, calc(100vw - 2rem)); max-block-size: 60vh; overflow: auto;
    border-radius: 0.75rem; color: light-dark(#3d2a00, #f8e7bd); background: light-dark(#fdf3dc, #332711);
    box-shadow: 0 4px 16px rgb(0 0 0 / 25%);
  }
  .badge ul { margin: 0; padding: 0.5rem 1rem 1rem; }
  .badge .line { background: light-dark(#f7e6bd, #463617); }
  .announcement { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  @media print { .panel, .badge { display: none; } }
`;

const host = element("div");
// The messages are in English whatever the page is in.
host.lang = "en";
const root = host.attachShadow({ mode: "open" });
const announcement = element("p", "announcement");
announcement.role = "alert";
const content = element("div");
root.append(announcement, content);

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet];

let shown = "[[],[]]";

/**
 * Shows what is wrong, and nothing if nothing is. What is shown already, or was hidden by the reader, stays as it is.
 *
 * @param {Remark[]} errors
 * @param {Remark[]} warnings
 */
export function showRemarks(errors, warnings) {
  const wanted = JSON.stringify([errors, warnings]);
  if (wanted === shown) return;
  shown = wanted;
  if (!host.isConnected) document.documentElement.append(host);
  content.replaceChildren();
  if (errors.length > 0) content.append(panel(errors));
  if (warnings.length > 0 && errors.length === 0) content.append(badge(warnings));
  announcement.textContent = errors.length > 0 ? summary(errors) : "";
}

/** @param {Remark[]} errors */
function panel(errors) {
  const panel = element("section", "panel");
  panel.tabIndex = -1;
  const title = element("h2", "", count(errors.length, "mistake"));
  title.id = "title";
  panel.setAttribute("aria-labelledby", title.id);
  const close = element("button", "", "Hide (Esc)");
  close.addEventListener("click", hide);
  const head = element("div", "head");
  head.append(title, close);
  panel.append(head, list(errors));
  return panel;
}

/** @param {Remark[]} warnings */
function badge(warnings) {
  const badge = element("details", "badge");
  badge.append(element("summary", "", count(warnings.length, "warning")), list(warnings));
  return badge;
}

/** @param {Remark[]} remarks */
function list(remarks) {
  const list = element("ul");
  // Without marks a list is none to some screen readers.
  list.role = "list";
  list.append(...remarks.map(remarkElement));
  return list;
}

/** @param {Remark[]} errors */
function summary(errors) {
  const [first] = errors;
  return first ? `${count(errors.length, "mistake")}. ${first.message}, ${place(first)}` : "";
}

/**
 * @param {number} number
 * @param {string} word
 */
function count(number, word) {
  return number === 1 ? `1 ${word}` : `${number} ${word}s`;
}

function hide() {
  content.querySelector(".panel")?.remove();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
