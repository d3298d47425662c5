/** The profile, as everybody sees it first: who the client is, since when, and how much there is of what. */

import { showInPart } from "./cabinet-data.js";
import { formatDate, formatNumber, formatPhone } from "./format.js";
import { messages } from "./messages.js";

/** @import { Dashboard, User } from "./cabinet-data.js" */

export function showProfile() {
  showInPart("profile-account", ({ user }) => fillAccount(user));
  showInPart("profile-statistics", ({ dashboard }) => fillStatistics(dashboard));
}

/** @param {User} user */
function fillAccount(user) {
  element("owner-name").textContent = user.name ?? "";
  element("owner-email").textContent = user.email;
  fillFact("profile-name-shown", user.name ?? "", messages.profile.name_missing);
  fillFact("profile-phone-shown", formatPhone(user.phone ?? ""), messages.profile.phone_missing);
  element("profile-email").textContent = user.email;
  element("email-verified").hidden = !user.email_verified;
  element("email-unverified").hidden = user.email_verified;
  // For the password manager: whose password the form changes.
  /** @type {HTMLInputElement} */ (element("password-owner")).value = user.email;
  const created = document.createElement("time");
  created.dateTime = user.created_at;
  created.textContent = formatDate(user.created_at);
  element("profile-created").replaceChildren(created);
}

/**
 * @param {string} id
 * @param {string} text
 * @param {string} missing
 */
function fillFact(id, text, missing) {
  element(id).textContent = text || missing;
  element(id).classList.toggle("fact-missing", text === "");
}

/** @param {Dashboard} dashboard */
function fillStatistics(dashboard) {
  element("stat-products").textContent = formatNumber(dashboard.active_products);
  element("stat-subscriptions").textContent = formatNumber(dashboard.subscriptions);
  element("stat-payments").textContent = formatNumber(dashboard.total_payments);
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
