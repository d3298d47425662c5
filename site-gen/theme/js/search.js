/**
 * The search box. Results are a plain list of links below the box: each can hold a title and an excerpt, opens in a
 * new tab like any link, and reads the same in every screen reader, which the options of a combobox do not. The arrow
 * keys lead from the box into the list and back.
 *
 * What searches is fetched when the box gets the focus, not before.
 */

import { resultItem } from "./search-results.js";
import { focusByShortcut } from "./search-shortcut.js";

/** @typedef {import("./search-engine.js").SearchEngine} SearchEngine */
/** @typedef {import("./search-engine.js").Answer} Answer */

/** How many results are shown at a time. */
const PORTION = 6;
/**
 * In milliseconds: the pause after which a question is asked. People type a letter in 150 to 250, and each question
 * on the way would fetch other pages to show: asked after every letter, a first word costs three times as much.
 */
const PAUSE = 250;
/** So many letters may be the beginning of a question. */
const SHORTEST = 2;
/** In milliseconds: from then on the visitor is told to wait. */
const PATIENCE = 400;

for (const form of document.querySelectorAll("form[data-search]")) {
  if (form instanceof HTMLFormElement) enhanceSearch(form);
}

/** @param {HTMLFormElement} form of search.html */
function enhanceSearch(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const panel = part("[data-panel]");
  const list = part("[data-results]");
  const more = part("[data-more]");
  const retry = part("[data-retry]");
  const isInline = "inline" in form.dataset;
  /** @type {Record<string, string>} */
  const words = JSON.parse(part("[data-words]").textContent ?? "{}");
  const plurals = new Intl.PluralRules(document.documentElement.lang);

  /** @type {Promise<SearchEngine> | undefined} */
  let engine;
  /** @type {Answer | undefined} */
  let answer;
  let latest = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  input.addEventListener("focus", () => void load().catch(() => undefined));
  input.addEventListener("focus", () => {
    if (answer && input.value.trim() !== "") panel.hidden = false;
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    if (!isInline) return;
    event.preventDefault();
    clearTimeout(pause);
    void ask();
  });
  form.addEventListener("keydown", moveOrClose);
  retry.addEventListener("click", () => {
    input.focus();
    void ask();
  });
  more.addEventListener("click", () => void showMore());
  focusByShortcut(input);
  if (!isInline) closeWhenLeft();

  form.dataset.ready = "";
  const question = new URLSearchParams(location.search).get("q");
  if (isInline && question) {
    input.value = question;
    void ask();
  }

  async function load() {
    engine ??= open();
    try {
      return await engine;
    } catch (error) {
      engine = undefined;
      throw error;
    }
  }

  async function open() {
    const { SearchEngine } = await import("./search-engine.js");
    const opened = new SearchEngine(form.dataset.search ?? "", (address, options) => fetch(address, options));
    await opened.prepare();
    return opened;
  }

  async function ask() {
    const number = ++latest;
    const question = input.value;
    if (isInline) keepInAddress(question);
    if (question.trim().length < SHORTEST) {
      answer = undefined;
      say("");
      panel.hidden = true;
      return;
    }
    const wait = setTimeout(() => number === latest && showState(words.searching ?? "", {}), PATIENCE);
    try {
      const opened = await load();
      const found = await opened.ask(question);
      const items = await describe(opened, found, 0);
      if (number === latest) show(found, items);
    } catch (error) {
      console.warn(error);
      if (number === latest) showState(words.failed ?? "", { canRetry: true });
    } finally {
      clearTimeout(wait);
    }
  }

  /**
   * @param {SearchEngine} opened
   * @param {Answer} found
   * @param {number} from
   */
  async function describe(opened, found, from) {
    const pages = found.pages.slice(from, from + PORTION);
    const results = await Promise.all(pages.map((page) => opened.describe(page, found)));
    return results.map((result, position) => resultItem(result, `search-result-${from + position}`));
  }

  /**
   * @param {Answer} found
   * @param {HTMLLIElement[]} items
   */
  function show(found, items) {
    if (items.length === 0) {
      showState((words.empty ?? "").replace("{question}", input.value.trim()), { isEmpty: true });
      return;
    }
    answer = found;
    const instead = found.instead === "" ? "" : (words.instead ?? "").replace("{question}", found.instead);
    showState(`${instead} ${found.isPartial ? words.partial : count(found.pages.length)}`.trim(), {});
    list.replaceChildren(...items);
    more.hidden = found.pages.length <= items.length;
  }

  async function showMore() {
    if (!answer) return;
    const shown = answer;
    try {
      const items = await describe(await load(), shown, list.children.length);
      if (answer !== shown) return;
      list.append(...items);
      more.hidden = shown.pages.length <= list.children.length;
      items[0]?.querySelector("a")?.focus();
    } catch (error) {
      console.warn(error);
      say(words.failed ?? "");
    }
  }

  /**
   * @param {string} text
   * @param {{ isEmpty?: boolean, canRetry?: boolean }} state
   */
  function showState(text, { isEmpty = false, canRetry = false }) {
    say(text);
    part("[data-summary]").textContent = text;
    part("[data-empty]").hidden = !isEmpty;
    retry.hidden = !canRetry;
    more.hidden = true;
    if (isEmpty || canRetry) answer = undefined;
    list.replaceChildren();
    panel.hidden = false;
  }

  /** @param {string} text */
  function say(text) {
    part("[data-status]").textContent = text;
  }

  /** @param {number} number */
  function count(number) {
    const form = plurals.select(number);
    const word = form === "one" ? words.found_one : form === "few" ? words.found_few : words.found_many;
    return (word ?? "").replace("{count}", String(number));
  }

  /** @param {KeyboardEvent} event */
  function moveOrClose(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...list.querySelectorAll("a")];
    const here = links.findIndex((link) => link === document.activeElement);
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      input.focus();
      panel.hidden = true;
    } else if (event.key === "ArrowDown" && !panel.hidden && here + 1 < links.length) {
      event.preventDefault();
      links[here + 1]?.focus();
    } else if (event.key === "ArrowUp" && here >= 0) {
      event.preventDefault();
      (links[here - 1] ?? input).focus();
    } else if (event.key.length === 1 && event.key !== " " && here >= 0) {
      // The letter itself goes into the box, where the focus is by then.
      input.focus();
    }
  }

  function closeWhenLeft() {
    for (const type of ["pointerdown", "focusin"]) {
      document.addEventListener(type, (event) => {
        if (event.target instanceof Node && !form.contains(event.target)) panel.hidden = true;
      });
    }
  }

  /** @param {string} selector */
  function part(selector) {
    return /** @type {HTMLElement} */ (form.querySelector(selector));
  }
}

/** @param {string} question */
function keepInAddress(question) {
  const address = new URL(location.href);
  if (question.trim() === "") address.searchParams.delete("q");
  else address.searchParams.set("q", question.trim());
  history.replaceState(history.state, "", address);
}
