/** The sections of the cabinet: one is open, each has its own address, title and place in the history. */

import { setTitle } from "./page-title.js";

const OPENED = "opened";

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
    const isNamed = (/** @type {HTMLAnchorElement} */ link) => [link.hash, `#${sectionOf(link).id}`].includes(location.hash);
    const current = links.find(isNamed) ?? links[0];
    for (const link of links) {
      const isCurrent = link === current;
      if (isCurrent) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      sectionOf(link).hidden = !isCurrent;
    }
    const section = sectionOf(current);
    section.dispatchEvent(new CustomEvent(OPENED));
    setTitle(section.dataset.title ?? document.title);
    return section;
  }
}

/**
 * Does something the first time a section is open.
 *
 * @param {string} name
 * @param {() => void} act
 */
export function whenOpened(name, act) {
  const section = /** @type {HTMLElement} */ (document.getElementById(`section-${name}`));
  if (section.hidden) section.addEventListener(OPENED, act, { once: true });
  else act();
}

/** @param {HTMLAnchorElement} link */
function sectionOf(link) {
  return /** @type {HTMLElement} */ (document.getElementById(`section-${link.dataset.section}`));
}
