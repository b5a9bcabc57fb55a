/** The conversation as this tab knows it: one pure function from what happened to the next state. */

import { isUnderWay, mark, resume, retry, settle, unsent, UNANSWERED, withoutChoices } from "./outbox.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Message} Message */

const NOTHING_SAID = { messages: [], held: [], latest: 0, typing: false, streams: [], read: 0, divider: null };

/** @type {State} */
export const EMPTY = {
  ...NOTHING_SAID,
  conversation: null,
  customer: null,
  language: null,
  maxCharacters: 2000,
  outbox: [],
  network: "idle",
  refusal: null,
  open: false,
};

/** @param {State} state @returns {State} */
export function reduce(state, event) {
  return when[event.type](state, event);
}

const when = {
  /** What this tab remembered before a reload. */
  restored: (state, { messages = [], outbox = [], conversation = null, read = 0 }) => {
    const known = merge({ ...state, conversation, read }, { messages, latest: 0 });
    return { ...known, outbox: settle(resume(outbox), known.messages, seen(known)) };
  },

  /** Another conversation than ours: what we remember of the old one goes. `read` is how far any tab read the new one. */
  session: (state, { session, read = 0 }) => {
    const moved = state.conversation !== null && state.conversation !== session.conversation;
    const here = moved ? { ...state, ...NOTHING_SAID, outbox: withoutChoices(state.outbox) } : state;
    return {
      ...here,
      read: Math.max(here.read, read),
      conversation: session.conversation,
      customer: session.customer ?? null,
      language: session.language ?? null,
      maxCharacters: session.max_characters ?? state.maxCharacters,
    };
  },

  messages: merge,

  typing: (state, { on }) => ({ ...state, typing: on }),

  /** The answer so far. Empty words end a stream that no message will complete. */
  stream: (state, { id, text }) => {
    const others = state.streams.filter((stream) => stream.id !== id);
    const over = !text || state.messages.some((message) => message.stream_id === id);
    return { ...state, streams: over ? others : [...others, { id, text }] };
  },

  said: (state, { client_id, text, at }) => queue(state, unsent({ client_id, kind: "say", text, at })),

  /** A choice counts while it is on offer, so pressing twice is pressing once. */
  chose: (state, { client_id, choice, at }) => {
    if (!offers(state, choice.token)) return state;
    const { title: text, token, values } = choice;
    return queue(state, unsent({ client_id, kind: "choose", text, token, values, at }));
  },

  /** A photo, as `photos.prepare` made it. */
  pictured: (state, { client_id, photo, at }) => {
    return queue(state, unsent({ client_id, kind: "photo", card: { type: "photo", ...photo }, at }));
  },

  sending: (state, { client_id }) => ({ ...state, outbox: mark(state.outbox, client_id, { status: "sending" }) }),

  accepted: (state, { client_id, seq }) => {
    const outbox = mark(state.outbox, client_id, { status: "sent", seq });
    const latest = Math.max(state.latest, seq);
    return { ...state, latest, outbox: settle(outbox, state.messages, seen(state)) };
  },

  failed: (state, { client_id, failure }) => {
    const change = { status: "failed", failure, after: seen(state) };
    return { ...state, outbox: mark(state.outbox, client_id, change) };
  },

  unanswered: (state, { client_id }) => {
    const failure = { code: UNANSWERED, text: null, retry_at: null };
    return when.failed(state, { client_id, failure });
  },

  retried: (state, { client_id }) => ({ ...state, outbox: retry(state.outbox, client_id) }),

  dismissed: (state, { client_id }) => {
    return { ...state, outbox: state.outbox.filter((item) => item.client_id !== client_id) };
  },

  /** Lost: nobody is typing any more, and what got no answer will be sent again. */
  network: (state, { network, refusal = null }) => {
    const here = { ...state, network, refusal };
    return network === "online" ? here : { ...here, typing: false, streams: [], outbox: resume(state.outbox) };
  },

  opened: (state) => ({ ...state, open: true, divider: unread(state) ? state.read : null }),

  closed: (state) => ({ ...state, open: false, divider: null }),

  read: (state, { seq }) => (seq > state.read ? { ...state, read: seq } : state),
};

/** Adds messages by number. Those after a hole wait until it is filled, so that nobody reads out of order. */
function merge(state, { messages, latest }) {
  const waiting = new Map(state.held.map((message) => [message.seq, message]));
  for (const message of messages) waiting.set(message.seq, tidy(message, state.outbox));
  const run = [...state.messages];
  for (let next = run.length + 1; waiting.has(next); next++) run.push(waiting.get(next));
  const held = [...waiting.values()].filter((message) => message.seq > run.length).sort((a, b) => a.seq - b.seq);
  return arrived({ ...state, messages: run, held, latest: Math.max(state.latest, latest, run.length) });
}

function arrived(state) {
  const done = new Set(state.messages.map((message) => message.stream_id));
  return {
    ...state,
    outbox: settle(state.outbox, state.messages, seen(state)),
    streams: state.streams.filter((stream) => !done.has(stream.id)),
  };
}

/** What the shopper picked is known here, even from a server that doesn't repeat it. */
function tidy(message, outbox) {
  const own = message.client_id && outbox.find((item) => item.client_id === message.client_id);
  return {
    client_id: null,
    card: null,
    stream_id: null,
    progress: null,
    ...message,
    text: message.text ?? "",
    buttons: message.buttons ?? [],
    values: message.values ?? own?.values ?? null,
  };
}

function queue(state, item) {
  return { ...state, divider: null, outbox: [...state.outbox, item] };
}

/** The highest number up to which this tab has everything. */
export function seen(state) {
  return state.messages.length;
}

/** Is something missing that the server is known to have? */
export function hasHole(state) {
  return state.held.length > 0 || state.latest > seen(state);
}

/** Choices are on offer in the messages since the shopper's last words, and only while nothing new is being sent. */
export function offeredSince(state) {
  if (isUnderWay(state.outbox) || state.network === "refused") return Infinity;
  return state.messages.findLast((message) => message.from === "shopper")?.seq ?? 0;
}

function offers(state, token) {
  const since = offeredSince(state);
  return state.messages.some((message) => message.seq > since && choicesOf(message).includes(token));
}

/** Buttons, the rows of a card, or a card that is one question itself. */
function choicesOf({ buttons, card }) {
  const choices = [...buttons, ...(card?.orders ?? []), ...(card?.products ?? []), card];
  return choices.flatMap((choice) => choice?.token ?? []);
}

/** How far the form is whose question came last. @returns {import("./types.js").Progress|null} */
export function progressOf(state) {
  const last = state.messages.findLast((message) => message.from === "bot" || message.from === "agent");
  const { step, of } = last?.progress ?? {};
  return step >= 1 && step <= of ? { step, of } : null;
}

/** How many messages the shopper hasn't had before their eyes. */
export function unread(state) {
  return state.messages.filter((message) => message.seq > state.read && message.from !== "shopper").length;
}
