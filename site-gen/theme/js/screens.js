/** A page of several screens, of which one is shown: each has its own heading, which takes the focus, and its own title. */

import { setTitle } from "./page-title.js";

/**
 * Shows a screen to somebody who has just done something.
 *
 * @param {string} name
 */
export function showScreen(name) {
  openScreen(name).querySelector("h1")?.focus();
}

/**
 * Shows a screen to somebody who has just come to the page; the focus stays where it is.
 *
 * @param {string} name
 * @returns {HTMLElement}
 */
export function openScreen(name) {
  const screens = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-screen]")]);
  for (const screen of screens) {
    screen.hidden = screen.dataset.screen !== name;
  }
  const shown = screens.find((screen) => !screen.hidden) ?? screens[0];
  setTitle(shown.dataset.title ?? document.title);
  return shown;
}
