/**
 * The Russian stemmer of Snowball 3.1, https://snowballstem.org/algorithms/russian/stemmer.html. The generator stems
 * with the same algorithm; the word list in site-gen/src/search/vectors holds both to it.
 */

const VOWEL = /[аеиоуыэюя]/;

/** Endings of one kind: those of the first list go only after «а» or «я», those of the second always. */
const GERUND = endings("в вши вшись", "ив ивши ившись ыв ывши ывшись");
const ADJECTIVE = endings(
  "",
  "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею",
);
const PARTICIPLE = endings("ем нн вш ющ щ", "ивш ывш ующ");
const REFLEXIVE = endings("", "ся сь");
const VERB = endings(
  "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
  "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю",
);
const NOUN = endings(
  "",
  "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я",
);
const SUPERLATIVE = endings("", "ейш ейше");
const ABSTRACT = endings("", "ост ость");

/**
 * @param {string} word small letters, «ё» as «е»
 * @returns {string} its stem
 */
export function stemRussian(word) {
  const start = afterFirst(word, 0, VOWEL);
  if (start < 0) return word;
  const second = secondRegion(word, start);
  const head = word.slice(0, start);
  let tail = word.slice(start);

  const gerund = without(tail, GERUND);
  if (gerund !== undefined) {
    tail = gerund;
  } else {
    tail = without(tail, REFLEXIVE) ?? tail;
    tail = withoutAdjectival(tail) ?? without(tail, VERB) ?? without(tail, NOUN) ?? tail;
  }
  if (tail.endsWith("и")) tail = tail.slice(0, -1);
  const concrete = without(tail, ABSTRACT);
  if (concrete !== undefined && start + concrete.length >= second) tail = concrete;
  return head + tidy(tail);
}

/** @param {string} tail */
function withoutAdjectival(tail) {
  const rest = without(tail, ADJECTIVE);
  return rest === undefined ? undefined : (without(rest, PARTICIPLE) ?? rest);
}

/** @param {string} tail */
function tidy(tail) {
  const plain = without(tail, SUPERLATIVE);
  if (plain !== undefined) return plain.endsWith("нн") ? plain.slice(0, -1) : plain;
  if (tail.endsWith("нн") || tail.endsWith("ь")) return tail.slice(0, -1);
  return tail;
}

/**
 * Where the second region begins: behind the second consonant that follows a vowel.
 *
 * @param {string} word
 * @param {number} start behind the first vowel
 */
function secondRegion(word, start) {
  let position = start;
  for (const isVowel of [false, true, false]) {
    position = position < 0 ? position : afterFirst(word, position, VOWEL, isVowel);
  }
  return position < 0 ? word.length : position;
}

/**
 * The position behind the first letter from `from` on that is a vowel, or is none; -1 without such a letter.
 *
 * @param {string} word
 * @param {number} from
 * @param {RegExp} vowel
 */
function afterFirst(word, from, vowel, isVowel = true) {
  for (let position = from; position < word.length; position += 1) {
    if (vowel.test(word.charAt(position)) === isVowel) return position + 1;
  }
  return -1;
}

/**
 * The text without its longest ending of a kind; nothing if it has none, or the longest may not go.
 *
 * @param {string} text
 * @param {Map<string, boolean>} kind
 */
function without(text, kind) {
  for (let length = Math.min(6, text.length); length > 0; length -= 1) {
    const needsVowel = kind.get(text.slice(-length));
    if (needsVowel === undefined) continue;
    const rest = text.slice(0, -length);
    return !needsVowel || rest.endsWith("а") || rest.endsWith("я") ? rest : undefined;
  }
  return undefined;
}

/**
 * @param {string} afterVowel
 * @param {string} always
 * @returns {Map<string, boolean>} whether an ending goes only after «а» or «я»
 */
function endings(afterVowel, always) {
  const kind = new Map(always.split(" ").map((ending) => [ending, false]));
  for (const ending of afterVowel.split(" ").filter(Boolean)) kind.set(ending, true);
  return kind;
}
