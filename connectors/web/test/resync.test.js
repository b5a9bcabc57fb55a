import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { EMPTY, reduce } from "../src/conversation.js";
import { createResync } from "../src/resync.js";
import { createStore } from "../src/store.js";

const TIMES = { settle: 250, answer: 3000 };

function line() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const store = createStore(reduce, EMPTY);
  const asked = [];
  const socket = { connected: true, emit: (name, { seen }) => asked.push(`${name} ${seen}`) };
  const resync = createResync({ socket, store, times: TIMES });
  const receive = (latest, ...numbers) => {
    store.dispatch({ type: "messages", messages: numbers.map((seq) => ({ seq, from: "bot", text: "" })), latest });
    resync.check();
  };
  return { store, socket, asked, resync, receive };
}

describe("resync", () => {
  test("asks for nothing while nothing is missing", () => {
    const { asked, receive } = line();
    receive(2, 1, 2);
    mock.timers.tick(10_000);
    assert.deepEqual(asked, []);
  });

  test("asks once for a hole, from the last message before it", () => {
    const { asked, receive } = line();
    receive(1, 1);
    receive(3, 3);
    receive(4, 4);
    assert.deepEqual(asked, ["sync 1"]);
    receive(4, 2, 3, 4);
    mock.timers.tick(10_000);
    assert.deepEqual(asked, ["sync 1"]);
  });

  test("asks again when no answer comes", () => {
    const { asked, receive } = line();
    receive(3, 3);
    mock.timers.tick(TIMES.answer);
    assert.deepEqual(asked, ["sync 0", "sync 0"]);
  });

  test("gives what is said to exist a moment to come by itself", () => {
    const { asked, receive } = line();
    receive(2, 1);
    receive(2, 2);
    mock.timers.tick(10_000);
    assert.deepEqual(asked, []);
    receive(4, 3);
    mock.timers.tick(TIMES.settle);
    assert.deepEqual(asked, ["sync 3"]);
  });

  test("goes on asking through an answer that comes in pages", () => {
    const { asked, receive } = line();
    receive(9, 9);
    receive(9, 1, 2, 3);
    receive(9, 4, 5, 6);
    receive(9, 7, 8);
    mock.timers.tick(10_000);
    assert.deepEqual(asked, ["sync 0", "sync 3", "sync 6"]);
  });

  test("asks for all of a conversation that isn't the one it greeted with", () => {
    const { asked, resync } = line();
    resync.greeted(7);
    assert.deepEqual(asked, ["sync 0"]);
  });

  test("is silent on a dead line", () => {
    const { socket, asked, receive } = line();
    socket.connected = false;
    receive(3, 3);
    mock.timers.tick(10_000);
    assert.deepEqual(asked, []);
  });
});
