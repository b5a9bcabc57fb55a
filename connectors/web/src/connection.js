/** The line to the server: keeps it up, and turns what comes over it into events of the conversation. */

import { io } from "socket.io-client";
import { seen } from "./conversation.js";
import { createDelivery } from "./delivery.js";
import { createResync } from "./resync.js";

const PATIENCE = 1000;
const SOONEST = 500;
const SLOWEST = 15_000;
const PUT_OUT = "io server disconnect";

/**
 * @param {object} parts
 * @param {string} parts.origin the server's
 * @param {import("./types.js").Store} parts.store
 * @param {ReturnType<import("./remembered.js").createSharedMemory>} parts.memory
 * @param {() => {customer_token: string|null, language: string}} parts.shopper who speaks, asked at each connect
 * @param {(item: import("./types.js").Unsent) => Promise<object>} parts.upload sends a photo
 */
export function createConnection({ origin, store, memory, shopper, upload, line = io }) {
  const socket = line(`${origin}/chat`, {
    path: "/socket.io",
    autoConnect: false,
    forceNew: true,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: SOONEST,
    reconnectionDelayMax: SLOWEST,
    auth: (answer) => answer(greeting()),
  });
  let greeted = false;
  let told = 0;
  let token = null;
  let refusals = 0;
  let timer;
  const ready = () => socket.connected && greeted;
  const resync = createResync({ socket, store });
  const delivery = createDelivery({ socket, store, ready, accepted: resync.check, upload });

  function greeting() {
    const session = memory.session();
    const same = session && session.conversation === store.state.conversation;
    told = same ? seen(store.state) : 0;
    token = session?.token ?? null;
    return { token, seen: told, ...shopper() };
  }

  /** At each greeting, and again when the shopper has shown who they are: then the token before is good no more. */
  function onSession(session) {
    token = session.token;
    memory.keep(session);
    store.dispatch({ type: "session", session, read: memory.readOf(session.conversation) });
    refusals = 0;
    greeted = true;
    online();
    resync.greeted(told);
    delivery.flush();
  }

  function online() {
    clearTimeout(timer);
    socket.io.reconnectionDelay(SOONEST);
    store.dispatch({ type: "network", network: "online" });
  }

  /** A blink isn't worth a word: the shopper hears of it when it lasts. */
  function lost(reason) {
    greeted = false;
    if (store.state.network !== "online") return offline();
    store.dispatch({ type: "network", network: "connecting" });
    timer = setTimeout(offline, PATIENCE);
    if (reason === PUT_OUT) follow();
  }

  /** Goes on by the session that another tab was given, where this tab's own ended. */
  function follow() {
    if (greeted || socket.active || !hasOther()) return;
    connect();
  }

  function hasOther() {
    const session = memory.session();
    return session !== null && session.token !== token;
  }

  function offline() {
    clearTimeout(timer);
    store.dispatch({ type: "network", network: "offline" });
    if (!socket.active) timer = setTimeout(connect, backoff());
  }

  function backoff() {
    return Math.min(SLOWEST, 1000 * 2 ** refusals++) * (0.5 + Math.random() / 2);
  }

  /** The server said no. A stale token is dropped, once, unless another tab has a new one by now; an unwelcome page is
   *  told so; anything else may pass. */
  function refused({ data }) {
    if (data?.code === "origin_refused")
      return store.dispatch({ type: "network", network: "refused", refusal: data.text });
    if (data?.code === "token_refused" && memory.session()) {
      if (!hasOther()) memory.forget();
      return connect();
    }
    offline();
  }

  function connect() {
    if (store.state.network === "idle") store.dispatch({ type: "network", network: "connecting" });
    socket.connect();
  }

  function reconnect() {
    clearTimeout(timer);
    socket.disconnect();
    connect();
  }

  socket.on("session", onSession);
  socket.on("messages", (batch) => {
    store.dispatch({ type: "messages", ...batch });
    resync.check();
  });
  socket.on("typing", ({ on }) => store.dispatch({ type: "typing", on }));
  socket.on("stream", ({ id, text }) => store.dispatch({ type: "stream", id, text }));
  // The server is about to restart: not everybody shall come back in the same moment.
  socket.on("away", ({ retry_after: seconds }) => socket.io.reconnectionDelay(seconds * 1000 * (0.5 + Math.random())));
  socket.on("connect_error", refused);
  socket.on("disconnect", lost);

  return {
    connect,
    /** Try at once instead of waiting for the next turn; also used when it has become somebody else who speaks. */
    reconnect,
    follow,
    disconnect: () => socket.disconnect(),
    send: delivery.flush,
    get used() {
      return store.state.network !== "idle";
    },
  };
}
