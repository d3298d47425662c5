/**
 * The mail that people get: on a developer's machine letters stay in the outbox, a table of the local D1, which is a file of
 * SQLite, beside the server; the letters in it are only read here.
 */

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { required } from "./browser.mjs";

const FOLDER = `${required("CABINET_STATE")}/v3/d1/miniflare-D1DatabaseObject`;

/** Which page the link of a mail opens. */
const PAGES = /** @type {const} */ ({
  "password-reset": "reset-password.html",
  "verify-email": "verify-email.html",
  "change-email": "change-email.html",
});

/**
 * The link of the latest mail with this name to an address, as it stands in the mail but for the site's origin.
 *
 * @param {string} address
 * @param {keyof typeof PAGES} name
 */
export function linkTo(address, name) {
  const mail = mailsTo(address).findLast((mail) => mail.mail === name);
  assert.ok(mail?.token, `no ${name} to ${address}`);
  return `/${mail.language === "en" ? "en/" : ""}${PAGES[name]}#token=${mail.token}`;
}

/**
 * The names of all mails to an address, the oldest first.
 *
 * @param {string} address
 */
export function namesOfMailsTo(address) {
  return mailsTo(address).map(({ mail }) => mail);
}

/**
 * @param {string} address
 * @returns {{ mail: string, language: string, token: string | null }[]}
 */
function mailsTo(address) {
  const database = new DatabaseSync(databaseFile(), { readOnly: true });
  try {
    const rows = database.prepare("SELECT mail, language, token FROM outbox WHERE address = ? ORDER BY id").all(address);
    return /** @type {any} */ (rows);
  } finally {
    database.close();
  }
}

/** The one database; its name is a digest of its id. */
export function databaseFile() {
  const files = readdirSync(FOLDER).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file));
  assert.equal(files.length, 1, `databases in ${FOLDER}: ${files}`);
  return `${FOLDER}/${files[0]}`;
}
