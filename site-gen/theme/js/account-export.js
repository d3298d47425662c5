/** Everything that is held on the client, as a file. */

import { callAsClient } from "./api.js";
import { messages } from "./messages.js";
import { onPress } from "./pressing.js";

const button = /** @type {HTMLButtonElement} */ (document.getElementById("export-data"));
const status = /** @type {HTMLElement} */ (document.getElementById("export-status"));
const failure = /** @type {HTMLElement} */ (document.getElementById("export-error"));

export function offerExport() {
  onPress(button, async () => {
    tell("", "");
    save(JSON.stringify(await callAsClient("GET", "/api/auth/export/"), null, 2));
    tell(messages.account.exported, "");
  }, (reason) => tell("", reason));
}

/** @param {string} json */
function save(json) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  link.download = `miniapp-expert-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * @param {string} done
 * @param {string} failed
 */
function tell(done, failed) {
  status.textContent = done;
  failure.textContent = failed;
  failure.hidden = failed === "";
}
