/** A size table: a real table, which scrolls inside itself where it is wider than the chat. What decides comes first. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { named } from "../goods.js";
import { measured, UNITS } from "../sizes.js";
import { Stock } from "./goods.js";
import { CheckIcon } from "./icons.js";
import { useUi } from "./ui.js";

export const sizesTitle = ({ title }) => title;

export function SizeTable({ card }) {
  const { t } = useUi();
  const { title } = card;
  const [unit, setUnit] = useState(card.unit);
  return html`
    <section class="card" aria-label=${title}>
      <div class="card-head">
        <h3 dir="auto">${title}</h3>
        <${UnitSwitch} unit=${unit} onSwitch=${setUnit} />
      </div>
      <div class="sideways" tabindex="0" role="region" aria-label=${t("size_table.label")}>
        <${Table} card=${card} unit=${unit} />
      </div>
    </section>
  `;
}

function UnitSwitch({ unit, onSwitch }) {
  const { t } = useUi();
  return html`
    <div class="switch" role="group" aria-label=${t("size_table.unit")}>
      ${UNITS.map(
        (each) => html`
          <button type="button" aria-pressed=${String(each === unit)} onClick=${() => onSwitch(each)}>
            <span>${t(`unit.${each}`)}</span>
          </button>
        `,
      )}
    </div>
  `;
}

function Table({ card, unit }) {
  const ui = useUi();
  const { columns = [], systems = [], rows } = card;
  const caption = ui.t("size_table.caption", { unit: ui.t(`unit_name.${unit}`) });
  return html`
    <table>
      <caption class="hidden">${caption}</caption>
      <thead>
        <tr>
          <th scope="col">${ui.t("size_table.size")}</th>
          ${columns.map((column) => html`<th scope="col">${named("measure", column, ui)}</th>`)}
          ${systems.map((system) => html`<th scope="col">${system}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<${Size} row=${row} card=${card} unit=${unit} />`)}
      </tbody>
    </table>
  `;
}

function Size({ row, card: { columns = [], systems = [], unit: from }, unit }) {
  const ui = useUi();
  return html`
    <tr class=${row.recommended ? "recommended" : ""}>
      <th scope="row">
        <bdi>${row.size}</bdi>
        ${row.recommended && html`<span class="advice"><${CheckIcon} size=${12} />${ui.t("size_table.recommended")}</span>`}
        <${Stock} known=${row.in_stock} />
      </th>
      ${columns.map((column) => html`<td>${measured(row.body?.[column], from, unit, ui)}</td>`)}
      ${systems.map((system) => html`<td>${row.systems?.[system] ?? "–"}</td>`)}
    </tr>
  `;
}
