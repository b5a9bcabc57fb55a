/** What the shop's page loads: `<script src="https://HOST/chat.js" async></script>`. Brings the chat with it. */

import { StorehandChat } from "./element.js";

const script = document.currentScript ?? document.querySelector('script[src$="/chat.js"]');

/** A page that loads the script twice still has one chat. */
if (!customElements.get("storehand-chat")) {
  customElements.define("storehand-chat", StorehandChat);
  const chat = createChat(script?.dataset ?? {});
  window.Storehand = {
    open: () => chat.open(),
    close: () => chat.close(),
    setCustomerToken: (token) => (chat.customerToken = token),
  };
  whenBodyIsThere(() => {
    document.body.append(chat);
    window.dispatchEvent(new Event("storehand:ready"));
  });
}

function createChat({ language, customerToken, theme, open }) {
  const chat = document.createElement("storehand-chat");
  if (script?.src) chat.setAttribute("origin", new URL(script.src).origin);
  if (language) chat.setAttribute("language", language);
  if (theme) chat.setAttribute("theme", theme);
  if (open !== undefined && open !== "false") chat.setAttribute("start-open", "");
  chat.customerToken = customerToken;
  return chat;
}

function whenBodyIsThere(act) {
  if (document.body) act();
  else addEventListener("DOMContentLoaded", act, { once: true });
}
