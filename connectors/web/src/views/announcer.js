/** Says new messages aloud to those who listen: each once, whole, and not again when the screen is repainted. */

import { html } from "htm/preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { seen } from "../conversation.js";
import { titleOf } from "./card.js";
import { useUi } from "./ui.js";

/** More than this many messages at once are the past, which nobody wants read out. */
const MANY = 3;

/** Milliseconds: longer than it takes a screen reader to notice, so that later nobody comes upon the words twice. */
const LASTS = 5000;

export function Announcer({ state }) {
  const ui = useUi();
  const fresh = useFresh(state);
  return html`
    <div class="hidden" aria-live="polite">
      ${fresh.map((message) => {
        const parts = spoken(message, ui).map((words) => html`<p>${words}</p>`);
        return html`<div key=${message.seq}>${parts}</div>`;
      })}
    </div>
  `;
}

/** A message as it is heard: who, the words, what is on the card, the answers to choose from. */
export function spoken({ from, text, card, buttons }, ui) {
  const { t, formats } = ui;
  const name = from === "notice" ? "" : t(`speaker.${from}`);
  const titles = buttons.map((choice) => choice.title);
  return [
    name && text ? t("conversation.says", { name, words: text }) : text || name,
    card && titleOf(card, ui),
    titles.length > 0 && t("conversation.offers", { choices: formats.enumeration(titles) }),
  ].filter(Boolean);
}

/** What came since the shopper last had the chat before their eyes. Their own words they know. */
function useFresh(state) {
  const { messages, conversation, read, open } = state;
  const told = useRef({ conversation, seq: read });
  const [fresh, setFresh] = useState([]);
  const last = seen(state);
  useLayoutEffect(() => {
    if (!open) return setFresh([]);
    const from = told.current.conversation === conversation ? told.current.seq : read;
    told.current = { conversation, seq: last };
    const others = messages.slice(from).filter((message) => message.from !== "shopper");
    if (others.length <= MANY) setFresh((before) => [...before, ...others]);
    const timer = setTimeout(() => setFresh([]), LASTS);
    return () => clearTimeout(timer);
  }, [last, open]);
  return fresh;
}
