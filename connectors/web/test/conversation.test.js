import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EMPTY, hasHole, offeredSince, progressOf, reduce, seen, unread } from "../src/conversation.js";

const message = (seq, more = {}) => ({
  seq,
  from: "bot",
  client_id: null,
  at: "2025-03-03T10:00:00Z",
  text: `line ${seq}`,
  ...more,
});
const batch = (...messages) => ({ type: "messages", messages, latest: Math.max(0, ...messages.map(({ seq }) => seq)) });
const session = (conversation, more = {}) => ({
  type: "session",
  session: { token: "t", conversation, language: "en", max_characters: 500, ...more },
});
const said = (client_id, text = client_id) => ({ type: "said", client_id, text, at: "2025-03-03T10:01:00Z" });
const chose = (token, client_id = "c") => ({
  type: "chose",
  client_id,
  choice: { title: "Yes", token },
  at: "2025-03-03T10:01:00Z",
});
const after = (...events) => events.reduce(reduce, EMPTY);
const numbers = (state) => state.messages.map(({ seq }) => seq);
const statuses = (state) => state.outbox.map(({ client_id, status }) => `${client_id} ${status}`);

describe("messages", () => {
  test("are ordered by number, however they arrive", () => {
    assert.deepEqual(numbers(after(batch(message(2), message(1)), batch(message(3)))), [1, 2, 3]);
  });

  test("that come twice are there once", () => {
    const state = after(
      batch(message(1), message(2)),
      batch(message(2), message(1)),
      batch(message(2, { text: "other" })),
    );
    assert.deepEqual(
      state.messages.map(({ text }) => text),
      ["line 1", "line 2"],
    );
  });

  test("after a hole are held back until it is filled", () => {
    const open = after(batch(message(1)), batch(message(3)), batch(message(5)));
    assert.deepEqual(numbers(open), [1]);
    assert.equal(hasHole(open), true);
    assert.equal(seen(open), 1);
    const half = reduce(open, batch(message(2)));
    assert.deepEqual(numbers(half), [1, 2, 3]);
    assert.equal(hasHole(half), true);
    const whole = reduce(half, batch(message(4)));
    assert.deepEqual(numbers(whole), [1, 2, 3, 4, 5]);
    assert.equal(hasHole(whole), false);
    assert.deepEqual(whole.held, []);
  });

  test("known only by number are a hole too", () => {
    assert.equal(hasHole(after({ type: "messages", messages: [], latest: 4 })), true);
    assert.equal(hasHole(after({ type: "messages", messages: [], latest: 0 })), false);
  });

  test("of another conversation replace those of the old one, and choices of the old one aren't sent to it", () => {
    const state = after(session("a"), batch(message(1)), said("s"), {
      type: "failed",
      client_id: "s",
      failure: { code: "x" },
    });
    const moved = [batch(message(2, { buttons: [{ title: "Yes", token: "y" }] })), chose("y"), session("b")].reduce(
      reduce,
      state,
    );
    assert.deepEqual(numbers(moved), []);
    assert.equal(moved.latest, 0);
    assert.deepEqual(statuses(moved), ["s failed"]);
  });

  test("stay when a rotated token comes for the same conversation", () => {
    assert.deepEqual(numbers(after(session("a"), batch(message(1)), session("a", { token: "t2" }))), [1]);
  });

  test("count as unread until seen, except the shopper's own", () => {
    const state = after(batch(message(1), message(2, { from: "shopper" }), message(3, { from: "agent" })));
    assert.equal(unread(state), 2);
    assert.equal(unread(reduce(state, { type: "read", seq: 2 })), 1);
    assert.equal(reduce(reduce(state, { type: "read", seq: 3 }), { type: "read", seq: 1 }).read, 3);
  });

  test("that are new when the chat is opened begin below a divider, gone once the shopper speaks", () => {
    const state = after(batch(message(1)), { type: "read", seq: 1 }, batch(message(2)), { type: "opened" });
    assert.equal(state.divider, 1);
    assert.equal(reduce(state, said("s")).divider, null);
    assert.equal(after(batch(message(1)), { type: "read", seq: 1 }, { type: "opened" }).divider, null);
  });
});

describe("the shopper's words", () => {
  test("give way to their numbered message", () => {
    const state = after(said("s"), batch(message(1, { from: "shopper", client_id: "s" })));
    assert.deepEqual(state.outbox, []);
    assert.deepEqual(numbers(state), [1]);
  });

  test("stay as sent while their number waits behind a hole", () => {
    const state = after(said("s"), { type: "sending", client_id: "s" }, { type: "accepted", client_id: "s", seq: 2 });
    const held = reduce(state, batch(message(2, { from: "shopper", client_id: "s" })));
    assert.deepEqual(statuses(held), ["s sent"]);
    assert.deepEqual(statuses(reduce(held, batch(message(1)))), []);
  });

  test("that were accepted but don't come are known to be missing", () => {
    assert.equal(hasHole(after(said("s"), { type: "accepted", client_id: "s", seq: 1 })), true);
  });

  test("accepted a second time, with a number long shown, are gone", () => {
    assert.deepEqual(after(batch(message(1)), said("s"), { type: "accepted", client_id: "s", seq: 1 }).outbox, []);
  });

  test("under way when the line is lost wait to be sent again, those refused do not", () => {
    const refused = { type: "failed", client_id: "a", failure: { code: "too_long", text: "Too long", retry_at: null } };
    const state = after(
      said("a"),
      refused,
      said("b"),
      { type: "sending", client_id: "b" },
      { type: "network", network: "offline" },
    );
    assert.deepEqual(statuses(state), ["a failed", "b waiting"]);
  });

  test("come back after a reload unless the server has them by now", () => {
    const outbox = after(said("a"), said("b"), { type: "sending", client_id: "a" }).outbox;
    const messages = [message(1, { from: "shopper", client_id: "a" })];
    assert.deepEqual(statuses(after({ type: "restored", conversation: "x", messages, outbox })), ["b waiting"]);
    assert.deepEqual(statuses(after({ type: "restored", outbox })), ["a waiting", "b waiting"]);
  });
});

