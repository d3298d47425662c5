/**
 * The signed-in session of this browser: one token in localStorage, under a name that older pages and partner scripts
 * know too. Nothing else is stored, read or removed here.
 *
 * The page looks at the token's own expiry only to leave in time; whether a token is good is decided by the server.
 */

const KEY = "userToken";

/** The longest delay a timer takes; a longer one would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * @typedef {{ status: "active", token: string, expiresAt: number }
 *   | { status: "expired" }
 *   | { status: "absent" }} Session
 */

/** Why a token that the server gave could not be kept: the browser forbids storage, or its clock is far ahead. */
export class SessionRefused extends Error {
  /** @param {"storage" | "clock"} reason */
  constructor(reason) {
    super(`the session could not be kept: ${reason}`);
    this.reason = reason;
  }
}

/** @returns {Session} */
export function readSession() {
  const token = readToken();
  if (token === null) return { status: "absent" };
  const expiresAt = expiryOf(token);
  if (expiresAt === null) return { status: "absent" };
  return expiresAt > Date.now() ? { status: "active", token, expiresAt } : { status: "expired" };
}

/**
 * @param {string} token
 * @throws {SessionRefused}
 */
export function startSession(token) {
  try {
    localStorage.setItem(KEY, token);
  } catch {
    throw new SessionRefused("storage");
  }
  if (readSession().status !== "active") {
    endSession();
    throw new SessionRefused("clock");
  }
}

/**
 * Whose session this browser has, as the token says, also when it has expired; empty when nobody is signed in. It tells one client
 * from another in what this browser keeps; who may do what is decided by the server.
 */
export function ownerOfSession() {
  const token = readToken();
  return token === null ? "" : String(claimsOf(token)?.sub ?? "");
}

/** Forgets the token. */
export function endSession() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // A browser that forbids storage has nothing to forget.
  }
}

/**
 * Tells when the session that is active now has ended or was replaced, for as long as the page is open. A timer alone
 * is not enough: it sleeps with the device, and a page may come back from the browser's history with its old content.
 *
 * @param {(reason: "expired" | "absent" | "replaced") => void} tell
 */
export function watchSession(tell) {
  const initial = readToken();
  let timer = 0;

  function check() {
    clearTimeout(timer);
    const session = readSession();
    if (session.status !== "active") {
      tell(session.status);
    } else if (session.token !== initial) {
      tell("replaced");
    } else {
      timer = setTimeout(check, Math.min(session.expiresAt - Date.now(), LONGEST_DELAY));
    }
  }

  addEventListener("pageshow", check);
  addEventListener("storage", check);
  document.addEventListener("visibilitychange", check);
  check();
}

/** @returns {string | null} */
function readToken() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * The moment a token expires, in milliseconds; null if the text is no token at all.
 *
 * @param {string} token
 * @returns {number | null}
 */
function expiryOf(token) {
  const exp = claimsOf(token)?.exp;
  return typeof exp === "number" ? exp * 1000 : null;
}

/**
 * @param {string} token
 * @returns {Record<string, unknown> | null}
 */
function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return null;
  }
}
