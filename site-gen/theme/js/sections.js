/** The sections of the cabinet: one is open, each has its own address, title and place in the history. */

import { setTitle } from "./page-title.js";

export function openSectionsByAddress() {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-section]")]);

  addEventListener("hashchange", () => {
    const section = open();
    scrollTo({ top: 0 });
    // So that a screen reader announces the new section and the keyboard goes on from its beginning.
    section.querySelector("h1")?.focus({ preventScroll: true });
  });
  open();

  /** @returns {HTMLElement} the open section; an unknown address opens the first */
  function open() {
    const current = links.find((link) => link.hash === location.hash) ?? links[0];
    for (const link of links) {
      const isCurrent = link === current;
      if (isCurrent) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      sectionOf(link).hidden = !isCurrent;
    }
    const section = sectionOf(current);
    setTitle(section.dataset.title ?? document.title);
    return section;
  }
}

/** @param {HTMLAnchorElement} link */
function sectionOf(link) {
  return /** @type {HTMLElement} */ (document.getElementById(`section-${link.dataset.section}`));
}
