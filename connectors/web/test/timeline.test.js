import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EMPTY, reduce } from "../src/conversation.js";
import { timeline } from "../src/timeline.js";

const at = (minute, day = 3) => new Date(2025, 2, day, 10, minute).toISOString();
const message = (seq, from, time, more = {}) => ({
  seq,
  from,
  at: time,
  text: `${seq}`,
  buttons: [],
  client_id: null,
  card: null,
  stream_id: null,
  ...more,
});
const laidOut = (...events) => timeline(events.reduce(reduce, EMPTY));
const messages = (...list) => ({ type: "messages", messages: list, latest: list.length });
const said = (client_id, minute) => ({ type: "said", client_id, text: client_id, at: at(minute) });
const failed = (client_id) => ({
  type: "failed",
  client_id,
  failure: { code: "too_many", text: "Slow down", retry_at: null },
});
const names = (rows) => rows.map((row) => (row.kind === "message" ? (row.message?.text ?? row.unsent.text) : row.kind));

describe("the timeline", () => {
  test("begins each day with its name", () => {
    assert.deepEqual(
      names(laidOut(messages(message(1, "bot", at(0)), message(2, "bot", at(1)), message(3, "bot", at(0, 4))))),
      ["day", "1", "2", "day", "3"],
    );
  });

  test("groups what one speaker says within a few minutes", () => {
    const rows = laidOut(
      messages(
        message(1, "bot", at(0)),
        message(2, "bot", at(1)),
        message(3, "shopper", at(2)),
        message(4, "bot", at(3)),
        message(5, "bot", at(30)),
      ),
    );
    const groups = rows.filter((row) => row.kind === "message").map(({ starts, ends }) => `${+starts}${+ends}`);
    assert.deepEqual(groups, ["10", "01", "11", "11", "11"]);
  });

  test("shows what is being sent last, and what failed where it was said", () => {
    const events = [
      messages(message(1, "bot", at(0))),
      said("no", 1),
      failed("no"),
      said("later", 2),
      messages(message(1, "bot", at(0)), message(2, "agent", at(3))),
    ];
    assert.deepEqual(names(laidOut(...events)), ["day", "1", "no", "2", "later"]);
  });

  test("keeps the key of the shopper's bubble when the server numbers it", () => {
    const before = laidOut(said("s", 1)).at(-1);
    const then = laidOut(said("s", 1), messages(message(1, "shopper", at(1), { client_id: "s" }))).at(-1);
    assert.equal(before.key, then.key);
  });

  test("offers choices only in the bot's latest turn", () => {
    const rows = laidOut(
      messages(
        message(1, "bot", at(0)),
        message(2, "shopper", at(1)),
        message(3, "bot", at(2)),
        message(4, "bot", at(2)),
      ),
    );
    assert.deepEqual(
      rows.filter((row) => row.offered).map((row) => row.message.seq),
      [3, 4],
    );
  });

  test("draws a line above the first new message", () => {
    const rows = laidOut(
      messages(message(1, "bot", at(0))),
      { type: "read", seq: 1 },
      messages(message(1, "bot", at(0)), message(2, "agent", at(1))),
      { type: "opened" },
    );
    assert.deepEqual(names(rows), ["day", "1", "divider", "2"]);
  });

  test("shows in an item picker what was chosen there, while it is sent and afterwards", () => {
    const card = { type: "items", token: "t", items: [] };
    const asked = messages(message(1, "bot", at(0), { card }));
    const choice = { title: "2 × Belt", token: "t", values: { b: 2 } };
    const chose = { type: "chose", client_id: "c", choice, at: at(1) };
    const chosen = (...events) => laidOut(...events).find((row) => row.message?.card)?.chosen;
    const numbered = message(2, "shopper", at(1), { client_id: "c" });
    assert.equal(chosen(asked), undefined);
    assert.deepEqual(chosen(asked, chose), { b: 2 });
    assert.deepEqual(chosen(asked, chose, { ...messages(numbered), latest: 2 }), { b: 2 });
    assert.ok(!chosen(asked, chose, failed("c")));
    assert.ok(!chosen(asked, said("other words", 1)));
  });
});
