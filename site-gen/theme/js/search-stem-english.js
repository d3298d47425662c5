/**
 * The English stemmer of Snowball 3.1, https://snowballstem.org/algorithms/english/stemmer.html. The generator stems
 * with the same algorithm; the word list in site-gen/src/search/vectors holds both to it.
 *
 * A `y` that is a consonant is written `Y` on the way.
 */

const VOWEL = /[aeiouy]/;
const SHORT_SYLLABLE = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/;
const DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const FIRST_REGION = /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)|^.*?[aeiouy][^aeiouy]/;
const NEXT_REGION = /^.*?[aeiouy][^aeiouy]/;

/** Words with stems of their own. */
const EXCEPTIONS = new Map([
  ["skis", "ski"],
  ["skies", "sky"],
  ["idly", "idl"],
  ["gently", "gentl"],
  ["ugly", "ugli"],
  ["early", "earli"],
  ["only", "onli"],
  ["singly", "singl"],
  ...["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"].map(
    (word) => /** @type {[string, string]} */ ([word, word]),
  ),
]);

/** @type {Map<string, string>} the longest ending that fits is replaced, or stays if it is outside the region */
const SECOND = new Map([
  ["ational", "ate"],
  ["ation", "ate"],
  ["ator", "ate"],
  ["ization", "ize"],
  ["izer", "ize"],
  ["fulness", "ful"],
  ["fulli", "ful"],
  ["ousness", "ous"],
  ["ousli", "ous"],
  ["iveness", "ive"],
  ["iviti", "ive"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["bli", "ble"],
  ["lessli", "less"],
  ["entli", "ent"],
  ["alism", "al"],
  ["aliti", "al"],
  ["alli", "al"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["ogist", "og"],
  ["ogi", "og"],
  ["li", ""],
]);
const THIRD = new Map([
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ful", ""],
  ["ness", ""],
  ["ative", ""],
]);
const FOURTH = new Map(
  "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion"
    .split(" ")
    .map((ending) => [ending, ""]),
);

/**
 * @param {string} folded small letters
 * @returns {string} its stem
 */
export function stemEnglish(folded) {
  const exception = EXCEPTIONS.get(folded);
  if (exception !== undefined) return exception;
  if (folded.length < 3) return folded;
  let word = markConsonants(folded);
  const first = FIRST_REGION.exec(word)?.[0].length ?? word.length;
  const second = first + (NEXT_REGION.exec(word.slice(first))?.[0].length ?? word.length - first);

  word = withoutPlural(word);
  word = withoutPast(word, first);
  word = word.replace(/^(.+[^aeiouy])[yY]$/, "$1i");
  word = replaceEnding(word, SECOND, first, (rest, ending) => {
    if (ending === "ogi") return rest.endsWith("l");
    return ending !== "li" || /[cdeghkmnrt]$/.test(rest);
  });
  word = replaceEnding(word, THIRD, first, (rest, ending) => ending !== "ative" || rest.length >= second);
  word = replaceEnding(word, FOURTH, second, (rest, ending) => ending !== "ion" || /[st]$/.test(rest));
  return withoutLastLetter(word, first, second).replaceAll("Y", "y");
}

/** @param {string} word */
function markConsonants(word) {
  let marked = "";
  for (const letter of word) {
    marked += letter === "y" && (marked === "" || VOWEL.test(marked.charAt(marked.length - 1))) ? "Y" : letter;
  }
  return marked;
}

/** @param {string} word */
function withoutPlural(word) {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (/(?:us|ss)$/.test(word)) return word;
  return /[aeiouy].+s$/.test(word) ? word.slice(0, -1) : word;
}

/**
 * @param {string} word
 * @param {number} first where the first region begins
 */
function withoutPast(word, first) {
  const double = /^(.*)eed(?:ly)?$/.exec(word);
  if (double) {
    const rest = double[1] ?? "";
    return rest.length < first || /^(?:proc|exc|succ)$/.test(rest) ? word : `${rest}ee`;
  }
  if (/^[^aeiouy]ying$/.test(word)) return `${word.charAt(0)}ie`;
  if (/^(?:inn|out|cann|herr|earr|even)ing$/.test(word)) return word;
  const rest = /^(.*[aeiouy].*?)(?:ed|edly|ing|ingly)$/.exec(word)?.[1];
  if (rest === undefined) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (DOUBLE.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
  return rest.length === first && SHORT_SYLLABLE.test(rest) ? `${rest}e` : rest;
}

/**
 * @param {string} word
 * @param {Map<string, string>} endings
 * @param {number} region where the ending must begin at the earliest
 * @param {(rest: string, ending: string) => boolean} mayGo
 */
function replaceEnding(word, endings, region, mayGo) {
  for (let length = Math.min(7, word.length); length > 1; length -= 1) {
    const ending = word.slice(-length);
    const replacement = endings.get(ending);
    if (replacement === undefined) continue;
    const rest = word.slice(0, -length);
    return rest.length >= region && mayGo(rest, ending) ? rest + replacement : word;
  }
  return word;
}

/**
 * @param {string} word
 * @param {number} first
 * @param {number} second
 */
function withoutLastLetter(word, first, second) {
  const rest = word.slice(0, -1);
  if (word.endsWith("e")) {
    return rest.length >= second || (rest.length >= first && !SHORT_SYLLABLE.test(rest)) ? rest : word;
  }
  return word.endsWith("ll") && rest.length >= second ? rest : word;
}
