/**
 * A fact of the client that is changed where it stands: the text gives way to a form with one field, and comes back when the form is
 * sent or left. See `editable` in cabinet-parts.html.
 */

import { clearProblems } from "./error-summary.js";
import { takeOver, textOf } from "./form.js";
import { keepTyped } from "./typed-text.js";

/**
 * @typedef {object} Fact
 * @property {() => string} current
 * @property {(text: string) => string} wrong what is wrong with what was typed; empty when nothing is
 * @property {(text: string) => Promise<void>} save
 */

/**
 * @param {string} id of the field
 * @param {Fact} fact
 * @returns {HTMLButtonElement} what opens the form; enabled when the fact is known
 */
export function offerToEdit(id, { current, wrong, save }) {
  const whole = /** @type {HTMLElement} */ (document.getElementById(`${id}-editable`));
  const shown = /** @type {HTMLElement} */ (whole.querySelector(".editable-shown"));
  const change = /** @type {HTMLButtonElement} */ (shown.querySelector("button"));
  const form = /** @type {HTMLFormElement} */ (whole.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const [send, cancel] = form.querySelectorAll("button");

  takeOver(form, {
    check() {
      const problem = wrong(textOf(form, input.name));
      return { ...(problem && { [input.name]: problem }) };
    },
    async send() {
      // Whoever has changed nothing has nothing saved, and no event in their history.
      if (textOf(form, input.name) !== current()) await save(textOf(form, input.name));
      close();
    },
  });
  change.addEventListener("click", () => {
    input.value = current();
    show(true);
    input.focus();
    input.select();
  });
  cancel.addEventListener("click", leave);
  form.addEventListener("keydown", (event) => {
    // While a letter is composed, Escape is the input method's.
    if (event.key === "Escape" && !event.isComposing) leave();
  });
  if (keepTyped(form)) show(true);
  return change;

  function leave() {
    // What is under way cannot be called back.
    if (send.ariaBusy !== "true") close();
  }

  function close() {
    clearProblems(form);
    form.reset();
    show(false);
    change.focus();
  }

  /** @param {boolean} isEdited */
  function show(isEdited) {
    shown.hidden = isEdited;
    form.hidden = !isEdited;
  }
}
