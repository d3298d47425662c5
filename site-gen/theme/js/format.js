/** Dates, numbers and phones as they are written in the language of the page. Dates are those of Moscow. */

const isRussian = document.documentElement.lang === "ru";
const locale = isRussian ? "ru-RU" : "en-GB";

const dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Europe/Moscow" });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Moscow" });
const countries = new Intl.DisplayNames(locale, { type: "region", style: "short" });
const months = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "Europe/Moscow" });
const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const numbers = new Intl.NumberFormat(locale);
const amounts = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
// In English the digits of a day and a month could be taken for each other.
const days = new Intl.DateTimeFormat(locale, { day: isRussian ? "2-digit" : "numeric", month: isRussian ? "2-digit" : "short", year: "numeric", timeZone: "Europe/Moscow" });
const plurals = new Intl.PluralRules(locale);
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

const DAY = 24 * 60 * 60 * 1_000;
/** Moscow is three hours ahead the whole year. */
const MOSCOW = 3 * 60 * 60 * 1_000;

/**
 * «6 марта 2026 г.», in one line.
 *
 * @param {string} instant RFC 3339
 */
export function formatDate(instant) {
  return withoutBreaks(dates.format(new Date(instant)));
}

/**
 * «6 марта 2026 г. в 14:05 МСК»; it may break before the time of day.
 *
 * @param {string} instant RFC 3339
 */
export function formatMoment(instant) {
  const moment = withoutBreaks(moments.format(new Date(instant)));
  return `${moment.replace(/\u00A0(?=(?:в|at)\u00A0)/, " ")}\u00A0${isRussian ? "МСК" : "MSK"}`;
}

/**
 * The name of a country; empty where there is none, or where the letters stand for something else.
 *
 * @param {string | null} code the two letters of ISO 3166
 */
export function formatCountry(code) {
  try {
    return code === null ? "" : (countries.of(code) ?? "");
  } catch {
    return "";
  }
}

/**
 * Facts in one line, the first with a capital letter; what is not known is left out.
 *
 * @param {(string | false | null)[]} facts
 */
export function formatFacts(facts) {
  const line = facts.filter(Boolean).join("\u00A0· ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** @param {number} value */
export function formatNumber(value) {
  return withoutBreaks(numbers.format(value));
}

/**
 * «12,5 %»; whole per cents where there is nothing behind the point.
 *
 * @param {number} share 1 is everything
 */
export function formatPercent(share) {
  return withoutBreaks(percents.format(share));
}

/**
 * «март 2026».
 *
 * @param {string} month such as 2026-03
 */
export function formatMonth(month) {
  return withoutBreaks(months.format(new Date(`${month}-15T00:00:00Z`)).replace(" г.", ""));
}

/**
 * A Russian number in its usual groups; any other as it is. With ordinary spaces, for it stands in an input.
 *
 * @param {string} phone in the form of E.164
 */
export function formatPhone(phone) {
  return phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, "+7 $1 $2-$3-$4");
}

/**
 * Browsers differ in which space they put into a number or a date; we want one that never breaks.
 *
 * @param {string} text
 */
function withoutBreaks(text) {
  return text.replaceAll(/\s/g, "\u00A0");
}

/**
 * «1 990 ₽», with kopecks only where there are some.
 *
 * @param {string | number} roubles
 */
export function formatMoney(roubles) {
  const amount = Number(roubles);
  return withoutBreaks(`${(Number.isInteger(amount) ? numbers : amounts).format(amount)} ₽`);
}

/**
 * «1 990,00», for columns, where the unit stands in the head.
 *
 * @param {string | number} roubles
 */
export function formatAmount(roubles) {
  return withoutBreaks(amounts.format(Number(roubles)));
}

/**
 * «06.03.2026» and “6 Mar 2026”, for tables.
 *
 * @param {string} instant RFC 3339
 */
export function formatDay(instant) {
  return withoutBreaks(days.format(new Date(instant)));
}

/**
 * «через 5 дней», «завтра», by the calendar of Moscow.
 *
 * @param {string} instant RFC 3339
 */
export function formatDaysTo(instant) {
  const dayOf = (/** @type {Date} */ date) => Math.floor((date.getTime() + MOSCOW) / DAY);
  return withoutBreaks(relative.format(dayOf(new Date(instant)) - dayOf(new Date()), "day"));
}

/**
 * «мар», for the feet of charts.
 *
 * @param {string} month such as 2026-03
 */
export function formatMonthShort(month) {
  const text = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" }).format(new Date(`${month}-01`));
  return text.slice(0, 3);
}

/**
 * Words for so many things: the catalogue has them as `…_one`, `…_few` and `…_many`.
 *
 * @param {Record<string, string>} words
 * @param {string} name
 * @param {number} count
 */
export function formatCount(words, name, count) {
  const rule = plurals.select(count);
  return words[`${name}_${rule === "other" ? "many" : rule}`].replace("{count}", formatNumber(count));
}
