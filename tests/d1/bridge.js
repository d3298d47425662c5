// Passes statements on to D1: a list of texts with their values in, the rows of each out, all or nothing.

export default {
  async fetch(request, env) {
    const statements = await request.json();
    try {
      const prepared = statements.map(([sql, values]) => env.DB.prepare(sql).bind(...values));
      const answers = await env.DB.batch(prepared);
      return Response.json({ results: answers.map(({ results }) => results) });
    } catch (error) {
      return Response.json({ error: error.message });
    }
  },
};
