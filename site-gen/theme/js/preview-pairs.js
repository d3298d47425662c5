/** Which child of the new version continues which child of the old one. */

/**
 * Children that are alike pair first, from both ends and then wherever they are; then those with the same id; what is left
 * pairs in order with its kind. One paragraph more or less therefore touches that paragraph only.
 *
 * @param {Node[]} before
 * @param {Node[]} after
 * @returns {Map<Node, Node>} for children of `after`, those of `before`
 */
export function pairChildren(before, after) {
  /** @type {Map<Node, Node>} */
  const pairs = new Map();
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && pairEqual(before.at(start), after.at(start), pairs)) start += 1;
  let end = 0;
  while (end < shorter - start && pairEqual(before.at(-1 - end), after.at(-1 - end), pairs)) end += 1;
  const left = before.slice(start, before.length - end);
  const right = after.slice(start, after.length - end);
  pairBy(left, right, pairs, identity);
  pairBy(left, right, pairs, content);
  pairBy(left, right, pairs, kind);
  return pairs;
}

/**
 * @param {Node | undefined} one
 * @param {Node | undefined} other
 * @param {Map<Node, Node>} pairs
 */
function pairEqual(one, other, pairs) {
  if (!one || !other || !one.isEqualNode(other)) return false;
  pairs.set(other, one);
  return true;
}

/**
 * Pairs what is not paired yet and has the same key, the first with the first.
 *
 * @param {Node[]} before
 * @param {Node[]} after
 * @param {Map<Node, Node>} pairs
 * @param {(node: Node) => string | null} key
 */
function pairBy(before, after, pairs, key) {
  const taken = new Set(pairs.values());
  /** @type {Map<string, Node[]>} */
  const waiting = new Map();
  for (const node of before) {
    const name = taken.has(node) ? null : key(node);
    if (name === null) continue;
    const others = waiting.get(name);
    if (others) others.push(node);
    else waiting.set(name, [node]);
  }
  for (const node of after) {
    const name = pairs.has(node) ? null : key(node);
    const partner = name === null ? undefined : waiting.get(name)?.shift();
    if (partner) pairs.set(node, partner);
  }
}

/** @param {Node} node */
function identity(node) {
  return node instanceof Element && node.id ? `${node.nodeName}#${node.id}` : null;
}

/** @param {Node} node */
function content(node) {
  return node instanceof Element && !node.id ? node.outerHTML : null;
}

/**
 * Nodes of one kind can become each other. A style sheet cannot: the old one has to stay until the new one is there.
 *
 * @param {Node} node
 */
function kind(node) {
  if (!(node instanceof Element)) return node.nodeName;
  if (node.id || node.matches("link[rel=stylesheet]")) return null;
  const role = ["rel", "name", "property", "type"].map((name) => node.getAttribute(name) ?? "");
  return `${node.nodeName} ${role.join(" ")}`;
}
