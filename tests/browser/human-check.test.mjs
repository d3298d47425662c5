import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PASSWORD, address, inBrowser, newEmail, refused, register, signIn, somebody } from "./browser.mjs";
import { plain } from "./cabinet.mjs";
import { BLOCKS, PASSES, TOKEN, TURNSTILE, WANTS_A_CLICK, needCheck, openTurnstile, serveSite } from "./turnstile-site.mjs";

/** @type {Awaited<ReturnType<typeof serveSite>>} */
let site;
before(async () => {
  site = await serveSite();
});
after(() => site?.end());

const ASKED = new RegExp(`asked a stranger: ${TURNSTILE}/`);
const LOGIN = "/api/auth/login/";
const REGISTER = "/api/auth/register/";

/**
 * A scene in which the API asks for the check.
 *
 * @param {Parameters<typeof inBrowser>[0]} scene
 * @param {Parameters<typeof inBrowser>[1]} [options]
 */
const withCheck = (scene, { expected = [], ...options } = {}) => inBrowser(scene, { expected: [ASKED, refused(403), ...expected], ...options });

test("only pages with a form that may need the check let Turnstile in, and nobody else may make text into code", async () => {
  const headersOf = async (/** @type {string} */ path) => (await fetch(site.origin + path)).headers;
  for (const path of ["/login.html", "/forgot-password.html", "/en/login.html", "/en/forgot-password.html"]) {
    const headers = await headersOf(path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'; script-src 'self' https:\/\/challenges\.cloudflare\.com 'sha256-[\w+/]{43}='; /);
    assert.match(policy, /; require-trusted-types-for 'script'; trusted-types default; frame-src https:\/\/challenges\.cloudflare\.com; /);
    assert.doesNotMatch(policy, /unsafe|, default-src/);
    assert.equal(headers.get("cross-origin-embedder-policy"), null);
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
  }
  for (const path of ["/", "/cabinet.html", "/reset-password.html", "/delete-account.html", "/help/", "/nothing.html"]) {
    const [with_, without] = await Promise.all([headersOf(path), fetch(address + path).then(({ headers }) => headers)]);
    for (const name of ["content-security-policy", "cross-origin-embedder-policy"]) {
      assert.ok(with_.get(name), `${path}: ${name}`);
      assert.equal(with_.get(name), without.get(name), path);
    }
  }
});

test("a person registers after the check, which is loaded only when the API asks for it", () =>
  withCheck(async (page) => {
    const asked = await openTurnstile(page, site.origin);
    const bodies = await needCheck(page, REGISTER, { key: PASSES, action: "register" });
    const email = newEmail();
    await page.goto("/login.html#register");
    await page.fill("#register-email", email);
    assert.deepEqual(asked, []);
    await register(page, { email });
    await page.waitForURL("/cabinet.html");
    assert.deepEqual(asked, [
      "/turnstile/v0/api.js?render=explicit",
      `/frame?${new URLSearchParams({ widget: "w0", sitekey: PASSES, action: "register", language: "ru" })}`,
    ]);
    const { turnstile_token, ...repeated } = bodies[1];
    assert.equal(turnstile_token, TOKEN);
    assert.deepEqual(repeated, bodies[0], "the same fields go a second time");
    assert.equal(bodies.length, 2);
  }));

test("a check that wants a click stands above the button, is told to a screen reader, and works with the keyboard", () =>
  withCheck(
    async (page) => {
      await openTurnstile(page, site.origin);
      await needCheck(page, LOGIN, { key: WANTS_A_CLICK, action: "sign_in" });
      const { email } = await somebody();
      await page.goto("/en/login.html");
      await signIn(page, { email });

      const status = page.locator("#sign-in-form [role=status]");
      await page.waitForFunction(() => document.querySelector("#sign-in-form [role=status]")?.textContent?.startsWith("Confirm"));
      assert.equal(plain(await status.textContent()), "Confirm that you are not a robot. The form will then be sent by itself.");
      const button = page.locator("#sign-in-form button[type=submit]");
      assert.equal(await button.getAttribute("aria-busy"), "true");
      assert.equal(await button.evaluate((button) => document.activeElement === button), true, "the focus stays");
      const place = page.locator("#sign-in-form [data-human-check]");
      const [above, below] = await Promise.all([place.boundingBox(), button.boundingBox()]);
      assert.ok(above && below && above.y + above.height <= below.y, JSON.stringify([above, below]));
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);

      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL("/en/cabinet.html");
    },
    { viewport: { width: 320, height: 640 } },
  ));

test("what is typed while the check runs is what is sent", () =>
  withCheck(async (page) => {
    await openTurnstile(page, site.origin);
    const bodies = await needCheck(page, LOGIN, { key: WANTS_A_CLICK, action: "sign_in" });
    const { email } = await somebody();
    await page.goto("/login.html");
    await signIn(page, { email, password: "не тот пароль" });
    await page.locator("#sign-in-form [data-human-check]").waitFor();
    await page.fill("#sign-in-password", PASSWORD);
    await page.focus("#sign-in-form button[type=submit]");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("/cabinet.html");
    assert.deepEqual(
      bodies.map(({ password }) => password),
      ["не тот пароль", PASSWORD],
    );
  }));

