/** A list of products to choose from. */

import { html } from "htm/preact";
import { Stock } from "./goods.js";
import { Rows } from "./rows.js";
import { useUi } from "./ui.js";

export const productsTitle = (_card, { t }) => t("product.choose");

export function ProductsCard({ card, offered }) {
  const ui = useUi();
  const rows = card.products.map((product) => ({
    key: product.id,
    title: product.name,
    token: product.token,
    body: html`<${Summary} product=${product} />`,
  }));
  return html`<${Rows} label=${productsTitle(card, ui)} rows=${rows} offered=${offered} />`;
}

function Summary({ product: { name, brand, price, in_stock } }) {
  const { formats } = useUi();
  return html`
    <span class="line"><strong dir="auto">${name}</strong><span>${price && formats.money(price)}</span></span>
    <span class="line"><small dir="auto">${brand}</small><${Stock} known=${in_stock} /></span>
  `;
}
