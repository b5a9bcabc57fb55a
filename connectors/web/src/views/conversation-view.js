/** The scroll of messages. It is silent: the announcer says what is new. */

import { html } from "htm/preact";
import { seen } from "../conversation.js";
import { timeline } from "../timeline.js";
import { Bubble, Streaming, Typing } from "./bubble.js";
import { DownIcon } from "./icons.js";
import { useScroll } from "./scroll.js";
import { useLasting, useUi } from "./ui.js";

const TYPING_AFTER = 250;

export function ConversationView({ state, scroller }) {
  const { t } = useUi();
  const typing = useLasting(state.typing, TYPING_AFTER);
  const scroll = useScroll(scroller, state, typing);
  const loading = useLasting(!seen(state) && state.network === "connecting", TYPING_AFTER);
  return html`
    <div class="stage">
      <div ref=${scroller} class="scroll" tabindex="0" role="region" aria-label=${t("conversation.label")}
        onScroll=${scroll.moved}>
        <div class="log" role="log" aria-live="off">
          ${timeline(state).map((row) => html`<${Row} key=${row.key} row=${row} online=${state.network === "online"} />`)}
        </div>
        ${loading && html`<p class="aside">${t("conversation.loading")}</p>`}
        <${Coming} streams=${state.streams} typing=${typing} />
      </div>
      ${scroll.away && html`<${Jump} fresh=${scroll.fresh} onClick=${scroll.toEnd} />`}
    </div>
  `;
}

function Row({ row, online }) {
  const { t, formats } = useUi();
  if (row.kind === "day") return html`<p class="day">${formats.dayOf(row.at)}</p>`;
  if (row.kind === "divider") return html`<p class="divider"><span>${t("conversation.new_messages")}</span></p>`;
  return html`<${Bubble} row=${row} online=${online} />`;
}

/** What the assistant is about to say. */
function Coming({ streams, typing }) {
  if (streams.length) return streams.map(({ id, text }) => html`<${Streaming} key=${id} text=${text} />`);
  return html`<div role="status">${typing && html`<${Typing} />`}</div>`;
}

function Jump({ fresh, onClick }) {
  const { t } = useUi();
  const label = fresh ? t("conversation.jump_to_new") : t("conversation.jump_to_end");
  return html`
    <button type="button" class="jump ${fresh ? "fresh" : ""}" aria-label=${label} onClick=${onClick}>
      ${fresh && label}<${DownIcon} size=${16} />
    </button>
  `;
}
