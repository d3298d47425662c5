/**
 * Asks for a payout in two steps: the form, and a look at all of it before it is sent. Both are one form, so that what the API
 * refuses is told at its field, and no typed letter is lost on the way.
 */

import { callAsClient } from "./api.js";
import { knownCabinet, loadCabinet, showInPart } from "./cabinet-data.js";
import { takeOver, textOf } from "./form.js";
import { formatMoney, formatPhone } from "./format.js";
import { messages } from "./messages.js";
import { onVisit, placeIn } from "./sections.js";
import { withValues } from "./template.js";
import { tellSuccess } from "./toast.js";
import { keepTyped } from "./typed-text.js";

/** @import { Programme } from "./section-partners.js" */

const form = /** @type {HTMLFormElement} */ (document.getElementById("payout-form"));
const title = element("payout-title");
const fields = element("payout-fields");
const summary = element("payout-check");
const change = /** @type {HTMLButtonElement} */ (element("payout-change"));
const send = /** @type {HTMLButtonElement} */ (form.querySelector("button[type=submit]"));

const words = { title: title.textContent ?? "", send: send.textContent ?? "" };

let isChecked = false;

/** The address of the view; the generator knows addresses of places only. */
const ADDRESS = "#partners/payout";

export function offerPayout() {
  /** @type {HTMLAnchorElement} */ (document.getElementById("ask-for-payout")).href = ADDRESS;
  form.addEventListener("change", showRoute);
  if (keepTyped(form)) showRoute();
  change.addEventListener("click", () => {
    showFields();
    title.focus();
  });
  takeOver(form, {
    check: () => (isChecked ? {} : findMistakes()),
    async send() {
      if (!isChecked) {
        showSummary();
        return;
      }
      try {
        await callAsClient("POST", "/api/client/referrals/request-payout/", request());
      } catch (error) {
        showFields();
        throw error;
      }
      showFields();
      form.reset();
      showRoute();
      location.hash = "#partners";
      tellSuccess(messages.partner.requested);
      await loadCabinet();
    },
  });
  showInPart("payout", prepareForm);
  onVisit("partners", prepareForm);
}

/**
 * Makes the form fit what the cabinet knows: the bounds of the sum, and all that can be asked for and the client's own number where
 * nobody has typed something else. Who cannot ask now is led back to the section.
 */
function prepareForm() {
  const cabinet = knownCabinet();
  if (!cabinet) return;
  const { user, referrals } = cabinet;
  if (!canAsk(referrals)) {
    // The section says why; a form that the API must refuse would take time for nothing.
    if (placeIn("partners").view === "payout") location.replace("#partners");
    return;
  }
  const { balance, terms } = referrals;
  const bounds = { least: formatMoney(terms.min_payout), most: formatMoney(balance.available) };
  element("payout-amount-hint").textContent = withValues(messages.partner.amount_bounds, bounds);
  const input = /** @type {HTMLInputElement} */ (element("payout-amount"));
  if (input.value === "") input.value = String(balance.available).replace(".", decimalSign());
  const phone = /** @type {HTMLInputElement} */ (element("payout-phone"));
  const own = user.phone ?? "";
  // The fast payments system is Russian.
  if (phone.value === "" && own.startsWith("+7")) phone.value = formatPhone(own);
}

/**
 * The payout that is neither over nor refused; there is one at a time.
 *
 * @param {Programme} programme
 */
export function openPayout({ payouts }) {
  return payouts.payouts.find(({ status }) => ["pending", "processing"].includes(status));
}

/** @param {Programme} programme */
export function canAsk(programme) {
  return !openPayout(programme) && programme.balance.available >= programme.terms.min_payout;
}

/** @returns {Record<string, string>} */
function findMistakes() {
  const needed = chosen("payment_method") === "sbp" ? ["phone"] : ["bik", "account"];
  const missing = ["recipient", "inn", ...needed].filter((name) => textOf(form, name) === "");
  const amount = wrongAmount();
  return {
    ...(amount && { amount }),
    ...Object.fromEntries(missing.map((name) => [name, messages.partner[name]])),
  };
}

