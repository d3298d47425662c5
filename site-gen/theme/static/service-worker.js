/*
 * Shows /offline.html in place of the browser's own page when there is no connection. It does nothing else: no page, no answer of
 * the API and no script is ever taken from its cache, so that nobody sees an old sign-in page or somebody else's data.
 */

const CACHE = "offline-page";
const PAGES = ["/offline.html", "/en/offline.html"];

addEventListener("install", (event) => event.waitUntil(keepPages().then(() => skipWaiting())));

addEventListener("activate", (event) => event.waitUntil(registration.navigationPreload?.enable()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(navigate(event));
  // The page that is shown without a connection asks for its style sheet, and nobody else gets one from here.
  else if (request.destination === "style") event.respondWith(fetch(request).catch(() => kept(request.url)));
});

/** The pages, and the style sheets that they name. */
async function keepPages() {
  const cache = await caches.open(CACHE);
  for (const page of PAGES) {
    const response = await fetch(page, { cache: "reload" });
    if (!response.ok) throw new Error(`${page}: ${response.status}`);
    const html = await response.clone().text();
    const styles = [...html.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(([, address]) => address);
    await cache.addAll(styles);
    await cache.put(page, response);
  }
}

/** @param {FetchEvent} event */
async function navigate(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const isEnglish = new URL(event.request.url).pathname.startsWith("/en/");
    return kept(PAGES[isEnglish ? 1 : 0]);
  }
}

/** @param {string} address */
async function kept(address) {
  return (await caches.match(address)) ?? Response.error();
}
