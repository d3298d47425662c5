/** Files that only the signed-in may have: asked for with the token, then given to the browser to keep. */

import { fileAsClient } from "./api.js";

/** @param {string} path */
export async function download(path) {
  const { file, name } = await fileAsClient(path);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
