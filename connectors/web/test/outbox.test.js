import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { canRetry, nextToSend, resume, retry, UNANSWERED, worthKeeping } from "../src/outbox.js";

const item = (client_id, status = "waiting", code = null) => ({
  client_id,
  kind: "say",
  status,
  failure: code && { code },
});
const ids = (items) => items.map(({ client_id }) => client_id);

describe("the outbox", () => {
  test("sends one at a time, in order", () => {
    assert.equal(nextToSend([item("a"), item("b")]).client_id, "a");
    assert.equal(nextToSend([item("a", "sending"), item("b")]), null);
    assert.equal(nextToSend([item("a", "sent"), item("b")]).client_id, "b");
    assert.equal(nextToSend([]), null);
  });

  test("lets nothing overtake what got no answer, but passes by what was refused", () => {
    assert.equal(nextToSend([item("a", "failed", UNANSWERED), item("b")]), null);
    assert.equal(nextToSend([item("a", "failed", "too_many"), item("b")]).client_id, "b");
  });

  test("tries again what is worth it", () => {
    assert.equal(canRetry(item("a", "failed", "too_many")), true);
    assert.equal(canRetry(item("a", "failed", "choice_unknown")), false);
    assert.equal(canRetry(item("a", "failed", "photo_broken")), false);
    assert.equal(canRetry(item("a", "sending")), false);
  });

  test("puts a refused message tried again at the end, and leaves one without an answer in its place", () => {
    assert.deepEqual(ids(retry([item("a", "failed", "too_many"), item("b")], "a")), ["b", "a"]);
    const held = retry([item("a", "failed", UNANSWERED), item("b")], "a");
    assert.deepEqual(
      held.map(({ client_id, status }) => [client_id, status]),
      [
        ["a", "waiting"],
        ["b", "waiting"],
      ],
    );
  });

  test("after a reconnect sends again what may not have arrived", () => {
    const resumed = resume([
      item("a", "sending"),
      item("b", "failed", UNANSWERED),
      item("c", "failed", "too_many"),
      item("d", "sent"),
    ]);
    assert.deepEqual(
      resumed.map(({ status }) => status),
      ["waiting", "waiting", "failed", "sent"],
    );
  });

  test("keeps over a reload what may still be sent", () => {
    const kept = worthKeeping([
      item("a", "sent"),
      item("b", "sending"),
      item("c", "failed", "choice_unknown"),
      item("d", "failed", "too_many"),
    ]);
    assert.deepEqual(ids(kept), ["b", "d"]);
  });

  test("keeps no photo over a reload, for it can't be written down", () => {
    assert.deepEqual(ids(worthKeeping([item("a"), { ...item("p"), kind: "photo" }])), ["a"]);
  });
});
