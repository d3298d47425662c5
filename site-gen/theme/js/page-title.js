/** The title of the page: what it shows now, and a mark in front while a form has errors. */

let shown = document.title;

/** @param {string} title */
export function setTitle(title) {
  shown = title;
  document.title = title;
}

/** @param {string} mark such as «Ошибка: »; empty to take the mark away */
export function markTitle(mark) {
  document.title = mark + shown;
}
