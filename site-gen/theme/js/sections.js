/**
 * The sections of the cabinet: one is open, each has its own address, title and place in the history. A section may have views,
 * of which one is shown: `#payments` is the section, `#payments/<id>/receipt` one of its views, `#payments?status=failed` the
 * section with something chosen in it.
 *
 * No element has the name of a section for its id: the browser would scroll to it.
 *
 * A view is `[data-view]` with its name and `[data-title]`, and has its own heading of the first level; the one without a name
 * is the section itself.
 */

import { setTitle } from "./page-title.js";

/** @typedef {{ view: string, id: string, choice: URLSearchParams }} Place where in a section somebody is */

const OPENED = "opened";

export function openSectionsByAddress() {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("nav a[data-section]")]);

  addEventListener("hashchange", () => {
    const section = open();
    scrollTo({ top: 0 });
    // So that a screen reader announces what is new and the keyboard goes on from its beginning.
    focusHeading(section);
  });
  open();

  /** @returns {HTMLElement} the open section; an unknown address opens the first */
  function open() {
    const name = sectionInAddress();
    const isNamed = (/** @type {HTMLAnchorElement} */ link) => [link.dataset.section, sectionOf(link).id].includes(name);
    const current = links.find(isNamed) ?? links[0];
    for (const link of links) {
      const isCurrent = link === current;
      if (isCurrent) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      sectionOf(link).hidden = !isCurrent;
    }
    const section = sectionOf(current);
    const view = openView(section);
    setTitle(view?.dataset.title ?? section.dataset.title ?? document.title);
    section.dispatchEvent(new CustomEvent(OPENED));
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
  const section = sectionNamed(name);
  if (section.hidden) section.addEventListener(OPENED, act, { once: true });
  else act();
}

/**
 * Does something each time a section is open at a new address.
 *
 * @param {string} name
 * @param {(place: Place) => void} act
 */
export function onVisit(name, act) {
  sectionNamed(name).addEventListener(OPENED, () => act(placeInAddress()));
}

/**
 * Where somebody is in a section; its beginning while another is open.
 *
 * @param {string} name
 * @returns {Place}
 */
export function placeIn(name) {
  return sectionNamed(name).hidden ? { view: "", id: "", choice: new URLSearchParams() } : placeInAddress();
}

/**
 * Moves the focus to the heading of what a section shows.
 *
 * @param {HTMLElement} section
 */
export function focusHeading(section) {
  const headings = /** @type {HTMLElement[]} */ ([...section.querySelectorAll("h1")]);
  headings.find((heading) => !heading.closest("[hidden]"))?.focus({ preventScroll: true });
}

/** @returns {Place} */
function placeInAddress() {
  const [path, choice = ""] = location.hash.slice(1).split("?");
  const [, ...names] = path.split("/");
  return { view: names.at(-1) ?? "", id: names.length > 1 ? names[0] : "", choice: new URLSearchParams(choice) };
}

/**
 * @param {HTMLElement} section
 * @returns {HTMLElement | undefined} the view that is shown, if the section has views
 */
function openView(section) {
  const views = /** @type {HTMLElement[]} */ ([...section.querySelectorAll("[data-view]")]);
  const { view } = placeInAddress();
  const shown = views.find(({ dataset }) => dataset.view === view) ?? views.find(({ dataset }) => dataset.view === "");
  for (const each of views) each.hidden = each !== shown;
  return shown;
}

function sectionInAddress() {
  return location.hash.slice(1).split(/[/?]/)[0];
}

/** @param {HTMLAnchorElement} link */
function sectionOf(link) {
  return sectionNamed(link.dataset.section ?? "");
}

/** @param {string} name */
function sectionNamed(name) {
  return /** @type {HTMLElement} */ (document.getElementById(`section-${name}`));
}
