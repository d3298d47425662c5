/** The documents of the client: which wait for consent, and which were accepted when. */

import { callAsClient } from "./api.js";
import { loadCabinet, showInPart } from "./cabinet-data.js";
import { formatDate, formatFacts } from "./format.js";
import { messages } from "./messages.js";
import { onPress } from "./pressing.js";
import { copyOf, keep, slot, withValues } from "./template.js";
import { tellSuccess } from "./toast.js";

/**
 * @typedef {object} ClientDocument
 * @property {number} id
 * @property {string} document_type
 * @property {string} title
 * @property {string} content
 * @property {string | null} url
 * @property {number} version
 * @property {number | null} signed_version
 * @property {string} [signed_at]
 */

const list = /** @type {HTMLElement} */ (document.getElementById("document-list"));
const nothing = /** @type {HTMLElement} */ (document.getElementById("documents-nothing"));
const error = /** @type {HTMLElement} */ (document.getElementById("documents-error"));

export function showDocuments() {
  showInPart("account-documents", ({ documents: { documents_to_sign: waiting, signed_documents: signed } }) => {
    nothing.hidden = waiting.length + signed.length > 0;
    list.replaceChildren(...waiting.map((one) => row(one, true)), ...signed.map((one) => row(one, false)));
  });
}

/**
 * @param {ClientDocument} one
 * @param {boolean} isWaiting
 */
function row(one, isWaiting) {
  const row = copyOf("document-row", { state: stateOf(one, isWaiting), content: one.url ? "" : one.content });
  slot(row, "title").replaceChildren(one.url ? link(one.url, one.title) : one.title);
  if (one.url || !one.content) keep(row, "text", false);
  slot(row, "state").classList.toggle("row-due", isWaiting);
  keep(row, "accept", isWaiting);
  if (!isWaiting) return row;
  const accept = /** @type {HTMLButtonElement} */ (slot(row, "accept"));
  accept.setAttribute("aria-label", withValues(messages.account.document_accept_label, { title: one.title }));
  onPress(
    accept,
    async () => {
      const path = `/api/client/documents/accept/${one.document_type}/`;
      await callAsClient("POST", path, { document_id: one.id, version: one.version });
      fail("");
      tellSuccess(messages.account.document_accepted);
      // The button that had the focus goes away.
      document.getElementById("documents-title")?.focus();
      await loadCabinet();
    },
    fail,
  );
  return row;
}

/**
 * @param {ClientDocument} one
 * @param {boolean} isWaiting
 */
function stateOf(one, isWaiting) {
  const words = messages.account;
  if (isWaiting) return one.signed_version ? words.document_changed : words.document_new;
  const version = withValues(words.document_version, { version: String(one.signed_version) });
  return formatFacts([one.signed_at ? withValues(words.document_signed, { date: formatDate(one.signed_at) }) : "", version]);
}

/**
 * @param {string} address
 * @param {string} title
 */
function link(address, title) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  return link;
}

/** @param {string} reason */
function fail(reason) {
  error.textContent = reason;
  error.hidden = reason === "";
}
