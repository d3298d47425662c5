/** Name and phone in the profile, each changed where it stands. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { findNothing } from "../quality/axe.mjs";
import { callApi, inBrowser, newEmail, refused, somebody } from "./browser.mjs";
import { DESKTOP, PHONE, open, tabTo, textOf } from "./cabinet.mjs";
import { run } from "./goods.mjs";

const NAME = "#profile-name";
const NUMBER = "#profile-phone";

/** Somebody in their profile. @param {import("playwright-core").Page} page @param {"" | "/en"} [prefix] */
async function inProfile(page, prefix) {
  const person = await somebody();
  await open(page, person, "#profile", prefix);
  await page.locator("#profile-phone-change:enabled").waitFor();
  return person;
}

/** Opens a field. @param {import("playwright-core").Page} page @param {string} fact */
const change = (page, fact) => page.click(`${fact}-change`);

/** @param {import("playwright-core").Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.id);

for (const viewport of [PHONE, DESKTOP]) {
  test(`the field opens where the text stood, Escape and «Отмена» leave it, and the focus comes back, ${viewport.width} pixels wide`, () =>
    inBrowser(
      async (page) => {
        await inProfile(page);
        const before = await page.locator("#profile-phone-shown").boundingBox();
        for (const leave of [() => page.keyboard.press("Escape"), async () => (await tabTo(page, "#profile-phone-form .button-quiet"), page.keyboard.press("Enter"))]) {
          await tabTo(page, "#profile-phone-change");
          await page.getByRole("button", { name: "Изменить: Телефон", exact: true }).waitFor();
          await page.keyboard.press("Enter");
          assert.equal(await focused(page), "profile-phone");
          assert.equal(await page.inputValue("#profile-phone"), "+7 999 123-45-67");
          assert.equal(await page.isVisible("#profile-phone-shown"), false);
          const field = await page.locator("#profile-phone-form").boundingBox();
          assert.ok(before && field && Math.abs(field.x - before.x) < 2 && Math.abs(field.y - before.y) < 60, "where the text stood");
          await page.keyboard.type("8 000");
          await leave();
          assert.equal(await focused(page), "profile-phone-change");
          assert.equal(await textOf(page, "#profile-phone-shown"), "+7 999 123-45-67");
          assert.equal(await page.isVisible("#profile-phone-form"), false);
        }
      },
      { viewport },
    ));
}

test("a number is taken in any common way to write it, and shown in one", () =>
  inBrowser(async (page) => {
    await inProfile(page);
    for (const [typed, shown] of [["89991112233", "+7 999 111-22-33"], ["7(999)1112234", "+7 999 111-22-34"], ["9991112235", "+7 999 111-22-35"], ["+375 29 123-45-67", "+375291234567"]]) {
      await change(page, NUMBER);
      await page.fill("#profile-phone", typed);
      await page.keyboard.press("Enter");
      await page.locator("#profile-phone-shown:visible", { hasText: shown }).waitFor();
    }
  }));

test("what is wrong is told at the field, by the page and by the API, with what was typed; leaving it takes it back", () =>
  inBrowser(
    async (page) => {
      await inProfile(page, "/en");
      for (const [typed, words] of [["", /^Enter/], ["8 999 123", /./]]) {
        await change(page, NUMBER);
        await page.fill("#profile-phone", typed);
        await page.keyboard.press("Enter");
        await page.locator("#profile-phone-error:visible", { hasText: words }).waitFor();
        assert.equal(await focused(page), "profile-phone");
        assert.equal(await page.getAttribute("#profile-phone", "aria-invalid"), "true");
        assert.match((await page.getAttribute("#profile-phone", "aria-describedby")) ?? "", /profile-phone-error/);
        assert.equal(await page.inputValue("#profile-phone"), typed);
        assert.match(await page.title(), /^Error: /);
        if (typed) await findNothing(page, "a field in place that names what is wrong");
        await page.keyboard.press("Escape");
        assert.equal(await page.isVisible("#profile-phone-error"), false);
        assert.doesNotMatch(await page.title(), /^Error/);
      }
    },
    { expected: [refused(400)] },
  ));

test("one field at a time is sent, the other one and what is typed in it stay", () =>
  inBrowser(async (page) => {
    const person = await inProfile(page);
    await change(page, NAME);
    await change(page, NUMBER);
    await page.fill("#profile-phone", "8 912 000-00-00");
    await page.fill("#profile-name", "Константин Лёвин");
    const sent = page.waitForRequest((request) => request.method() === "PATCH");
    await page.focus("#profile-name");
    await page.keyboard.press("Enter");
    assert.deepEqual((await sent).postDataJSON(), { name: "Константин Лёвин" });
    await page.locator("#owner-name", { hasText: "Константин Лёвин" }).waitFor();
    assert.equal(await page.inputValue("#profile-phone"), "8 912 000-00-00");
    assert.equal((await callApi("GET", "/api/auth/profile/", { token: person.token })).phone, "+79991234567");
  }));

test("whoever saves what was there already changes nothing, and whoever has no phone may go on without one", () =>
  inBrowser(async (page) => {
    const person = await somebody();
    run("UPDATE users SET phone = NULL WHERE email = ?", person.email);
    await open(page, person, "#profile");
    assert.equal(await textOf(page, "#profile-phone-shown"), "Не указан");
    let changes = 0;
    page.on("request", (request) => void (changes += Number(request.method() === "PATCH")));
    for (const fact of [NAME, NUMBER]) {
      await change(page, fact);
      await page.keyboard.press("Enter");
      await page.locator(`${fact}-change:focus`).waitFor();
    }
    assert.equal(changes, 0);
  }));

test("an emptied name gives way to the address, and what was changed is still there after a reload", () =>
  inBrowser(async (page) => {
    const email = newEmail();
    const { token } = await callApi("POST", "/api/auth/register/", { body: { email, name: "Анна", phone: "+79991234567", password: "правильная лошадь" } });
    await open(page, { token }, "#profile");
    await change(page, NAME);
    await page.fill("#profile-name", "");
    await page.keyboard.press("Enter");
    await page.locator("#owner-name", { hasText: "browser" }).waitFor();
    await page.reload();
    await page.locator("#profile-name-shown", { hasText: "browser" }).waitFor();
  }));
