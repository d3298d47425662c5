/**
 * Shows Cloudflare's Turnstile in a form until it tells a person from a program:
 * https://developers.cloudflare.com/turnstile/get-started/client-side-rendering/
 *
 * Its frame speaks for itself; what goes wrong is told in the words that stand ready at its place in the form.
 */

import { ApiError } from "./api.js";

const SCRIPT = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";

/** After this time it is taken for blocked. */
const PATIENCE = 20_000;

/** The widget is this wide, or it is the small one. */
const WIDTH = 300;

/** @type {Promise<any> | undefined} */
let loading;

/**
 * @param {HTMLElement} place
 * @param {Record<string, any>} wanted what the API wants to be shown: `site_key`, and for what `action`
 * @returns {Promise<string>} a token for one request
 */
export async function showCheck(place, { site_key: sitekey, action }) {
  const status = /** @type {HTMLElement} */ (place.previousElementSibling);
  const words = place.dataset;
  status.textContent = words.waiting ?? "";
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
  /** @type {any} */
  let turnstile;
  /** @type {string | undefined} */
  let widget;
  try {
    loading ??= load();
    turnstile = await loading.catch(() => {
      loading = undefined;
      throw new ApiError(words.unreachable ?? "");
    });
    return await new Promise((resolve, reject) => {
      const fail = (/** @type {string | undefined} */ text) => reject(new ApiError(text ?? ""));
      widget = turnstile.render(place, {
        sitekey,
        action,
        callback: resolve,
        "before-interactive-callback": () => {
          status.textContent = words.act ?? "";
        },
        "error-callback": (/** @type {string} */ code) => {
          fail(words.failed?.replace("{code}", code));
          // We have told it, so the widget need not.
          return true;
        },
        "expired-callback": () => fail(words.late),
        "timeout-callback": () => fail(words.late),
        "unsupported-callback": () => fail(words.unsupported),
        language: document.documentElement.lang,
        size: place.clientWidth < WIDTH ? "compact" : "flexible",
        // Whoever sends the form again begins anew; the token travels in the request and nowhere else.
        retry: "never",
        "refresh-expired": "never",
        "refresh-timeout": "never",
        "response-field": false,
        // The report would be sent from the page, where the policy lets nothing be sent to strangers.
        "feedback-enabled": false,
      });
    });
  } finally {
    if (widget !== undefined) turnstile.remove(widget);
    place.hidden = true;
    status.textContent = "";
  }
}

/** @returns {Promise<any>} the widget's interface */
function load() {
  trust();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const timer = setTimeout(() => end(reject), PATIENCE);
    script.addEventListener("load", () => end(resolve));
    script.addEventListener("error", () => end(reject));
    script.src = SCRIPT;
    document.head.append(script);

    /** @param {(value?: any) => void} settle */
    function end(settle) {
      clearTimeout(timer);
      const { turnstile } = /** @type {any} */ (window);
      if (settle === resolve && turnstile) return resolve(turnstile);
      script.remove();
      reject(new Error("the script of Turnstile is out of reach"));
    }
  });
}

/**
 * Where the browser asks which texts may become code: the address of Turnstile's script may, for us who load it and for the
 * script itself, which loads a newer one after an hour. Nothing else may.
 */
function trust() {
  const { trustedTypes } = /** @type {any} */ (window);
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  trustedTypes.createPolicy("default", {
    createScriptURL: (/** @type {string} */ address) => (isOfTurnstile(address) ? address : null),
  });
}

/** @param {string} address */
function isOfTurnstile(address) {
  const { origin, pathname } = new URL(address, location.href);
  return origin === new URL(SCRIPT).origin && /^\/turnstile\/v0\/(.*\/)?api\.js$/.test(pathname);
}
