/** One order: what it is, where each parcel is, and what is in it. */

import { html } from "htm/preact";
import { piece } from "../goods.js";
import { Badge, Thing } from "./goods.js";
import { ChevronIcon } from "./icons.js";
import { Parcel } from "./parcel.js";
import { useUi } from "./ui.js";

const TONES = {
  partly_shipped: "info",
  shipped: "info",
  out_for_delivery: "info",
  delivered: "good",
  delayed: "warn",
  lost: "bad",
  cancelled: "bad",
};

export const orderTitle = ({ number }, { t }) => t("order.title", { number });

export function OrderCard({ card }) {
  const ui = useUi();
  const { t, has, formats } = ui;
  const { status, parcels = [], items = [] } = card;
  const title = orderTitle(card, ui);
  const hint = `order_hint.${status}`;
  return html`
    <section class="card" aria-label=${title}>
      <div class="card-head">
        <h3><bdi>${title}</bdi></h3>
        ${orderBadge(status)}
        <p>${t("order.placed_on", { date: formats.date(card.placed_on) })} · ${formats.money(card.total)}</p>
      </div>
      ${!parcels.length && has(hint) && html`<p class="part">${t(hint)}</p>`}
      ${parcels.map((parcel, index) => html`<${Parcel} parcel=${parcel} position=${index + 1} count=${parcels.length} />`)}
      ${items.length > 0 && html`<${Fold} title=${t("order.items", { count: pieces(items) })}><${Items} items=${items} /><//>`}
    </section>
  `;
}

export function orderBadge(status) {
  return html`<${Badge} group="order_status" status=${status} tone=${TONES[status]} />`;
}

/** Something to look into if one wants to. */
export function Fold({ title, children }) {
  return html`
    <details class="fold">
      <summary>${title}<${ChevronIcon} size=${16} /></summary>
      ${children}
    </details>
  `;
}

function pieces(items) {
  return items.reduce((sum, item) => sum + item.quantity, 0);
}

function Items({ items }) {
  const { t } = useUi();
  return html`
    <ul class="things">
      ${items.map((item) => html`<li><${Thing} name=${piece(item, t)} which=${item.options} /></li>`)}
    </ul>
  `;
}
