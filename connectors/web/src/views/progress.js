/** How far the form is whose question came last. Said aloud when the step changes, and only then. */

import { html } from "htm/preact";
import { progressOf } from "../conversation.js";
import { useUi } from "./ui.js";

export function Progress({ state }) {
  const progress = progressOf(state);
  return html`<div class="progress" role="status">${progress && html`<${Steps} ...${progress} />`}</div>`;
}

function Steps({ step, of }) {
  const { t } = useUi();
  const bars = Array.from({ length: of }, (_, index) => html`<i class=${index < step ? "done" : ""}></i>`);
  return html`<span>${t("progress.step", { step, of })}</span><span class="bars" aria-hidden="true">${bars}</span>`;
}
