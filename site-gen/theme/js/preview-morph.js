/**
 * Brings the difference of two versions of a page to the screen.
 *
 * Old and new version are compared with each other, not with the screen: what only the screen has (a field filled in, a
 * `details` opened, a button that a script added or enabled) is in neither of them and stays as it is.
 */

import { pairChildren } from "./preview-pairs.js";

/**
 * Copies a tree without what stands in scripts: Trusted Types would take it for an attempt to smuggle in code.
 *
 * @param {Node} model
 * @param {Document} owner of the copy
 * @param {(model: Node, copy: Node) => void} note
 */
export function copy(model, owner, note) {
  const made = owner.importNode(model, false);
  note(model, made);
  if (!isOpaque(model)) {
    for (const child of model.childNodes) made.appendChild(copy(child, owner, note));
  }
  return made;
}

/**
 * @param {Node} before the version on the screen
 * @param {Node} after the version to show
 * @param {Map<Node, Node>} screen which node on the screen shows which of `before`
 * @returns {Map<Node, Node>} which node on the screen shows which of `after`
 */
export function morph(before, after, screen) {
  /** @type {Map<Node, Node>} */
  const next = new Map();
  update(before, after, screen, next);
  return next;
}

/**
 * @param {Node} before
 * @param {Node} after
 * @param {Map<Node, Node>} screen
 * @param {Map<Node, Node>} next
 */
function update(before, after, screen, next) {
  const shown = screen.get(before);
  if (!shown) return;
  next.set(after, shown);
  if (isOpaque(after)) return;
  if (before.isEqualNode(after)) {
    for (const [index, child] of before.childNodes.entries()) {
      const like = after.childNodes[index];
      if (like) update(child, like, screen, next);
    }
  } else if (shown instanceof CharacterData) {
    updateText(shown, before.nodeValue ?? "", after.nodeValue ?? "");
  } else {
    if (shown instanceof Element) updateAttributes(shown, /** @type {Element} */ (before), /** @type {Element} */ (after));
    updateChildren(shown, before, after, screen, next);
  }
}

/**
 * Replaces no more than what differs, so that a selection around it stays.
 *
 * @param {CharacterData} shown
 * @param {string} before
 * @param {string} after
 */
function updateText(shown, before, after) {
  if (before === after) return;
  if (shown.data !== before) {
    shown.data = after;
    return;
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  shown.replaceData(start, before.length - start - end, after.slice(start, after.length - end));
}

/**
 * @param {Element} shown
 * @param {Element} before
 * @param {Element} after
 */
function updateAttributes(shown, before, after) {
  for (const { name } of before.attributes) {
    if (!after.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of after.attributes) {
    if (before.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

/**
 * @param {Node} parent on the screen
 * @param {Node} before
 * @param {Node} after
 * @param {Map<Node, Node>} screen
 * @param {Map<Node, Node>} next
 */
function updateChildren(parent, before, after, screen, next) {
  const pairs = pairChildren([...before.childNodes], [...after.childNodes]);
  const kept = new Set(pairs.values());
  const gone = [...before.childNodes].filter((child) => !kept.has(child));
  for (const child of gone) {
    const shown = screen.get(child);
    if (!isStyle(child)) shown?.parentNode?.removeChild(shown);
  }
  /** Those that are in place; others, made by scripts, stand where they stand. @type {Set<Node>} */
  const placed = new Set([...kept].flatMap((child) => screen.get(child) ?? []));
  /** @type {Node | null} */
  let previous = null;
  for (const child of after.childNodes) {
    const old = pairs.get(child);
    const shown = (old && screen.get(old)) ?? copy(child, document, (model, made) => next.set(model, made));
    if (old) update(old, child, screen, next);
    const place = following(parent, previous, placed);
    if (place !== shown) parent.insertBefore(shown, place ?? (previous ? previous.nextSibling : null));
    placed.add(shown);
    previous = shown;
  }
  const arrived = [...after.childNodes].filter((child) => isStyle(child) && !pairs.has(child)).at(-1);
  for (const child of gone.filter(isStyle)) retire(screen.get(child), arrived && next.get(arrived));
}

/**
 * The next child of `parent` after `previous` that is ours.
 *
 * @param {Node} parent
 * @param {Node | null} previous
 * @param {Set<Node>} ours
 */
function following(parent, previous, ours) {
  let node = previous ? previous.nextSibling : parent.firstChild;
  while (node && !ours.has(node)) node = node.nextSibling;
  return node;
}

/**
 * Whether it has no children to compare: scripts are compared by themselves, and the browser reads `noscript` as text.
 *
 * @param {Node} node
 */
function isOpaque(node) {
  return node instanceof Element && node.matches("script, noscript");
}

/** @param {Node} node */
function isStyle(node) {
  return node instanceof Element && node.matches("link[rel=stylesheet]");
}

/**
 * Takes an old style sheet away when the new one is there: between them the page would stand naked for a moment.
 *
 * @param {Node} [old]
 * @param {Node} [successor]
 */
function retire(old, successor) {
  const end = () => old?.parentNode?.removeChild(old);
  if (!successor) {
    end();
    return;
  }
  successor.addEventListener("load", end, { once: true });
  successor.addEventListener("error", end, { once: true });
}
