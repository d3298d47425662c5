/**
 * Takes pictures for `cargo xtask screenshots`: node take.mjs every|published <folder> [part of a name] [--count].
 *
 * A part that no name has is an error. `--count` only says how many there are.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exit } from "node:process";
import { parseArgs } from "node:util";

import { everyPicture } from "./every.mjs";
import { publishedPictures } from "./published.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { count: { type: "boolean" } } });
const [list, folder, part = ""] = positionals;
const all = list === "published" ? publishedPictures() : everyPicture();
const wanted = all.filter(({ file }) => file.includes(part));

if (wanted.length === 0) {
  const names = new Set(all.map(({ file }) => file.replace(/(-[^-]+){3}\.png$|@2x.*$/, "")));
  console.error(`${[...names].join("\n")}\nno picture has ${JSON.stringify(part)} in its name; above are the names without what tells the looks apart, as -phone-dark-en`);
  exit(2);
}
if (values.count) {
  console.log(`${wanted.length} to take`);
  exit();
}

const { Stage } = await import("./stage.mjs");
const stage = await Stage.set();
let taken = 0;
for (const shots of byLook(wanted)) {
  const room = await stage.room(shots[0].look);
  for (const shot of shots) {
    const path = join(folder, shot.file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await room.take(shot));
    taken += 1;
    if (taken % 20 === 0) console.log(`${taken} of ${wanted.length}`);
  }
  await room.leave();
}
await stage.strike();
console.log(`${taken} taken`);

/** @param {typeof wanted} shots */
function byLook(shots) {
  const looks = new Map(shots.map(({ look }) => [JSON.stringify(look), /** @type {typeof wanted} */ ([])]));
  for (const shot of shots) looks.get(JSON.stringify(shot.look))?.push(shot);
  return looks.values();
}
