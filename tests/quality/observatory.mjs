/**
 * What MDN's HTTP Observatory thinks of the headers of an answer.
 *
 * The rules and their weights are those of version 1.6 (its scoring algorithm 4:
 * https://github.com/mdn/mdn-http-observatory, src/grader/charts.js), as far as an answer of this project can meet or break
 * them. The package itself brings a database, a web server and 228 other packages, and downloads lists after it is installed;
 * so the rules stand here. What needs TLS (the redirect of http, a certificate that holds) counts as given: Cloudflare's edge
 * does both. Cookies and foreign scripts cost nothing here because there are none; a test sees to that.
 */

/** From here on upwards bonuses count. */
const WORTH_A_BONUS = 90;
const SIX_MONTHS = 15_552_000;
const PRIVATE = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];
const BROAD = ["*", "http:", "https:", "ftp:", "data:", "'unsafe-inline'", "'unsafe-eval'"];

/** @typedef {(name: string) => string} Headers the value of a header, empty where there is none */

/** @type {Record<string, (header: Headers, policy: Map<string, string[]>) => number>} */
const RULES = {
  "content security policy": (header, policy) => {
    if (policy.size === 0) return -25;
    const sources = (/** @type {string} */ name) => policy.get(name) ?? policy.get("default-src") ?? ["*"];
    const isBroad = (/** @type {string} */ name) => sources(name).some((source) => BROAD.includes(source));
    if (isBroad("script-src") || isBroad("object-src")) return -20;
    if (isBroad("style-src")) return 0;
    const isNone = policy.get("default-src")?.join() === "'none'";
    const form = policy.get("form-action")?.join() ?? "";
    return isNone && ["'none'", "'self'"].includes(form) ? 10 : 5;
  },
  "strict transport security": (header) => {
    const age = /(?:^|;)\s*max-age=(\d+)/i.exec(header("strict-transport-security"))?.[1];
    if (age === undefined) return -20;
    return Number(age) < SIX_MONTHS ? -10 : 0;
  },
  "no sniffing": (header) => (header("x-content-type-options").toLowerCase() === "nosniff" ? 0 : -5),
  "framing": (header, policy) => {
    const ancestors = policy.get("frame-ancestors");
    if (ancestors && !ancestors.some((source) => BROAD.includes(source))) return 5;
    return ["deny", "sameorigin"].includes(header("x-frame-options").toLowerCase()) ? 0 : -20;
  },
  "referrer": (header) => {
    const value = header("referrer-policy").toLowerCase();
    if (value === "") return 0;
    return PRIVATE.includes(value) ? 5 : -5;
  },
  "cross-origin resources": (header) => {
    const value = header("cross-origin-resource-policy");
    if (value === "same-origin") return 10;
    return value === "cross-origin" ? -5 : 0;
  },
  "cross-origin openers": (header) => (header("cross-origin-opener-policy") === "same-origin" ? 10 : 0),
  "cross-origin embedding": (header) =>
    ["require-corp", "credentialless"].includes(header("cross-origin-embedder-policy")) ? 10 : 0,
  "cross-origin sharing": (header) => (header("access-control-allow-origin") === "*" ? -50 : 0),
};

/**
 * The score of an answer; 100 and more is an A+.
 *
 * @param {Headers} header
 */
export function score(header) {
  const policy = directives(header("content-security-policy"));
  const points = Object.values(RULES).map((rule) => rule(header, policy));
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, number) => total + number, 100);
  const penalized = sum(points.filter((number) => number < 0));
  return penalized >= WORTH_A_BONUS ? sum(points) : penalized;
}

/** @param {string} text */
function directives(text) {
  const parts = text.split(";").map((part) => part.trim().split(/\s+/)).filter(([name]) => name);
  return new Map(parts.map(([name, ...sources]) => [name.toLowerCase(), sources]));
}
