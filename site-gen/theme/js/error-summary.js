/**
 * Shows what is wrong with a form: a summary first on the page, which takes the focus, and the same words at each
 * field. The order of events follows the GOV.UK Design System.
 */

import { messages } from "./messages.js";
import { markTitle } from "./page-title.js";

/**
 * @typedef {object} Problem
 * @property {string} text
 * @property {HTMLInputElement} [input] the field to mend; without one the whole form was refused
 */

/**
 * @param {HTMLFormElement} form
 * @param {Problem[]} problems
 */
export function showProblems(form, problems) {
  clearProblems(form);
  for (const { text, input } of problems) {
    if (input) showAtField(input, text);
  }
  markTitle(messages.errors.title_mark);
  const summary = summaryOf(form);
  if (!summary) {
    tellInForm(form, problems);
    return;
  }
  const heading = /** @type {HTMLElement} */ (summary.querySelector("h2"));
  const isUpToVisitor = problems.some(({ input }) => input);
  heading.textContent = isUpToVisitor ? messages.errors.check_title : messages.errors.failed_title;
  summary.querySelector("ul")?.replaceChildren(...problems.map(summaryLine));
  summary.hidden = false;
  summary.focus();
}

/** @param {HTMLFormElement} form */
export function clearProblems(form) {
  const told = summaryOf(form) ?? wholeOf(form);
  if (told) told.hidden = true;
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    const error = errorOf(input);
    input.removeAttribute("aria-invalid");
    describe(input, (ids) => ids.filter((id) => id !== error.id));
    error.hidden = true;
    error.textContent = "";
  }
  markTitle("");
}

/**
 * A form of one field in the middle of a page has no summary: the field takes the focus, or the form says why it was refused.
 *
 * @param {HTMLFormElement} form
 * @param {Problem[]} problems
 */
function tellInForm(form, problems) {
  const whole = problems.find(({ input }) => !input);
  const told = wholeOf(form);
  if (told && whole) {
    told.textContent = whole.text;
    told.hidden = false;
  }
  problems.find(({ input }) => input)?.input?.focus();
}

/**
 * @param {HTMLInputElement} input
 * @param {string} text
 */
function showAtField(input, text) {
  const error = errorOf(input);
  error.textContent = text;
  error.hidden = false;
  input.setAttribute("aria-invalid", "true");
  describe(input, (ids) => [...ids, error.id]);
}

/** @param {Problem} problem */
function summaryLine({ text, input }) {
  const line = document.createElement("li");
  if (!input) {
    line.textContent = text;
    return line;
  }
  const link = document.createElement("a");
  link.href = `#${input.id}`;
  link.textContent = text;
  // Following the address would lose the one that names the open tab or section.
  link.addEventListener("click", (event) => {
    event.preventDefault();
    input.focus();
  });
  line.append(link);
  return line;
}

/**
 * @param {Element} input
 * @param {(ids: string[]) => string[]} change
 */
function describe(input, change) {
  const ids = change((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (ids.length > 0) input.setAttribute("aria-describedby", ids.join(" "));
  else input.removeAttribute("aria-describedby");
}

/** @param {HTMLFormElement} form */
function summaryOf(form) {
  return document.getElementById(`${form.id}-errors`);
}

/** @param {HTMLFormElement} form */
function wholeOf(form) {
  return /** @type {HTMLElement | null} */ (form.querySelector("[role=alert]"));
}

/** @param {Element} input */
function errorOf(input) {
  return /** @type {HTMLElement} */ (document.getElementById(`${input.id}-error`));
}