function wrongAmount() {
  const programme = knownCabinet()?.referrals;
  const text = amount();
  if (!/^\d+(\.\d{1,2})?$/.test(text)) return messages.partner.amount;
  // Until the answer is there, the API alone knows the bounds.
  if (!programme) return "";
  const { balance, terms } = programme;
  if (Number(text) < terms.min_payout) return withValues(messages.partner.amount_too_small, { amount: formatMoney(terms.min_payout) });
  if (Number(text) > balance.available) return withValues(messages.partner.amount_too_large, { amount: formatMoney(balance.available) });
  return "";
}

/**
 * What the API is sent; only the fields of the chosen way.
 *
 * @returns {Record<string, string>}
 */
function request() {
  const way = chosen("payment_method");
  return {
    amount: amount(),
    legal_form: chosen("legal_form"),
    recipient: textOf(form, "recipient"),
    inn: digits("inn"),
    payment_method: way,
    ...(way === "sbp" ? { phone: textOf(form, "phone") } : { bik: digits("bik"), account: digits("account") }),
  };
}

function showSummary() {
  const asked = request();
  const sum = formatMoney(asked.amount);
  const route = [asked.phone?.replaceAll(" ", "\u00A0").replaceAll("-", "\u2011"), asked.bik, asked.account].filter(Boolean).join(", ");
  const lines = [
    [messages.partner.check_amount, sum],
    // The choice begins with a capital where it stands alone.
    [messages.partner.check_recipient, `${asked.recipient}, ${labelOf("legal_form").toLowerCase()}`],
    [messages.partner.check_inn, asked.inn],
    [messages.partner.check_to, `${labelOf("payment_method")}: ${route}`],
  ];
  summary.replaceChildren(...lines.map(line));
  title.textContent = messages.partner.check_title;
  send.textContent = withValues(messages.partner.send, { amount: sum });
  show(true);
  title.focus();
}

function showFields() {
  title.textContent = words.title;
  send.textContent = words.send;
  show(false);
}

/** @param {boolean} is */
function show(is) {
  isChecked = is;
  fields.hidden = is;
  summary.hidden = !is;
  change.hidden = !is;
  element("payout-leave").hidden = is;
}

/** A company has no telephone to be paid by. */
function showRoute() {
  const isCompany = chosen("legal_form") === "company";
  for (const choice of form.querySelectorAll("input[name=payment_method]")) {
    const way = /** @type {HTMLInputElement} */ (choice);
    way.disabled = isCompany && way.value === "sbp";
    if (isCompany) way.checked = way.value === "bank_account";
  }
  element("payout-only-account").hidden = !isCompany;
  for (const part of form.querySelectorAll("[data-method]")) {
    const way = /** @type {HTMLElement} */ (part);
    way.hidden = way.dataset.method !== chosen("payment_method");
  }
}

/** However people write a sum: «1 500,50 ₽». */
function amount() {
  return textOf(form, "amount").replaceAll(/[\s₽]/g, "").replace(",", ".");
}

/** @param {string} name */
function digits(name) {
  return textOf(form, name).replaceAll(/[\s-]/g, "");
}

/** @param {string} name */
function chosen(name) {
  return String(new FormData(form).get(name) ?? "");
}

/** @param {string} name */
function labelOf(name) {
  return form.querySelector(`input[name=${name}]:checked`)?.closest("label")?.textContent?.trim() ?? "";
}

function decimalSign() {
  return document.documentElement.lang === "ru" ? "," : ".";
}

/** @param {string[]} line */
function line([name, value]) {
  const line = document.createElement("div");
  const term = document.createElement("dt");
  term.textContent = name;
  const text = document.createElement("dd");
  text.textContent = value;
  line.append(term, text);
  return line;
}

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
