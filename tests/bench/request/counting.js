// A Worker whose database is watched: each answer tells how often it was visited, what it was asked and how many rows it read.
// What the clock did last is told at /api/last-run/.

import { WorkerEntrypoint } from "cloudflare:workers";

let lastRun = "";

export const counting = (worker) =>
  class extends WorkerEntrypoint {
    async fetch(request) {
      if (new URL(request.url).pathname === "/api/last-run/") return tell(new Response(), lastRun);
      const { inner, env, tally } = this.#watched();
      const response = await inner.fetch(request, env, this.ctx);
      return tell(new Response(response.body, response), counts(tally));
    }

    async scheduled(controller) {
      const { inner, env, tally } = this.#watched();
      await inner.scheduled(controller, env, this.ctx);
      lastRun = counts(tally);
    }

    #watched() {
      const { database, tally } = watch(this.env.DB);
      const env = { ...this.env, DB: database };
      const inner = typeof worker === "function" ? new worker(this.ctx, env) : worker;
      return { inner, env, tally };
    }
  };

const counts = (tally) => `${tally.visits} ${tally.queries} ${tally.rows}`;

function tell(response, text) {
  response.headers.set("x-database", text);
  return response;
}

function watch(database) {
  const tally = { visits: 0, queries: 0, rows: 0 };
  const note = (results) => {
    tally.visits += 1;
    tally.queries += results.length;
    for (const { meta } of results) tally.rows += meta.rows_read;
    return results;
  };
  const watched = (statement) => {
    const [bind, all] = [statement.bind.bind(statement), statement.all.bind(statement)];
    return Object.assign(statement, {
      bind: (...values) => watched(bind(...values)),
      all: async () => note([await all()])[0],
      run: () => statement.all(),
      first: async () => (await statement.all()).results[0] ?? null,
    });
  };
  const methods = {
    prepare: (sql) => watched(database.prepare(sql)),
    batch: async (statements) => note(await database.batch(statements)),
  };
  // Its own names only: the Worker asks the database for its constructor, to see that it is one.
  const get = (target, name) => (Object.hasOwn(methods, name) ? methods[name] : target[name]);
  return { tally, database: new Proxy(database, { get }) };
}
