/**
 * What somebody has typed and not sent yet, kept while the page is left for a moment: for the same page in the other language, and
 * for sign-in when the session is over half-way. It lies in the storage of this tab, never in an address, where histories and logs
 * would have it, and is taken out when it is put back.
 *
 * A password is not kept, shown or hidden: storage is plain text that outlives the page, for every script and everybody at this
 * device; a password manager gives it again. Nor is a consent: it was given to the words beside it, and in another language these
 * are others.
 */

import { ownerOfSession } from "./session.js";

/** @typedef {{ owner: string, forms: Record<string, Record<string, string>> }} Kept forms and fields by their names */

/** What a client has typed is put back for that client only, whoever signs in next; what a visitor has typed is nobody's. */
const KEYS = { visitor: "typed-by-visitor", client: "typed-by-client" };

/** As it was when the page came: when the text is to be kept, the session may be gone. */
const owner = ownerOfSession();

const key = owner === "" ? KEYS.visitor : KEYS.client;

/** Forms with something typed. @type {Set<HTMLFormElement>} */
const touched = new Set();

/**
 * Lets a form keep what is typed into it, until it is reset, and puts back what it had.
 *
 * @param {HTMLFormElement} form
 * @returns {boolean} whether there was something to put back
 */
export function keepTyped(form) {
  for (const event of ["input", "change"]) form.addEventListener(event, () => touched.add(form));
  form.addEventListener("reset", () => touched.delete(form));
  const texts = Object.entries(take(form.id));
  for (const [name, text] of texts) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof RadioNodeList) field.value = text;
  }
  if (texts.length > 0) touched.add(form);
  return texts.length > 0;
}

/** Keeps what is typed now for the page that comes. */
export function carryTyped() {
  if (touched.size === 0) return;
  const typed = [...touched].map((form) => [form.id, textsOf(form)]);
  write({ ...read(), ...Object.fromEntries(typed) });
}

/** Keeps nothing for whoever comes next. */
export function forgetTyped() {
  touched.clear();
  try {
    for (const key of Object.values(KEYS)) sessionStorage.removeItem(key);
  } catch {
    // Where storage is forbidden nothing was kept.
  }
}

/** @param {HTMLFormElement} form */
function textsOf(form) {
  const inputs = [...form.elements].filter((element) => element instanceof HTMLInputElement);
  return Object.fromEntries(inputs.filter(isKept).map(({ name, value }) => [name, value]));
}

/** @param {HTMLInputElement} input */
function isKept({ type, autocomplete, readOnly, checked }) {
  // A password that is shown is of the type of a text.
  if (readOnly || type === "password" || autocomplete.endsWith("password") || type === "checkbox") return false;
  return type !== "radio" || checked;
}

/** @param {string} form */
function take(form) {
  const { [form]: texts = {}, ...others } = read();
  write(others);
  return texts;
}

/** @returns {Kept["forms"]} */
function read() {
  try {
    const kept = /** @type {Kept | null} */ (JSON.parse(sessionStorage.getItem(key) ?? "null"));
    return kept?.owner === owner ? kept.forms : {};
  } catch {
    return {};
  }
}

/** @param {Kept["forms"]} forms */
function write(forms) {
  try {
    if (Object.keys(forms).length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ owner, forms }));
  } catch {
    // The text is lost, as it would be without this module; the page works.
  }
}
