/** What outlives a page: the session for all tabs (localStorage), and this tab's own things (sessionStorage). */

import { worthKeeping } from "./outbox.js";

const SESSION = "storehand.session";
const READ = "storehand.read";
const TAB = "storehand.tab.";

/** More than this many characters of messages aren't kept over a reload: the server has them. */
const ROOM = 500_000;

/** @param {() => Storage} open a browser may refuse storage by throwing; then things last as long as the page */
function drawer(open) {
  const spare = new Map();
  const attempt = (act, otherwise) => {
    try {
      return act(open());
    } catch {
      return otherwise();
    }
  };
  return {
    read: (key) =>
      parsed(
        attempt(
          (storage) => storage.getItem(key),
          () => spare.get(key),
        ),
      ),
    write: (key, value) => {
      const text = JSON.stringify(value);
      attempt(
        (storage) => storage.setItem(key, text),
        () => spare.set(key, text),
      );
    },
    remove: (key) =>
      attempt(
        (storage) => storage.removeItem(key),
        () => spare.delete(key),
      ),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** The conversation's token, shared by all tabs of the shop, and how far the shopper has read in any of them. */
export function createSharedMemory(open = () => localStorage) {
  const drawers = drawer(open);
  return {
    /** @returns {{token: string, conversation: string}|null} */
    session: () => drawers.read(SESSION),
    keep: ({ token, conversation }) => drawers.write(SESSION, { token, conversation }),
    forget: () => drawers.remove(SESSION),
    readOf: (conversation) => {
      const read = drawers.read(READ);
      return read?.conversation === conversation ? read.seq : 0;
    },
    keepRead: (conversation, seq) => drawers.write(READ, { conversation, seq }),
  };
}

/** Calls back when another tab changed something that all tabs share. @returns {() => void} stops it */
export function watchOtherTabs(changed, target = window) {
  const heard = (event) => (event.key === SESSION || event.key === READ) && changed();
  target.addEventListener("storage", heard);
  return () => target.removeEventListener("storage", heard);
}

/** What this tab had on screen, so that the next page of the shop shows it at once. */
export function createTabMemory(open = () => sessionStorage) {
  const drawers = drawer(open);
  return {
    recall: (name) => drawers.read(TAB + name),
    keep: (name, value) => drawers.write(TAB + name, value),
  };
}

/** Brings back what was remembered, then keeps remembering. */
export function remember(store, shared, tab) {
  store.dispatch({ type: "restored", ...recalled(shared, tab) });
  let before = store.state;
  store.subscribe(() => {
    const now = store.state;
    if (now.messages !== before.messages || now.conversation !== before.conversation) tab.keep("said", said(now));
    if (now.outbox !== before.outbox) tab.keep("outbox", worthKeeping(now.outbox));
    if (now.open !== before.open) tab.keep("open", now.open);
    if (now.read > before.read) shared.keepRead(now.conversation, now.read);
    before = now;
  });
}

function recalled(shared, tab) {
  const session = shared.session();
  const outbox = tab.recall("outbox") ?? [];
  const said = tab.recall("said");
  if (!session || said?.conversation !== session.conversation) return { outbox };
  return { ...said, outbox, read: shared.readOf(session.conversation) };
}

function said({ conversation, messages }) {
  return { conversation, messages: JSON.stringify(messages).length < ROOM ? messages : [] };
}
