/** Finds addresses in plain text. Everything stays text; only http, https and mailto become links. */

const FOUND = /\bhttps?:\/\/[^\s<>"'`]+|[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b/gi;
const TRAILING = /[.,;:!?…)\]}»”’*_]$/;
const PAIRS = { ")": "(", "]": "[", "}": "{" };

/** @returns {{text: string, href: string|null}[]} the whole text, in parts */
export function linkify(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(FOUND)) {
    const found = withoutTrailing(match[0]);
    const href = address(found);
    if (!href) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index), href: null });
    parts.push({ text: found, href });
    at = match.index + found.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), href: null });
  return parts;
}

/** A full stop or a bracket that the sentence put there isn't of the address. */
function withoutTrailing(found) {
  let end = found.length;
  while (TRAILING.test(found.slice(0, end)) && !closes(found.slice(0, end))) end--;
  return found.slice(0, end);
}

function closes(address) {
  const last = address.at(-1);
  const opening = PAIRS[last];
  return Boolean(opening) && address.split(opening).length >= address.split(last).length;
}

function address(found) {
  return found.includes("://") ? webAddress(found) : `mailto:${found}`;
}

/** @returns {string|null} the address if it is one of the web, else null; a path is one only on a `base` */
export function webAddress(text, base) {
  const url = URL.parse ? URL.parse(text, base) : parsed(text, base);
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}

/** @returns {string|null} of a file: over https, or from the server that the chat itself comes from */
export function fileAddress(text, origin) {
  const href = text && webAddress(text, origin);
  return href && (href.startsWith("https:") || new URL(href).origin === origin) ? href : null;
}

function parsed(text, base) {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
