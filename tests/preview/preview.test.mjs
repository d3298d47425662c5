import assert from "node:assert/strict";
import { test } from "node:test";

import { inPreview, SCRIPT, TEMPLATE } from "./stage.mjs";

/** The browser notes an answer of 400 and above on the console. */
const refused = (/** @type {number} */ status) => new RegExp(`the server responded with a status of ${status} `);

/**
 * Leaves a mark that a reload would wipe out.
 *
 * @param {import("playwright-core").Page} page
 */
const mark = (page) => page.evaluate(() => Reflect.set(window, "mark", true));

/** @param {import("playwright-core").Page} page */
const isMarked = (page) => page.evaluate(() => Reflect.get(window, "mark") === true);

/** @param {import("playwright-core").Page} page */
const panel = (page) => page.locator(".panel");

test("a changed text appears in place, and what the reader did stays", () =>
  inPreview(async (page, site) => {
    await mark(page);
    await page.fill("#field", "введено");
    await page.click("summary");
    await page.evaluate(() => {
      const field = /** @type {HTMLInputElement} */ (document.getElementById("field"));
      field.focus();
      field.setSelectionRange(2, 4);
      scrollTo(0, 500);
    });
    await site.page("index.md", "Первый абзац, исправленный.\n\nВторой абзац.\n\n```\nкод\n```");
    await page.getByText("исправленный").waitFor();
    assert.ok(await isMarked(page));
    const state = await page.evaluate(() => {
      const field = /** @type {HTMLInputElement} */ (document.activeElement);
      const { id, value, selectionStart, selectionEnd } = field;
      return {
        focus: [id, value, selectionStart, selectionEnd],
        scroll: scrollY,
        isOpen: document.querySelector("details")?.open,
        canSend: !(/** @type {HTMLButtonElement} */ (document.getElementById("send")).disabled),
        buttons: document.querySelectorAll("pre button").length,
      };
    });
    assert.deepEqual(state, { focus: ["field", "введено", 2, 4], scroll: 500, isOpen: true, canSend: true, buttons: 1 });
  }));

test("a selection around the change stays", () =>
  inPreview(async (page, site) => {
    await page.evaluate(() => {
      const text = document.querySelector("main p")?.firstChild;
      if (text) getSelection()?.setBaseAndExtent(text, 0, text, 6);
    });
    await site.page("index.md", "Первый абзац, исправленный.\n\nВторой абзац.\n\n```\nкод\n```");
    await page.getByText("исправленный").waitFor();
    assert.equal(await page.evaluate(() => String(getSelection())), "Первый");
  }));

test("an element more or less leaves the others the elements that they were", () =>
  inPreview(async (page, site) => {
    const second = await page.getByText("Второй абзац").elementHandle();
    const code = await page.locator("pre").elementHandle();
    const texts = () => page.locator("main > *").evaluateAll((all) => all.map((one) => one.firstChild?.textContent?.trim()));
    for (const paragraphs of [
      ["Новый.", "Первый абзац.", "Второй абзац."],
      ["Второй абзац."],
      ["Второй абзац.", "Третий.", "Четвёртый."],
      ["Четвёртый.", "Второй абзац."],
    ]) {
      await site.page("index.md", `${paragraphs.join("\n\n")}\n\n\`\`\`\nкод\n\`\`\``);
      await page.waitForFunction((count) => document.querySelectorAll("main > p").length === count, paragraphs.length);
      assert.deepEqual(await texts(), [...paragraphs, "код"]);
      assert.ok(await second?.evaluate((element) => element.isConnected), paragraphs.join());
      assert.ok(await code?.evaluate((element) => element.isConnected && element.querySelector("button") !== null));
    }
  }));

test("title and description change with the page", () =>
  inPreview(async (page, site) => {
    await mark(page);
    await site.write("content/ru/index.md", '+++\ntitle = "Другой"\ndescription = "Другое"\n+++\nТекст\n');
    await page.waitForFunction(() => document.title === "Другой");
    assert.equal(await page.getAttribute("meta[name=description]", "content"), "Другое");
    assert.ok(await isMarked(page));
  }));

