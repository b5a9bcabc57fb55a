import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EMPTY, reduce } from "../src/conversation.js";
import { createDelivery } from "../src/delivery.js";
import { createStore } from "../src/store.js";

/** A line that answers as told: an answer, `"silence"` (the time runs out) or `"cut"` (and the line is dead). */
function line(...answers) {
  const socket = { connected: true, sent: [] };
  socket.timeout = () => ({ emitWithAck: (kind, words) => respond(socket, answers, kind, words) });
  return socket;
}

async function respond(socket, answers, kind, words) {
  socket.sent.push([kind, words.client_id]);
  await null;
  const answer = answers.shift();
  if (answer === "cut") socket.connected = false;
  if (typeof answer === "string") throw new Error(answer);
  return answer;
}

function shop(socket, ...texts) {
  const store = createStore(reduce, EMPTY);
  for (const text of texts) store.dispatch({ type: "said", client_id: text, text, at: "2025-03-03T10:00:00Z" });
  const delivery = createDelivery({ socket, store, ready: () => socket.connected, answerWithin: 5 });
  const statuses = () => store.state.outbox.map(({ client_id, status }) => `${client_id} ${status}`);
  return { store, delivery, statuses };
}

const yes = (seq) => ({ ok: true, seq });
const no = (code, more = {}) => ({ ok: false, error: { code, text: "No.", retry_after: null, ...more } });

describe("delivery", () => {
  test("tells a choice by its token, one of items with how many of each, and words as they are", async () => {
    const sent = [];
    const socket = { connected: true, timeout: () => ({ emitWithAck: async (...all) => sent.push(all) && yes(null) }) };
    const { store, delivery } = shop(socket, "a");
    const card = { type: "items", token: "t", items: [] };
    const message = { seq: 1, from: "bot", card, buttons: [{ title: "No", token: "n" }] };
    const chose = (client_id, choice) => ({ type: "chose", client_id, choice, at: "2025-03-03T10:00:00Z" });
    await delivery.flush();
    store.dispatch({ type: "messages", messages: [message], latest: 1 });
    for (const choice of [{ title: "No", token: "n" }, { title: "1 × Belt", token: "t", values: { b: 1 } }]) {
      store.dispatch(chose(choice.token, choice));
      await delivery.flush();
    }
    assert.deepEqual(sent, [
      ["say", { client_id: "a", text: "a" }],
      ["choose", { client_id: "n", token: "n" }],
      ["choose", { client_id: "t", token: "t", values: { b: 1 } }],
    ]);
  });

  test("sends a photo by its own way, in its place among the words, and again if that got no answer", async () => {
    const socket = line(yes(1), yes(3));
    const { store } = shop(socket, "a");
    const answers = [yes(2), null];
    const upload = async ({ client_id, card }) => {
      socket.sent.push([card.blob, client_id]);
      const answer = answers.pop();
      if (!answer) throw new Error("no line");
      return answer;
    };
    store.dispatch({ type: "pictured", client_id: "p", photo: { blob: "blob", width: 4, height: 3 }, at: "" });
    store.dispatch({ type: "said", client_id: "b", text: "b", at: "" });
    await createDelivery({ socket, store, ready: () => true, upload }).flush();
    assert.deepEqual(socket.sent, [
      ["say", "a"],
      ["blob", "p"],
      ["blob", "p"],
      ["say", "b"],
    ]);
    assert.deepEqual(
      store.state.outbox.map(({ status }) => status),
      ["sent", "sent", "sent"],
    );
  });

  test("sends in order, each after the answer to the one before", async () => {
    const socket = line(yes(1), yes(2));
    const { delivery, statuses } = shop(socket, "a", "b");
    await delivery.flush();
    assert.deepEqual(socket.sent, [
      ["say", "a"],
      ["say", "b"],
    ]);
    assert.deepEqual(statuses(), ["a sent", "b sent"]);
  });

  test("sends nothing twice when asked twice", async () => {
    const socket = line(yes(1));
    const { delivery } = shop(socket, "a");
    await Promise.all([delivery.flush(), delivery.flush()]);
    assert.equal(socket.sent.length, 1);
  });

  test("asks again under the same id when no answer comes", async () => {
    const socket = line("silence", yes(1));
    const { delivery, statuses } = shop(socket, "a");
    await delivery.flush();
    assert.deepEqual(socket.sent, [
      ["say", "a"],
      ["say", "a"],
    ]);
    assert.deepEqual(statuses(), ["a sent"]);
  });

  test("gives up on silence, holding back what is behind, until the shopper tries again", async () => {
    const socket = line("silence", "silence", yes(1), yes(2));
    const { store, delivery, statuses } = shop(socket, "a", "b");
    await delivery.flush();
    assert.deepEqual(statuses(), ["a failed", "b waiting"]);
    store.dispatch({ type: "retried", client_id: "a" });
    await delivery.flush();
    assert.deepEqual(statuses(), ["a sent", "b sent"]);
    assert.deepEqual(
      socket.sent.map(([, id]) => id),
      ["a", "a", "a", "b"],
    );
  });

  test("on a line that is cut waits for the next one, and sends the same in the same order", async () => {
    const socket = line("cut", yes(1), yes(2));
    const { store, delivery, statuses } = shop(socket, "a", "b");
    await delivery.flush();
    store.dispatch({ type: "network", network: "offline" });
    assert.deepEqual(statuses(), ["a waiting", "b waiting"]);
    socket.connected = true;
    await delivery.flush();
    assert.deepEqual(
      socket.sent.map(([, id]) => id),
      ["a", "a", "b"],
    );
  });

  test("marks what the server refuses, with its words, and goes on", async () => {
    const socket = line(no("too_many", { retry_after: 30 }), yes(1));
    const { store, delivery, statuses } = shop(socket, "a", "b");
    await delivery.flush();
    assert.deepEqual(statuses(), ["a failed", "b sent"]);
    const { code, text, retry_at } = store.state.outbox[0].failure;
    assert.deepEqual([code, text], ["too_many", "No."]);
    assert.ok(Math.abs(retry_at - Date.now() - 30_000) < 1000);
  });

  test("sends a choice by its token alone", async () => {
    const socket = line(yes(2));
    const sent = [];
    socket.timeout = () => ({ emitWithAck: async (kind, words) => (sent.push([kind, words]), yes(2)) });
    const { store, delivery } = shop(socket);
    store.dispatch({
      type: "messages",
      messages: [{ seq: 1, from: "bot", text: "?", buttons: [{ title: "Yes", token: "y" }] }],
      latest: 1,
    });
    store.dispatch({ type: "chose", client_id: "c", choice: { title: "Yes", token: "y" }, at: "2025-03-03T10:00:00Z" });
    await delivery.flush();
    assert.deepEqual(sent, [["choose", { client_id: "c", token: "y" }]]);
  });
});
