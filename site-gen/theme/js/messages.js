/** The words the scripts say, in the language of the page. The generator puts them there; see `script` in messages.toml. */

const element = document.getElementById("messages");

/** @type {Record<string, Record<string, string>>} */
export const messages = JSON.parse(element?.textContent ?? "{}");
