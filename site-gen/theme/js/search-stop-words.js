/** Words of a question that a page need not hold: they say how one asks, not about what. Folded, «ё» as «е». */

const STOP_WORDS = new Set(
  (
    "без бы был была были было быть вам вас ваш весь во вот все вы где да для до его если есть еще же за зачем " +
    "из или им их как какая какие какой ко когда кто куда ли либо мне могу может можете можно мой моя мы на " +
    "над надо нас наш не нет ни но нужен нужна нужно нужны об он она они оно от ото по под почему при про со " +
    "так там то того тоже только ты уже хочу чего чем через что чтобы эта эти это этот about an and any are as " +
    "at be but by can could did do does for from had has have how if in into is it its me my no not of on or " +
    "our should so than that the their them then there they this to us was we were what when where which who " +
    "why will with would you your"
  ).split(" "),
);

/** @param {string} folded */
export function isStopWord(folded) {
  return STOP_WORDS.has(folded);
}
