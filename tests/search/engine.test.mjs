/** What visitors ask, and what they get. */

import assert from "node:assert/strict";
import test from "node:test";

import { SearchEngine } from "../../site-gen/theme/js/search-engine.js";
import { engineOn, MANIFEST, sampleFiles, search } from "./sample.mjs";

test("a word is found in any of its forms, and the title comes first", async () => {
  for (const [question, first] of [
    ["подписками", "/help/subscriptions.html"],
    ["ПЛАТЁЖ", "/help/payments.html"],
    ["платежи", "/help/payments.html"],
    ["кабинеты", "/help/access.html"],
    ["токенов", "/help/developers.html"],
    ["subscriptions", "/help/developers.html"],
    ["jwt", "/help/developers.html"],
    ["401", "/help/developers.html"],
  ]) {
    assert.equal((await search(question ?? "")).addresses[0], first, question);
  }
});

test("«ё» and «е» are one letter", async () => {
  for (const question of ["счет", "счёт", "СЧЁТА"]) {
    assert.ok((await search(question)).addresses.includes("/help/subscriptions.html"), question);
  }
});

test("a word that is not finished finds what begins so, and more letters only narrow it", async () => {
  const short = await search("парт");
  assert.deepEqual(short.addresses, ["/help/partners.html"]);
  assert.equal(short.instead, "");
  assert.deepEqual((await search("партнёрск")).addresses, ["/help/partners.html"]);
  assert.ok((await search("пар")).addresses.includes("/help/access.html"), "пароль begins so too");
});

test("all words must be there, but not those that only ask", async () => {
  const { addresses, isPartial } = await search("как отменить подписку");
  assert.deepEqual(addresses, ["/help/subscriptions.html"]);
  assert.equal(isPartial, false);
  const { results } = await search("как отменить подписку");
  const marked = results.flatMap((result) => result.text.filter((part) => part.isMarked).map((part) => part.text));
  assert.deepEqual(marked.map((word) => word.toLowerCase()), ["отменить", "подписку"]);
  assert.deepEqual((await search("пароль банк ")).addresses, ["/help/payments.html"]);
});

test("a question that no page answers in full shows the nearest and says so", async () => {
  const { addresses, isPartial } = await search("реферальная отмена карты");
  assert.equal(isPartial, true);
  assert.equal(addresses[0], "/help/subscriptions.html", "two of three words");
  assert.ok(addresses.includes("/help/partners.html"));
});

test("a small or common word that no page holds is not turned into another", async () => {
  for (const question of ["не могу войти ", "счёт куплю "]) {
    assert.equal((await search(question)).instead, "", question);
  }
});

test("a question in nothing but small words is still a question", async () => {
  assert.ok((await search("как")).addresses.length > 0);
});

test("the wrong keyboard layout is understood in both directions", async () => {
  for (const [question, instead, address] of [
    ["ghbdtn", "привет", "/help/partners.html"],
    ["gjlgbcrb", "подписки", "/help/subscriptions.html"],
    ["rfr jnvtybnm gjlgbcre", "как отменить подписку", "/help/subscriptions.html"],
    ["фгерщкшяфешщт", "authorization", "/help/developers.html"],
  ]) {
    const found = await search(question ?? "");
    assert.equal(found.instead, instead);
    assert.ok(found.addresses.includes(address ?? ""), question);
  }
  const comma = await search("gjckt jnvtys");
  assert.equal(comma.instead, "после отмены");
});

test("typing errors are mended at the beginning, in the middle and at the end of a word", async () => {
  for (const [question, instead, address] of [
    ["пороль", "пароль", "/help/access.html"],
    ["праоль", "пароль", "/help/access.html"],
    ["парль", "пароль", "/help/access.html"],
    ["одписка", "подписка", "/help/subscriptions.html"],
    ["ригестрация", "регистрация", "/help/access.html"],
    ["регистратсия", "регистрация", "/help/access.html"],
    ["рефиральная", "реферальная", "/help/partners.html"],
    ["authorisation", "authorization", "/help/developers.html"],
  ]) {
    const found = await search(`${question} `);
    assert.equal(found.instead, instead);
    assert.ok(found.addresses.includes(address ?? ""), question);
  }
});

