/**
 * Measures the performance of pages for `cargo xtask lighthouse`: node measure.mjs <rounds> <least score>.
 *
 * As a telephone on a slow network and as a desk, by Lighthouse's own simulation, which computes from one quick load what a slow one
 * would have taken. Each page is measured in turn, some rounds over, and the median counts: a busy minute falls on all.
 */

import { argv, exit } from "node:process";

import { startLighthouse } from "../quality/lighthouse.mjs";

const [rounds, least] = argv.slice(2).map(Number);

const PAGES = ["/", "/login.html", "/help/", "/help/cabinet-access.html"];

/** @type {Record<string, import("lighthouse").Config>} */
const DEVICES = {
  phone: { extends: "lighthouse:default" },
  desktop: (await import("lighthouse")).desktopConfig,
};

/** What is told of each, with the audit that measures it and how it is written. @type {[string, string, (value: number) => string][]} */
const FIGURES = [
  ["FCP", "first-contentful-paint", seconds],
  ["LCP", "largest-contentful-paint", seconds],
  ["speed index", "speed-index", seconds],
  ["TBT", "total-blocking-time", (value) => `${Math.round(value)} ms`],
  ["CLS", "cumulative-layout-shift", (value) => value.toFixed(3)],
];

const subjects = Object.keys(DEVICES).flatMap((device) => ["", "/en"].flatMap((prefix) => PAGES.map((page) => ({ device, path: prefix + page, /** @type {import("lighthouse").Result[]} */ results: [] }))));

const engine = await startLighthouse();
for (let round = 0; round < rounds; round += 1) {
  for (const { device, path, results } of subjects) results.push(await engine.look(path, { onlyCategories: ["performance"] }, DEVICES[device]));
}
await engine.close();

console.log(row(["", "page", "score", ...FIGURES.map(([name]) => name)]));
const scores = subjects.map(({ device, path, results }) => {
  const score = median(results.map(({ categories }) => (categories.performance.score ?? 0) * 100));
  const figures = FIGURES.map(([, audit, write]) => write(median(results.map(({ audits }) => audits[audit].numericValue ?? Number.NaN))));
  console.log(row([device, path, String(Math.round(score)), ...figures]));
  return score;
});
const worst = Math.min(...scores);
console.log(`the least of ${subjects.length}: ${Math.round(worst)}, median of ${rounds} rounds`);
if (worst < least) exit(1);

/** @param {string[]} cells */
function row([device, page, ...others]) {
  return device.padEnd(9) + page.padEnd(30) + others.map((cell) => cell.padStart(12)).join("");
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** @param {number} value */
function seconds(value) {
  return `${(value / 1_000).toFixed(2)} s`;
}
