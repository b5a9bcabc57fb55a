/** `<storehand-chat>`: joins the conversation, the line and the views, and keeps the shop's page out of them. */

import { h, render } from "preact";
import { createConnection } from "./connection.js";
import { EMPTY, reduce } from "./conversation.js";
import { createPhotos } from "./photos.js";
import { createSharedMemory, createTabMemory, remember, watchOtherTabs } from "./remembered.js";
import { createStore } from "./store.js";
import { loadStrings } from "./strings.js";
import { dress } from "./styles.js";
import { App } from "./views/app.js";
import { PHONE } from "./views/panel.js";

/** Attributes: `origin` (of the server), `language`, `theme` (auto, light, dark), `start-open`. */
export class StorehandChat extends HTMLElement {
  static observedAttributes = ["theme", "language"];

  #store = createStore(reduce, EMPTY);
  #shared = createSharedMemory();
  #tab = createTabMemory();
  #strings = null;
  #spoken = null;
  #customerToken = null;
  #connection = null;
  #photos = null;
  #stop = () => {};
  #actions = this.#createActions();

  connectedCallback() {
    if (!this.shadowRoot) this.#start();
    this.#stop = this.#listen();
    if (this.#shared.session() || this.#store.state.open) this.#connection.connect();
  }

  disconnectedCallback() {
    this.#stop();
    this.#connection.disconnect();
  }

  attributeChangedCallback(name) {
    if (name === "language" && this.shadowRoot) this.#speak();
    this.#draw();
  }

  open() {
    if (this.#store.state.open) return;
    this.#store.dispatch({ type: "opened" });
    this.#connection?.connect();
  }

  close() {
    if (this.#store.state.open) this.#store.dispatch({ type: "closed" });
  }

  /** Who is signed in at the shop, by its own word; null for nobody. The server hears of it at once. */
  set customerToken(token) {
    const changed = (token || null) !== this.#customerToken;
    this.#customerToken = token || null;
    if (changed && this.#connection?.used) this.#connection.reconnect();
  }

  get customerToken() {
    return this.#customerToken;
  }

  get #origin() {
    return this.getAttribute("origin") ?? location.origin;
  }

  get #language() {
    return this.getAttribute("language") || document.documentElement.lang || "en";
  }

  #start() {
    dress(this.attachShadow({ mode: "open" }));
    remember(this.#store, this.#shared, this.#tab);
    const shopper = () => ({ customer_token: this.#customerToken, language: this.#language });
    const session = () => ({ token: this.#shared.session()?.token ?? null, customer_token: this.#customerToken });
    this.#photos = createPhotos({ origin: this.#origin, shopper: session });
    this.#connection = createConnection({
      origin: this.#origin,
      store: this.#store,
      memory: this.#shared,
      shopper,
      upload: this.#photos.send,
    });
    if (this.#startsOpen()) this.#store.dispatch({ type: "opened" });
    this.#store.subscribe(() => this.#speak());
    this.#speak();
  }

  /** On the next page of the shop the panel is as it was. A sheet would cover that page, so it stays shut. */
  #startsOpen() {
    const before = this.#tab.recall("open");
    return (before ?? this.hasAttribute("start-open")) && !(before && matchMedia(PHONE).matches);
  }

  /** The words around the conversation are in its language, as soon as the server has said which that is. */
  async #speak() {
    const language = agreed(this.#language, this.#store.state.language);
    if (language === this.#spoken) return;
    this.#spoken = language;
    const strings = await loadStrings(this.#origin, language);
    if (language !== this.#spoken) return;
    this.#strings = strings;
    this.#draw();
  }

  #draw() {
    if (!this.#strings) return;
    const attributes = { theme: this.getAttribute("theme") ?? "auto", origin: this.#origin };
    const joined = { store: this.#store, strings: this.#strings, actions: this.#actions };
    render(h(App, { ...joined, ...attributes }), this.shadowRoot);
  }

  #listen() {
    const stops = [
      watchOtherTabs(() => this.#heardOtherTab()),
      on(window, "online", () => this.#store.state.network === "offline" && this.#connection.reconnect()),
      on(window, "pagehide", () => this.#connection.disconnect()),
      on(window, "pageshow", (event) => event.persisted && this.#connection.used && this.#connection.connect()),
    ];
    return () => stops.forEach((stop) => stop());
  }

  #heardOtherTab() {
    const { conversation, network } = this.#store.state;
    this.#actions.read(this.#shared.readOf(conversation));
    if (network === "idle" && this.#shared.session()) this.#connection.connect();
    if (network === "connecting" || network === "offline") this.#connection.follow();
  }

  #createActions() {
    const { dispatch } = this.#store;
    const then = (event) => {
      dispatch(event);
      this.#connection.send();
    };
    const fresh = () => ({ client_id: uuid(), at: new Date().toISOString() });
    return {
      open: () => this.open(),
      close: () => this.close(),
      say: (text) => then({ type: "said", text, ...fresh() }),
      show: (photo) => then({ type: "pictured", photo, ...fresh() }),
      photo: (id) => this.#photos.load(id),
      choose: (choice) => then({ type: "chose", choice, ...fresh() }),
      retry: (client_id) => then({ type: "retried", client_id }),
      dismiss: (client_id) => then({ type: "dismissed", client_id }),
      read: (seq) => dispatch({ type: "read", seq }),
      reconnect: () => this.#connection.reconnect(),
      draft: () => this.#tab.recall("draft") ?? "",
      keepDraft: (text) => this.#tab.keep("draft", text),
    };
  }
}

/** The conversation's language, as the page writes it: `en-GB` is a kind of `en`. */
function agreed(page, conversation) {
  return conversation && page.split("-")[0] !== conversation.split("-")[0] ? conversation : page;
}

function on(target, name, listen) {
  target.addEventListener(name, listen);
  return () => target.removeEventListener(name, listen);
}

/** A page without https (a shop tried out on a local network) has no `randomUUID`. */
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = (byte) => byte.toString(16).padStart(2, "0");
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes]
    .map(hex)
    .join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