describe("choices", () => {
  const buttons = [
    { title: "Yes", token: "y" },
    { title: "No", token: "n" },
  ];
  const offer = batch(message(1, { buttons }));

  test("are on offer until the shopper has spoken", () => {
    assert.equal(offeredSince(after(offer)), 0);
    assert.equal(offeredSince(after(offer, batch(message(2)))), 0);
    assert.equal(offeredSince(after(offer, batch(message(2, { from: "shopper" })))), 2);
    assert.equal(offeredSince(after(offer, said("s"))), Infinity);
  });

  test("pressed twice are pressed once", () => {
    const state = after(offer, chose("y", "c1"), chose("y", "c2"), chose("n", "c3"));
    assert.deepEqual(statuses(state), ["c1 waiting"]);
    assert.equal(state.outbox[0].text, "Yes");
  });

  test("no longer on offer, or never offered, can't be pressed", () => {
    assert.deepEqual(after(offer, batch(message(2, { from: "shopper" })), chose("y")).outbox, []);
    assert.deepEqual(after(offer, chose("forged")).outbox, []);
  });

  test("may be orders in a card", () => {
    const card = { type: "orders", orders: [{ number: "W1", token: "o1" }] };
    assert.deepEqual(statuses(after(batch(message(1, { card })), chose("o1"))), ["c waiting"]);
  });

  test("may be products in a card, or a card that is one question", () => {
    const products = { type: "products", products: [{ id: "p", token: "p1" }, { id: "q", token: null }] };
    assert.deepEqual(statuses(after(batch(message(1, { card: products })), chose("p1"))), ["c waiting"]);
    assert.deepEqual(after(batch(message(1, { card: products })), chose(null)).outbox, []);
    const card = { type: "items", token: "t", items: [] };
    assert.deepEqual(statuses(after(batch(message(1, { card })), chose("t"))), ["c waiting"]);
  });

  test("of items carry how many of each, which their numbered message keeps", () => {
    const card = { type: "items", token: "t", items: [] };
    const choice = { title: "2 × Belt", token: "t", values: { b: 2 } };
    const at = "2025-03-03T10:01:00Z";
    const state = after(batch(message(1, { card })), { type: "chose", client_id: "c", choice, at });
    assert.deepEqual(state.outbox[0].values, { b: 2 });
    const numbered = { from: "shopper", client_id: "c", text: "2 × Belt" };
    assert.deepEqual(reduce(state, batch(message(2, numbered))).messages[1].values, { b: 2 });
    const told = reduce(state, batch(message(2, { ...numbered, values: { b: 1 } })));
    assert.deepEqual(told.messages[1].values, { b: 1 });
  });

  test("come back when the server didn't take the one pressed", () => {
    const refused = {
      type: "failed",
      client_id: "c",
      failure: { code: "choice_unknown", text: "Gone", retry_at: null },
    };
    assert.equal(offeredSince(after(offer, chose("y"), refused)), 0);
  });
});

describe("progress", () => {
  const progress = { step: 2, of: 5 };

  test("is that of the newest message which isn't the shopper's", () => {
    const state = after(batch(message(1, { progress })), batch(message(2, { from: "shopper" })), said("s"));
    assert.deepEqual(progressOf(state), progress);
    assert.equal(progressOf(reduce(state, batch(message(3)))), null);
    assert.equal(progressOf(reduce(state, batch(message(3, { from: "agent" })))), null);
    assert.deepEqual(progressOf(reduce(state, batch(message(3, { from: "notice" })))), progress);
  });

  test("that makes no sense isn't shown", () => {
    for (const odd of [{ step: 6, of: 5 }, { step: 0, of: 5 }, {}, { step: "x", of: 5 }])
      assert.equal(progressOf(after(batch(message(1, { progress: odd })))), null);
    assert.equal(progressOf(EMPTY), null);
  });
});

describe("an answer being written", () => {
  test("is replaced as it grows, and gone when its message is there", () => {
    const state = after({ type: "stream", id: "a", text: "Lin" }, { type: "stream", id: "a", text: "Linen" });
    assert.deepEqual(state.streams, [{ id: "a", text: "Linen" }]);
    const done = reduce(state, batch(message(1, { stream_id: "a" })));
    assert.deepEqual(done.streams, []);
    assert.deepEqual(reduce(done, { type: "stream", id: "a", text: "Linen, late" }).streams, []);
  });

  test("stays while its message is held back behind a hole", () => {
    const state = after({ type: "stream", id: "a", text: "Linen" }, batch(message(2, { stream_id: "a" })));
    assert.equal(state.streams.length, 1);
  });

  test("ends without a message when it becomes empty, or the line is lost", () => {
    const writing = after({ type: "stream", id: "a", text: "Linen" }, { type: "typing", on: true });
    assert.deepEqual(reduce(writing, { type: "stream", id: "a", text: "" }).streams, []);
    const lost = reduce(writing, { type: "network", network: "connecting" });
    assert.deepEqual([lost.streams, lost.typing], [[], false]);
  });
});
