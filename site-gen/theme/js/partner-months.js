/** What each month brought: a table whose rows are the bars of a chart, so that eyes and readers get the same. */

import { formatMoney, formatMonth } from "./format.js";

const SHOWN = 12;

const table = /** @type {HTMLTableElement} */ (document.getElementById("partner-months"));

/** @param {{ month: string, earned: number }[]} months of Moscow's calendar, the oldest first; those without earnings are missing */
export function showMonths(months) {
  table.hidden = months.length === 0;
  const highest = Math.max(...months.map(({ earned }) => earned), 1);
  const rows = monthsFrom(months.at(0)?.month ?? "").map((month) => {
    const earned = months.find((each) => each.month === month)?.earned ?? 0;
    return row(month, earned, earned / highest);
  });
  table.tBodies[0].replaceChildren(...rows.reverse());
}

/**
 * @param {string} month
 * @param {number} earned
 * @param {number} share of the best month
 */
function row(month, earned, share) {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = formatMonth(month);
  const sum = document.createElement("td");
  sum.textContent = formatMoney(earned);
  sum.style.setProperty("--share", String(share));
  row.append(name, sum);
  return row;
}

/**
 * All months from one to the present, at most a year of them.
 *
 * @param {string} first such as 2026-03
 */
function monthsFrom(first) {
  const [year, month] = new Date(Date.now() + 3 * 3_600_000).toISOString().split("-").map(Number);
  const all = Array.from({ length: SHOWN }, (_, back) => {
    return new Date(Date.UTC(year, month - SHOWN + back)).toISOString().slice(0, 7);
  });
  return all.filter((each) => each >= first);
}
