/**
 * Tabs over panels of the page, after the pattern of the ARIA Authoring Practices. Before this module runs they are
 * links to the panels, and the style sheet shows the panel that the address names.
 */

import { setTitle } from "./page-title.js";

/**
 * @param {HTMLElement} root holds a `.tabs` list of links and a panel for each
 * @param {() => void} changed called when the visitor has opened another tab
 */
export function enhanceTabs(root, changed) {
  const list = /** @type {HTMLElement} */ (root.querySelector(".tabs"));
  const tabs = /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll(".tab")]);
  const first = tabs[0];

  list.setAttribute("role", "tablist");
  for (const tab of tabs) {
    const panel = panelOf(tab);
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      open(tab);
    });
    tab.addEventListener("keydown", (event) => {
      const goal = neighbour(tabs, tab, event.key);
      if (!goal) return;
      event.preventDefault();
      goal.focus();
      open(goal);
    });
  }
  root.dataset.enhanced = "";
  addEventListener("hashchange", () => select(tabOfAddress()));
  select(tabOfAddress());

  /** @param {HTMLAnchorElement} tab */
  function open(tab) {
    // The address names the open tab, so that it can be sent to someone; «Back» leads out of the page at once.
    const address = tab === first ? location.pathname + location.search : tab.hash;
    history.replaceState(history.state, "", address);
    select(tab);
    changed();
  }

  /** @param {HTMLAnchorElement} selected */
  function select(selected) {
    for (const tab of tabs) {
      const isSelected = tab === selected;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      panelOf(tab).hidden = !isSelected;
    }
    setTitle(panelOf(selected).dataset.title ?? document.title);
  }

  function tabOfAddress() {
    return tabs.find((tab) => tab.hash === location.hash) ?? first;
  }
}

/** @param {HTMLAnchorElement} tab */
function panelOf(tab) {
  return /** @type {HTMLElement} */ (document.getElementById(tab.hash.slice(1)));
}

/**
 * The tab that a key leads to, round at the ends.
 *
 * @param {HTMLAnchorElement[]} tabs
 * @param {HTMLAnchorElement} from
 * @param {string} key
 */
function neighbour(tabs, from, key) {
  const here = tabs.indexOf(from);
  switch (key) {
    case "ArrowLeft":
      return tabs.at(here - 1);
    case "ArrowRight":
      return tabs[(here + 1) % tabs.length];
    case "Home":
      return tabs[0];
    case "End":
      return tabs.at(-1);
    case " ":
      return from;
    default:
      return undefined;
  }
}
