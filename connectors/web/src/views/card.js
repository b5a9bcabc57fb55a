/** What comes with a message besides its words. A kind of card we don't know, or can't draw, leaves the words alone. */

import { Component } from "preact";
import { html } from "htm/preact";
import { ItemPicker, pickerTitle } from "./item-picker.js";
import { OrderCard, orderTitle } from "./order-card.js";
import { OrdersCard, ordersTitle } from "./orders-card.js";
import { PhotoCard, photoTitle } from "./photo-card.js";
import { ProductCard, productTitle } from "./product-card.js";
import { ProductsCard, productsTitle } from "./products-card.js";
import { ReturnCard, returnTitle } from "./return-card.js";
import { SizeTable, sizesTitle } from "./size-table.js";

const KINDS = new Map([
  ["items", [ItemPicker, pickerTitle]],
  ["order", [OrderCard, orderTitle]],
  ["orders", [OrdersCard, ordersTitle]],
  ["photo", [PhotoCard, photoTitle]],
  ["product", [ProductCard, productTitle]],
  ["products", [ProductsCard, productsTitle]],
  ["return", [ReturnCard, returnTitle]],
  ["size_table", [SizeTable, sizesTitle]],
]);

/** What a card is called when it is only heard of. */
export function titleOf(card, ui) {
  return KINDS.get(card.type)?.[1](card, ui);
}

export class Card extends Component {
  static getDerivedStateFromError() {
    return { broken: true };
  }

  render({ card, offered, chosen }, { broken }) {
    const [Kind] = KINDS.get(card.type) ?? [];
    return Kind && !broken ? html`<${Kind} card=${card} offered=${offered} chosen=${chosen} />` : null;
  }
}
