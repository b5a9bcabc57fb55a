/** One message: who, when, the words, the card and the choices that come with it. */

import { html } from "htm/preact";
import { Buttons } from "./buttons.js";
import { Card } from "./card.js";
import { Delivery } from "./delivery.js";
import { ChatIcon, PersonIcon } from "./icons.js";
import { Text } from "./text.js";
import { useUi } from "./ui.js";

/** @param {{row: import("../timeline.js").Row, online: boolean}} props */
export function Bubble({ row, online }) {
  const { message, unsent, from, starts, ends } = row;
  const { text, buttons = [], card = null } = message ?? unsent;
  if (from === "notice") return html`<p class="aside" dir="auto" data-seq=${message.seq}><${Text} text=${text} /></p>`;
  return html`
    <div class=${classes(row)} data-seq=${message?.seq}>
      ${starts && html`<${Speaker} from=${from} at=${row.at} />`}
      ${text && html`<div class="bubble" dir="auto"><${Text} text=${text} own=${from === "shopper"} /></div>`}
      ${card && html`<${Card} card=${card} offered=${row.offered} chosen=${row.chosen} />`}
      ${row.offered && buttons.length > 0 && html`<${Buttons} choices=${buttons} />`}
      ${unsent && html`<${Delivery} unsent=${unsent} online=${online} />`}
      ${message && from === "shopper" && ends && html`<${Time} at=${row.at} />`}
    </div>
  `;
}

function classes({ from, starts, ends, unsent, message }) {
  const side = from === "shopper" ? "mine" : "theirs";
  return ["message", side, from, starts && "starts", ends && "ends", unsent?.status, message?.stream_id && "streamed"]
    .filter(Boolean)
    .join(" ");
}

function Speaker({ from, at }) {
  const { t } = useUi();
  const Icon = from === "agent" ? PersonIcon : ChatIcon;
  if (from === "shopper") return html`<span class="hidden">${t("speaker.shopper")}</span>`;
  return html`
    <div class="speaker">
      <span class="face"><${Icon} size=${14} /></span>${t(`speaker.${from}`)}${at && html`<${Time} at=${at} />`}
    </div>
  `;
}

function Time({ at }) {
  const { formats } = useUi();
  return html`<time class="time" datetime=${at}>${formats.time(at)}</time>`;
}

/** An answer that is still being written. Screen readers hear it whole, when it is done. */
export function Streaming({ text }) {
  return html`
    <div class="message theirs bot starts ends coming" aria-hidden="true">
      <${Speaker} from="bot" />
      <div class="bubble writing" dir="auto">${text}<span class="caret"></span></div>
    </div>
  `;
}

export function Typing() {
  const { t } = useUi();
  return html`
    <div class="message theirs bot starts ends">
      <div class="bubble dots"><span class="hidden">${t("conversation.typing")}</span><i></i><i></i><i></i></div>
    </div>
  `;
}
