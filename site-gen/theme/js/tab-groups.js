/**
 * Texts side by side: the sections of a `.tab-group` become tabs, after the pattern of the ARIA Authoring Practices.
 * Without this module they stand one after another, each under its title, as they do on paper.
 */

let groups = 0;

/** Enhances every group of the page that is not enhanced yet. */
export function enhanceTabGroups() {
  const found = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".tab-group:not([data-enhanced])")
  );
  for (const group of found) enhance(group);
  if (found.length === 0) return;
  reveal();
  addEventListener("hashchange", reveal);
}

/** @param {HTMLElement} group */
function enhance(group) {
  groups += 1;
  const sections = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(":scope > .tab-section")]);
  const list = document.createElement("div");
  list.className = "tab-group-list";
  list.setAttribute("role", "tablist");
  const tabs = sections.map((section, index) => makeTab(section, `tab-group-${groups}-${index + 1}`));
  list.append(...tabs);
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => select(index));
    tab.addEventListener("keydown", (event) => {
      const goal = neighbour(tabs.length, index, event.key);
      if (goal === undefined) return;
      event.preventDefault();
      tabs[goal]?.focus();
      select(goal);
    });
    sections[index]?.addEventListener("tab-reveal", () => select(index));
  }
  group.prepend(list);
  group.dataset.enhanced = "";
  select(0);

  /** @param {number} selected */
  function select(selected) {
    for (const [index, tab] of tabs.entries()) {
      const isSelected = index === selected;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      // Not `hidden`: on paper all sections are shown, see article.css.
      sections[index]?.toggleAttribute("data-closed", !isSelected);
    }
  }
}

/**
 * @param {HTMLElement} section
 * @param {string} id
 */
function makeTab(section, id) {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = id;
  tab.className = "tab-group-tab";
  tab.textContent = section.querySelector(":scope > .tab-section-title")?.textContent ?? "";
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", `${id}-panel`);
  section.id = `${id}-panel`;
  section.tabIndex = 0;
  section.setAttribute("role", "tabpanel");
  section.setAttribute("aria-labelledby", id);
  return tab;
}

/** Opens the sections around the place that the address names. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let section = target?.closest(".tab-section[data-closed]");
  if (!target || !section) return;
  while (section) {
    section.dispatchEvent(new Event("tab-reveal"));
    section = section.parentElement?.closest(".tab-section[data-closed]");
  }
  target.scrollIntoView();
}

/**
 * The number of the tab that a key leads to, round at the ends.
 *
 * @param {number} count
 * @param {number} here
 * @param {string} key
 */
function neighbour(count, here, key) {
  switch (key) {
    case "ArrowLeft":
      return (here + count - 1) % count;
    case "ArrowRight":
      return (here + 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
