/** The words of the chat, fetched in the shopper's language. */

const FALLBACK = "en";
const SLOWEST = 30_000;

/**
 * @typedef {object} Strings
 * @property {string} language
 * @property {"ltr"|"rtl"} direction
 * @property {(key: string, values?: Record<string, string|number>) => string} t words by their path in the file
 * @property {(key: string) => boolean} has
 */

/** Keeps trying while the line is down; a language that isn't there gives way to a wider one. @returns {Promise<Strings>} */
export async function loadStrings(origin, language, pause = wait) {
  for (let attempt = 0; ; attempt++) {
    const found = await firstOf(origin, candidates(language)).catch(() => null);
    if (found) return found;
    await pause(Math.min(SLOWEST, 1000 * 2 ** attempt));
  }
}

/** `de-AT` may be answered by `de-AT`, `de` or English. */
export function candidates(language) {
  const tag = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? language : FALLBACK;
  return [...new Set([tag, tag.split("-")[0], FALLBACK])];
}

async function firstOf(origin, languages) {
  for (const language of languages) {
    const answer = await fetch(`${origin}/chat/strings/${language}.json`, { credentials: "omit" });
    if (answer.ok) return createStrings(regionOf(language, languages[0]), await answer.json());
    if (answer.status !== 404) break;
  }
  return null;
}

/** Words for all of `en` serve `en-GB`, whose days and times are still written its own way. */
function regionOf(found, wanted) {
  return wanted.startsWith(`${found}-`) ? wanted : found;
}

/** @returns {Strings} */
export function createStrings(language, words) {
  const plural = new Intl.PluralRules(language);
  const find = (key) => key.split(".").reduce((branch, name) => branch?.[name], words);
  const t = (key, values = {}) => {
    const found = find(key) ?? key;
    const sentence = typeof found === "string" ? found : (found[plural.select(values.count)] ?? found.other);
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  return { language, direction: words.direction ?? "ltr", t, has: (key) => find(key) !== undefined };
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
