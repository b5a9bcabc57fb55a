/** What the shopper said that the server hasn't numbered yet. Pure: each function gives a new list. */

/** @typedef {import("./types.js").Unsent} Unsent */

/** The failure of a message that got no answer: unlike a refusal, it is tried again after a reconnect. */
export const UNANSWERED = "unanswered";

/** A refusal of these isn't worth another try. */
const HOPELESS = new Set([
  "choice_unknown",
  "photo_too_large",
  "photo_of_another_kind",
  "photo_broken",
  "too_many_photos",
]);

/** @returns {Unsent} */
export function unsent({ client_id, kind, text = "", token = null, values = null, card = null, at }) {
  return { client_id, kind, text, token, values, card, at, status: "waiting", after: 0, failure: null };
}

/** @param {Unsent[]} outbox @param {Partial<Unsent>} change */
export function mark(outbox, client_id, change) {
  return outbox.map((item) => (item.client_id === client_id ? { ...item, ...change } : item));
}

/** The next one to send. They go one by one, so one that is under way, or got no answer, holds up those behind it. */
export function nextToSend(outbox) {
  const first = outbox.find((item) => item.status === "waiting" || blocks(item));
  return first?.status === "waiting" ? first : null;
}

function blocks(item) {
  return item.status === "sending" || item.failure?.code === UNANSWERED;
}

/** Is something on its way that will become the shopper's latest words? */
export function isUnderWay(outbox) {
  return outbox.some((item) => item.status !== "failed");
}

export function canRetry(item) {
  return item.status === "failed" && !HOPELESS.has(item.failure.code);
}

/** A message tried again goes to the end: that is where its words will stand. */
export function retry(outbox, client_id) {
  const item = outbox.find((one) => one.client_id === client_id);
  if (!item || !canRetry(item)) return outbox;
  const fresh = { ...item, status: "waiting", failure: null };
  if (item.failure.code === UNANSWERED) return mark(outbox, client_id, fresh);
  return [...outbox.filter((one) => one !== item), fresh];
}

/** After a reconnect: all that was under way or got no answer is sent again, in the same order, under the same id. */
export function resume(outbox) {
  return outbox.map((item) => (blocks(item) ? { ...item, status: "waiting", failure: null } : item));
}

/** Those that messages now shown have taken the place of are gone. */
export function settle(outbox, messages, seen) {
  if (!outbox.length) return outbox;
  const arrived = new Set(messages.map((message) => message.client_id));
  return outbox.filter((item) => !arrived.has(item.client_id) && !(item.status === "sent" && item.seq <= seen));
}

/** A choice belongs to the conversation that offered it. */
export function withoutChoices(outbox) {
  return outbox.filter((item) => item.kind !== "choose");
}

/** What a reload must bring back. A photo is too large to be remembered. */
export function worthKeeping(outbox) {
  const kept = outbox.filter((item) => item.status !== "sent" && (item.status !== "failed" || canRetry(item)));
  return kept.filter((item) => item.kind !== "photo");
}
