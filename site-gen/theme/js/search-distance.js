/** How many typing errors lie between two words. */

/**
 * How many errors a word of this length may have: a short one would turn into just any other.
 *
 * @param {string} word
 */
export function toleranceOf(word) {
  if (word.length < 5) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * The number of letters that were left out, added, mistaken or swapped with their neighbour (Damerau's distance, each
 * letter moved once); more than `limit` is only told as more.
 *
 * @param {string} one
 * @param {string} other
 * @param {number} limit
 */
export function distance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  /** @type {number[]} */
  let beforeLast = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      let best = Math.min(at(last, column - 1) + cost, at(last, column) + 1, at(current, column - 1) + 1);
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwapped) best = Math.min(best, at(beforeLast, column - 2) + 1);
      current.push(best);
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(at(last, other.length), limit + 1);
}

/**
 * @param {number[]} row
 * @param {number} column
 */
function at(row, column) {
  return row[column] ?? Infinity;
}
