// Runs a program of this folder, compiled to WebAssembly, in V8: the engine that workerd has, too.
//
// node run.mjs <file.wasm> [--only-load]

import { readFile } from "node:fs/promises";

const [file, mode] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(await readFile(file), {});
if (mode !== "--only-load") {
  process.exitCode = instance.exports.main(0, 0);
}
