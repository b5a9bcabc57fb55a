/** Parts that cards about goods share: a thing with its options, a badge, a list of facts. */

import { html } from "htm/preact";
import { named, options } from "../goods.js";
import { useUi } from "./ui.js";

/** What it is called, and which one. `children` are further lines. */
export function Thing({ name, which, children }) {
  const ui = useUi();
  const chosen = options(which, ui);
  return html`
    <span class="thing">
      <span dir="auto">${name}</span>
      ${chosen && html`<small dir="auto">${chosen}</small>`}
      ${children}
    </span>
  `;
}

/** The state of something, in a word of `group` and a colour. */
export function Badge({ group, status, tone = "plain" }) {
  return html`<span class="pill ${tone}">${named(group, status, useUi())}</span>`;
}

/** Nothing where the shop doesn't say. */
export function Stock({ known }) {
  const { t } = useUi();
  if (typeof known !== "boolean") return null;
  const words = known ? t("goods.in_stock") : t("goods.out_of_stock");
  return html`<span class="stock ${known ? "there" : ""}">${words}</span>`;
}

/** @param {{rows: [string, string|null|undefined][]}} props what is empty is left out */
export function Facts({ rows }) {
  const known = rows.filter(([, value]) => value);
  if (!known.length) return null;
  return html`
    <dl class="part facts">
      ${known.map(([name, value]) => html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>`)}
    </dl>
  `;
}
