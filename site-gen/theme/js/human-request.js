/**
 * Requests for which the API may ask to be shown that a person makes them. Only when it asks is the check shown; the request is
 * then repeated with what the check gave, and the form keeps every typed letter.
 */

import { ApiError, post } from "./api.js";
import { showCheck } from "./human-check.js";

const NEEDED = "human_check_needed";

/**
 * Calls the API, if need be a second time after the check. Without a place for it in the form, the refusal stands.
 *
 * @param {HTMLFormElement} form
 * @param {string} path
 * @param {() => object} read the fields of the form, as they are when the request leaves
 * @returns {Promise<any>}
 */
export async function postAsHuman(form, path, read) {
  try {
    return await post(path, read());
  } catch (error) {
    const place = form.querySelector("[data-human-check]");
    if (!isNeeded(error) || !(place instanceof HTMLElement)) throw error;
    const token = await showCheck(place, error.answer);
    return await post(path, { ...read(), turnstile_token: token }).catch((second) => {
      // The token came too late, or Cloudflare has changed its mind.
      throw isNeeded(second) ? new ApiError(place.dataset.refused ?? second.message) : second;
    });
  }
}

/**
 * @param {unknown} error
 * @returns {error is ApiError}
 */
function isNeeded(error) {
  return error instanceof ApiError && error.code === NEEDED;
}
