/** Sends what waits in the outbox: one by one, in order, each under its own id until the server has it. */

import { nextToSend } from "./outbox.js";

const ANSWER_WITHIN = 5000;
const TRIES = 2;

/**
 * @param {object} parts
 * @param {import("socket.io-client").Socket} parts.socket
 * @param {import("./types.js").Store} parts.store
 * @param {() => boolean} parts.ready may things be sent now?
 * @param {() => void} [parts.accepted] the server took one
 * @param {(item: import("./types.js").Unsent) => Promise<object>} [parts.upload] sends a photo, which is no text
 */
export function createDelivery({ socket, store, ready, accepted = () => {}, upload, answerWithin = ANSWER_WITHIN }) {
  let busy = false;

  async function flush() {
    if (busy) return;
    busy = true;
    try {
      for (let item; ready() && (item = nextToSend(store.state.outbox));) await deliver(item);
    } finally {
      busy = false;
    }
  }

  async function deliver(item) {
    const { client_id } = item;
    store.dispatch({ type: "sending", client_id });
    const answer = await ask(item, TRIES);
    if (!answer) return ready() && store.dispatch({ type: "unanswered", client_id });
    if (!answer.ok) return store.dispatch({ type: "failed", client_id, failure: failure(answer.error) });
    store.dispatch({ type: "accepted", client_id, seq: answer.seq });
    accepted();
  }

  /** The server's answer, or null. Asking twice is harmless: it knows the id. */
  async function ask(item, tries) {
    for (let left = tries; left > 0 && ready(); left--) {
      try {
        if (item.kind === "photo") return await upload(item);
        return await socket.timeout(answerWithin).emitWithAck(item.kind, words(item));
      } catch {
        // Too slow, or the line went dead: `ready` tells which.
      }
    }
    return null;
  }

  return { flush };
}

function words({ kind, client_id, text, token, values }) {
  if (kind === "say") return { client_id, text };
  return values ? { client_id, token, values } : { client_id, token };
}

/** @param {{code?: string, text?: string, retry_after?: number}|null} error `retry_after` in seconds */
function failure(error) {
  const { code, text, retry_after: seconds } = error ?? {};
  return { code: code ?? "unknown", text: text ?? null, retry_at: seconds ? Date.now() + seconds * 1000 : null };
}
