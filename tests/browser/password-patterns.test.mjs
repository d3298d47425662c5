/** What makes a password weak, without a browser: the module has nothing to do with the page. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { countGuesses, repeatsWhatIsKnown } from "../../site-gen/theme/js/password-patterns.js";

test("rows of keys, years, repetitions and first words count as one guess each, in both layouts", () => {
  for (const [password, guesses] of /** @type {const} */ ([
    ["", 0],
    ["aaaaaaaa", 1],
    ["12345678", 1],
    ["87654321", 1],
    ["qwertyuiop", 1],
    ["йцукенгшщз", 1],
    ["qwerty123", 2],
    ["пароль1990", 2],
    ["Password2024", 2],
    ["gfhjkm", 1],
    ["abcabcabc", 1],
    ["хаха".repeat(5), 2],
    ["vzr8kp", 6],
    ["двенадцать стульев", 18],
  ])) {
    assert.equal(countGuesses(password), guesses, password);
  }
});

test("what is known of the owner counts for nothing, in both layouts", () => {
  const known = ["anna.karenina@example.com", "Анна Каренина", "+7 999 123-45-67"];
  for (const password of ["karenina1", "Каренина", "rfhtybyf1", "anna12345", "anna.karenina@example.com", "79991234567", "miniapp2026", "MiniApp.Expert", "arenin"]) {
    assert.equal(repeatsWhatIsKnown(password, known, 6), true, password);
  }
  for (const password of ["anna takes the early train", "двенадцать стульев", "vzr8kp"]) {
    assert.equal(repeatsWhatIsKnown(password, known, 6), false, password);
  }
});

test("an empty form knows nothing of its owner", () => {
  assert.equal(repeatsWhatIsKnown("vzr8kp", ["", "", ""], 6), false);
  assert.equal(repeatsWhatIsKnown("ab", ["a", "b"], 6), false);
});
