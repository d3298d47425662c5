/** The profile: who the client is, since when, how much there is of what, and a form for what may be changed. */

import { callAsClient } from "./api.js";
import { showInPart } from "./cabinet-data.js";
import { takeOver, textOf } from "./form.js";
import { formatDate, formatNumber, formatPhone } from "./format.js";
import { messages } from "./messages.js";

/** @import { Dashboard, User } from "./cabinet-data.js" */

const PROFILE = "/api/auth/profile/";

const form = /** @type {HTMLFormElement} */ (document.getElementById("profile-form"));
const nameInput = /** @type {HTMLInputElement} */ (document.getElementById("profile-name"));
const phoneInput = /** @type {HTMLInputElement} */ (document.getElementById("profile-phone"));

export function showProfile() {
  let isOffered = false;
  showInPart("profile-account", ({ user }) => {
    // What is being typed is not written over when something else in the cabinet has changed.
    if (!isOffered) offerAccount(user);
    isOffered = true;
  });
  showInPart("profile-statistics", ({ dashboard }) => fillStatistics(dashboard));
}

/** @param {User} user */
function offerAccount(user) {
  let { phone } = fillAccount(user);
  nameInput.disabled = false;
  phoneInput.disabled = false;
  form.addEventListener("input", () => saySaved(""));
  takeOver(form, {
    check() {
      // An account that was made by hand may have no phone; the name can be changed all the same.
      return { ...(phone && !textOf(form, "phone") && { phone: messages.check.phone }) };
    },
    async send() {
      saySaved("");
      const changes = { name: textOf(form, "name"), phone: textOf(form, "phone") || null };
      ({ phone } = fillAccount(await callAsClient("PATCH", PROFILE, changes)));
      saySaved(messages.profile.saved);
    },
  });
}

/**
 * @param {User} user
 * @returns {User}
 */
function fillAccount(user) {
  nameInput.value = user.name ?? "";
  phoneInput.value = formatPhone(user.phone ?? "");
  element("owner-name").textContent = user.name ?? "";
  element("owner-email").textContent = user.email;
  element("profile-email").textContent = user.email;
  element("email-verified").hidden = !user.email_verified;
  element("email-unverified").hidden = user.email_verified;
  // For the password manager: whose password the form changes.
  /** @type {HTMLInputElement} */ (element("password-owner")).value = user.email;
  const created = document.createElement("time");
  created.dateTime = user.created_at;
  created.textContent = formatDate(user.created_at);
  element("profile-created").replaceChildren(created);
  return user;
}

/** @param {Dashboard} dashboard */
function fillStatistics(dashboard) {
  element("stat-products").textContent = formatNumber(dashboard.active_products);
  element("stat-subscriptions").textContent = formatNumber(dashboard.subscriptions);
  element("stat-payments").textContent = formatNumber(dashboard.total_payments);
}

/** @param {string} text */
function saySaved(text) {
  element("profile-saved").textContent = text;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