for (const { what, key, refuses, says } of [
  { what: "a check that fails", key: BLOCKS, refuses: false, says: /Не получилось проверить, что вы не робот\. .* код 300030\./ },
  { what: "a token that comes too late", key: PASSES, refuses: true, says: /Проверка не прошла или устарела\. Отправьте форму ещё раз\./ },
]) {
  test(`${what} is told in words, keeps what was typed, and the form can be sent again`, () =>
    withCheck(async (page) => {
      await openTurnstile(page, site.origin);
      await needCheck(page, REGISTER, { key, action: "register", refuses });
      const email = newEmail();
      await register(page, { email });
      const summary = page.locator("#register-form-errors");
      await summary.waitFor();
      assert.match(plain(await summary.textContent()), says);
      assert.equal(await summary.evaluate((element) => element.contains(document.activeElement)), true);
      assert.equal(await page.inputValue("#register-email"), email);
      assert.equal(await page.inputValue("#register-password"), PASSWORD);
      assert.equal(await page.locator("#register-form [data-human-check]").isVisible(), false);

      await page.unroute(address + REGISTER);
      await needCheck(page, REGISTER, { key: PASSES, action: "register" });
      await page.click("#register-form button[type=submit]");
      await page.waitForURL("/cabinet.html");
    }));
}

test("a check that nobody clicks is over some time, and says so", () =>
  withCheck(async (page) => {
    await openTurnstile(page, site.origin);
    await needCheck(page, LOGIN, { key: WANTS_A_CLICK, action: "sign_in" });
    await page.goto("/login.html");
    await signIn(page, { email: newEmail() });
    await page.locator("#sign-in-form [data-human-check]").waitFor();
    await page.waitForFunction(() => document.querySelector("#sign-in-form [role=status]")?.textContent?.startsWith("Подтвердите"));
    const frame = page.frames().find((frame) => frame.url().startsWith(TURNSTILE));
    await frame?.evaluate(() => parent.postMessage({ widget: "w0", event: "timeout-callback" }, "*"));
    await page.locator("#sign-in-form-errors", { hasText: "Время на проверку вышло" }).waitFor();
  }));

test("a script of Turnstile's that is blocked is told in words, and loaded again with the next try", () =>
  withCheck(
    async (page) => {
      await openTurnstile(page, site.origin);
      await needCheck(page, "/api/auth/password-reset/", { key: PASSES, action: "reset" });
      await page.route(`${TURNSTILE}/turnstile/**`, (route) => route.abort("blockedbyclient"), { times: 1 });
      await page.goto("/forgot-password.html");
      await page.fill("#forgot-email", newEmail());
      await page.click("#forgot-form button[type=submit]");
      await page.locator("#forgot-form-errors", { hasText: "отключите на этой странице блокировщик рекламы" }).waitFor();

      await page.click("#forgot-form button[type=submit]");
      await page.locator("[data-screen=done]:visible").waitFor();
    },
    { expected: [/ERR_BLOCKED_BY_CLIENT/] },
  ));

test("with Turnstile in the page still no other script may be put into it", () =>
  withCheck(
    async (page) => {
      await openTurnstile(page, site.origin);
      await needCheck(page, LOGIN, { key: WANTS_A_CLICK, action: "sign_in" });
      await page.goto("/login.html");
      await signIn(page, { email: newEmail() });
      await page.locator("#sign-in-form [data-human-check]").waitFor();
      const may = (/** @type {string} */ address) =>
        page.evaluate((address) => {
          try {
            document.createElement("script").src = address;
            return true;
          } catch {
            return false;
          }
        }, address);
      // The script of Turnstile loads itself anew after an hour, and so does its older version.
      assert.equal(await may(`${TURNSTILE}/turnstile/v0/api.js?render=explicit&_upgrade=true`), true);
      assert.equal(await may(`${TURNSTILE}/turnstile/v0/g/0123456789ab/api.js`), true);
      for (const address of [
        `${TURNSTILE}/cdn-cgi/anything.js`,
        `${TURNSTILE}/turnstile/v0/api.js/../../../other.js`,
        "https://challenges.cloudflare.com.example/turnstile/v0/api.js",
        "/assets/login.js",
        "data:text/javascript,alert(1)",
      ]) {
        assert.equal(await may(address), false, address);
      }
      const html = page.evaluate(() => (document.body.innerHTML = "<p>"));
      await assert.rejects(html, /TrustedHTML/);
      await assert.rejects(page.evaluate(() => window.trustedTypes.createPolicy("another", {})), /disallowed/);
    },
    { expected: [/TrustedHTML|TrustedScriptURL|Trusted Type|trusted-types/i] },
  ));

test("where the site has no place for the check the refusal is told in the server's words", () =>
  inBrowser(
    async (page) => {
      await needCheck(page, REGISTER, { key: PASSES, action: "register" });
      await register(page, { email: newEmail() });
      await page.locator("#register-form-errors", { hasText: "Подтвердите, что вы не робот." }).waitFor();
    },
    { expected: [refused(403)] },
  ));
