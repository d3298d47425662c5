/**
 * Lets this browser show our page instead of its own when there is no connection; see service-worker.js. For the signed-in only:
 * whoever just looks at the site gets nothing installed.
 *
 * The name of the policy stands in the header, and it knows one address, whatever it is asked for.
 */

const ADDRESS = "/service-worker.js";

export function keepOfflinePage() {
  const { trustedTypes } = /** @type {any} */ (window);
  const policy = trustedTypes?.createPolicy("offline-page", { createScriptURL: () => ADDRESS });
  // Without it everything works as before, so that nobody is told.
  navigator.serviceWorker?.register(policy?.createScriptURL("") ?? ADDRESS).catch(() => {});
}
