/** A list of orders to choose from. */

import { html } from "htm/preact";
import { ChevronIcon } from "./icons.js";
import { Badge } from "./order-card.js";
import { useUi } from "./ui.js";

export function OrdersCard({ card, offered }) {
  const { t } = useUi();
  return html`
    <ul class="card orders" aria-label=${t("order.choose")}>
      ${card.orders.map((order) => html`<li key=${order.number}><${Row} order=${order} offered=${offered} /></li>`)}
    </ul>
  `;
}

function Row({ order, offered }) {
  const { t, act } = useUi();
  const choice = { token: order.token, title: t("order.title", { number: order.number }) };
  if (!offered) return html`<div class="order"><${Summary} order=${order} /></div>`;
  return html`
    <button type="button" class="order" onClick=${() => act.choose(choice)}>
      <${Summary} order=${order} /><${ChevronIcon} size=${18} />
    </button>
  `;
}

function Summary({ order }) {
  const { formats } = useUi();
  return html`
    <span class="summary">
      <span class="line"><strong><bdi>${order.number}</bdi></strong><${Badge} status=${order.status} /></span>
      <span dir="auto">${formats.list(order.items ?? [])}</span>
      <small>${formats.date(order.placed_on)} · ${formats.money(order.total)}</small>
    </span>
  `;
}
