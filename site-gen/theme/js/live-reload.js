/** Reloads the page when the generator has built the site anew. Only in previews, never on the published site. */

const EVERY = 300;

let known = await buildId();

setInterval(async () => {
  const current = await buildId();
  if (current !== null && known !== null && current !== known) location.reload();
  known ??= current;
}, EVERY);

/** @returns {Promise<string | null>} null while the preview server is away */
async function buildId() {
  try {
    const response = await fetch("/build-id.txt", { cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

export {};
