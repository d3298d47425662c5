/**
 * Takes over a form: checks it when it is sent and not before, sends it once, keeps every typed letter.
 *
 * The generator leaves the buttons disabled; they work from the moment this module is in charge.
 */

import { ApiError } from "./api.js";
import { clearProblems, showProblems } from "./error-summary.js";
import { messages } from "./messages.js";

/**
 * @typedef {object} Plan
 * @property {(form: HTMLFormElement) => Record<string, string>} check what is wrong, by the name of the field
 * @property {(form: HTMLFormElement) => Promise<void>} send
 */

/**
 * @param {HTMLFormElement} form
 * @param {Plan} plan
 */
export function takeOver(form, { check, send }) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button[type=submit]"));
  let label = "";
  let isSending = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    hidePasswords(form);
    const found = check(form);
    if (Object.keys(found).length > 0) {
      showProblems(form, problemsIn(form, found));
      return;
    }
    clearProblems(form);
    isSending = true;
    showWaiting(true);
    try {
      await send(form);
    } catch (error) {
      showProblems(form, problemsOf(form, error));
    } finally {
      isSending = false;
      showWaiting(false);
    }
  });
  button.disabled = false;

  /** @param {boolean} isWaiting */
  function showWaiting(isWaiting) {
    // Not `disabled`: that would take the focus from whoever sent the form with the keyboard.
    button.setAttribute("aria-busy", String(isWaiting));
    button.setAttribute("aria-disabled", String(isWaiting));
    const waiting = button.dataset.waiting ?? button.textContent ?? "";
    if (isWaiting) {
      label = button.textContent ?? "";
      button.textContent = waiting;
    } else if (button.textContent === waiting) {
      // A form that has gone on to its next step has given the button other words.
      button.textContent = label;
    }
  }
}

/**
 * The text of a field without the spaces around it, which come with pasting.
 *
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function textOf(form, name) {
  return fieldOf(form, name)?.value.trim() ?? "";
}

/**
 * The value of a field exactly as typed: a password may begin or end with a space.
 *
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function passwordOf(form, name) {
  return fieldOf(form, name)?.value ?? "";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {HTMLInputElement | undefined}
 */
function fieldOf(form, name) {
  const element = form.elements.namedItem(name);
  return element instanceof HTMLInputElement ? element : undefined;
}

/**
 * @param {HTMLFormElement} form
 * @param {unknown} error
 */
function problemsOf(form, error) {
  if (!(error instanceof ApiError)) {
    console.error(error);
    return [{ text: messages.errors.unexpected }];
  }
  const problems = problemsIn(form, error.fields);
  return problems.length > 0 ? problems : [{ text: error.message }];
}

/**
 * In the order of the form, so that the first line of the summary is the first field to mend. What concerns no field
 * of this form comes last.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} texts
 */
function problemsIn(form, texts) {
  const inputs = [...form.elements];
  return Object.entries(texts)
    .map(([name, text]) => ({ text, input: fieldOf(form, name) }))
    .sort((one, other) => place(one.input) - place(other.input));

  /** @param {HTMLInputElement | undefined} input */
  function place(input) {
    return input ? inputs.indexOf(input) : inputs.length;
  }
}

/**
 * A shown password goes back to dots: a password manager looks for the field by its type.
 *
 * @param {HTMLFormElement} form
 */
function hidePasswords(form) {
  form.dispatchEvent(new CustomEvent("hide-passwords"));
}
