/** Words typed in the wrong keyboard layout: «ghbdtn» is «привет», «зфыыцщкв» is «password». */

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю";
/** Keys that have no small and large form in Latin, with Shift. */
const SHIFTED = '~{}:"<>';
const SHIFTED_CYRILLIC = "ёхъжэбю";

const OTHER = new Map([
  ...pairs(SHIFTED, SHIFTED_CYRILLIC),
  ...pairs(LATIN, CYRILLIC),
  ...pairs(CYRILLIC, LATIN),
]);

/**
 * What the same keys give in the other layout; nothing if a text has letters of both, or of neither.
 *
 * @param {string} text
 * @returns {string | undefined}
 */
export function inOtherLayout(text) {
  const small = text.toLowerCase();
  if (/[a-z]/.test(small) === /[а-яё]/.test(small)) return undefined;
  return [...small].map((letter) => OTHER.get(letter) ?? letter).join("");
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {[string, string][]}
 */
function pairs(from, to) {
  return [...from].map((letter, position) => [letter, to.charAt(position)]);
}
