/** Copies of the templates of a page. The markup and its words stand in the page; a script fills in what differs. */

/**
 * A copy of a template that holds one element.
 *
 * @param {string} id
 * @param {Record<string, string | null | undefined>} [texts] by `data-slot`; what is empty goes, with its frame `data-with`
 * @returns {HTMLElement}
 */
export function copyOf(id, texts = {}) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  const copy = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  fill(copy, texts);
  return copy;
}

/**
 * @param {HTMLElement} root
 * @param {Record<string, string | null | undefined>} texts
 */
export function fill(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    if (text) slot(root, name).textContent = text;
    else keep(root, name, false);
  }
}

/**
 * The element that a copy has under a name.
 *
 * @param {HTMLElement} root
 * @param {string} name
 */
export function slot(root, name) {
  return /** @type {HTMLElement} */ (root.querySelector(`[data-slot="${name}"]`));
}

/**
 * Takes an element out of a copy unless it is wanted.
 *
 * @param {HTMLElement} root
 * @param {string} name
 * @param {unknown} isWanted
 */
export function keep(root, name, isWanted) {
  if (isWanted) return;
  const frame = root.querySelector(`[data-with="${name}"]`);
  (frame ?? slot(root, name)).remove();
}

/**
 * Lets a link of a copy open another site in a tab of its own; without an address the link goes.
 *
 * @param {HTMLElement} root
 * @param {string} name
 * @param {string | null} address
 */
export function linkTo(root, name, address) {
  // An operator wrote it; a script in place of an address is a mistake all the same.
  const isAddress = address !== null && /^https?:\/\//.test(address);
  if (isAddress) Object.assign(slot(root, name), { href: address, target: "_blank", rel: "noreferrer" });
  else keep(root, name, false);
}

/**
 * Words of the catalogue with values in place of `{name}`.
 *
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function withValues(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
