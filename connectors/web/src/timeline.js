/** Lays the conversation out as rows: days, groups of one speaker, and what is still being sent. Pure. */

import { isSameDay } from "./formats.js";
import { offeredSince } from "./conversation.js";

/** Messages of one speaker this close together (milliseconds) share one name and time. */
const TOGETHER = 5 * 60_000;

const DIVIDER = { kind: "divider", key: "divider" };

/**
 * @typedef {object} Row
 * @property {"day"|"divider"|"message"} kind
 * @property {string} key stays the same when the server numbers an own message, so that its bubble stays in place
 * @property {string} [at]
 * @property {import("./types.js").Message} [message]
 * @property {import("./types.js").Unsent} [unsent]
 * @property {boolean} [starts] first of its group
 * @property {boolean} [ends] last of its group
 * @property {boolean} [offered] its choices can be pressed
 * @property {import("./types.js").Values|null} [chosen] what was chosen in its item picker
 */

/** @param {import("./types.js").State} state @returns {Row[]} */
export function timeline(state) {
  const since = offeredSince(state);
  const rows = withUnsent(
    state.messages.map((message) => said(message, since, state)),
    state.outbox,
  );
  return withDays(withDivider(grouped(rows), state.divider));
}

function said(message, since, state) {
  const key = message.client_id ?? `m${message.seq}`;
  const chosen = message.card?.type === "items" ? answerTo(message, state)?.values : null;
  return { kind: "message", key, at: message.at, from: message.from, message, chosen, offered: message.seq > since };
}

/** What the shopper sends, or said next, to a question in a card. */
function answerTo({ seq, card }, { messages, outbox }) {
  const coming = outbox.find((item) => item.token === card.token && item.status !== "failed");
  return coming ?? messages.find((message) => message.seq > seq && message.from === "shopper");
}

/** What failed stays where it was said; what is on its way comes last. */
function withUnsent(lines, outbox) {
  const rows = [...lines];
  for (const unsent of outbox) {
    const row = { kind: "message", key: unsent.client_id, at: unsent.at, from: "shopper", unsent, offered: false };
    rows.splice(placeOf(unsent, rows), 0, row);
  }
  return rows;
}

function placeOf(unsent, rows) {
  if (unsent.status !== "failed") return rows.length;
  const below = rows.findIndex((row) => (row.message?.seq ?? 0) > unsent.after || isUnderWay(row));
  return below < 0 ? rows.length : below;
}

function isUnderWay(row) {
  return Boolean(row.unsent) && row.unsent.status !== "failed";
}

function grouped(rows) {
  return rows.map((row, index) => ({
    ...row,
    starts: !together(rows[index - 1], row),
    ends: !together(row, rows[index + 1]),
  }));
}

function together(one, other) {
  if (!one || !other || one.from !== other.from) return false;
  if (one.unsent?.status === "failed") return false;
  return Math.abs(new Date(other.at) - new Date(one.at)) < TOGETHER && isSameDay(one.at, other.at);
}

function withDivider(rows, divider) {
  if (divider === null) return rows;
  const first = rows.findIndex((row) => row.message?.seq > divider && row.from !== "shopper");
  return first < 0 ? rows : [...rows.slice(0, first), DIVIDER, ...rows.slice(first)];
}

function withDays(rows) {
  let last;
  return rows.flatMap((row) => {
    if (!row.at || (last && isSameDay(last, row.at))) return [row];
    last = row.at;
    return [{ kind: "day", key: `d${row.key}`, at: row.at }, row];
  });
}
