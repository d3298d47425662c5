/** The single parts of the search: files, layouts, errors, Markdown, excerpts. */

import assert from "node:assert/strict";
import test from "node:test";

import { readCount, readEntries, readPostings } from "../../site-gen/theme/js/search-codec.js";
import { distance, toleranceOf } from "../../site-gen/theme/js/search-distance.js";
import { excerptOf } from "../../site-gen/theme/js/search-excerpt.js";
import { inOtherLayout } from "../../site-gen/theme/js/search-layout.js";
import { readMarkdown } from "../../site-gen/theme/js/search-markdown.js";

test("entries share their beginnings", () => {
  const bytes = new Uint8Array([0, 2, 0x61, 0x62, 1, 7, 1, 1, 0x63, 0]);
  const entries = readEntries(bytes, true).map(({ text, content }) => [text, [...content]]);
  assert.deepEqual(entries, [
    ["ab", [7]],
    ["ac", []],
  ]);
});

test("postings are a list, or a map and a list, as the tests of the generator write them", () => {
  const list = new Uint8Array([6, (3 << 3) | 7, 1 << 3, 0xe6, 0x12]);
  assert.equal(readCount(list), 3);
  assert.deepEqual([...readPostings(list)], [[3, 7], [4, 0], [304, 6]]);
  const map = new Uint8Array([0xa1, 0x1f, 2, 0b0010_0001, 0b0000_0010, (9 << 3) | 6]);
  assert.equal(readCount(map), 2000);
  assert.deepEqual([...readPostings(map)], [[0, 0], [5, 0], [9, 6]]);
});

test("the other layout is told only for a text of one alphabet", () => {
  for (const [typed, meant] of [
    ["ghbdtn", "привет"],
    ["Ghbdtn", "привет"],
    ["j,hfnysq", "обратный"],
    ["{jhjij", "хорошо"],
    ["руддщ", "hello"],
    ["зфыыцщкв", "password"],
    ["вход2", "d[jl2"],
    ["wi-фай", undefined],
    ["401", undefined],
  ]) {
    assert.equal(inOtherLayout(typed ?? ""), meant, typed);
  }
});

test("errors are counted up to the limit", () => {
  for (const [one, other, errors] of /** @type {[string, string, number][]} */ ([
    ["парол", "парол", 0],
    ["порол", "парол", 1],
    ["праол", "парол", 1],
    ["парл", "парол", 1],
    ["паарол", "парол", 1],
    ["проал", "парол", 2],
    ["вход", "выход", 1],
    ["вход", "расход", 3],
    ["а", "регистрация", 3],
  ])) {
    assert.equal(distance(one, other, 2), errors, `${one} ${other}`);
    assert.equal(distance(other, one, 2), errors, `${other} ${one}`);
  }
  assert.deepEqual(["вход", "входы", "регистр", "регистра"].map(toleranceOf), [0, 1, 1, 2]);
});

test("Markdown becomes plain text", () => {
  const { title, sections } = readMarkdown(
    [
      "# Чек и **возврат**",
      "",
      "Где `чек`, [почта](/help/mail.html) и ![схема](/a.png).",
      "",
      "## Шаги {#steps}",
      "",
      "1. Откройте *кабинет*",
      "2. Нажмите **«Чек»**: <https://example.com/a_b>",
      "   - [x] готово",
      "",
      "> [!NOTE]",
      "> Срок — 3 дня, a\\*b, user_token и _курсив_[^1].",
      "",
      "| Что | Где |",
      "|---|:-:|",
      "| Чек | [Почта](x.html) |",
      "",
      "### Код",
      "",
      "```sh",
      "# не заголовок",
      "curl **x**",
      "```",
      "",
      "---",
      "Абзац",
      "в две строки.",
      "",
      "[^1]: Сноска.",
    ].join("\n"),
  );
  assert.equal(title, "Чек и возврат");
  assert.deepEqual(sections, [
    { heading: "", id: "", text: "Где чек, почта и схема." },
    {
      heading: "Шаги",
      id: "steps",
      text:
        "Откройте кабинет · Нажмите «Чек»: https://example.com/a_b · готово · Срок — 3 дня, a*b, user_token и курсив. " +
        "Что · Где · Чек · Почта",
    },
    { heading: "Код", id: "", text: "# не заголовок · curl **x** · Абзац в две строки. Сноска." },
  ]);
});

test("an excerpt is short, whole in its words and holds most of what was asked", () => {
  const filler = "и ещё немного текста о другом ".repeat(20);
  const section = `Карта. ${filler} вернём деньги на карту за неделю ${filler}`;
  const markdown = `# Заголовок\n\nОписание.\n\n## Раздел {#part}\n\n${section}`;
  const asked = new Set(["деньг", "карт"]);
  const { id, text } = excerptOf(markdown, (word) => asked.has(word.stem));
  const whole = text.map((part) => part.text).join("");
  assert.equal(id, "part");
  assert.ok(whole.length <= 190, String(whole.length));
  assert.match(whole, /^….* вернём деньги на карту за неделю .*…$/);
  assert.deepEqual(text.filter((part) => part.isMarked).map((part) => part.text), ["деньги", "карту"]);
  assert.ok(markdown.includes(whole.slice(1, -1)));
});

test("an excerpt that ends with a sentence has no dots after its full stop", () => {
  const { text } = excerptOf(`# Заголовок\n\n${"Вернём. ".repeat(40)}`, () => false);
  assert.match(text.map((part) => part.text).join(""), /^Вернём\..* Вернём\.$/);
});

test("a page that answers only by its title shows its beginning", () => {
  const markdown = "# Платежи\n\nЧем платить.\n\n## Картой {#card}\n\nСразу.";
  const { id, text, title } = excerptOf(markdown, (word) => word.stem === "платеж");
  assert.equal(id, "");
  assert.deepEqual(text, [{ text: "Чем платить.", isMarked: false }]);
  assert.deepEqual(title, [{ text: "Платежи", isMarked: true }]);
});
