/**
 * The headers of every kind of static answer, to the letter, and what the Observatory of MDN and Google's evaluator of
 * policies think of them. Those of the API are spelled out in tests/scenarios/headers.rs; here they are graded too.
 */

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

import { score } from "./observatory.mjs";

const address = process.env.CABINET_URL;
assert.ok(address, "CABINET_URL is not set: these tests are run by `cargo xtask test`");

const LEAST_SCORE = 120;

/** What says how an answer travels, and which answer it is. */
const OF_TRANSPORT = ["age", "cf-cache-status", "connection", "content-encoding", "content-length", "date", "etag", "keep-alive", "transfer-encoding", "vary"];

const FOR_A_YEAR = "public, max-age=31536000, immutable";
const ASKED_FOR_ANEW = "public, max-age=0, must-revalidate";

/** What every file is sent with. Hashes of inline code are told by the generator's tests, and left out here. */
const EVERYWHERE = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; require-trusted-types-for 'script'; trusted-types offline-page; upgrade-insecure-requests",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  "referrer-policy": "strict-origin-when-cross-origin",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-permitted-cross-domain-policies": "none",
};

const html = { "content-type": "text/html; charset=utf-8" };

/** @type {{ kind: string, path: string, status: number, besides: Record<string, string> }[]} */
const STATIC = [
  { kind: "a page", path: "/login.html", status: 200, besides: { ...html, "cache-control": ASKED_FOR_ANEW } },
  { kind: "a style sheet", path: published("assets", ".css"), status: 200, besides: { "content-type": "text/css; charset=utf-8", "cache-control": FOR_A_YEAR } },
  { kind: "a script", path: published("assets", ".js"), status: 200, besides: { "content-type": "text/javascript; charset=utf-8", "cache-control": FOR_A_YEAR } },
  { kind: "a part of the search", path: published("search/ru", ""), status: 200, besides: { "cache-control": FOR_A_YEAR } },
  { kind: "a page that is not there", path: "/nothing.html", status: 404, besides: { ...html, "cache-control": ASKED_FOR_ANEW } },
  { kind: "a redirect", path: "/help", status: 301, besides: { location: "/help/" } },
];

const API = [
  { kind: "an answer of the API", path: "/api/auth/health/", status: 200 },
  { kind: "a refusal of the API", path: "/api/auth/profile/", status: 401 },
  { kind: "an address that the API does not know", path: "/api/nothing/", status: 404 },
];

for (const { kind, path, status, besides } of STATIC) {
  test(`${kind} is sent with these headers and no others`, async () => {
    const { response, header } = await get(path);
    assert.equal(response.status, status);
    const found = Object.fromEntries(response.headers);
    for (const name of OF_TRANSPORT) delete found[name];
    const expected = { ...EVERYWHERE, ...besides };
    if (!("content-type" in besides)) delete found["content-type"];
    found["content-security-policy"] = header("content-security-policy").replaceAll(/ 'sha256-[^']+'/g, "");
    assert.deepEqual(found, expected);
  });
}

for (const { kind, path, status } of [...STATIC, ...API]) {
  test(`${kind} scores at least ${LEAST_SCORE} at the Observatory, and sets no cookie`, async () => {
    const { response, header } = await get(path);
    assert.equal(response.status, status);
    assert.ok(score(header) >= LEAST_SCORE, `${score(header)}`);
    assert.equal(header("set-cookie"), "");
  });

  test(`the policy of ${kind} has no finding above medium`, async () => {
    const { header } = await get(path);
    assert.deepEqual(graveFindings(header("content-security-policy")), []);
  });
}

test("a page with Turnstile scores high enough, and its policy has no finding above medium", () => {
  const policy = EVERYWHERE["content-security-policy"]
    .replace("script-src 'self'", "script-src 'self' https://challenges.cloudflare.com")
    .replace("; trusted-types offline-page", "; trusted-types default; frame-src https://challenges.cloudflare.com");
  assert.deepEqual(graveFindings(policy), []);
  /** @type {Record<string, string>} */
  const headers = { ...EVERYWHERE, "content-security-policy": policy, "cross-origin-embedder-policy": "" };
  assert.ok(score((name) => headers[name] ?? "") >= LEAST_SCORE);
});

test("the table of rules weighs what is missing as the Observatory does", () => {
  const graded = (/** @type {Record<string, string>} */ headers) => score((name) => headers[name] ?? "");
  const good = { ...EVERYWHERE };
  for (const [changes, expected] of /** @type {[Record<string, string>, number][]} */ ([
    [{}, 150],
    [{ "cross-origin-embedder-policy": "" }, 140],
    [{ "cross-origin-resource-policy": "" }, 140],
    [{ "referrer-policy": "unsafe-url" }, 140],
    [{ "strict-transport-security": "max-age=1000" }, 140],
    [{ "strict-transport-security": "" }, 80],
    [{ "x-content-type-options": "" }, 145],
    [{ "content-security-policy": "", "x-frame-options": "" }, 55],
    [{ "content-security-policy": "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'" }, 80],
    [{ "access-control-allow-origin": "*" }, 50],
  ])) {
    assert.equal(graded({ ...good, ...changes }), expected, JSON.stringify(changes));
  }
});

/** @param {string} path */
async function get(path) {
  const response = await fetch(address + path, { redirect: "manual" });
  await response.arrayBuffer();
  return { response, header: (/** @type {string} */ name) => response.headers.get(name) ?? "" };
}

/**
 * What the evaluator finds that is worse than "maybe medium"; the graver a finding, the smaller its number.
 *
 * @param {string} policy
 */
function graveFindings(policy) {
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
  const grave = findings.filter(({ severity }) => severity <= Severity.HIGH_MAYBE);
  return grave.map(({ directive, value, description }) => `${directive} ${value ?? ""}: ${description}`);
}

/**
 * The address of the first published file in a folder with this end.
 *
 * @param {string} folder
 * @param {string} end
 */
function published(folder, end) {
  const files = readdirSync(new URL(`../../dist/${folder}/`, import.meta.url), { recursive: true, withFileTypes: true });
  const file = files.find((file) => file.isFile() && file.name.endsWith(end));
  assert.ok(file, `dist/${folder} holds no ${end}`);
  return `/${file.parentPath.split("/dist/")[1].replace(/\/$/, "")}/${file.name}`;
}
