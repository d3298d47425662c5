// The least that a Worker with a database can do: one row by its primary key, as JSON.

const MAKE = "CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, email TEXT NOT NULL, phone TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT";
const FILL = "INSERT OR REPLACE INTO people VALUES (1, 'bench@example.com', '+79991234567', 1800000000000)";
const READ = "SELECT id, email, phone, created_at FROM people WHERE id = ?1";

export default {
  async fetch(request, env) {
    if (request.method === "POST") {
      await env.DB.batch([env.DB.prepare(MAKE), env.DB.prepare(FILL)]);
      return Response.json({});
    }
    if (new URL(request.url).pathname === "/api/nothing/") return Response.json({});
    return Response.json(await env.DB.prepare(READ).bind(1).first());
  },
};
