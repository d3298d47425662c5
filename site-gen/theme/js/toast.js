/** A short word that something went well, which goes away by itself. What went wrong is told where it happened, and stays. */

const SHOWN_FOR = 5_000;

const toast = /** @type {HTMLElement} */ (document.getElementById("toast"));

let timer = 0;

/** @param {string} text noun and verb: «Ссылка скопирована» */
export function tellSuccess(text) {
  clearTimeout(timer);
  // The same words twice are news, too: a reader announces only what changes.
  toast.textContent = "";
  requestAnimationFrame(() => (toast.textContent = text));
  timer = setTimeout(() => (toast.textContent = ""), SHOWN_FOR);
}
