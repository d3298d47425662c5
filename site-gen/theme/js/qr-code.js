/**
 * A QR code (ISO/IEC 18004) of a short text such as a partner's link, for the camera of a phone: bytes, error correction of
 * level M, versions 1 to 6, which hold up to 106 bytes.
 */

/** What the versions hold: blocks, bytes of data in each, bytes of error correction in each. */
const VERSIONS = [[1, 16, 10], [1, 28, 16], [1, 44, 26], [2, 32, 18], [2, 43, 24], [4, 27, 16]];

/** Which modules each mask turns over. @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Light modules around the code, without which a camera does not find it. */
const QUIET = 4;

const SVG = "http://www.w3.org/2000/svg";

/**
 * A picture of the code; null where the text is too long for one.
 *
 * @param {string} text
 * @param {string} label what a reader is told instead
 * @returns {SVGElement | null}
 */
export function drawQrCode(text, label) {
  const rows = qrCode(text);
  if (!rows) return null;
  const side = rows.length + 2 * QUIET;
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  const dark = document.createElementNS(SVG, "path");
  const modules = rows.flatMap((row, y) => row.map((is, x) => (is ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")));
  dark.setAttribute("d", modules.join(""));
  picture.append(dark);
  return picture;
}

/**
 * The modules of the code, row by row, dark ones true; null where the text is too long for one.
 *
 * @param {string} text
 * @param {number} [mask] that mask; otherwise the one that the standard prefers
 * @returns {boolean[][] | null}
 */
export function qrCode(text, mask) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = VERSIONS.findIndex(([blocks, data]) => blocks * data >= bytes.length + 2);
  if (version === -1) return null;
  const bits = codewords(bytes, VERSIONS[version]).flatMap((byte) => bitsOf(byte, 8));
  const choice = mask === undefined ? [...MASKS.keys()] : [mask];
  const codes = choice.map((mask) => draw(version + 1, bits, mask));
  return codes.reduce((best, code) => (penalty(code) < penalty(best) ? code : best));
}

/**
 * The text in its blocks, each with its error correction, interleaved.
 *
 * @param {number[]} bytes
 * @param {number[]} capacity
 */
function codewords(bytes, [blocks, dataLength, checkLength]) {
  const bits = [...bitsOf(4, 4), ...bitsOf(bytes.length, 8), ...bytes.flatMap((byte) => bitsOf(byte, 8)), 0, 0, 0, 0];
  const data = Array.from({ length: bits.length / 8 }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8).join(""), 2));
  for (let pad = 0xec; data.length < blocks * dataLength; pad ^= 0xec ^ 0x11) data.push(pad);
  const divisor = generator(checkLength);
  const parts = Array.from({ length: blocks }, (_, at) => data.slice(at * dataLength, (at + 1) * dataLength));
  const checks = parts.map((part) => remainder(part, divisor));
  return [...interleave(parts), ...interleave(checks)];
}

/** @param {number[][]} parts all of one length */
function interleave(parts) {
  return parts[0].flatMap((_, at) => parts.map((part) => part[at]));
}

/**
 * @param {number} value
 * @param {number} count
 */
function bitsOf(value, count) {
  return Array.from({ length: count }, (_, at) => (value >> (count - 1 - at)) & 1);
}

/**
 * In the field of 256 elements of the standard.
 *
 * @param {number} one
 * @param {number} other
 */
function multiply(one, other) {
  let product = 0;
  for (; other > 0; other >>= 1) {
    if (other & 1) product ^= one;
    one = (one << 1) ^ (one & 0x80 ? 0x11d : 0);
  }
  return product;
}

/** @param {number} degree */
function generator(degree) {
  let polynomial = [1];
  for (let step = 0, root = 1; step < degree; step += 1, root = multiply(root, 2)) {
    const shifted = [...polynomial, 0];
    polynomial = shifted.map((value, at) => value ^ (at > 0 ? multiply(polynomial[at - 1], root) : 0));
  }
  return polynomial.slice(1);
}

