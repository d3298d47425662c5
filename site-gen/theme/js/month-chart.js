/** Money by the month as a chart of bars, and as a table for those who hear the page. */

import { formatMoney, formatMonth, formatMonthShort } from "./format.js";
import { messages } from "./messages.js";
import { withValues } from "./template.js";

/** @typedef {{ month: string, amount: string | number }} Month `2026-03`, and roubles */

const SHOWN = 12;
const SVG = "http://www.w3.org/2000/svg";
const MOSCOW = 3 * 60 * 60 * 1_000;

/**
 * Draws the last twelve months into a figure; months that are not named had nothing. Without any money there is no chart.
 *
 * @param {HTMLElement} figure holds its caption
 * @param {Month[]} known
 */
export function drawMonths(figure, known) {
  const months = lastMonths().map((month) => ({ month, amount: Number(known.find((one) => one.month === month)?.amount ?? 0) }));
  const most = Math.max(...months.map(({ amount }) => amount));
  figure.hidden = most <= 0;
  for (const old of figure.querySelectorAll(":scope > :not(figcaption)")) old.remove();
  if (figure.hidden) return;
  const top = element("p", withValues(messages.chart.most, { amount: formatMoney(most) }), "month-chart-most");
  top.ariaHidden = "true";
  figure.append(top, bars(months, most), names(months), table(months, figure.querySelector("figcaption")?.textContent ?? ""));
}

/** The months by Moscow's calendar, this one last. */
function lastMonths() {
  const now = new Date(Date.now() + MOSCOW);
  return Array.from({ length: SHOWN }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - SHOWN + 1 + index)).toISOString().slice(0, 7),
  );
}

/**
 * @param {{ month: string, amount: number }[]} months
 * @param {number} most
 */
function bars(months, most) {
  const chart = document.createElementNS(SVG, "svg");
  const put = (/** @type {Element} */ shape, /** @type {Record<string, string | number>} */ values) => {
    for (const [name, value] of Object.entries(values)) shape.setAttribute(name, String(value));
  };
  put(chart, { viewBox: `0 0 ${SHOWN} 100`, preserveAspectRatio: "none", "aria-hidden": "true" });
  months.forEach(({ month, amount }, index) => {
    // A month without money has a line to stand on, so that twelve are counted.
    const height = Math.max(amount > 0 ? 3 : 1, (amount / most) * 100);
    const bar = document.createElementNS(SVG, "rect");
    put(bar, { x: index + 0.14, y: 100 - height, width: 0.72, height, class: amount > 0 ? "bar" : "bar-empty" });
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${formatMonth(month)}: ${formatMoney(amount)}`;
    bar.append(title);
    chart.append(bar);
  });
  return chart;
}

/** @param {{ month: string }[]} months */
function names(months) {
  const row = element("p", "", "month-chart-names");
  row.ariaHidden = "true";
  row.append(...months.map(({ month }) => element("span", formatMonthShort(month))));
  return row;
}

/**
 * @param {{ month: string, amount: number }[]} months
 * @param {string} title
 */
function table(months, title) {
  const frame = element("div", "", "visually-hidden");
  const table = document.createElement("table");
  table.createCaption().textContent = title;
  const body = table.createTBody();
  for (const { month, amount } of months) {
    const row = body.insertRow();
    const name = element("th", formatMonth(month));
    name.setAttribute("scope", "row");
    row.append(name);
    row.insertCell().textContent = formatMoney(amount);
  }
  frame.append(table);
  return frame;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} [className]
 */
function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
