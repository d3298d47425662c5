/** The codes are those of another encoder (python-qrcode 8, level M, bytes): one text of each version, each with another mask. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { qrCode } from "../../site-gen/theme/js/qr-code.js";

/** @type {{ text: string, mask: number, side: number, rows: string }[]} */
const known = JSON.parse(readFileSync(new URL("qr-codes.json", import.meta.url), "utf8"));

for (const { text, mask, side, rows } of known) {
  test(`a code of ${side} modules with mask ${mask} is the one that others make`, () => {
    const expected = rows.split(" ").map((row) => BigInt(`0x${row}`).toString(2).padStart(side, "0"));
    const made = qrCode(text, mask)?.map((row) => row.map(Number).join(""));
    assert.deepEqual(made, expected);
  });
}

test("without a mask given, one of the eight is chosen, and the same one every time", () => {
  const text = "https://miniapp.expert/?ref=0123ABCD";
  const chosen = JSON.stringify(qrCode(text));
  const all = Array.from({ length: 8 }, (_, mask) => JSON.stringify(qrCode(text, mask)));
  assert.equal(all.includes(chosen), true);
  assert.equal(chosen, JSON.stringify(qrCode(text)));
});

test("a text that is too long has no code, instead of a wrong one", () => {
  assert.notEqual(qrCode("z".repeat(106)), null);
  assert.equal(qrCode("z".repeat(107)), null);
  assert.equal(qrCode("я".repeat(54)), null);
});
