/** One product: what it is, what it costs, whether there is any, and its page. */

import { html } from "htm/preact";
import { options } from "../goods.js";
import { webAddress } from "../links.js";
import { Stock } from "./goods.js";
import { OutIcon } from "./icons.js";
import { Link } from "./text.js";
import { useUi } from "./ui.js";

export const productTitle = ({ name }) => name;

export function ProductCard({ card }) {
  const ui = useUi();
  const { name, brand, price, url } = card;
  const href = url && webAddress(url, location.href);
  const which = options(card.options, ui);
  return html`
    <section class="card" aria-label=${productTitle(card)}>
      <div class="card-head">
        <h3 dir="auto">${name}</h3>
        ${price && html`<strong class="price">${ui.formats.money(price)}</strong>`}
        ${brand && html`<p dir="auto">${brand}</p>`}
      </div>
      <div class="part page">
        ${which && html`<p dir="auto">${which}</p>`}
        <p><${Stock} known=${card.in_stock} /></p>
        ${href && html`<${Link} class="action quiet" href=${href}>${ui.t("product.open")}<${OutIcon} size=${16} /><//>`}
      </div>
    </section>
  `;
}
