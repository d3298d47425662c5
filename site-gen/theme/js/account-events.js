/** What happened to the account lately, the newest first. */

import { callAsClient } from "./api.js";
import { formatCountry, formatFacts, formatMoment } from "./format.js";
import { loadPart } from "./loading.js";
import { messages } from "./messages.js";
import { onPress } from "./pressing.js";

/**
 * @typedef {object} Event
 * @property {string} event the API's word for it
 * @property {string} by
 * @property {string} at
 * @property {number} times how often within the hour
 * @property {string | null} device
 * @property {string | null} country
 */

/** @typedef {{ events: Event[], total: number, page: number }} Answer */

const PAGE = 10;

const part = /** @type {HTMLElement} */ (document.getElementById("account-events"));
const list = /** @type {HTMLElement} */ (document.getElementById("event-list"));
const more = /** @type {HTMLButtonElement} */ (document.getElementById("more-events"));

/** @returns {() => void} loads the list again, after something has happened */
export function showEvents() {
  let shown = 0;
  const reload = loadPart(part, () => load(1), (answer) => {
    list.replaceChildren();
    shown = 0;
    add(answer);
  });
  onPress(more, async () => add(await load(shown + 1)), (reason) => {
    more.textContent = reason;
  });
  return reload;

  /** @param {Answer} answer */
  function add({ events, total, page }) {
    list.append(...events.map(row));
    shown = page;
    more.hidden = page * PAGE >= total;
  }
}

/**
 * @param {number} page
 * @returns {Promise<Answer>}
 */
function load(page) {
  return callAsClient("GET", `/api/auth/events/?page=${page}&limit=${PAGE}`);
}

/** @param {Event} event */
function row(event) {
  const item = document.createElement("li");
  const what = document.createElement("strong");
  what.textContent = messages.event[event.event] ?? messages.event.other;
  const note = document.createElement("span");
  note.className = "row-note";
  const facts = [
    formatMoment(event.at),
    event.device,
    formatCountry(event.country),
    event.by === "operator" && messages.account.event_operator,
    event.times > 1 && messages.account.event_times.replace("{count}", String(event.times)),
  ];
  note.textContent = formatFacts(facts);
  const about = document.createElement("p");
  about.append(what, note);
  item.append(about);
  return item;
}