test("a changed style sheet comes into force without a reload and without a moment of nakedness", () =>
  inPreview(async (page, site) => {
    await mark(page);
    await page.evaluate(() => {
      Reflect.set(window, "wasNaked", false);
      const look = () => {
        if (getComputedStyle(/** @type {Element} */ (document.querySelector(".tall"))).blockSize === "0px") Reflect.set(window, "wasNaked", true);
        requestAnimationFrame(look);
      };
      look();
    });
    await site.write("site-gen/theme/css/site.css", "main { color: rgb(4, 5, 6); } .tall { block-size: 300vh; }\n");
    await page.waitForFunction(() => {
      const main = /** @type {Element} */ (document.querySelector("main"));
      return getComputedStyle(main).color === "rgb(4, 5, 6)" && document.styleSheets.length === 1;
    });
    assert.ok(await isMarked(page));
    assert.equal(await page.evaluate(() => Reflect.get(window, "wasNaked")), false);
  }));

for (const [what, path, text] of [
  ["script", "site-gen/theme/js/page.js", `${SCRIPT}document.documentElement.dataset.version = "new";\n`],
  ["word of scripts", "content/ru/messages.toml", '[script]\nhello = "new"\n'],
]) {
  test(`a changed ${what} reloads the page, which keeps its place`, () =>
    inPreview(async (page, site) => {
      await mark(page);
      await page.evaluate(() => scrollTo(0, 500));
      await site.write(path, text);
      await page.waitForFunction(() => Reflect.get(window, "mark") === undefined && scrollY === 500);
      assert.match(await page.content(), /new/);
    }));
}

test("mistakes lie over the last good page until they are mended", () =>
  inPreview(async (page, site) => {
    await mark(page);
    await site.page("index.md", "Один\n\nСмотрите [сюда](nope.md) и [туда](no.md).");
    await panel(page).waitFor();
    assert.equal(await page.locator("h2").textContent(), "2 mistakes");
    assert.deepEqual(await page.locator(".place").allTextContents(), ["content/ru/index.md:7:10", "content/ru/index.md:7:28"]);
    assert.match((await page.locator(".message").first().textContent()) ?? "", /there is no page "nope.md"/);
    assert.notEqual(await page.locator(".help").first().textContent(), "");
    assert.match((await page.getByRole("alert").textContent()) ?? "", /^2 mistakes\. there is no page/);
    const [line, caret] = ((await page.locator(".line").first().innerText()) ?? "").split("\n");
    assert.equal(line, "Смотрите [сюда](nope.md) и [туда](no.md).");
    assert.equal(caret, `${" ".repeat(9)}${"^".repeat("[сюда](nope.md)".length)}`);
    const [marked, under] = await page
      .locator(".line")
      .first()
      .evaluate((block) => {
        const range = document.createRange();
        const text = /** @type {Node} */ (block.querySelector(".caret")?.firstChild);
        range.setStart(text, 9);
        range.setEnd(text, 10);
        return [block.querySelector("mark")?.getBoundingClientRect().left, range.getBoundingClientRect().left];
      });
    assert.ok(Math.abs((marked ?? 0) - under) < 1, `the caret stands at ${under}, what it means at ${marked}`);
    assert.ok(await page.getByText("Второй абзац").isVisible(), "the last good page is still there");

    await site.page("index.md", "Снова хорошо");
    await panel(page).waitFor({ state: "detached" });
    await page.getByText("Снова хорошо").waitFor();
    assert.equal(await page.getByRole("alert").textContent(), "");
    assert.ok(await isMarked(page));
  }));

test("hidden mistakes come back with the next change", () =>
  inPreview(async (page, site) => {
    await site.page("index.md", "[а](nope.md)");
    await panel(page).waitFor();
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "detached" });
    await site.page("index.md", "[а](nope.md) [б](no.md)");
    await panel(page).waitFor();
    await page.getByRole("button", { name: "Hide" }).click();
    await panel(page).waitFor({ state: "detached" });
  }));

