/** Where the client is signed in: one row for each browser, with a button that ends it from here. */

import { callAsClient } from "./api.js";
import { formatCountry, formatFacts, formatMoment } from "./format.js";
import { loadPart } from "./loading.js";
import { messages } from "./messages.js";
import { leaveSignedOut } from "./places.js";
import { onPress } from "./pressing.js";
import { endSession } from "./session.js";

/**
 * @typedef {object} Session
 * @property {string} id
 * @property {boolean} current
 * @property {string | null} device
 * @property {string | null} country the two letters of ISO 3166
 * @property {string} last_seen_at
 */

const SESSIONS = "/api/auth/sessions/";

const part = /** @type {HTMLElement} */ (document.getElementById("account-sessions"));
const list = /** @type {HTMLElement} */ (document.getElementById("session-list"));
const status = /** @type {HTMLElement} */ (document.getElementById("session-status"));
const endAll = /** @type {HTMLButtonElement} */ (document.getElementById("end-all-sessions"));

/** @returns {() => void} loads the list again, after something else has ended sessions */
export function showSessions() {
  const reload = loadPart(part, () => callAsClient("GET", SESSIONS), fill);
  onPress(endAll, signOutEverywhere, tell);
  return reload;
}

/** @param {{ sessions: Session[] }} answer */
function fill({ sessions }) {
  list.replaceChildren(...sessions.map(row));
}

/** @param {Session} session */
function row(session) {
  const device = session.device ?? messages.account.session_unknown;
  const item = document.createElement("li");
  const name = document.createElement("strong");
  name.textContent = device;
  const about = document.createElement("p");
  about.append(name, " ", session.current ? mark() : "", whereAndWhen(session));
  item.append(about);
  if (!session.current) item.append(endButton(session.id, device, item));
  return item;
}

function mark() {
  const mark = document.createElement("span");
  mark.className = "mark";
  mark.textContent = messages.account.session_this;
  return mark;
}

/** @param {Session} session */
function whereAndWhen(session) {
  const line = document.createElement("span");
  line.className = "row-note";
  const seen = messages.account.session_seen.replace("{moment}", formatMoment(session.last_seen_at));
  line.textContent = formatFacts([formatCountry(session.country), seen]);
  return line;
}

/**
 * @param {string} id
 * @param {string} device
 * @param {HTMLElement} item
 */
function endButton(id, device, item) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "text-button";
  button.textContent = messages.account.session_end;
  button.setAttribute("aria-label", messages.account.session_end_label.replace("{device}", device));
  onPress(
    button,
    async () => {
      await callAsClient("DELETE", `${SESSIONS}${encodeURIComponent(id)}/`);
      item.remove();
      tell(messages.account.session_ended.replace("{device}", device));
      // The button that had the focus is gone.
      document.getElementById("sessions-title")?.focus();
    },
    tell,
  );
  return button;
}

async function signOutEverywhere() {
  await callAsClient("POST", "/api/auth/logout/?all=true", {});
  endSession();
  leaveSignedOut();
}

/** @param {string} text */
function tell(text) {
  status.textContent = text;
}
