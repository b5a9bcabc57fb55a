import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EMPTY, reduce } from "../src/conversation.js";
import { createSharedMemory, createTabMemory, remember } from "../src/remembered.js";
import { createStore } from "../src/store.js";

function storage() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

/** A browser: `load` is what a page of the shop does, in a tab of its own unless told. */
function browser(local = storage()) {
  const shared = createSharedMemory(() => local);
  const load = (session = storage()) => {
    const store = createStore(reduce, EMPTY);
    remember(
      store,
      shared,
      createTabMemory(() => session),
    );
    return { store, again: () => load(session) };
  };
  return { shared, load };
}

const session = { token: "t", conversation: "a" };
const hello = { type: "messages", messages: [{ seq: 1, from: "bot", text: "Hi" }], latest: 1 };
const said = { type: "said", client_id: "s", text: "Hello", at: "2025-03-03T10:00:00Z" };

function talk({ shared, load }) {
  const page = load();
  shared.keep(session);
  for (const event of [{ type: "session", session }, hello, { type: "read", seq: 1 }, said]) page.store.dispatch(event);
  return page;
}

describe("over a reload", () => {
  test("the messages, what is read and what is unsent come back", () => {
    const { state } = talk(browser()).again().store;
    assert.deepEqual(
      [state.messages.length, state.read, state.outbox[0].client_id, state.conversation],
      [1, 1, "s", "a"],
    );
  });

  test("another tab shares the session and what is read, but not what is unsent", () => {
    const shop = browser();
    talk(shop);
    assert.equal(shop.load().store.state.outbox.length, 0);
    assert.equal(shop.shared.session().token, "t");
    assert.deepEqual([shop.shared.readOf("a"), shop.shared.readOf("b")], [1, 0]);
  });

  test("messages of a conversation that is no longer ours don't come back", () => {
    const shop = browser();
    const page = talk(shop);
    shop.shared.keep({ token: "u", conversation: "b" });
    const { state } = page.again().store;
    assert.deepEqual([state.messages.length, state.conversation, state.outbox.length], [0, null, 1]);
  });

  test("spoilt storage is as good as none", () => {
    const spoilt = { ...storage(), getItem: () => "{not json" };
    assert.equal(browser(spoilt).shared.session(), null);
  });
});

test("a browser that refuses storage still holds a conversation as long as the page", () => {
  const refuse = () => {
    throw new Error("denied");
  };
  const shared = createSharedMemory(refuse);
  shared.keep(session);
  assert.deepEqual(shared.session(), session);
  shared.forget();
  assert.equal(shared.session(), null);
});
