/** A list of orders to choose from. */

import { html } from "htm/preact";
import { orderBadge } from "./order-card.js";
import { Rows } from "./rows.js";
import { useUi } from "./ui.js";

export const ordersTitle = (_card, { t }) => t("order.choose");

export function OrdersCard({ card, offered }) {
  const ui = useUi();
  const rows = card.orders.map((order) => ({
    key: order.number,
    title: ui.t("order.title", { number: order.number }),
    token: order.token,
    body: html`<${Summary} order=${order} />`,
  }));
  return html`<${Rows} label=${ordersTitle(card, ui)} rows=${rows} offered=${offered} />`;
}

function Summary({ order }) {
  const { formats } = useUi();
  return html`
    <span class="line"><strong><bdi>${order.number}</bdi></strong>${orderBadge(order.status)}</span>
    <span dir="auto">${formats.list(order.items ?? [])}</span>
    <small>${formats.date(order.placed_on)} · ${formats.money(order.total)}</small>
  `;
}
