/** The page as the generator made it, compared with what it makes of it now. */

import { copy, morph } from "./preview-morph.js";

/** The page as it was made, without what other scripts and the reader did to it since. @type {Element} */
let made;

/** Which node on the screen shows which node of `made`. @type {Map<Node, Node>} */
let screen;

/** The scripts that have run and the words they were given. */
let scripts = "";

/** Takes the page on the screen for the page as it was made. */
export function rememberPage() {
  screen = new Map();
  const inert = document.implementation.createHTMLDocument("");
  made = /** @type {Element} */ (copy(document.documentElement, inert, (shown, kept) => screen.set(kept, shown)));
  scripts = readScripts(document);
}

/**
 * Whether this page may be another after a change of these files. Where nothing is, the page is the one that says so.
 *
 * @param {string[]} files
 */
export function concerns(files) {
  const path = location.pathname.slice(1);
  const own = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return files.some((file) => file === own || file.endsWith("404.html"));
}

/** Fetches the page anew and shows what is different in it. */
export async function updatePage() {
  const page = await fetchPage();
  if (scripts !== readScripts(page)) {
    // A script has run already and cannot be taken back. The browser keeps the place on the page.
    location.reload();
    return;
  }
  const next = page.documentElement;
  const focus = document.activeElement;
  const selection = readSelection(focus);
  try {
    screen = morph(made, next, screen);
  } catch {
    // Scripts have moved what had to change.
    location.reload();
    return;
  }
  made = next;
  // An element that was moved has lost the focus.
  if (focus instanceof HTMLElement && focus.isConnected && focus !== document.activeElement) {
    focus.focus({ preventScroll: true });
    if (selection) /** @type {HTMLInputElement} */ (focus).setSelectionRange(...selection);
  }
}

/**
 * The document at the address of the page, whatever its status. `XMLHttpRequest` reads HTML without a sink of Trusted
 * Types, so previews need no looser policy than the published site; scripts in the document do not run.
 *
 * @returns {Promise<Document>}
 */
function fetchPage() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.pathname + location.search);
    request.responseType = "document";
    request.onload = () => (request.responseXML ? resolve(request.responseXML) : reject(new Error("not a page")));
    request.onerror = () => reject(new Error("no connection"));
    request.send();
  });
}

/**
 * What search engines are told stands in a script and is none.
 *
 * @param {Document} page
 */
function readScripts(page) {
  const all = [...page.querySelectorAll("script, link[rel=modulepreload]")];
  return all
    .filter((script) => script.getAttribute("type") !== "application/ld+json")
    .map((script) => script.outerHTML)
    .join("\n");
}

/**
 * @param {Element | null} field
 * @returns {[number, number] | null}
 */
function readSelection(field) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return null;
  const { selectionStart, selectionEnd } = field;
  return selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd];
}
