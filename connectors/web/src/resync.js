/** Asks for what is missing. The server's answer is one more batch of messages. */

import { hasHole, seen } from "./conversation.js";

/** Milliseconds: what a batch said to exist is often right behind it; an answer that stays out is asked for again. */
const TIMES = { settle: 250, answer: 3000 };

/**
 * @param {object} parts
 * @param {import("socket.io-client").Socket} parts.socket
 * @param {import("./types.js").Store} parts.store
 */
export function createResync({ socket, store, times = TIMES }) {
  let askedFor = -1;
  let timer;

  /** To be called whenever messages arrived. Asks once for each hole. */
  function check() {
    clearTimeout(timer);
    if (!isMissing()) return;
    const asked = askedFor === seen(store.state);
    if (store.state.held.length && !asked) return ask();
    timer = setTimeout(askIfMissing, asked ? times.answer : times.settle);
  }

  function ask() {
    askedFor = seen(store.state);
    socket.emit("sync", { seen: askedFor });
    timer = setTimeout(askIfMissing, times.answer);
  }

  function askIfMissing() {
    if (isMissing()) ask();
  }

  function isMissing() {
    return socket.connected && hasHole(store.state);
  }

  /** On a new connection the greeting has asked already, from `told` on; from the start if that was of another talk. */
  function greeted(told) {
    clearTimeout(timer);
    askedFor = -1;
    if (told > seen(store.state)) ask();
  }

  return { check, greeted };
}