test("a word that is known is never changed, and nonsense finds nothing", async () => {
  assert.equal((await search("привет")).instead, "");
  for (const nonsense of ["щщщщщщ", "zzzzqqqq", "…", "   "]) {
    const { pages, instead } = await search(nonsense);
    assert.deepEqual(pages, [], nonsense);
    assert.equal(instead, "");
  }
});

test("a result shows the part that answers, leads to its heading and marks the words in all their forms", async () => {
  const { results } = await search("старый пароль");
  const [first] = results;
  assert.ok(first);
  assert.equal(first.address, "/help/access.html#password");
  assert.deepEqual(first.heading.map((part) => part.text).join(""), "Забытый пароль");
  const marked = first.text.filter((part) => part.isMarked).map((part) => part.text);
  assert.ok(marked.includes("Старый") && marked.includes("пароль"), String(marked));
});

test("a question fetches a file once, and only what it needs", async () => {
  const { engine, asked } = engineOn(sampleFiles());
  const answer = await engine.ask("подписки");
  await engine.ask("подписки");
  assert.equal(asked.filter((address) => address === MANIFEST).length, 1);
  assert.equal(asked.filter((address) => address.endsWith(".bin")).length, 1);
  const [page = 0] = answer.pages;
  await engine.describe(page, answer);
  await engine.describe(page, answer);
  assert.equal(new Set(asked).size, asked.length);
});

test("a site that was published anew meanwhile is read anew", async () => {
  const files = sampleFiles();
  const { engine, asked } = engineOn(files);
  await engine.prepare();
  const shards = [...files].filter(([address]) => address.endsWith(".bin"));
  for (const [address] of shards) files.delete(address);
  await assert.rejects(engine.ask("пароль"));
  for (const [address, content] of shards) files.set(address, content);
  assert.ok((await engine.ask("пароль")).pages.length > 0);
  assert.ok(asked.filter((address) => address === MANIFEST).length >= 2);
});

test("a manifest that the browser kept too long is not asked for a second time", async () => {
  const files = sampleFiles();
  const old = files.get(MANIFEST) ?? "";
  const manifest = JSON.parse(new TextDecoder().decode(Buffer.from(old)));
  const stale = JSON.stringify({ ...manifest, addresses: { ...manifest.addresses, names: "0123456789" } });
  const engine = new SearchEngine(MANIFEST, async (address, options) => {
    if (address === MANIFEST) return new Response(options?.cache === "reload" ? old : stale);
    const content = files.get(String(address));
    return content === undefined ? new Response("", { status: 404 }) : new Response(content);
  });
  const answer = await engine.ask("платежи");
  await assert.rejects(engine.describe(answer.pages[0] ?? -1, answer));
  const again = await engine.ask("платежи");
  assert.match((await engine.describe(again.pages[0] ?? -1, again)).address, /^\/help\/payments\.html/);
});

test("after a failure of the network the same question can be asked again", async () => {
  const files = sampleFiles();
  const { engine } = engineOn(files);
  const manifest = files.get(MANIFEST);
  files.delete(MANIFEST);
  await assert.rejects(engine.ask("пароль"));
  files.set(MANIFEST, manifest ?? "");
  assert.ok((await engine.ask("пароль")).pages.length > 0);
});

test("a page without its .md copy is still a result", async () => {
  const files = sampleFiles();
  files.delete("/help/partners.md");
  const { engine } = engineOn(files);
  const answer = await engine.ask("реферальная");
  const result = await engine.describe(answer.pages[0] ?? -1, answer);
  assert.equal(result.address, "/help/partners.html");
  assert.deepEqual(result.title, [{ text: "/help/partners.html", isMarked: false }]);
});
