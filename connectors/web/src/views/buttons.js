/** Answers to press instead of typing. */

import { html } from "htm/preact";
import { grouped } from "../choices.js";
import { useUi } from "./ui.js";

export function Buttons({ choices }) {
  const { t } = useUi();
  const groups = grouped(choices);
  return html`
    <div class="choices" role="group" aria-label=${t("conversation.choices")}>
      ${groups?.map(([name, members]) => html`<${Group} key=${name} name=${name} members=${members} />`)}
      ${!groups && choices.map((choice) => html`<${Choice} key=${choice.token} choice=${choice} />`)}
    </div>
  `;
}

/** Choices that begin alike. Each is still heard in full. */
function Group({ name, members }) {
  return html`
    <div class="alike">
      <p dir="auto" aria-hidden="true">${name}</p>
      ${members.map(({ choice, rest }) => html`<${Choice} key=${choice.token} choice=${choice} label=${rest} />`)}
    </div>
  `;
}

function Choice({ choice, label }) {
  const { act } = useUi();
  return html`
    <button type="button" class="choice" dir="auto" aria-label=${label && choice.title} onClick=${() => act.choose(choice)}>
      ${label ?? choice.title}
    </button>
  `;
}
