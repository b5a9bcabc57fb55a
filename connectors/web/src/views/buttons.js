/** Answers to press instead of typing. */

import { html } from "htm/preact";
import { useUi } from "./ui.js";

export function Buttons({ choices }) {
  const { t, act } = useUi();
  return html`
    <div class="choices" role="group" aria-label=${t("conversation.choices")}>
      ${choices.map(
        (choice) => html`
          <button key=${choice.token} type="button" class="choice" dir="auto" onClick=${() => act.choose(choice)}>
            ${choice.title}
          </button>
        `,
      )}
    </div>
  `;
}