/**
 * @param {number[]} data
 * @param {number[]} divisor without its leading one
 */
function remainder(data, divisor) {
  return data.reduce(
    (rest, byte) => {
      const factor = byte ^ rest[0];
      return divisor.map((value, at) => (rest[at + 1] ?? 0) ^ multiply(value, factor));
    },
    divisor.map(() => 0),
  );
}

/**
 * @param {number} version
 * @param {number[]} bits
 * @param {number} mask
 */
function draw(version, bits, mask) {
  const side = 17 + 4 * version;
  /** @type {(boolean | undefined)[][]} */
  const rows = Array.from({ length: side }, () => Array(side).fill(undefined));
  const last = side - 1;
  for (const [x, y] of [[3, 3], [last - 3, 3], [3, last - 3]]) square(rows, x, y, 4, [2, 4]);
  if (version > 1) square(rows, last - 6, last - 6, 2, [1]);
  for (let at = 8; at < side - 8; at += 1) rows[6][at] = rows[at][6] = at % 2 === 0;
  describe(rows, mask);
  // In pairs of columns from the right, up and down in turn; the column of the timing pattern is passed over.
  let next = 0;
  for (let right = last, isUpward = true; right > 0; right -= right === 8 ? 3 : 2, isUpward = !isUpward) {
    for (let step = 0; step < side; step += 1) {
      const y = isUpward ? last - step : step;
      for (const x of [right, right - 1]) {
        if (rows[y][x] !== undefined) continue;
        rows[y][x] = (bits[next] === 1) !== MASKS[mask](x, y);
        next += 1;
      }
    }
  }
  return /** @type {boolean[][]} */ (rows);
}

/**
 * Rings around a middle, some of them light; what lies outside the code is left out.
 *
 * @param {(boolean | undefined)[][]} rows
 * @param {number} middleX
 * @param {number} middleY
 * @param {number} radius
 * @param {number[]} light
 */
function square(rows, middleX, middleY, radius, light) {
  for (let y = -radius; y <= radius; y += 1) {
    for (let x = -radius; x <= radius; x += 1) {
      const row = rows[middleY + y];
      if (!row || middleX + x < 0 || middleX + x >= rows.length) continue;
      row[middleX + x] = !light.includes(Math.max(Math.abs(x), Math.abs(y)));
    }
  }
}

/**
 * Level and mask, twice, with an error correction of their own.
 *
 * @param {(boolean | undefined)[][]} rows
 * @param {number} mask
 */
function describe(rows, mask) {
  const side = rows.length;
  // Level M is zero.
  let rest = mask;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const format = ((mask << 10) | rest) ^ 0x5412;
  for (let at = 0; at < 15; at += 1) {
    const bit = ((format >> at) & 1) === 1;
    if (at < 8) rows[at < 6 ? at : at + 1][8] = rows[8][side - 1 - at] = bit;
    else rows[8][at === 8 ? 7 : 14 - at] = rows[side - 15 + at][8] = bit;
  }
  rows[side - 8][8] = true;
}

/**
 * How hard a code is to read, as the standard counts: runs, blocks, what looks like a corner, and an uneven share of dark.
 *
 * @param {boolean[][]} rows
 */
function penalty(rows) {
  const across = rows.map((row) => row.map(Number).join(""));
  const down = rows.map((_, x) => rows.map((row) => Number(row[x])).join(""));
  let points = 0;
  for (const line of [...across, ...down]) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    points += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let y = 1; y < rows.length; y += 1) {
    for (let x = 1; x < rows.length; x += 1) {
      const block = [rows[y][x], rows[y - 1][x], rows[y][x - 1], rows[y - 1][x - 1]];
      if (block.every((is) => is === block[0])) points += 3;
    }
  }
  const dark = across.join("").replaceAll("0", "").length / rows.length ** 2;
  return points + 10 * Math.floor(Math.abs(dark * 20 - 10));
}
