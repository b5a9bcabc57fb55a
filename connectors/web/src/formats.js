/** Days, times and money as the shopper's language writes them. */

const DAY = 86_400_000;

/** A page in `en` is read in many countries: the shopper's own English says how to write a day. */
export function regional(language, own = navigator.languages ?? []) {
  return own.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}

/** @param {string} language @param {() => Date} now */
export function createFormats(language, now = () => new Date()) {
  const format = (options) => new Intl.DateTimeFormat(language, options);
  const clock = format({ hour: "numeric", minute: "2-digit" });
  const moment = format({ weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
  const weekday = format({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const fullDate = format({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const nearby = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const list = new Intl.ListFormat(language, { style: "short", type: "conjunction" });
  const enumeration = new Intl.ListFormat(language, { style: "short", type: "unit" });
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

  /** Calendar days from today to `date`, both given as midnight UTC. */
  const distance = (date) => Math.round((date - calendarDay(now())) / DAY);

  /** “tomorrow” where that is plain, else “Friday 7 March”, with the year when it isn't near. */
  function day(date) {
    const away = distance(date);
    if (Math.abs(away) <= 1) return nearby.format(away, "day");
    return Math.abs(away) < 180 ? weekday.format(date) : fullDate.format(date);
  }

  const isPast = (date) => distance(midnight(date)) < 0;

  return {
    time: (iso) => clock.format(new Date(iso)),
    moment: (iso) => moment.format(new Date(iso)),
    /** @param {string} date YYYY-MM-DD, a day on the calendar wherever the shopper is */
    day: (date) => day(midnight(date)),
    date: (date) => fullDate.format(midnight(date)),
    isPast,
    dayOf: (iso) => capital(day(calendarDay(new Date(iso))), language),
    money: ({ amount, currency }) => new Intl.NumberFormat(language, { style: "currency", currency }).format(amount),
    list: (names) => list.format(names),
    /** Without an “and”. */
    enumeration: (names) => enumeration.format(names),
    number: (value) => decimal.format(value),
  };
}

function midnight(date) {
  return new Date(`${date}T00:00:00Z`);
}

/** The shopper's own calendar day, as midnight UTC. */
function calendarDay(date) {
  return new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
}

function capital(words, language) {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** Do these two moments fall on one day of the shopper's calendar? */
export function isSameDay(one, other) {
  return calendarDay(new Date(one)).getTime() === calendarDay(new Date(other)).getTime();
}
