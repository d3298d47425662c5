/** Payments: what was spent, the list as it is chosen in the address, and the list as a file. */

import { callAsClient } from "./api.js";
import { showInPart } from "./cabinet-data.js";
import { offerTable } from "./file-download.js";
import { foldFilters } from "./filters-fold.js";
import { formatAmount, formatCount, formatDay, formatMoney } from "./format.js";
import { onRetry, showFailure, showLoaded, showWaiting } from "./loading.js";
import { messages } from "./messages.js";
import { drawMonths } from "./month-chart.js";
import { periodOf, returnedOf, stateOfPayment } from "./payment-words.js";
import { onVisit, placeIn } from "./sections.js";
import { copyOf, slot, withValues } from "./template.js";

/** @import { Payment } from "./cabinet-data.js" */
/** @typedef {{ payments: Payment[], total: number }} List */

/** As many as the cabinet's first answer has. */
const PAGE = 10;
const CHOICES = ["status", "from", "to", "sort"];
const DAYS = ["from", "to"];

const filters = /** @type {HTMLFormElement} */ (element("payment-filters"));
const fold = /** @type {HTMLDetailsElement} */ (element("payment-filters-fold"));
const part = element("payment-list");
const count = element("payments-count");

/** Which list was asked for last: an answer to an older question is no news. */
let asked = 0;

export function showPayments() {
  /** @type {List | undefined} */
  let first;
  let shown = "";
  showInPart("payments-data", ({ payments }) => {
    first = payments;
    element("payments-nothing").hidden = payments.total > 0;
    element("payments-some").hidden = payments.total === 0;
    element("payments-spent").textContent = formatMoney(payments.total_amount);
    drawMonths(element("payments-months"), payments.months);
    shown = choice().toString();
    list(first);
  });
  onVisit("payments", () => {
    const { view } = placeIn("payments");
    if (view !== "" || choice().toString() === shown) return;
    shown = choice().toString();
    if (first) list(first);
  });
  onRetry(part, () => list());
  foldFilters(fold, isChosen);
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    choose(new URLSearchParams(CHOICES.flatMap((name) => (valueOf(name).value ? [[name, valueOf(name).value]] : []))));
  });
  element("payments-reset").addEventListener("click", () => choose(new URLSearchParams()));
  element("payments-previous").addEventListener("click", () => turnTo(pageOf(choice()) - 1));
  element("payments-next").addEventListener("click", () => turnTo(pageOf(choice()) + 1));
  offerFile();

  /** @param {URLSearchParams} wanted */
  async function choose(wanted) {
    shown = wanted.toString();
    history.pushState(null, "", `#payments${shown && `?${shown}`}`);
    await list(first);
    count.focus({ preventScroll: true });
    part.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} page */
  function turnTo(page) {
    const wanted = choice();
    wanted.delete("page");
    if (page > 1) wanted.set("page", String(page));
    choose(wanted);
  }
}

/**
 * Shows the list that the address names.
 *
 * @param {List} [first] the one without any choice, which the cabinet has already
 */
async function list(first) {
  const wanted = choice();
  fillFilters(wanted);
  const question = ++asked;
  if (first && wanted.size === 0) {
    showList(first, 1);
    return;
  }
  showWaiting(part);
  try {
    const page = pageOf(wanted);
    wanted.set("page", String(page));
    const answer = await callAsClient("GET", `/api/client/payments/?${wanted}&limit=${PAGE}`);
    if (question === asked) showList(answer, page);
  } catch (error) {
    if (question === asked) showFailure(part, error);
  }
}

/**
 * @param {List} answer
 * @param {number} page
 */
function showList({ payments, total }, page) {
  const pages = Math.ceil(total / PAGE);
  element("payment-rows").replaceChildren(...payments.map(row));
  count.textContent = total > 0 ? formatCount(messages.payment, "found", total) : messages.payment.found_none;
  element("payments-page").textContent = withValues(messages.payment.page, { page: String(page), pages: String(pages) });
  element("payments-pager").hidden = pages < 2;
  element("payments-previous").style.visibility = page > 1 ? "visible" : "hidden";
  element("payments-next").style.visibility = page < pages ? "visible" : "hidden";
  element("payments-csv").hidden = total === 0;
  showLoaded(part);
}

/** @param {Payment} payment */
function row(payment) {
  const period = periodOf(payment);
  const line = copyOf("payment-row", {
    name: payment.order.product_name,
    note: payment.failure_reason ?? period,
    day: formatDay(payment.created_at),
    amount: formatAmount(payment.amount),
    returned: returnedOf(payment),
  });
  /** @type {HTMLAnchorElement} */ (slot(line, "name")).href = `#payments/${payment.id}/receipt`;
  /** @type {HTMLTimeElement} */ (slot(line, "day")).dateTime = payment.created_at;
  slot(line, "state").replaceWith(stateOfPayment(payment));
  return line;
}

/** @param {URLSearchParams} wanted */
function fillFilters(wanted) {
  for (const name of CHOICES) valueOf(name).value = wanted.get(name) ?? "";
  element("payments-reset").hidden = !isChosen();
  if (isChosen()) fold.open = true;
  const sort = wanted.get("sort") || "newest";
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("th[data-sort]"))) {
    const [descending, ascending] = (head.dataset.sort ?? "").split(" ");
    if (sort === descending) head.ariaSort = "descending";
    else if (sort === ascending) head.ariaSort = "ascending";
    else head.removeAttribute("aria-sort");
  }
}

function offerFile() {
  const problem = element("payments-csv-error");
  const tell = (/** @type {string} */ reason) => {
    problem.textContent = reason;
    problem.hidden = reason === "";
  };
  const address = () => {
    const wanted = choice();
    wanted.delete("page");
    return `/api/client/payments/export.csv?${wanted}`;
  };
  offerTable(/** @type {HTMLButtonElement} */ (element("payments-csv")), address, tell);
}

/** What the address chooses, and nothing that it could not. */
function choice() {
  const { choice } = placeIn("payments");
  return new URLSearchParams([...choice].filter(([name, value]) => value && [...CHOICES, "page"].includes(name) && (!DAYS.includes(name) || isDay(value))));
}

function isChosen() {
  const wanted = choice();
  return CHOICES.some((name) => wanted.has(name));
}

/** @param {string} text */
function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** @param {URLSearchParams} wanted */
function pageOf(wanted) {
  const page = Number(wanted.get("page") ?? 1);
  return Number.isInteger(page) && page > 0 ? page : 1;
}

/** @param {string} name */
function valueOf(name) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (filters.elements.namedItem(name));
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
