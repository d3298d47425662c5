/** Says below a field for a new password how good the password is, in words. */

import { messages } from "./messages.js";
import { countGuesses, repeatsWhatIsKnown } from "./password-patterns.js";

/** Fewer guesses than these, and the password is no better than a pattern, weak, or fair. */
const PATTERN = 4;
const WEAK = 8;
const FAIR = 12;

/**
 * @param {HTMLInputElement} input a field made by `password_field` with `min`
 * @param {() => string[]} known what others know of its owner, such as the e-mail address in the same form
 */
export function tellStrength(input, known) {
  const place = /** @type {HTMLElement} */ (document.getElementById(`${input.id}-strength`));
  input.form?.addEventListener("input", tell);
  input.form?.addEventListener("reset", () => setTimeout(tell));

  function tell() {
    const level = input.value === "" ? "" : levelOf(input.value, known(), minCharsOf(input));
    // A text that is set anew is read out anew.
    if ((place.dataset.level ?? "") === level) return;
    place.dataset.level = level;
    place.textContent = level === "" ? "" : withCount(messages.strength[level], input);
  }
}

/**
 * What is wrong with a new password, by the name of its field; as far as it can be told before asking the server.
 *
 * @param {HTMLInputElement} input
 * @returns {Record<string, string>}
 */
export function checkNewPassword(input) {
  const isShort = [...input.value].length < minCharsOf(input);
  return isShort ? { [input.name]: withCount(messages.check.new_password, input) } : {};
}

/**
 * @param {string} password
 * @param {string[]} known
 * @param {number} minChars
 */
function levelOf(password, known, minChars) {
  if ([...password].length < minChars) return "short";
  if (repeatsWhatIsKnown(password, known, minChars)) return "similar";
  const guesses = countGuesses(password);
  if (guesses < PATTERN) return "pattern";
  if (guesses < WEAK) return "weak";
  return guesses < FAIR ? "fair" : "strong";
}

/** @param {HTMLInputElement} input */
function minCharsOf(input) {
  return Number(input.dataset.minChars);
}

/**
 * @param {string} text
 * @param {HTMLInputElement} input
 */
function withCount(text, input) {
  return text.replace("{count}", String(minCharsOf(input)));
}
