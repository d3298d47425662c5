/** Tables of the API as files. A link cannot carry the token, so the script fetches and hands over what came. */

import { fetchAsClient } from "./api.js";
import { onPress } from "./pressing.js";

/**
 * @param {HTMLButtonElement} button
 * @param {() => string} path as it is when the button is pressed
 * @param {(reason: string) => void} fail
 */
export function offerTable(button, path, fail) {
  onPress(
    button,
    async () => {
      const response = await fetchAsClient(path());
      save(await response.blob(), nameOf(response) ?? "table.csv");
      fail("");
    },
    fail,
  );
}

/**
 * @param {Blob} file
 * @param {string} name
 */
function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * The name in RFC 6266.
 *
 * @param {Response} response
 */
function nameOf(response) {
  const name = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return name && decodeURIComponent(name);
}
