/** A list to choose one of. When the choice is no longer on offer, just the list. */

import { html } from "htm/preact";
import { ChevronIcon } from "./icons.js";
import { useUi } from "./ui.js";

/** @param {{label: string, rows: {key: string, title: string, token: string|null, body: any}[], offered: boolean}} props */
export function Rows({ label, rows, offered }) {
  return html`
    <ul class="card rows" aria-label=${label}>
      ${rows.map((row) => html`<li key=${row.key}><${Row} row=${row} offered=${offered && row.token} /></li>`)}
    </ul>
  `;
}

function Row({ row: { title, token, body }, offered }) {
  const { act } = useUi();
  const summary = html`<span class="summary">${body}</span>`;
  if (!offered) return html`<div class="row">${summary}</div>`;
  return html`
    <button type="button" class="row" onClick=${() => act.choose({ token, title })}>
      ${summary}<${ChevronIcon} size=${18} />
    </button>
  `;
}
