/**
 * What makes a password weak however long it is: rows of keys, repetitions, years, the first words that come to mind, and what
 * others know of its owner. The server has rules and lists of its own and the last word; this only warns in time.
 */

/** The letters of the Russian layout, and on the same keys those of the American one: people guess in both. */
const RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю";
const AMERICAN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";

/** What fingers walk along. */
const ROWS = ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "abcdefghijklmnopqrstuvwxyz", "qazwsxedcrfvtgb"];

/** By their keys: «пароль» is gfhjkm. */
const FIRST_WORDS = /password|passw0rd|parol|gfhjkm|admin|login|welcome|letmein|iloveyou|love|secret|ctrhtn|monkey|dragon|hello|ghbdtn|k.,jdm|cjkyst/g;

const YEAR = /(?:19|20)\d\d/g;

/** What is guessed in one go counts as one letter, of a kind that nobody types. */
const A_WORD = "\u0001";
const A_YEAR = "\u0002";

/** Shorter words are in every other password by chance. */
const SHORTEST_WORD = 3;

/** What the service is called. */
const BRAND = ["miniapp.expert", "miniappexpert", "miniapp", "миниапп", "expert"];

/**
 * How many guesses at least a password is made of: a row of keys, a year or a repetition counts as one.
 *
 * @param {string} password
 */
export function countGuesses(password) {
  const text = keysOf(password).replaceAll(FIRST_WORDS, A_WORD).replaceAll(YEAR, A_YEAR);
  return countRuns(withoutRepetition([...text]));
}

/**
 * Whether a password is hardly more than what is known of its owner or the name of the service.
 *
 * @param {string} password
 * @param {string[]} known such as the e-mail address and the name
 * @param {number} minChars what has to be left
 */
export function repeatsWhatIsKnown(password, known, minChars) {
  const keys = keysOf(password);
  const words = [...BRAND, ...known.flatMap(wordsOf)].map(keysOf).filter((word) => word.length >= SHORTEST_WORD);
  if (keys.length >= SHORTEST_WORD && words.some((word) => word.includes(keys))) return true;
  const longestFirst = words.sort((one, other) => other.length - one.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ""), keys).trim();
  return rest !== keys && [...rest].length < minChars;
}

/**
 * A text by its keys, whatever layout was on and without regard to letter case.
 *
 * @param {string} text
 */
function keysOf(text) {
  return [...text.trim().toLowerCase()].map((letter) => AMERICAN[RUSSIAN.indexOf(letter)] ?? letter).join("");
}

/**
 * The whole text, and its words.
 *
 * @param {string} text
 */
function wordsOf(text) {
  return [text, ...text.split("@"), ...text.split(/[^\p{L}\p{N}]+/u)];
}

/**
 * @param {string[]} letters
 */
function countRuns(letters) {
  let count = 0;
  for (let start = 0; start < letters.length; start += runFrom(letters, start)) {
    count += 1;
  }
  return count;
}

/**
 * How many letters from here on are one run: the same letter, or three and more along a row in one direction.
 *
 * @param {string[]} letters
 * @param {number} start
 */
function runFrom(letters, start) {
  let longest = 1;
  while (letters[start + longest] === letters[start]) longest += 1;
  for (const row of ROWS) {
    for (const step of [1, -1]) {
      let length = 1;
      let place = row.indexOf(letters[start]);
      while (place >= 0 && row[place + step] !== undefined && row[place + step] === letters[start + length]) {
        place += step;
        length += 1;
      }
      if (length > 2) longest = Math.max(longest, length);
    }
  }
  return longest;
}

/**
 * What is written again and again, once.
 *
 * @param {string[]} letters
 */
function withoutRepetition(letters) {
  for (let length = 1; length <= letters.length / 2; length += 1) {
    if (letters.every((letter, index) => letter === letters[index % length])) return letters.slice(0, length);
  }
  return letters;
}
