import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { createConnection } from "../src/connection.js";
import { EMPTY, reduce } from "../src/conversation.js";
import { createStore } from "../src/store.js";

const PUT_OUT = "io server disconnect";
const session = (token) => ({ token, conversation: "c" });

/** A tab that has been greeted. `came` are the tokens it came with; `memory` is what all tabs share. */
function tab() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const shared = { kept: session("first") };
  const memory = {
    session: () => shared.kept,
    keep: ({ token, conversation }) => (shared.kept = { token, conversation }),
    forget: () => (shared.kept = null),
    readOf: () => 0,
  };
  const heard = {};
  const came = [];
  const socket = { connected: false, active: false, io: { reconnectionDelay: () => {} }, emit: () => {} };
  socket.on = (name, listen) => (heard[name] = listen);
  socket.connect = () => socket.auth(({ token }) => came.push(token));
  const line = (_address, { auth }) => Object.assign(socket, { auth });
  const store = createStore(reduce, EMPTY);
  const shopper = () => ({ customer_token: null, language: "en" });
  const connection = createConnection({ origin: "", store, memory, shopper, line });
  connection.connect();
  heard.session(session("second"));
  return { shared, heard, came, connection, store };
}

/** Its patience, and then the first pause. */
function waitForItsTurn() {
  mock.timers.tick(1000);
  mock.timers.tick(2000);
}

describe("a session that ends", () => {
  test("a new one over the same line is kept for all tabs", () => {
    const { shared, heard, came, store } = tab();
    heard.session(session("third"));
    assert.deepEqual([shared.kept.token, came, store.state.network], ["third", ["first"], "online"]);
  });

  test("put out, it goes on at once with the one that another tab was given", () => {
    const { shared, heard, came } = tab();
    shared.kept = session("third");
    heard.disconnect(PUT_OUT);
    assert.deepEqual(came, ["first", "third"]);
  });

  test("put out before the other tab has it, it goes on as soon as it hears of it", () => {
    const { shared, heard, came, connection } = tab();
    heard.disconnect(PUT_OUT);
    connection.follow();
    assert.deepEqual(came, ["first"]);
    shared.kept = session("third");
    connection.follow();
    assert.deepEqual(came, ["first", "third"]);
  });

  test("while the line is up, another tab's token is no reason to come again", () => {
    const { shared, came, connection } = tab();
    shared.kept = session("third");
    connection.follow();
    assert.deepEqual(came, ["first"]);
  });

  test("a line that broke is not hurried, for a server that restarts has many to greet", () => {
    const { shared, heard, came } = tab();
    shared.kept = session("third");
    heard.disconnect("transport close");
    assert.deepEqual(came, ["first"]);
  });

  test("refused, it drops its token and begins anew", () => {
    const { shared, heard, came } = tab();
    heard.disconnect(PUT_OUT);
    waitForItsTurn();
    heard.connect_error({ data: { code: "token_refused" } });
    assert.deepEqual([shared.kept, came], [null, ["first", "second", null]]);
  });

  test("refused when another tab has a newer one by now, it keeps that and comes with it", () => {
    const { shared, heard, came } = tab();
    heard.disconnect(PUT_OUT);
    waitForItsTurn();
    shared.kept = session("third");
    heard.connect_error({ data: { code: "token_refused" } });
    assert.deepEqual([shared.kept.token, came], ["third", ["first", "second", "third"]]);
  });
});
