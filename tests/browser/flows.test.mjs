/**
 * Every flow with the keyboard alone, on a phone and at a desk, in both languages, while the API is slow, fails, and knows nothing
 * of the session half-way: each flow is declared once, and gone through twice.
 */

import { test } from "node:test";

import { DESKTOP, PHONE } from "./cabinet.mjs";
import { account } from "./flows-account.mjs";
import { business } from "./flows-business.mjs";
import { entrance } from "./flows-entrance.mjs";
import { goThroughSlowly, goThroughTrouble } from "./flows.mjs";

for (const [index, flow] of [...entrance, ...account, ...business].entries()) {
  // Both sizes and both languages for each flow, and all pairs of them over the flows.
  const [first, second] = index % 2 === 0 ? [PHONE, DESKTOP] : [DESKTOP, PHONE];
  test(`${flow.name}: the keyboard is enough, and a slow answer is waited for once (Russian, ${first.width} pixels)`, () =>
    goThroughSlowly(flow, { prefix: "", viewport: first }));
  test(`${flow.name}: is brought to its end when the server breaks, the connection is cut and the session is over (English, ${second.width} pixels)`, () =>
    goThroughTrouble(flow, { prefix: "/en", viewport: second }));
}