test("a page that is opened while the site is broken shows the mistakes", () =>
  inPreview(async (page, site) => {
    await site.page("other.md", "[а](nope.md)");
    await panel(page).waitFor();
    await page.goto("/404.html");
    await panel(page).waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  }));

test("a site that is broken from the start shows the mistakes, and itself when they are mended", () =>
  inPreview(
    async (page, site) => {
      await panel(page).waitFor();
      assert.equal(await page.locator(".place").textContent(), "content/ru/index.md:5:1");
      await site.page("index.md", "<i>");
      await page.locator(".line", { hasText: "<i>" }).waitFor();
      await site.page("index.md", "Хорошо");
      await page.getByText("Хорошо").waitFor();
      assert.equal(await panel(page).count(), 0);
    },
    { files: { "content/ru/index.md": '+++\ntitle = "А"\ndescription = "Б"\n+++\n<b>\n' }, expected: [refused(503)] },
  ));

test("a page that comes and goes is shown at its address", () =>
  inPreview(
    async (page, site) => {
      await page.goto("/new.html");
      await mark(page);
      await page.getByText("Ничего нет").waitFor();
      await site.page("new.md", "Вот она");
      await page.getByText("Вот она").waitFor();
      await site.remove("content/ru/new.md");
      await page.getByText("Ничего нет").waitFor();
      assert.ok(await isMarked(page));
    },
    { expected: [refused(404)] },
  ));

test("a change of another page is not fetched", () =>
  inPreview(
    async (page, site) => {
      /** @type {string[]} */
      const fetched = [];
      page.on("request", (request) => {
        if (request.resourceType() === "xhr") fetched.push(new URL(request.url()).pathname);
      });
      await site.page("other.md", "Другая");
      while ((await page.request.get("/other.html")).status() !== 200);
      await site.page("index.md", "Своя");
      await page.getByText("Своя").waitFor();
      assert.deepEqual(fetched, ["/"]);
    },
    { expected: [refused(404)] },
  ));

test("what search engines are told changes without a reload", () =>
  inPreview(
    async (page, site) => {
      await mark(page);
      await site.write("content/ru/index.md", '+++\ntitle = "Другой"\ndescription = "Другое"\n+++\nТекст\n');
      await page.waitForFunction(() => document.title === "Другой");
      assert.ok(await isMarked(page));
    },
    {
      files: {
        "site-gen/theme/templates/page.html": TEMPLATE.replace(
          "</head>",
          '<script type="application/ld+json">{"name": "{{ page.title }}"}</script><noscript><meta name="x" content="{{ page.title }}"></noscript></head>',
        ),
      },
    },
  ));

test("a page out of view is told nothing, and catches up when it is looked at again", () =>
  inPreview(async (page, site) => {
    await mark(page);
    /** @param {boolean} isHidden */
    const hide = (isHidden) =>
      page.evaluate((isHidden) => {
        Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await hide(true);
    await site.page("index.md", "Тем временем");
    while (!(await (await page.request.get("/")).text()).includes("Тем временем"));
    assert.equal(await page.getByText("Тем временем").count(), 0);
    await hide(false);
    await page.getByText("Тем временем").waitFor();
    assert.ok(await isMarked(page));
  }));

test("warnings are a quiet badge that opens", () =>
  inPreview(async (page, site) => {
    const today = new Date().toISOString().slice(0, 10);
    await site.write("content/ru/index.md", `+++\ntitle = "А"\ndescription = "Б"\nreview_by = ${today}\n+++\nТекст\n`);
    const badge = page.locator(".badge");
    await badge.getByText("1 warning").click();
    await badge.getByText("the page was to be read again").waitFor();
    assert.equal(await badge.locator(".place").textContent(), `content/ru/index.md:4:13`);
    assert.equal(await panel(page).count(), 0);
    await site.page("index.md", "Прочитано");
    await badge.waitFor({ state: "detached" });
  }));
