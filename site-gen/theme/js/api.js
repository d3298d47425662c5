/** Calls to the API: JSON in, JSON out, and one kind of error. */

import { messages } from "./messages.js";
import { leaveForSignIn } from "./places.js";
import { endSession, readSession } from "./session.js";

/** After this time a phone without a connection gets an answer from us instead of none. */
const PATIENCE = 20_000;

/** Why a call did not succeed, in words for the visitor. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {Record<string, string>} [fields] what is wrong with which field of the form
   * @param {string} [code] the API's word for it; empty when the API was not reached
   * @param {Record<string, any>} [answer] all that the API said
   */
  constructor(message, fields = {}, code = "", answer = {}) {
    super(message);
    this.fields = fields;
    this.code = code;
    this.answer = answer;
  }
}

/**
 * Calls the API as a visitor who need not be signed in.
 *
 * @param {string} path
 * @param {object} body
 * @returns {Promise<any>}
 */
export async function post(path, body) {
  const response = await fetchJson("POST", path, body);
  return read(response);
}

/**
 * Calls the API as the signed-in client. When the server no longer knows the session, the page leaves for sign-in.
 *
 * @param {"GET" | "POST" | "PATCH" | "DELETE"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function callAsClient(method, path, body) {
  const session = readSession();
  if (session.status !== "active") return leave(session.status === "expired");
  const response = await fetchJson(method, path, body, session.token);
  return response.status === 401 ? leave(true) : read(response);
}

/**
 * The same for what is no JSON, such as a table: the whole response, if it is a good one.
 *
 * @param {string} path
 * @returns {Promise<Response>}
 */
export async function fetchAsClient(path) {
  const session = readSession();
  if (session.status !== "active") return leave(session.status === "expired");
  const response = await fetchJson("GET", path, undefined, session.token);
  if (response.status === 401) return leave(true);
  return response.ok ? response : read(response);
}

/**
 * The answer of a call that ends on another page never comes: nothing may be shown meanwhile.
 *
 * @param {boolean} ended
 * @returns {Promise<never>}
 */
function leave(ended) {
  endSession();
  leaveForSignIn({ ended });
  return new Promise(() => {});
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @param {string} [token]
 * @returns {Promise<Response>}
 */
async function fetchJson(method, path, body, token) {
  const headers = new Headers({ Accept: "application/json", "Accept-Language": document.documentElement.lang });
  if (body) headers.set("Content-Type", "application/json");
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: patience.signal,
    });
  } catch {
    throw new ApiError(messages.errors.network);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
async function read(response) {
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  if (answer?.code === "invalid_credentials") throw new ApiError(messages.errors.invalid_credentials);
  // The limit in front of the Worker answers without words.
  const unsaid = response.status === 429 ? messages.errors.too_many : messages.errors.unexpected;
  throw new ApiError(answer?.message ?? unsaid, answer?.fields, answer?.code, answer ?? undefined);
}
