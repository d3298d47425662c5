import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { test } from "node:test";

import { inPreview, run } from "./stage.mjs";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };

/**
 * Shows the folder of `site build --watch`, as `cargo xtask dev` does: the server knows nothing of previews.
 *
 * @param {{ root: string }} site
 */
async function serveFolder({ root }) {
  const program = run(["build", "--watch", "--root", root]);
  await program.line(/^built /);
  const headers = await readFile(join(root, "dist/_headers"), "utf8");
  const policy = headers.match(/Content-Security-Policy: (.*)/)?.[1] ?? "";
  const server = createServer(async (request, response) => {
    const path = request.url === "/" ? "/index.html" : (request.url ?? "");
    const type = Reflect.get(TYPES, extname(path)) ?? "text/plain";
    try {
      const content = await readFile(join(root, "dist", path));
      response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": policy }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${address.port}`,
    end: async () => {
      server.closeAllConnections();
      server.close();
      await program.end();
    },
  };
}

test("a page of the watched folder keeps up to date too, and shows mistakes", () =>
  inPreview(
    async (page, site) => {
      await page.evaluate(() => Reflect.set(window, "mark", true));
      await site.page("index.md", "Исправлено");
      await page.getByText("Исправлено").waitFor();
      await site.page("index.md", "[а](nope.md)");
      await page.locator(".place", { hasText: "content/ru/index.md:5:1" }).waitFor();
      await page.reload();
      await page.locator(".panel").waitFor();
      await page.evaluate(() => Reflect.set(window, "mark", true));
      await site.page("index.md", "Мир");
      await page.getByText("Мир").waitFor();
      await page.locator(".panel").waitFor({ state: "detached" });
      assert.ok(await page.evaluate(() => Reflect.get(window, "mark")));
    },
    { start: serveFolder },
  ));
