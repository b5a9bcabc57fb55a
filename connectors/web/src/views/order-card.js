/** One order: what it is, where each parcel is, and what is in it. */

import { html } from "htm/preact";
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

export function OrderCard({ card }) {
  const { t, has, formats } = useUi();
  const { number, status, parcels = [], items = [] } = card;
  const title = t("order.title", { number });
  const hint = `order_hint.${status}`;
  return html`
    <section class="card" aria-label=${title}>
      <div class="card-head">
        <h3><bdi>${title}</bdi></h3>
        <${Badge} status=${status} />
        <p>${t("order.placed_on", { date: formats.date(card.placed_on) })} · ${formats.money(card.total)}</p>
      </div>
      ${!parcels.length && has(hint) && html`<p class="part">${t(hint)}</p>`}
      ${parcels.map((parcel, index) => html`<${Parcel} parcel=${parcel} position=${index + 1} count=${parcels.length} />`)}
      ${items.length > 0 && html`<${Fold} title=${t("order.items", { count: pieces(items) })}><${Items} items=${items} /><//>`}
    </section>
  `;
}

export function Badge({ status }) {
  const { t, has } = useUi();
  const label = `order_status.${status}`;
  return html`<span class="pill ${TONES[status] ?? "plain"}">${has(label) ? t(label) : status}</span>`;
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

/** “2 × Linen shirt”, or just its name. */
export function piece({ name, quantity }, t) {
  return quantity > 1 ? t("order.quantity", { count: quantity, name }) : name;
}

function pieces(items) {
  return items.reduce((sum, item) => sum + item.quantity, 0);
}

function Items({ items }) {
  const ui = useUi();
  return html`
    <ul class="items">
      ${items.map(
        (item) => html`
          <li>
            <span dir="auto">${piece(item, ui.t)}</span>
            <small dir="auto">${options(item.options ?? {}, ui)}</small>
          </li>
        `,
      )}
    </ul>
  `;
}

function options(chosen, { t, has }) {
  const nameOf = (key) => (has(`option_name.${key}`) ? t(`option_name.${key}`) : key);
  return Object.entries(chosen)
    .map(([key, value]) => t("order.option", { name: nameOf(key), value }))
    .join(" · ");
}
